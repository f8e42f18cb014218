"""A list is a question with one free part; a superlative is a list with an order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import SCALES
from bot.answering.matching.entries import Entry, closure
from bot.answering.matching.filters import Asked, fit
from bot.answering.matching.observation import COUNTED, Aspect, Observation
from bot.answering.matching.parts import parts_of
from bot.answering.matching.tuning import TUNING

from .orders import Order
from .topics import Topic, data_on, is_about, section_on, topic_in
from .values import Stated, family, in_unit_of, stated_values
from .words import AROUND, CALLED, EXACT, NAMED, covered_label, is_headed, joined, share

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.answering.language.tokens import Token
    from bot.answering.matching.index import Index

_OF_THE_TYPE = 0.85  # of the fit of the best one; a preference such as for another base is no other type
_OF_SOME_TYPE = 0.7  # where what is told alike is found beside each other
_OTHER = 0.7  # a factor for what tells a figure in another form, such as a share where none is asked for
_COUNTS = frozenset(["数量", "个数", "家数", "户数", "所数", "数目"])
_VAGUE = frozenset(["业务", "工作", "板块", "部分"])
_OPEN = frozenset(["name", "what", "overview"])
_PARTS = frozenset(["这边", "那边", "部分", "板块"])
_EACH = frozenset(["都是", "都有"])
# What says in which unit figures are written: 按万亩算, 以公里计, 单位是亿元, 百分点的, in dollars.
_WRITTEN = re.compile(
    "[按用以拿]([^按用以拿,的]{1,5}?)(?:来)?(?:算|计|为单位|做单位|作单位|表示|说)|单位(?:是|为)([^,的]{1,5})"
    "|(?<![个多少几0-9])(百分点)|in ([a-z]+) "
)
_IS = frozenset("是 为 等于 都是 正好 刚好 正好是 刚好是 equal".split())
_SAID_BESIDE = frozenset(["level", "multiple", "median", "real"])  # and of points, shares, whose changes they tell


@dataclass(frozen=True, slots=True)
class Listed:
    """The facts of a list, in its order. `compared`: of a superlative those that they are the first of, else empty.

    `first`: the place of the first of the facts among these, from 0.
    """

    entries: tuple[Entry, ...]
    compared: tuple[Entry, ...] = ()
    first: int = 0


class Asking(Enum):
    """Whether a message asks for a list: not, surely, or only where it has no answer as a plain question."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


def asks_for_a_list(asked: Observation, order: Order | None) -> Asking:
    """Whether a message asks for all things of a kind, or for the first of them: 哪个下降了, what rose by over 9%.

    `asked`: the message without the words of `order`.
    """
    lists = {token.roles["list"] for token in asked.tokens if "list" in token.roles} - {"years"}
    values = limits(asked.tokens)
    behind = [asked.tokens[max(value.words) + 1 :][:1] for value in stated_values(asked.tokens)]
    # 18.4%是哪一项的涨幅 asks for the thing by its figure, but not 八大类价格里上涨的.
    is_counting = [bool(asked.aspect.change) and any(t.is_content or "unit" in t.roles for t in one) for one in behind]
    if len(values) < is_counting.count(False):
        return Asking.NO
    names = bool(asked.asks & {"name", "what", "who"})
    changes = bool(asked.aspect.change) and ("name" in asked.asks or not any(map(is_about, asked.tokens)))
    if _written_unit(asked.tokens)[0] and (lists or not asked.asks):
        return Asking.SURELY
    is_data = "data" in lists and bool(asked.asks & {"name", "what", "overview"})
    if lists & {"all", "more"} or is_data or (order and (order.is_counted or lists or names)):
        return Asking.SURELY
    if "about" in lists and not asked.asks:
        return Asking.SURELY
    if asked.asks & {"name", "what"} and (values or changes):
        return Asking.SURELY
    is_of_data = "about" in lists or any(t.roles.get("list") == "data" and len(t.text) > 1 for t in asked.tokens)
    is_bare = (order is not None or is_of_data) and not asked.asks
    return Asking.PERHAPS if is_bare or "about" in lists or asks_for_each(asked) else Asking.NO


