"""How the figures of a list have to be told: which kind of figure, in which unit, within which limits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import SCALES, Token
from bot.answering.matching.asked import AskedForList
from bot.answering.matching.entries import Entry
from bot.answering.matching.filters import doubt, misfit, preference
from bot.answering.matching.frames import frame
from bot.answering.matching.index import Index
from bot.answering.matching.observation import COUNTED, LISTS, RATES, Aspect, Observation

from .kinds import says_each
from .values import Stated, family, forms_of, in_unit_of, stated_values
from .words import is_headed, joined

_OTHER = 0.7  # a factor for what tells a figure in another form, such as a share where none is asked for
_PREFERRED = 0.1  # of how well a fact fits, what is up to which one would be meant first
_COUNTS = frozenset(["数量", "数目"])
_OPEN = frozenset(["name", "what", "overview"])
# What says in which unit figures are written: 按万亩算, 用“家”来数, 带‰的, 单位是亿元, 百分点的, in dollars.
_WRITTEN = re.compile(
    "[按用以拿论]([^按用以拿论,的]{1,8}?)(?:来数|来?(?:算|计|为单位|做单位|作单位|表示|说)|数的|(?=,))"
    "|单位(?:是|为)([^,的]{1,5})|带([^,的]{1,5})的|(?<![个多少几0-9])(百分点)"
    "|in ([a-z]+) |([a-z]+) amounts "
)
_SAID_BESIDE = frozenset(["median", "real"])
# The forms of what a unit tells or, in points, how that has changed.
_RATIO = frozenset(["ratio"])
_MAY_BE_TOLD_IN = {"points": _RATIO | {"share", "contribution"}, "percent": _RATIO, "permille": _RATIO}


class Telling:
    """How a message wants figures to be told.

    `bounds`: the values within which they have to be. `written`: the unit that they have to be written in: 万亩.
    `words`: the places of the tokens that say so. `question`: the question of which type they are. `is_typed`: it says
    anything of all that. `on_data`: it asks for all data on something, however they are told. `of_numbers`: no name
    tells it.
    """

    def __init__(self, asked: Observation, index: Index, *, is_ordered: bool) -> None:
        self._index = index
        self.bounds = _limits(asked.tokens)
        self.written, words = written_unit(asked.tokens)
        self.words = words.union(*(value.words for value in self.bounds))
        tokens = [token for at, token in enumerate(asked.tokens) if at not in self.words]
        lists = {token.roles.get("list") for token in tokens}
        self.question = _question(asked, tokens, self.bounds, index, is_ordered=is_ordered)
        # 下降或持平 is of both.
        self._signs = {
            self.question.aspect.change,
            *(t.roles["change"] for t in tokens if t.roles.get("change") == "same"),
        }
        is_of_data = not lists.isdisjoint(("data", "about"))
        says_unit = any("measure" in token.roles for token in tokens)  # 金额, 人数
        if is_of_data and asked.asks <= _OPEN and not says_unit:  # 支出方面的数据 is more than amounts
            self.question.aspect.unit = ""
        self.is_typed = bool(self.bounds or self.written or self.question.aspect != Aspect() or "number" in asked.asks)
        self.of_numbers = bool(self.question.aspect.unit or self.question.aspect.forms)
        self.on_data = is_of_data and not self.is_typed
        # No names are 数据.
        self._wants_numbers = any(token.text.removeprefix("的") in LISTS["numbers"] for token in tokens)
        self._is_ordered = is_ordered
        self._whole = _whole_of_shares(asked.tokens)
        # 变化了多少个百分点 is told of whatever has rates, and of shares.
        is_of_points = self.question.aspect.unit == "points" or self.written == "百分点"
        if is_of_points:
            self.question.aspect.kind = "points"
        self._of_rates = not is_of_points and any("rate" in token.roles for token in tokens)
        # 企业数量 counts all in the measure words of firms.
        self._counts = not self.question.aspect.change and (
            any(token.text in _COUNTS or token.roles.get("measure") == "count" for token in asked.tokens)
        )

    def fitting(
        self, entries: Iterable[Entry], said: frozenset[str], breakdowns: frozenset[str], *, sign: bool
    ) -> list[tuple[float, Entry]]:
        """The facts of the type that is asked for, each with how well it fits, beside the one that fits best, 0..1.

        `said`: what the message names, as concepts, `breakdowns`: of these, what every fact has to say. `sign`: they
        have to have changed as is asked for.
        """
        fits: list[tuple[float, Entry]] = []
        question, asked_of = self.question, dict[str, AskedForList]()
        change = question.aspect.change
        is_of_all = bool(self.bounds) and not (said or question.aspect.forms)
        for entry in entries:
            report = entry.fact.report
            if report.id not in asked_of:
                asked_of[report.id] = AskedForList(question, said, breakdowns, report, self._index)
            asked = asked_of[report.id]
            is_of_other_sign = sign and change in ("up", "down") and entry.aspect.change not in self._signs
            is_rank = self._is_ordered and entry.aspect.unit == "rank"  # which tells no most of something
            # 连续五年下降 tells no fall, but how long it goes on.
            is_length = change and entry.aspect.unit == "duration" and "连续" in entry.label
            if not (misfit(asked, entry) or is_of_other_sign or is_rank or is_length) and _is_written_so(
                self.written, entry
            ):
                is_other = _is_told_otherwise(entry.aspect, question.aspect)
                is_other = is_other or (self._of_rates and self._is_no_rate(entry))
                other = _OTHER if is_other else 1.0
                preferred = 1 - _PREFERRED + _PREFERRED * preference(asked, entry)  # less for another base
                is_told_in_any_way = self.on_data or ((self.written or is_of_all) and not change)
                fits.append((1.0 if is_told_in_any_way else other * doubt(asked, entry) * preferred, entry))
        fits = [(score, one) for score, one in fits if self._may_be_listed(one)] or fits
        # 各增加多少个 counts no beds, where several are told by 个.
        alike = [(score, e) for score, e in fits if e.aspect.unit == question.aspect.unit]
        fits = alike if len(alike) > 1 and question.aspect.unit in COUNTED - {""} else fits
        if self._counts:
            headed = {entry.aspect.unit for _, entry in fits if is_headed(entry, said)} & COUNTED
            fits = [(score, entry) for score, entry in fits if entry.aspect.unit in (headed or COUNTED - {"person"})]
        best = max((score for score, _ in fits), default=1.0)
        return [(score / best, entry) for score, entry in fits]

    def within(self, entries: Iterable[Entry], *, is_ordered: bool = False) -> list[Entry]:
        """Those that changed as is asked for, and whose figures are within the bounds.

        `is_ordered`: the first of all is wanted, so that what fell may be the last of what rose.
        """
        change = self.question.aspect.change
        if change in ("up", "down") and not (is_ordered and change == "up"):
            entries = [entry for entry in entries if entry.aspect.change in {"", *self._signs}]
        if change:
            entries = filter(_is_figure, entries)
        if self._whole:  # 占营业收入的比重
            entries = list(entries)
            of_it = [entry for entry in entries if self._whole in entry.whole]
            entries = of_it if len(of_it) > 1 else entries
        found = [entry for entry in entries if all(self._is_within(entry, bound) for bound in self.bounds)]
        units = {bound.quantity.unit for bound in self.bounds} - {"", "倍", "%"}  # 一千家 are no 场
        return [entry for entry in found if entry.quantities and entry.quantities[0].unit in units] or found

    def _may_be_listed(self, entry: Entry) -> bool:
        if self.on_data:
            return not self._wants_numbers or entry.aspect.unit != "name" or entry.aspect.change == "same"
        return _is_figure(entry)

    def _is_no_rate(self, entry: Entry) -> bool:
        """Whether a label tells a change by words that are none of growth: 企业开办时间缩短幅度."""
        kinds = [token.roles.get("kind") for token in frame(entry, self._index) if "change" in token.roles]
        return bool(kinds) and "percent" not in kinds

    def _is_within(self, entry: Entry, bound: Stated) -> bool:
        value = in_unit_of(bound.quantity, entry.quantities[0], self._index.vocabulary) if entry.quantities else None
        return value is not None and bound.is_borne_out(value)


def _is_figure(entry: Entry) -> bool:
    """Whether a fact is neither a name nor a date, which change in no way, but for 大体相当."""
    return (entry.aspect.unit != "name" or bool(entry.aspect.change)) and not entry.is_date


def written_unit(tokens: Sequence[Token]) -> tuple[str, set[int]]:
    """The unit in which figures have to be written, and the places of its words: 按万亩算, 百分点的数据, in dollars."""
    text, starts = joined(tokens)
    for found in _WRITTEN.finditer(text):
        said = re.sub("[“”\"'‘’ ]", "", next(filter(None, found.groups())))
        # 千分之(‰) says it twice, and 台或万台 with a scale and without.
        if unit := next(filter(_unit_of, re.split("[()和、]|或者?", said)), ""):
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
    if not unit or unit in entry.fact.figure.lower():
        return True
    has_scale = any(unit.startswith(scale) for scale in SCALES)
    return not has_scale and bool(entry.quantities) and entry.quantities[0].unit == _unit_of(unit)


def _whole_of_shares(tokens: Sequence[Token]) -> str:
    """What the shares are of that a message asks for, "" for nothing: 营业收入 of 占营业收入的比重."""
    at = next((at for at, token in enumerate(tokens) if token.text == "占"), len(tokens))
    whole = takewhile(lambda token: token.is_content or token.is_unknown, tokens[at + 1 :])
    return "".join(token.text for token in whole)


def _limits(tokens: Sequence[Token]) -> list[Stated]:
    """The values within which the figures of a list have to be: 超过一亿的."""
    return [value for value in stated_values(tokens) if value.bound]


def _question(
    asked: Observation, tokens: Sequence[Token], bounds: Sequence[Stated], index: Index, *, is_ordered: bool
) -> Observation:
    """The question of which type the facts of a list are; a list of all is no total."""
    aspect = asked.aspect
    changes = [token for token in tokens if "change" in token.roles]
    kinds = {token.roles["kind"] for token in changes if "kind" in token.roles}
    kind = next(iter(kinds)) if len(kinds) == 1 else ""
    signs = {token.roles["change"] for token in changes if "rate" not in token.roles or len(changes) == 1}
    signs = signs - {"either"} or signs  # 幅度 beside 下降 says no more
    signs = signs - {"same"} or signs  # 下降或持平
    # 涨跌幅, 增速和降幅, and 增速 of all or each of several things, is of either sign.
    is_rate = bool(changes) and all("rate" in token.roles for token in changes)
    if all("rate" in token.roles or token.text.endswith(RATES) for token in changes):
        signs |= {token.roles["change"] for token in changes} - {"either"}
    # So is 各增长多少.
    is_open_which = signs == {"up"} and any(map(says_each, asked.tokens)) and not asked.asks & {"name", "what", "who"}
    is_either = len(signs) > 1 or ((is_rate or is_open_which) and not bounds)
    change = "either" if is_either else next(iter(signs), "")
    said = [family(value.quantity.unit, index.vocabulary) for value in bounds]
    counted = [(b.roles["ask"], t.roles["unit"]) for b, t in pairwise(tokens) if "ask" in b.roles and "unit" in t.roles]
    units = {unit for ask, unit in counted if ask == "number"} or {unit for _, unit in counted}
    # 各线班次列一列 tells by its last noun how they are counted.
    nouns = [token for token in tokens if token.roles.keys().isdisjoint(("list", "ask", "filler"))]
    said += [noun.roles["unit"] for noun in nouns[-1:] if "unit" in noun.roles]
    if bounds:  # 哪些人次超过10亿
        said += units
    unit = "" if len(units) > 1 else aspect.unit or next(filter(None, said), "")
    # What rose may be told in percent, points and amounts, but the most of it is the fastest.
    # So may it where it is asked which ones fell, and by how much each, but not by how many persons.
    is_open = asked.asks - {"number"} <= _OPEN and not units
    if is_open and not (is_rate or (is_ordered and kind == "percent")):
        kind = ""
    rate = "percent" if unit == "times" else unit  # a growth by so many times
    kind = rate if rate in ("percent", "points") else "amount" if unit else kind
    aspect = Aspect(change, kind if change else "", aspect.forms - {"level"}, aspect.base, unit)
    asks = frozenset(["number"]) if unit else frozenset[str]()
    return replace(asked, aspect=aspect, total=False, quantities=[], asks=asks)


def _is_told_otherwise(has: Aspect, asked: Aspect) -> bool:
    """Whether a fact tells a change in percent or in an amount where the other is asked for, or a share for a level."""
    if asked.change and asked.kind in ("percent", "amount") and has.kind != asked.kind:
        return True
    if has.unit == "points" and "percent" in (asked.unit, asked.kind):
        return True
    if "share" in asked.forms and asked.forms.isdisjoint(has.forms):
        return True
    return bool(forms_of(has) - asked.forms - _SAID_BESIDE - _MAY_BE_TOLD_IN.get(has.unit, frozenset()))
