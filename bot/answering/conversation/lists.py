"""A list is a question with one free part; a superlative is a list with an order."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from operator import attrgetter

from bot.answering.answer import Answer
from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import is_number, named_by, series, year_of
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.ranking import measured

from .choice import Choice, measured_in
from .kinds import INDUSTRIES
from .orders import Order
from .things import one_each
from .topics import on_topic
from .values import PERCENTS, forms_of
from .wanted import Wanted, is_years, months_each

_SEVERAL = 2
_ACCUMULATED = frozenset(["累计"])  # what the name of a whole may say, and the names of its parts leave out

# Answers a question that asks for one thing.
Best = Callable[[Observation], Answer]


@dataclass(frozen=True, slots=True)
class Listed:
    """The facts of a list, in its order. `compared`: of a superlative those that they are the first of, else empty.

    `first`: the place of the first of the facts among these, from 0. `is_sure`: they are what is told alike, so that
    no plain answer is as good.
    """

    entries: tuple[Entry, ...]
    compared: tuple[Entry, ...] = ()
    first: int = 0
    is_sure: bool = False


def listed(wanted: Wanted, index: Index, best: Best, among: Sequence[Entry]) -> Listed:
    """The facts that fit a list, as the report tells them, or by their value where an order is asked for.

    `among`: the facts that it may be about, all where it is empty.
    """
    if wanted.is_of_years and wanted.is_list and (found := _over_time(wanted, index, best)):
        return replace(in_order(found, wanted.order), is_sure=True)
    if wanted.months and (found := _over_parts_of_a_year(wanted, index, best)):
        return replace(in_order(found, wanted.order), is_sure=True)
    is_of_groups = wanted.is_of_groups and not among and len(wanted.segments) < 2
    choice, is_ordered = Choice(wanted, index, among), wanted.order is not None
    group, by = choice.group() if is_of_groups else ([], "")
    found = wanted.telling.within(group, is_ordered=is_ordered)
    is_sure = bool(found)
    # 哪些下降了，各降多少 is of whatever fell, wherever that is told.
    is_of_each = wanted.asks_for_each or (wanted.is_each and not wanted.telling.question.aspect.change)
    if not (found and (is_of_each or is_ordered or by or wanted.is_of_places)):
        topic = on_topic(wanted, choice, index, is_some=bool(among))
        # 哪些行业的增加值下降了: what is beside those that are called so may be meant as well.
        is_sure = is_sure and set(topic) <= set(found)
        found = found if is_sure else list(topic)
    if by and any(kind.text in INDUSTRIES for kind in wanted.kinds):  # 采矿业 is told elsewhere
        kinds = set(map(how_told, found))
        more = [e for e in choice.told_so() if how_told(e) in kinds and e not in found]
        more = [e for e in more if choice.are_called([e]) and choice.says_all(e)]
        found = wanted.telling.within(sorted([*found, *more], key=attrgetter("number")))
    if wanted.kinds and not wanted.is_of_places:
        # 哪些商品下降了 asks for no countries.
        others = [entry for entry in found if not entry.named or choice.are_called([entry])]
        found = others if len(others) * 2 > len(found) else found
    found = without_wholes(found) if is_ordered and wanted.words else found
    return replace(in_order(found, wanted.order), is_sure=is_sure)


def listed_each(wanted: Wanted, index: Index) -> Listed:
    """One fact for each of the things that a message names side by side; none where these are told unlike."""
    aspect = wanted.telling.question.aspect
    told = one_each(wanted.beside, aspect, index, how_told, _changes) if wanted.beside else []
    return in_order(wanted.telling.within(told, is_ordered=wanted.order is not None), wanted.order)


def in_order(found: Sequence[Entry], order: Order | None) -> Listed:
    """Facts as a list, by their value where an order is asked for."""
    if not order:
        return Listed(tuple(found))
    alike = _measured_alike(found)
    if len(alike) < 2:
        return Listed(())  # nothing is the first of one
    # Where some rose, a fall is less than that; where all fell, the most is the steepest one.
    is_mixed = any(entry.aspect.change == "up" for entry in alike)
    ordered = tuple(sorted(alike, key=partial(_value, is_signed=is_mixed), reverse=order.way == "most"))
    return Listed(ordered[order.first : order.first + order.count], ordered, order.first)


def _over_time(wanted: Wanted, index: Index, best: Best) -> list[Entry]:
    """The facts of one measure over the years: 历年, 三年的."""
    years = [span.year for span in wanted.asked.spans if span.year]
    first, last = (min(years), max(years)) if len(years) > 1 else (0, 9999)
    are_of_years = [t for t in wanted.asked.tokens if (t.span and len(years) > 1) or is_years(t)]
    matches = best(wanted.one_but(are_of_years)).matches
    found = [series(index.entry_of(match.fact), index) for match in matches]
    found = [[entry for entry in one if first <= year_of(entry) <= last] for one in found]
    return max((one for one in found if len(one) > 1), key=len, default=[])


def _over_parts_of_a_year(wanted: Wanted, index: Index, best: Best) -> list[Entry]:
    """The facts of one measure over the parts of a year, where each has the same label: 四个季度的."""
    tokens = wanted.asked.tokens
    places = [at for at in range(len(tokens)) if months_each(tokens[at - 1] if at else None, tokens[at])]
    left_out = [tokens[i] for at in places for i in (at - 1, at) if i == at or (i >= 0 and not tokens[i].is_content)]
    answering = [index.entry_of(match.fact) for match in best(wanted.one_but(left_out)).matches]
    for one in {entry.label: entry for entry in answering}.values():
        alike = (entry for entry in named_by(measured(one), index) if entry.label == one.label)
        found = [entry for entry in alike if set(map(_length, entry.period.months)) == {wanted.months}]
        if len(found) > 1:
            return found
    return []


def _length(months: tuple[int, int]) -> int:
    return months[1] - months[0] + 1


def _value(entry: Entry, *, is_signed: bool) -> Decimal:
    first = entry.quantities[0]
    value = first.value * PERCENTS.get(entry.aspect.unit, 1)  # 1.2倍 are 120%
    is_less = first.ordinal or (is_signed and entry.aspect.change == "down")  # the first place is the highest one
    return -value if is_less else value


def _measured_alike(entries: Sequence[Entry]) -> list[Entry]:
    """Of the facts with a number, those that are measured as most of them are."""
    kinds: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in filter(is_number, entries):
        kinds[how_told(entry)].append(entry)
    return max(kinds.values(), key=len, default=[])


def without_wholes(entries: Sequence[Entry]) -> list[Entry]:
    """Facts without those of which at least two others tell a kind or a part: 家具产量 beside 木质家具产量."""
    labels = [measured(entry) for entry in entries]
    kinds = (sum(own - _ACCUMULATED < label for label in labels) for own in labels)
    told = zip(entries, kinds, strict=True)
    parts = [entry for entry, count in told if count < _SEVERAL or entry.named]
    return parts if len(parts) >= _SEVERAL else list(entries)


def how_told(entry: Entry) -> tuple[object, ...]:
    aspect = entry.aspect
    return measured_in(entry), bool(aspect.change), forms_of(aspect) - {"ratio"}


def _changes(entry: Entry) -> bool:
    return bool(entry.aspect.change)


def completed(listed: Listed, stated: Sequence[Entry]) -> tuple[Entry, ...]:
    """The facts of a list with the one more that a plain answer has beside them."""
    found = set(listed.entries)
    kinds = set(map(how_told, found or stated))
    alike = {entry for entry in stated if how_told(entry) in kinds}
    return tuple(sorted(alike | found, key=attrgetter("number"))) if len(alike - found) == 1 else listed.entries


def are_of_one(entries: Sequence[Entry]) -> bool:
    """Whether several facts tell unlike figures of one thing: 产量 and 产量增速."""
    are_alike = len(set(map(how_told, entries))) < len(entries)
    return len(entries) > 1 and not are_alike and bool(frozenset.intersection(*map(measured, entries)))


def are_names(found: Listed, stated: Sequence[Entry]) -> bool:
    """Whether a list has several names, of which a plain answer states some: 接管了哪些医院."""
    names = {entry for entry in found.entries if entry.aspect.unit == "name"}
    return len(found.entries) > 1 and names == set(found.entries) and names.issuperset(stated)