def listed(asked: Observation, order: Order | None, index: Index, among: Sequence[Entry]) -> Listed:
    """The facts that fit a list, as the report tells them, or by their value where an order is asked for.

    `asked`: the message without the words of `order`. `among`: the facts that it may be about, all where it is empty.
    """
    wanted = _List(asked, index)
    found = wanted.found(among or index.entries, is_some=bool(among), is_ordered=order is not None)
    return in_order(found if among or not order else wanted.without_whole(found), order)


def in_order(found: Sequence[Entry], order: Order | None) -> Listed:
    """Facts as a list, by their value where an order is asked for."""
    if not order:
        return Listed(tuple(found))
    alike = _measured_alike(found)
    # Where some rose, a fall is less than that; where all fell, the most is the steepest one.
    is_mixed = any(entry.aspect.change == "up" for entry in alike)
    ordered = tuple(sorted(alike, key=partial(_value, is_signed=is_mixed), reverse=order.way == "most"))
    return Listed(ordered[order.first : order.first + order.count], ordered, order.first)


def says_nothing(asked: Observation) -> bool:
    """Whether a message says neither what is measured nor how: 前两个."""
    return asked.aspect == Aspect() and not stated_values(asked.tokens) and not any(map(is_about, asked.tokens))


def speaks_of_data(asked: Observation) -> bool:
    """Whether a message says that it wants data, and no names: 数据, 指标."""
    return any(token.roles.get("list") == "data" for token in asked.tokens)


def asks_for_each(asked: Observation) -> bool:
    """Whether a message asks for each of several things: 分别, 各类, 都是多少."""
    tokens = asked.tokens
    return asks_of_all(tokens) or any(t.roles.get("join") == "each" or t.text.startswith("各") for t in tokens)


def asks_of_all(tokens: Sequence[Token]) -> bool:
    """Whether a message asks how much all of some things are: 都是多少."""
    return any(one.text in _EACH and other.roles.get("ask") == "number" for one, other in pairwise(tokens))


def told_as(asked: Observation, about: Sequence[Token], index: Index) -> list[Entry]:
    """The facts that are told as a message asks, whatever they are about, and whether they rose or fell."""
    wanted = _List(asked, index)
    if wanted.question.aspect.change:
        wanted.question.aspect.change = "either"
    return wanted.of_the_type(index.entries, Topic((tuple(parts_of(about, index)),)), _OF_SOME_TYPE)


def limited(found: Sequence[Entry], asked: Observation, index: Index, *, is_ordered: bool) -> list[Entry]:
    """Of some facts those that changed as a message says, and whose figures are within its bounds.

    `is_ordered`: it asks for the first of all, so that what fell may be the last of what rose.
    """
    wanted = _List(asked, index)
    change = wanted.question.aspect.change
    if change in ("up", "down") and not (is_ordered and change == "up"):
        found = [entry for entry in found if entry.aspect.change in ("", change)]
    return [entry for entry in found if _within(entry, wanted.bounds, index)]


