"""How well a fact answers a question, and which words say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .answer import Language
from .index import Index
from .periods import Period, covers
from .profiles import Profile, period
from .quantities import Quantity
from .question import Question
from .segmentation import Kind, Word
from .vocabulary import AROUND

# How much of a word's weight counts as explained where only the fact's sentence, not its name, has the word.
_TOLD = 0.6
# The same where the word names another fact of that sentence.
_SIBLINGS = 0.3
_ASSEMBLED = 0.8
_TOPIC_UNEXPLAINED = 0.35
_ASPECT_UNEXPLAINED = 0.6
_NAMED = 0.5
_OTHER_WORDS = 0.1
# The thing that is counted says more than the words around it.
_FOCUS = 1.5
# What the other parts of a question say helps to tell facts apart, but need not be explained.
_CONTEXT = 0.3
_CONTEXT_SAID = 0.5
# A figure that is stated names its fact, whatever else the question says of it; unless it asks for another figure.
_QUOTED = 0.75
_STATED = 0.6
_SPECIFIC = frozenset(["money", "percent", "times", "rank", "duration", "time", "reason"])
_NUMERIC = frozenset(["money", "percent", "times", "area", "people", "organisations", "things", "years", "number"])
_COUNTED = frozenset(["organisations", "things", "people", "number", "years"])


@dataclass(frozen=True, slots=True)
class Scored:
    """A fact's fit: `said` (share of the fact's name that the question says), `explained` (share of the question's
    content that the fact explains), `fits` (whether its figure is of the kind asked for), and their product-like `score`. `order` is the
    score by which facts are compared: a little less where the question uses other words than the fact's label.

    `words`: which words of the question the fact explains, and how well, for explanations and for several figures at once.
    """

    profile: Profile
    score: float
    said: float
    explained: float
    fits: float
    order: float
    words: tuple[float, ...]
    quoted: bool = False
    period_conflict: bool = False
    place_conflict: str = ""

    @property
    def conflicts(self) -> bool:
        """Whether the question is about another place or another period than the fact."""
        return self.period_conflict or bool(self.place_conflict)


def score(question: Question, profile: Profile, index: Index, around: Mapping[int, frozenset[int]]) -> Scored:
    """The fit of one fact. `around`: for each place concept, the concepts that name the same place."""
    content = question.content
    likeness = tuple(_likeness(word, profile, index, around, question) for word in content)
    weights = [index.weight(word) * (_FOCUS if word is question.focus else 1.0) for word in content]
    undated = "time" in question.asks and not profile.period
    quoted = _quoted(question, profile) and not question.asks_for_figure and not undated
    numbers = _numbers_weight(question, profile)
    context = [(index.weight(w) * _CONTEXT, _likeness(w, profile, index, around, question)) for w in question.context]
    total = sum(weights) + numbers[1] + sum(weight for weight, _ in context)
    got = sum(w * like for w, like in (*zip(weights, likeness, strict=True), *context)) + numbers[0]
    explained = got / total if total else 0.0
    said = 1.0 if quoted else _said(question, profile, index)
    fits = 1.0 if quoted else _fits(question, profile)
    value = (said**0.5) * explained * fits
    if quoted:
        value = max(value, _QUOTED)
    value *= _missing(zip(content, likeness, strict=True), index)
    return Scored(
        profile,
        value,
        said,
        explained,
        fits,
        value * _wording(content, weights, profile),
        likeness,
        quoted,
        period_conflict=not covers(profile.period, asked_period(question, profile), profile.fact.report.year),
        place_conflict=_place_conflict(question, content, likeness, named=profile.kind == "name"),
    )


def asked_period(question: Question, profile: Profile) -> Period:
    """The period that the question names, as the fact's report would understand it."""
    return period(question.words, profile.fact.report)


def _likeness(
    word: Word, profile: Profile, index: Index, around: Mapping[int, frozenset[int]], question: Question
) -> float:
    """How well the fact explains a word: 1 its name has it, _TOLD its sentence has it, 0 not at all."""
    best, parts = 0.0, index.parts
    for entry, likeness in word.entries:
        if not entry.content:
            continue
        if entry.concept in profile.named or around.get(entry.concept, frozenset()) & profile.named:
            best = max(best, likeness)
        elif made_of := parts.get(entry.concept):
            have = sum(concept in profile.named for concept in made_of) / len(made_of)
            best = max(best, likeness * (_ASSEMBLED if have == 1 else _ASSEMBLED * have / 2))
        elif entry.concept in profile.told | profile.siblings and (
            not entry.place or _is_printed(word, profile, question)
        ):
            best = max(best, likeness * (_TOLD if entry.concept in profile.told else _SIBLINGS))
    if not best and word.kind is Kind.UNKNOWN and len(word.text) > 1 and word.text in profile.text:
        return 0.9
    return best


def _missing(words: Iterable[tuple[Word, float]], index: Index) -> float:
    """1, or less where the question names a matter or an aspect (growth, share, rank) that the fact is not about."""
    lacking = [word.entry for word, like in words if word.entry and like < _NAMED]
    if any(entry.topic for entry in lacking):
        return _TOPIC_UNEXPLAINED
    return _ASPECT_UNEXPLAINED if any(e.concept in index.aspects and not e.asks for e in lacking) else 1.0


