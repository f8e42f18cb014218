"""Whether a fact's figure is of the kind that a question asks for."""

from __future__ import annotations

from functools import lru_cache

from .question import Question

_SPECIFIC = frozenset(["money", "sum", "percent", "times", "rank", "area", "duration", "time", "reason"])
# Question words that may ask for a figure of any kind.
_WITHOUT_KIND = frozenset(["each", "overview", "yesno", "what", "manner"])
_NOT_NUMBERS = frozenset(["name", "place", "rank"])
_COUNTED = frozenset(["organisations", "things", "people", "number", "years"])

# The kinds of figure that answer a kind of question word, where it is not the kind of the same name.
_ANSWERED_BY = {
    "name": ("name", "place"),
    "which": ("name", "place"),
    "person": ("name",),
    "place": ("place",),
    "duration": ("years", "rank"),
    "sum": ("money",),
    "reason": (),
    "time": (),
}
# How far other kinds are from what is asked for.
_NEAR = {
    ("percent", "times"): 0.7,
    ("times", "percent"): 0.6,
    ("number", "rank"): 0.75,
    ("amount", "rank"): 0.75,
    ("place", "name"): 0.6,
    ("which", "rank"): 0.85,
    ("name", "rank"): 0.6,
}
# The same for kinds that are not named there.
_OTHERWISE = {
    "number": 0.45,
    "amount": 0.45,
    "which": 0.7,
    "name": 0.5,
    "place": 0.5,
    "person": 0.5,
    "reason": 0.3,
    "time": 0.3,
}
_OTHER_KIND = 0.4
_OTHER_UNIT = 0.35
_OTHER_COUNT = 0.9
_COUNT_OF_PEOPLE = 0.6


def fits(question: Question, kind: str) -> float:
    """1 where a figure of `kind` is what the question asks for or where it asks for nothing, less the further it is."""
    return _fits(question.asks, question.unit, kind)


@lru_cache(maxsize=4096)
def _fits(asks: frozenset[str], unit: str, kind: str) -> float:
    asks -= _WITHOUT_KIND
    asks = asks & _SPECIFIC or asks
    return max((_answers(kind, ask, unit) for ask in asks), default=1.0)


def _answers(kind: str, ask: str, unit: str) -> float:
    if ask in ("number", "amount") and kind not in _NOT_NUMBERS:
        return _counts(kind, unit) if unit else 1.0
    if kind in _ANSWERED_BY.get(ask, (ask,)):
        return 1.0
    return _NEAR.get((ask, kind), _OTHERWISE.get(ask, _OTHER_KIND))


def _counts(kind: str, unit: str) -> float:
    if unit == kind:
        return 1.0
    if unit in _COUNTED and kind in _COUNTED:
        return _COUNT_OF_PEOPLE if "people" in (unit, kind) else _OTHER_COUNT
    return _OTHER_UNIT