class _List:
    """What a message asks a list of.

    `written`: the unit that figures have to be written in, such as 万亩. `typed`: it says how they are told. `about`:
    it asks for all data on something, however they are told.
    """

    def __init__(self, asked: Observation, index: Index) -> None:
        self.index = index
        self.bounds = limits(asked.tokens)
        self.written, unit_words = _written_unit(asked.tokens)
        skipped = {i for value in self.bounds for i in value.words} | unit_words
        tokens = [token for at, token in enumerate(asked.tokens) if at not in skipped]
        # 人次超过1000万 says how they are counted.
        units = [family(token.text, index.vocabulary) if token.is_unknown else "" for token in tokens]
        tokens = [token for token, unit in zip(tokens, units, strict=True) if unit in ("", "duration")]
        vague = _VAGUE if speaks_of_data(asked) else frozenset[str]()
        self.topic = topic_in([token for token in tokens if token.text not in vague], index)
        self.question = _question(asked, tokens, self.bounds, index)
        self.on_part = any(token.roles.get("list") == "about" or token.text in _PARTS for token in tokens)
        if self.on_part and asked.asks <= _OPEN:  # 支出方面的数据 is more than amounts
            self.question.aspect.unit = ""
        self.typed = bool(self.bounds or self.written or self.question.aspect != Aspect() or "number" in asked.asks)
        self.about = not self.typed and any(t.roles.get("list") in ("data", "about") for t in asked.tokens)
        # 企业数量 counts all in the measure words of firms.
        self.counts = any(token.text in _COUNTS for token in asked.tokens)

    def found(self, entries: Sequence[Entry], *, is_some: bool, is_ordered: bool) -> list[Entry]:
        """The facts that fit; `is_some`: the message may say no more than which of some facts it wants."""
        if not (self.typed or self.topic.segments or is_some or (self.about and not is_ordered)):
            return []
        parts = [part for segment in self.topic.segments for part in segment]
        if not (parts or is_some) and self.question.spans:  # all of a year, and not of the years up to it
            of_one = [entry for entry in self.of_the_type(entries, self.topic) if len(entry.period.years) == 1]
            return of_one or self._having(self.topic, entries)
        if parts and (self.about or self.on_part) and (section := section_on(parts, entries, self.index)):
            return self._having(Topic(()), section)
        if self.about and parts and not (is_some or is_ordered):
            return data_on(self.topic, self.of_the_type(entries, Topic(())), self.index)
        return self._having(self.topic, entries)

    def without_whole(self, found: Sequence[Entry]) -> Sequence[Entry]:
        """Facts without those of the whole, which is none of its kinds: 医院 of 哪类医院最多."""
        parts = [part for segment in self.topic.segments for part in segment if len(part.senses) == 1]
        said = frozenset(concept for part in parts for concept in part.senses[0])
        kinds = [entry for entry in found if covered_label(entry, said) < TUNING.own]
        return kinds if len(kinds) > 1 else found

    def _having(self, topic: Topic, entries: Sequence[Entry]) -> list[Entry]:
        def fitting(least: float) -> list[Entry]:
            found = self.of_the_type(topic.having(entries, self.index, least), topic)
            found = [entry for entry in found if _within(entry, self.bounds, self.index)]
            units = {value.quantity.unit for value in self.bounds}  # 一千家 are no 场
            return [entry for entry in found if entry.quantities and entry.quantities[0].unit in units] or found

        found = next((found for least in (CALLED, NAMED, AROUND) if len(found := fitting(least)) > self.about), [])
        # What is called by these words is meant rather than what is a kind of it: 餐饮 of 零售.
        parts = topic.segments[0] if len(topic.segments) == 1 else ()
        narrow = [entry for entry in found if all(share(part, entry, self.index) >= EXACT for part in parts)]
        return narrow if len(narrow) * 2 >= len(found) else found

    def of_the_type(self, entries: Sequence[Entry], topic: Topic, least: float = _OF_THE_TYPE) -> list[Entry]:
        """The facts of the type that is asked for; where some are just of that type, those alone."""
        fits: list[tuple[float, Entry]] = []
        question, asked_of = self.question, dict[str, Asked]()
        parts = topic.segments[0] if len(topic.segments) == 1 else ()
        said = closure((c for part in parts if len(part.senses) == 1 for c in part.senses[0]), self.index.vocabulary)
        for entry in entries:
            report, change = entry.fact.report, question.aspect.change
            if report.id not in asked_of:
                asked_of[report.id] = Asked(question, said, frozenset(), report, self.index)
            fitting = fit(asked_of[report.id], entry)
            is_other = change in ("up", "down") and entry.aspect.change != change
            if not (fitting.misfit or is_other) and _is_written_so(self.written, entry):
                other = _OTHER if _is_told_otherwise(entry.aspect, question.aspect) else 1.0
                is_told_in_any_way = self.about or (self.written and not change)
                fits.append((1.0 if is_told_in_any_way else other * fitting.doubt, entry))
        is_number = {entry.number for _, entry in fits if entry.aspect.unit != "name" and not entry.is_date}
        fits = [(score, entry) for score, entry in fits if entry.number in is_number] or fits
        if self.counts:
            headed = {entry.aspect.unit for _, entry in fits if is_headed(entry, said)} & COUNTED
            fits = [(score, entry) for score, entry in fits if entry.aspect.unit in (headed or COUNTED - {"person"})]
        best = max((score for score, _ in fits), default=0.0)
        return [entry for score, entry in fits if score >= best * least]


def limits(tokens: Sequence[Token]) -> list[Stated]:
    """The values within which the figures of a list have to be: 超过一亿的, or of a list of all 数量是20个的."""
    lists_all = any(token.roles.get("list") == "all" for token in tokens)
    values = stated_values(tokens)
    return [v for v in values if v.bound or (lists_all and tokens[max(min(v.words) - 1, 0)].text in _IS)]


