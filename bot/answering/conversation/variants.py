"""Lists of facts that differ in one thing alone: of one measure over time, or of each of several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.answer import Answer, Outcome
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Word
from bot.answering.matching.observation import Observation, read
from bot.answering.matching.parts import parts_of

from .frames import frame, is_number, named_by, said_by, series, siblings, year_of
from .lists import Listed, in_order, listed, says_nothing
from .orders import order_of
from .topics import is_about
from .words import NAMED, share

if TYPE_CHECKING:
    from bot.answering.matching.entries import Entry
    from bot.answering.matching.index import Index

# Answers a question that asks for one thing.
Best = Callable[[Observation], Answer]
_OF_LISTS = frozenset(["list", "order", "first", "degree"])
_EACH = Token("各", 0, 0, Word(roles={"join": "each"}))
_FOR_NAMES = frozenset(["name", "who", "what", "time", "overview"])
_MOST_COUNTED = 20
_ANY_KIND = frozenset("项块面分样目")  # the ends of 哪块 and others, which say of no kind what they ask for
_FROM_TO = frozenset(["到", "至"])
_SEPARATORS = re.compile("[、,，;和及与]|(?: and )")
_SHORTEST_NAME = 4


def varied(asked: Observation, index: Index, best: Best) -> Listed | None:
    """The facts of a list that leaves free when, of which part, or of which of some named things; None for no such."""
    if not any(token.roles.keys() & _OF_LISTS or _is_each(token) for token in asked.tokens):
        return None
    tokens, among = _about_members(asked.tokens, index)
    order = order_of(tokens, index.vocabulary)
    rest = list(order.rest) if order else tokens
    lists = order is not None or any("list" in token.roles for token in rest)
    is_each = any(_is_each(token) or (lists and token.text.startswith("各")) for token in rest)
    if not (lists or is_each):
        return None
    if among:
        found = [] if says_nothing(read(rest)) else siblings(listed(read(rest), None, index, among).entries, index)
    else:
        found = _over_time(rest, index, best)
        if not found and (order or is_each) and (lists or not _joins(rest)):
            found = _of_each(rest, index, best, is_ordered=order is not None)
        found = found or ([] if order else _changed(rest, index))
    return in_order(found, order) if found else None


def _is_each(token: Token) -> bool:
    """Whether a word asks for each of several things; 各类 of 各类学校 may as well mean all of them together."""
    return token.roles.get("join") == "each" or token.roles.get("list") == "each"


def _joins(tokens: Sequence[Token]) -> int:
    return sum(token.roles.get("join") == "and" or token.text == "、" for token in tokens)


def _asking(tokens: Sequence[Token]) -> Observation:
    """The question for a number that is left without the words that make a list of it."""
    left = (t for t in tokens if t.roles.get("ask") not in _FOR_NAMES and "list" not in t.roles and not _is_each(t))
    asked = read(list(left))
    return replace(asked, asks=asked.asks | {"number"})


def _entries(answer: Answer, index: Index) -> list[Entry]:
    return [index.entry(index.numbers[match.fact.id]) for match in answer.matches]


def _over_time(tokens: Sequence[Token], index: Index, best: Best) -> list[Entry]:
    """The facts of one measure over the years: 历年, 三年的."""
    free = [t for t in tokens if t.roles.get("list") == "years" or (t.quantity and t.quantity.unit == "年")]
    if not free:
        return []
    spans = [token for token in tokens if token.span]
    asking = _asking([t for t in tokens if t not in (*free, *(spans if len(spans) > 1 else ()))])
    years = [token.span.year for token in spans if token.span and token.span.year]
    first, last = (min(years), max(years)) if len(years) > 1 else (0, 9999)
    bases = _entries(best(asking), index)
    found = [[one for one in series(entry, index) if first <= year_of(one) <= last] for entry in bases]
    return max((one for one in found if len(one) > 1), key=len, default=[])


def _of_each(tokens: Sequence[Token], index: Index, best: Best, *, is_ordered: bool) -> list[Entry]:
    """The facts of each of several things, which are named, or which the word behind 各 or 哪个 calls by their kind."""
    counts = [t for t in tokens if is_ordered and t.quantity and t.quantity.value in range(2, _MOST_COUNTED)]
    kinds = list(_kinds(tokens, counts))
    named = [] if any("total" in token.roles for token in tokens) else _named(tokens, index, best)
    if named or not kinds:
        return named
    rest = [token for token in tokens if token not in (*kinds, *counts)]
    if says_nothing(read(rest)):  # 各项收入, but not 各类企业
        rest = [token for token in tokens if token not in counts and read(kinds).aspect.unit]
    asking = _asking(rest)
    bases, sign = _entries(best(asking), index) if rest else [], asking.aspect.change
    others = named_by((concept for entry in bases for concept in entry.concepts), index)
    others = [entry for entry in others if {sign, entry.aspect.change} != {"up", "down"}]
    found = siblings(others, index, bases, asking.tokens)
    for part in parts_of([token for token in rest if is_about(token) and token not in kinds], index):
        found = [entry for entry in found if share(part, entry, index) >= NAMED] or found
    # What others are called by, and none of these, is no kind of theirs: 零售额 of 各种零售额, 季度 of 各季度.
    for part in parts_of(kinds, index):
        if part.in_force or any(share(part, entry, index) >= NAMED for entry in others):
            found = found if any(share(part, entry, index) >= NAMED for entry in found) else []
    called = [entry for entry in found if any(_calls(kind, token) for kind in kinds for token in frame(entry, index))]
    return next((one for one in (called, found) if len(one) > 1), [])


def _calls(kind: Token, token: Token) -> bool:
    """Whether a word calls another one by its kind: 产业 calls 第一产业 so, but not 工业."""
    return token.text.endswith(kind.text) and token.text != kind.text


def _kinds(tokens: Sequence[Token], counts: Sequence[Token]) -> Iterator[Token]:
    """The words that call by their kind what is told apart: 城市 of 各城市 and 四座城市里哪个; 一, 四线 of 一到四线."""
    is_each = any(map(_is_each, tokens))
    for at in range(1, len(tokens)):
        token, before = tokens[at], tokens[at - 1]
        if not (said_by(token) or token.is_unknown) or token.quantity or token.roles.keys() & {"change", "aspect"}:
            continue
        asks_which = before.roles.get("ask") == "name" or before.text[0] == "哪"
        if (
            (asks_which and before.text[-1] not in _ANY_KIND)
            or _is_each(before)
            or before.text[0] == "各"
            or before in counts
        ):
            yield token
        elif is_each and before.text in _FROM_TO and at > 1 and not tokens[at - 2].span:
            yield from (tokens[at - 2], token)


def _named(tokens: Sequence[Token], index: Index, best: Best) -> list[Entry]:
    """The facts of things that stand side by side, one for each: 出口和进口哪个大, 甲、乙、丙分别列出来."""
    joins = _joins(tokens)
    asking = _asking([token for token in tokens if not token.is_stop or token.text == "、"])
    answer = best(replace(asking, tokens=[*asking.tokens, _EACH])) if joins else None
    found = _entries(answer, index) if answer and answer.outcome is Outcome.ANSWER else []
    return found if len(found) == joins + 1 and all(entry.quantities for entry in found) else []


def _changed(tokens: Sequence[Token], index: Index) -> list[Entry]:
    """The last facts of what rose or fell over the years by the figures of these, where no fact tells of the change."""
    asked = read(tokens)
    sign = asked.aspect.change
    is_list = any(t.roles.get("list") == "all" or t.roles.get("ask") in _FOR_NAMES for t in tokens)
    if not is_list or sign not in ("up", "down") or any(map(is_number, listed(asked, None, index, ()).entries)):
        return []
    level = read([token for token in tokens if "change" not in token.roles and not token.span])
    found = [series(entry, index) for entry in listed(level, None, index, ()).entries if index.is_usual(entry)]
    values = [(one[-1], one[-1].quantities[0].value - one[0].quantities[0].value) for one in found if len(one) > 1]
    return [entry for entry, change in values if (change > 0 if sign == "up" else change < 0)]


def _about_members(tokens: Sequence[Token], index: Index) -> tuple[Sequence[Token], list[Entry]]:
    """Of a message that calls several things by what they are together, the rest, and the facts about any of them.

    前五大贸易伙伴, of which the report tells the names. The whole message and no facts, where it does not.
    """
    text, words = "".join(token.text for token in tokens), [token.word for token in tokens if token.word]
    named = [
        (name, index.reader.texts[entry.number].figure)
        for entry in named_by((c for word in words for sense in word.senses for c in sense), index)
        for name in entry.text.split("\n")
        if entry.aspect.unit == "name" and len(name) >= _SHORTEST_NAME and name.replace(" ", "") in text
    ]
    name, figure = max(named, key=lambda one: len(one[0]), default=("", ""))
    members = [member.strip() for member in _SEPARATORS.split(figure) if member.strip()]
    if len(members) < 2:
        return tokens, []
    about = [entry for entry in index.entries if any(member in entry.text.partition("\n")[0] for member in members)]
    return [token for token in tokens if token.text not in name], about
