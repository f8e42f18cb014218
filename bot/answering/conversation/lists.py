"""A list is a question with one free part; a superlative is a list with an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.matching.entries import Entry, closure
from bot.answering.matching.filters import Asked, Fit, fit
from bot.answering.matching.observation import Aspect, Observation
from bot.answering.matching.parts import Part, parts_of

from .orders import Order
from .values import Stated, family, in_unit_of, stated_values
from .words import AROUND, CALLED, LITERAL, NAMED, share

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.answering.language.tokens import Token
    from bot.answering.matching.index import Index

_SAME = 0.99
_OF_THE_TYPE = 0.85  # of the fit of the best one; a preference such as for another base is no other type
_OTHER = 0.7  # a factor for what tells a figure in another form, such as a share where none is asked for
_SAID_BESIDE = frozenset(["level", "multiple"])  # and of points, shares, whose changes they tell


@dataclass(frozen=True, slots=True)
class Listed:
    """The facts of a list, in its order. `compared`: of a superlative those that they are the first of, else empty."""

    entries: tuple[Entry, ...]
    compared: tuple[Entry, ...] = ()


def asks_for_a_list(asked: Observation, order: Order | None) -> bool:
    """Whether a message asks for all things of a kind, or for the first of them: 哪个下降了, what rose by over 9%.

    `asked`: the message without the words of `order`.
    """
    values = stated_values(asked.tokens)
    if any(not value.bound for value in values):  # 18.4%是哪一项的涨幅 asks for the thing by its figure
        return False
    lists = {token.roles["list"] for token in asked.tokens if "list" in token.roles}
    if order and (order.is_counted or lists or not asked.asks - {"name", "who", "what"}):
        return True
    if lists & {"all", "about", "more"}:
        return True
    changes = bool(asked.aspect.change) and ("name" in asked.asks or not asked.content)
    return bool(asked.asks & {"name", "what"}) and (bool(values) or changes)


def listed(asked: Observation, order: Order | None, index: Index, among: Sequence[Entry]) -> Listed:
    """The facts that fit a list, as the report tells them, or by their value where an order is asked for.

    `asked`: the message without the words of `order`. `among`: the facts that it may be about, all where it is empty.
    """
    bounds = [value for value in stated_values(asked.tokens) if value.bound]
    skipped = {id(asked.tokens[i]) for value in bounds for i in value.words}
    question = _question(asked, bounds, skipped, index)
    segments = _segments(asked.tokens, skipped, index)
    # 和人口有关的数据 asks for all that is told of something, however it is told.
    typed = bounds or question.aspect != Aspect() or "number" in asked.asks
    about = not typed and _speaks_of_data(asked)
    if not (typed or segments or among or (about and not order)):
        return Listed(())

    def fitting(least: float) -> list[Entry]:
        having = _having(segments, among or index.entries, index, least)
        found = _of_the_type(question, having, segments, index, about=about)
        return [entry for entry in found if _within(entry, bounds, index)]

    found = next((found for least in (CALLED, NAMED, AROUND) if len(found := fitting(least)) > about), [])
    # Of one word, what is called by it is meant rather than what is a kind of it: 餐饮 of 零售.
    if [len(segment) for segment in segments] == [1]:
        literally = fitting(LITERAL)
        found = literally if len(literally) > (1 if about else len(found) / 2) else found
    if not order:
        return Listed(tuple(found))
    alike = _measured_alike(found)
    ordered = tuple(sorted(alike, key=_value, reverse=order.way == "most"))
    return Listed(ordered[order.first : order.first + order.count], ordered)


def says_nothing(asked: Observation) -> bool:
    """Whether a message says neither what is measured nor how: 前两个."""
    return asked.aspect == Aspect() and not stated_values(asked.tokens) and not any(map(_is_about, asked.tokens))


def _speaks_of_data(asked: Observation) -> bool:
    return any(token.roles.get("list") in ("noun", "about") for token in asked.tokens)


def _question(asked: Observation, bounds: Sequence[Stated], skipped: set[int], index: Index) -> Observation:
    """The question of which type the facts of a list are; a list of all is no total."""
    aspect = asked.aspect
    changes = [token for token in asked.tokens if "change" in token.roles and id(token) not in skipped]
    kind = next((token.roles["kind"] for token in changes if "kind" in token.roles), "")
    change = next((token.roles["change"] for token in changes), "")
    units = {token.roles["unit"] for token in asked.tokens if "unit" in token.roles}
    unit = "" if len(units) > 1 else aspect.unit
    said = [family(value.quantity.unit, index.vocabulary) for value in bounds]
    unit = unit or next(filter(None, said), "") or (min(units) if len(units) == 1 else "")
    kind = unit if unit in ("percent", "points") else "amount" if unit else kind
    aspect = Aspect(change, kind if change else "", aspect.forms - {"level"}, aspect.base, unit)
    return replace(
        asked, aspect=aspect, total=False, quantities=[], asks=frozenset(["number"]) if unit else frozenset()
    )


def _segments(tokens: Sequence[Token], skipped: set[int], index: Index) -> list[list[Part]]:
    """What is measured, for each of the things that stand side by side: 出栏 | 肉 蛋 奶 产量."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.roles.get("join") == "and" or token.text in ("、", "或"):
            segments.append([])
        elif id(token) not in skipped and _is_about(token):
            segments[-1].append(token)
    return [parts for parts in (parts_of(segment, index) for segment in segments) if parts]