def _written_unit(tokens: Sequence[Token]) -> tuple[str, set[int]]:
    """The unit in which figures have to be written, and the places of its words: 按万亩算, 百分点的数据, in dollars."""
    text, starts = joined(tokens)
    for found in _WRITTEN.finditer(text):
        unit = next(filter(None, found.groups())).strip()
        if _unit_of(unit):
            return unit, {at for at, start in enumerate(starts) if found.start() <= start < found.end()}
    return "", set()


def _unit_of(text: str) -> str:
    """The unit that a text names, "" for none."""
    for counted in (f"1 {text}",) if text.isascii() else (f"1{text}", f"1个{text}"):
        found = quantities(counted)
        if found and found[0].end == len(counted):
            return found[0].unit
    return ""


def _is_written_so(unit: str, entry: Entry) -> bool:
    """Whether the figure of a fact is written in a unit, with its scale where that has one: 亿元, and not 万元."""
    if not unit or unit in entry.fact.figure:
        return True
    has_scale = any(unit.startswith(scale) for scale in SCALES)
    return not has_scale and bool(entry.quantities) and entry.quantities[0].unit == _unit_of(unit)


def _question(asked: Observation, tokens: Sequence[Token], bounds: Sequence[Stated], index: Index) -> Observation:
    """The question of which type the facts of a list are; a list of all is no total."""
    aspect = asked.aspect
    changes = [token for token in tokens if "change" in token.roles]
    kind = next((token.roles["kind"] for token in changes if "kind" in token.roles), "")
    signs = {token.roles["change"] for token in changes if "rate" not in token.roles or len(changes) == 1}
    # 涨跌幅, and 增速 of all or each of several things, is of either sign.
    is_rate = bool(changes) and all("rate" in token.roles for token in changes)
    is_either = len(signs) > 1 or (is_rate and not bounds)
    change = "either" if is_either else next(iter(signs), "")
    said = [family(value.quantity.unit, index.vocabulary) for value in bounds]
    units = {t.roles["unit"] for before, t in pairwise(tokens) if "ask" in before.roles and "unit" in t.roles}
    unit = "" if len(units) > 1 else aspect.unit or next(filter(None, said), "")
    if kind == "amount" and not unit and any(token.text.endswith("人数") for token in tokens):
        unit = "person"
    kind = unit if unit in ("percent", "points") else "amount" if unit else kind
    aspect = Aspect(change, kind if change else "", aspect.forms - {"level"}, aspect.base, unit)
    asks = frozenset(["number"]) if unit else frozenset[str]()
    return replace(asked, aspect=aspect, total=False, quantities=[], asks=asks)


def _is_told_otherwise(has: Aspect, asked: Aspect) -> bool:
    """Whether a fact tells a change in percent or in an amount where the other is asked for, or a share for a level."""
    if asked.change and asked.kind in ("percent", "amount") and has.kind != asked.kind:
        return True
    if has.unit == "points" and "percent" in (asked.unit, asked.kind):
        return True
    if "share" in asked.forms and "share" not in has.forms:
        return True
    beside = {"share"} if has.unit == "points" else {"ratio"} if has.unit in ("percent", "permille") else set[str]()
    return bool(has.forms - asked.forms - _SAID_BESIDE - beside)


def _within(entry: Entry, bounds: Sequence[Stated], index: Index) -> bool:
    for bound in bounds:
        if not entry.quantities:
            return False
        value = in_unit_of(bound.quantity, entry.quantities[0], index.vocabulary)
        if value is None or not bound.is_borne_out(value):
            return False
    return True


def _value(entry: Entry, *, is_signed: bool) -> Decimal:
    value = entry.quantities[0].value
    return -value if is_signed and entry.aspect.change == "down" else value


def _measured_alike(entries: Sequence[Entry]) -> list[Entry]:
    """Of the facts with a number, those that are measured as most of them are."""
    kinds: defaultdict[tuple[str, bool, frozenset[str]], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.quantities and entry.aspect.unit != "name":
            kinds[entry.aspect.unit, bool(entry.aspect.change), entry.aspect.forms].append(entry)
    return max(kinds.values(), key=len, default=[])