def _wording(content: Sequence[Word], weights: Sequence[float], profile: Profile) -> float:
    """1 where the fact's label has the question's very words, a little less where it has only their synonyms."""
    total = sum(weights)
    same = sum(weight for word, weight in zip(content, weights, strict=True) if word.text in profile.label)
    return 1 - _OTHER_WORDS * (1 - same / total) if total else 1.0


def _is_printed(word: Word, profile: Profile, question: Question) -> bool:
    """Whether the sentence has a place's name together with the word behind it, as in a longer name."""
    behind = question.text[word.start : word.end + 2]
    return len(behind) > len(word.text) + 1 and behind in profile.text


def _said(question: Question, profile: Profile, index: Index) -> float:
    """The share, by weight, of the fact's best phrase that the question says."""
    have: dict[int, float] = {}
    for mark in question.marks:
        have[mark] = 1.0
    for words, share in ((question.content, 1.0), (question.context, _CONTEXT_SAID)):
        for word in words:
            for entry, likeness in word.entries:
                if entry.content:
                    have[entry.concept] = max(share * likeness, have.get(entry.concept, 0.0))
    weights = index.weights
    best = 0.0
    phrases = profile.phrases if question.language is Language.ENGLISH else profile.chinese
    for phrase in phrases:
        got = sum(weights[c] * _have(c, have, index.parts) for c in phrase)
        if got:
            best = max(best, got / sum(weights[c] for c in phrase))
    return best


def _have(concept: int, have: Mapping[int, float], parts: Mapping[int, tuple[int, ...]]) -> float:
    """How surely the question says a concept: as a whole, or as parts of a compound."""
    if concept in have:
        return have[concept]
    made_of = parts.get(concept)
    return _ASSEMBLED * sum(have.get(part, 0.0) for part in made_of) / len(made_of) if made_of else 0.0


# ---- figures that the question states


def _same(asked: Quantity, own: Quantity) -> bool:
    return asked.value == own.value and (
        not asked.unit or not own.unit or asked.unit == own.unit or asked.unit.isascii()
    )


def _quoted(question: Question, profile: Profile) -> bool:
    """Whether the question states this fact's own figure, in digits."""
    quantities = [word.quantity for word in question.numbers if word.quantity and any(c.isdigit() for c in word.text)]
    return any(_same(asked, own) for asked in quantities for own in profile.figures)


def _numbers_weight(question: Question, profile: Profile) -> tuple[float, float]:
    """The weight of the question's numbers that the fact explains, and of all of them."""
    got = total = 0.0
    for word in question.numbers:
        if not word.quantity:
            continue
        weight = 1.0 if any(c.isdigit() for c in word.text) else 0.2
        total += weight
        if any(_same(word.quantity, own) for own in profile.figures):
            got += weight
        elif word.quantity.value in profile.numbers:
            got += 0.6 * weight
    return got, total


# ---- the kind of answer


def _fits(question: Question, profile: Profile) -> float:
    """1 where the figure is of the kind asked for, less the further it is from it."""
    asks = question.asks - {"each", "overview"}
    if not asks:
        return 1.0
    asks = asks & _SPECIFIC or asks
    fit = max(_ask_fits(ask, question.unit, profile.kind) for ask in asks)
    return fit * _STATED if _quoted(question, profile) else fit


def _ask_fits(ask: str, unit: str, kind: str) -> float:
    if ask in ("number", "amount"):
        return _unit_fits(unit, kind) if unit else (1.0 if kind in _NUMERIC else 0.6 if kind == "rank" else 0.45)
    if ask in ("reason", "time"):
        return 0.3
    wanted = {
        "rank": ("rank",),
        "duration": ("years", "rank"),
        "name": ("name", "rank"),
        "which": ("name", "rank"),
        "place": ("name",),
        "person": ("name",),
    }
    if kind in wanted.get(ask, (ask,)) or ask == "manner":
        return 1.0
    near = {("percent", "times"): 0.7, ("times", "percent"): 0.6, ("person", "rank"): 0.5}
    if ask in ("which", "name", "place", "person"):
        return 0.7 if ask == "which" else 0.5
    return near.get((ask, kind), 0.4)


def _unit_fits(unit: str, kind: str) -> float:
    if unit == kind:
        return 1.0
    if unit in _COUNTED and kind in _COUNTED:
        return 0.9 if "people" not in (unit, kind) else 0.6
    return 0.35


# ---- places

_WIDER = ("city", "province", "country", AROUND)


def _place_conflict(question: Question, content: Sequence[Word], likeness: Sequence[float], *, named: bool) -> str:
    """The word of the question that names a place which the fact does not speak of; "" where there is none."""
    for word, like in zip(content, likeness, strict=True):
        if (
            word.entry
            and word.entry.place
            and not like
            and not (_is_around(word) and (question.names_subject or named))
        ):
            return word.text
    return ""


def _is_around(word: Word) -> bool:
    return bool(word.entry and word.entry.place in _WIDER)
