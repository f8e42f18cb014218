"""Several things asked for at once: cuts a question into parts, each of which inherits what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .ranking import Part, parts_of
from .reader import read
from .tuning import TUNING

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token

    from .index import Index
    from .observation import Observation

# Question words that ask for nothing of their own.
_NOT_ASKING = frozenset(["yesno", "overview", "name", "what"])
_JOINS_LIKE_AND = frozenset("、")


@dataclass(frozen=True, slots=True)
class Coordinated:
    """A part of a question: what it says itself, and the content of the other parts that it may share.

    `asks`: whether it has a question word or an aspect of its own.
    """

    own: Observation
    context: tuple[Token, ...]
    text: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Coordination:
    """The parts of a question; `certain`: whether it says that it asks for several things."""

    parts: tuple[Coordinated, ...]
    certain: bool


def coordination(question: Observation) -> Coordination | None:
    """The parts of a question that asks for several things at once; None where it can only ask for one."""
    segments, joined = _segments(question.tokens)
    segments, joined = _with_lead_ins(segments, joined)
    if len(segments) < 2:
        segments, joined = _juxtaposed(segments), True
    if len(segments) < 2:
        return None
    each = any(token.roles.get("join") == "each" for token in question.tokens)
    readings = [read(segment) for segment in segments]
    asking = [_asks(reading) for reading in readings]
    if not joined and sum(asking) < 2:
        return None
    parts = []
    last = readings[-1]
    for at, reading in enumerate(readings):
        own = _inheriting(reading, readings[:at], last)
        context = [token for other in (readings[:at] or readings[at + 1 :]) for token in other.content]
        if joined and at == 0:
            context = list(last.content[1:]) if len(last.content) > 1 else []
        elif joined and at < len(readings) - 1:
            context = [*readings[0].content[:-1], *last.content[1:]]
        text = "".join(token.text for token in segments[at])
        parts.append(Coordinated(own, tuple(t for t in context if t.quantity is None), text, asking[at]))
    return Coordination(tuple(parts), each or sum(asking) > 1)


def question_parts(question: Observation, index: Index) -> list[Part]:
    """The content of a whole question; what only leads up to the clause that asks counts less."""
    clauses = _clauses(question.tokens)
    asking = [any("ask" in t.roles or "change" in t.roles for t in clause) for clause in clauses]
    lead = {id(t) for clause, asks in zip(clauses, asking, strict=True) if not asks for t in clause} if any(asking) else set()
    own = [token for token in question.content if id(token) not in lead]
    if not own:
        return parts_of(question.content, index)
    before = [token for token in question.content if id(token) in lead]
    return [*parts_of(own, index), *parts_of(before, index, TUNING.context)]


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        clauses.append([]) if token.is_stop and token.text in ",，;；。!！" else clauses[-1].append(token)
    return clauses


def _asks(reading: Observation) -> bool:
    return bool(reading.asks - _NOT_ASKING or _has_aspect(reading))


def _has_aspect(reading: Observation) -> bool:
    aspect = reading.aspect
    return bool(aspect.change or aspect.told - {"level"} or aspect.base)


def _segments(tokens: Sequence[Token]) -> tuple[list[list[Token]], bool]:
    """The stretches between commas and joins, those without words left out; whether any join stands between two."""
    segments: list[list[Token]] = [[]]
    joined = False
    pending = False
    for token in tokens:
        if token.roles.get("join") == "and" or token.text in _JOINS_LIKE_AND:
            pending = bool(segments[-1])
            segments.append([])
        elif token.is_stop:
            if token.text not in "“”\"'‘’（）()《》":
                segments.append([])
        else:
            segments[-1].append(token)
            joined, pending = joined or pending, False
    return [segment for segment in segments if segment], joined


def _with_lead_ins(segments: list[list[Token]], joined: bool) -> tuple[list[list[Token]], bool]:
    """With what neither asks nor is joined to what follows put before that: 听说牛奶少了，少了多少."""
    if joined:
        return segments, True
    kept: list[list[Token]] = []
    lead: list[Token] = []
    for segment in segments:
        if any("ask" in token.roles for token in segment) or _is_aspect_only(segment):
            kept.append(lead + segment)
            lead = []
        else:
            lead += segment
    if lead:
        kept.append(lead) if not kept else kept[-1].extend(lead)
    return kept, False


def _juxtaposed(segments: list[list[Token]]) -> list[list[Token]]:
    """With what stands side by side before 各 cut apart: 男的女的各有多少."""
    if not segments:
        return segments
    tokens = segments[0]
    at = next((i for i, token in enumerate(tokens) if token.roles.get("join") == "each"), 0)
    named = [[token] for token in tokens[:at] if token.is_content]
    return [*named[:-1], [*named[-1], *tokens[at:]]] if len(named) > 1 else segments


def _is_aspect_only(segment: Sequence[Token]) -> bool:
    return any(t.roles.keys() & {"change", "aspect", "base"} for t in segment) and not any(
        t.is_unknown or t.is_content for t in segment
    )


def _inheriting(reading: Observation, before: Sequence[Observation], last: Observation) -> Observation:
    """A part with the period and place of the parts before it, and with the question word that comes last."""
    spans, places = reading.spans, reading.places
    for other in reversed(before):
        spans, places = spans or other.spans, places or other.places
    asks, aspect = reading.asks, reading.aspect
    if not asks and not _has_aspect(reading):
        asks = last.asks
    if last.content and not reading.asks and not _has_aspect(reading):
        aspect = replace(last.aspect, told=last.aspect.told | aspect.told)
    return replace(reading, spans=spans, places=places, asks=asks, aspect=aspect)


def context_of(parts: Sequence[Coordinated]) -> Iterator[Token]:
    """All content of all parts."""
    for part in parts:
        yield from part.own.content
