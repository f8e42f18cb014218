"""Reads tokens into an observation: the same for a fact's label and for a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .observation import Aspect, Observation

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token

# Behind a word of change these say that the level is told which it came to: 增加到, 提高至.
_CAME_TO = frozenset("到至为达")
_COMPARE = frozenset(
    ["比", "较", "相比", "比起", "对比", "than", "compared to", "compared with", "since", "against", "from", "versus", "over"]
)
_BETWEEN = frozenset(["in", "the", "that", "of", "during"])
_COMPARED_BEHIND = frozenset(["以来", "相比", "比", "起", "level"])
_HIGHER = frozenset(["高于", "低于", "高出", "快于", "慢于", "超过", "超出", "above", "below", "over"])
_PLACE_ENDINGS = frozenset("省市县州盟旗")
_GENERIC = frozenset(["个", "项", "点", "份"])


def read(tokens: Sequence[Token]) -> Observation:
    """The observation that the tokens of a text make; what they leave out stays open."""
    seen = Observation(list(tokens))
    told: set[str] = set()
    asks: set[str] = set()
    for at, token in enumerate(tokens):
        roles = token.roles
        if token.span is not None:
            _take_period(seen, tokens, at)
        elif token.quantity is not None:
            seen.quantities.append(token.quantity)
            seen.content.append(token)
        elif "subject" in roles or "place" in roles or _looks_like_a_place(token):
            seen.places.append(token)
        elif not token.is_stop:
            _take_word(seen, tokens, at, told, asks)
    seen.asks = frozenset(asks | {"number"} if "many" in asks else asks)
    seen.aspect.told = frozenset(told)
    seen.aspect.unit = _unit(tokens, asks) or ("" if seen.aspect.change else _measure(tokens))
    return seen


def _looks_like_a_place(token: Token) -> bool:
    """Whether text that nothing knows ends like the name of a place: 东屏省."""
    return token.is_unknown and 2 < len(token.text) < 6 and token.text[-1] in _PLACE_ENDINGS


def _take_period(seen: Observation, tokens: Sequence[Token], at: int) -> None:
    token = tokens[at]
    before = next((other.text for other in reversed(tokens[:at]) if other.text not in _BETWEEN), "")
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    compared = before in _COMPARE or behind in _COMPARED_BEHIND
    span = token.span
    assert span is not None  # noqa: S101 - the caller looked
    if compared and (span.year is not None or span.offset == -1 or span.months):
        seen.aspect.base = "year" if span.offset == -1 else str(span.year or span.months)
    else:
        seen.spans.append(span)


def _take_word(seen: Observation, tokens: Sequence[Token], at: int, told: set[str], asks: set[str]) -> None:
    token = tokens[at]
    roles = token.roles
    aspect = seen.aspect
    if "ask" in roles:
        asks.add(roles["ask"])
    if "change" in roles and not _came_to(tokens, at):
        if aspect.kind == "percent" and aspect.change:
            aspect.kind = "points"  # 增速加快: a growth that itself has changed
        aspect.change = aspect.change if aspect.change in ("up", "down") else roles["change"]
    if "kind" in roles and not aspect.kind:
        aspect.kind = roles["kind"]
    if "aspect" in roles:
        told.add(roles["aspect"])
    if "base" in roles and not aspect.base:
        aspect.base = roles["base"]
    if "total" in roles:
        seen.total = True
    if _is_counted_by(tokens, at):
        return
    if token.is_unknown or (token.is_content and roles.get("aspect") != "level"):
        seen.content.append(token)


def _is_counted_by(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is the measure word of a question: 种 of 几种 is no sowing."""
    return "unit" in tokens[at].roles and at > 0 and tokens[at - 1].roles.get("ask") in ("number", "many")


def _came_to(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].text in _CAME_TO


def _measure(tokens: Iterable[Token]) -> str:
    """The family that a word for an amount measures in: 户数 counts, 金额 is money."""
    return next((token.roles["measure"] for token in tokens if "measure" in token.roles), "")


def _unit(tokens: Iterable[Token], asks: set[str]) -> str:
    """The family of what is asked for: by the question word, or by the unit behind 多少."""
    fixed = asks & {"money", "percent", "points", "times", "area", "length", "duration", "rank"}
    if fixed:
        return min(fixed)
    asked = False
    for token in tokens:
        if asked and "unit" in token.roles:
            return "" if token.text in _GENERIC else token.roles["unit"]
        asked = token.roles.get("ask") in ("number", "many") or (asked and token.text in ("个", "万", "亿", "千", "百", "十", "来"))
    return ""