def _is_about(token: Token) -> bool:
    if token.quantity is not None or token.span is not None or token.roles.keys() & {"order", "list", "ask", "change"}:
        return False
    if token.is_unknown:
        return len(token.text) > 1
    return token.is_content and "subject" not in token.roles and "place" not in token.roles


def _having(
    segments: Sequence[Sequence[Part]], entries: Sequence[Entry], index: Index, least: float
) -> Sequence[Entry]:
    """The facts that say as much of a segment as any fact does, all of them where nothing is said."""
    if not segments:
        return entries
    chosen: dict[int, Entry] = {}
    tail = segments[-1][1:] if len(segments) > 1 else []
    for at, segment in enumerate(segments):
        found = _saying_most(segment, entries, index, least)
        if at < len(segments) - 1 and tail:
            found = _saying_most(tail, found, index, least) or found
        chosen |= {entry.number: entry for entry in found}
    return [chosen[number] for number in sorted(chosen)]


def _saying_most(parts: Sequence[Part], entries: Sequence[Entry], index: Index, least: float) -> list[Entry]:
    """The facts that say the most of some words, each as far as `least`, 0..1."""
    counted = [(sum(part.weight for part in parts if share(part, entry, index) >= least), entry) for entry in entries]
    most = max((count for count, _ in counted), default=0.0)
    return [entry for count, entry in counted if count >= most * _SAME] if most else []


def _of_the_type(
    question: Observation, entries: Sequence[Entry], segments: Sequence[Sequence[Part]], index: Index, *, about: bool
) -> list[Entry]:
    """The facts of the type that is asked for; where some are just of that type, those alone."""
    fits: list[tuple[float, Entry]] = []
    change = question.aspect.change
    asked_of: dict[str, Asked] = {}
    parts = segments[0] if len(segments) == 1 else ()
    said = closure((c for part in parts if len(part.senses) == 1 for c in part.senses[0]), index.vocabulary)
    for entry in entries:
        report = entry.fact.report
        if report.id not in asked_of:
            asked_of[report.id] = Asked(question, said, frozenset(), report, index)
        fitting: Fit = fit(asked_of[report.id], entry)
        if not fitting.misfit and (change not in ("up", "down") or entry.aspect.change == change):
            other = _OTHER if _is_told_otherwise(entry.aspect, question.aspect) else 1.0
            fits.append((1.0 if about else other * fitting.doubt * fitting.preference, entry))
    if about and any(entry.aspect.unit != "name" for _, entry in fits):
        fits = [(score, entry) for score, entry in fits if entry.aspect.unit != "name"]
    best = max((score for score, _ in fits), default=0.0)
    return [entry for score, entry in fits if score >= best * _OF_THE_TYPE]


def _is_told_otherwise(has: Aspect, asked: Aspect) -> bool:
    """Whether a fact tells a change in percent or in an amount where the other is asked for, or a share for a level."""
    if asked.change and asked.kind in ("percent", "amount") and has.kind != asked.kind:
        return True
    if asked.unit == "percent" and has.unit == "points":
        return True
    return bool(has.forms - asked.forms - (_SAID_BESIDE | {"share"} if has.unit == "points" else _SAID_BESIDE))


def _within(entry: Entry, bounds: Sequence[Stated], index: Index) -> bool:
    for bound in bounds:
        if not entry.quantities:
            return False
        value = in_unit_of(bound.quantity, entry.quantities[0], index.vocabulary)
        if value is None or not bound.is_borne_out(value):
            return False
    return True


def _value(entry: Entry) -> Decimal:
    return entry.quantities[0].value


def _measured_alike(entries: Sequence[Entry]) -> list[Entry]:
    """Of the facts with a number, those that are measured as most of them are."""
    kinds: defaultdict[tuple[str, bool, frozenset[str]], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.quantities and entry.aspect.unit != "name":
            kinds[entry.aspect.unit, bool(entry.aspect.change), entry.aspect.forms].append(entry)
    return max(kinds.values(), key=len, default=[])
