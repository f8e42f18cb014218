"""A claim is a question with a value, a direction or a second thing, and the answer compares."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import log
from operator import add, itemgetter

from bot.answering.language.quantities import Quantity
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary
from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import year_of
from bot.answering.matching.observation import BEFORE, Aspect, Observation, as_text, base_of, read

from .followups import tells_how
from .things import SideBySide, may_name
from .values import Stated, family, in_unit_of, signed, stated_values, with_its_hedge
from .words import spoken

_SIGNED = frozenset(["up", "down"])
_SIGNS = _SIGNED | {"same"}
_OF_CHANGE = frozenset(["change", "base", "compare", "degree"])
_ORDERS = {"over": "more", "under": "less"}
_BOUNDS = {"more": "over", "less": "under"}
_BESIDE = frozenset(["bound", "compare"])  # roles of what a year stands behind that something is set beside
_FRACTION = re.compile("[成半]|分之")
_SIDES = {("以前", "之前", "前"): "under", ("以后", "之后", "后"): "over"}  # of a year
_HAS = frozenset(["有", "达", "达到", "是", "共有"])
_IS = frozenset(["是", "就是", "叫", "叫做", "is"])


@dataclass(frozen=True, slots=True)
class Claim:
    """A question, and what is said of its answer.

    `value`: the figure as stated, if it is. `sign`: of the change that is stated; `denied`: it is said not to be so.
    `of_rate`: it says so of a change, as 增速比上年快 does, and not of what changed.
    """

    question: Observation
    value: Stated | None
    sign: str
    denied: bool = False
    of_rate: bool = False

    def is_about(self, entry: Entry, vocabulary: Vocabulary) -> bool:
        """Whether a fact can bear the claim out at all: its figure is measured alike."""
        if self.value is None:
            return entry.aspect.change != ""
        return bool(entry.quantities) and in_unit_of(self.value.quantity, entry.quantities[0], vocabulary) is not None

    def meant(self, entries: Sequence[Entry], vocabulary: Vocabulary) -> Entry | None:
        """Which of several facts that it can be about is meant: the first one, or of a value the one nearest to it."""
        if self.value is None:
            return entries[0] if self.question.content else None  # 下降了吗 alone is about none of all that has changed
        said, far = self.value.quantity, list[tuple[float, Entry]]()
        for entry in entries:
            value = in_unit_of(said, entry.quantities[0], vocabulary)
            if value and said.value:
                far.append((abs(log(float(value / said.value))), entry))
        return min(far, key=itemgetter(0), default=(0.0, None))[1]

    def verdict(self, entry: Entry, vocabulary: Vocabulary) -> bool | None:
        """Whether a fact bears the claim out; None where it cannot tell."""
        has = entry.aspect.change
        if self.of_rate and entry.aspect.unit != "points":
            return None
        if self.value and not self.value.quantity.value and entry.quantities:
            return self.value.is_borne_out(signed(entry))
        agrees = (self.sign == has) != self.denied if self.sign in _SIGNS and has in _SIGNS else None
        if agrees is False or self.value is None or not entry.quantities:
            return agrees
        value = in_unit_of(self.value.quantity, entry.quantities[0], vocabulary)
        return None if value is None else self.value.is_borne_out(value, with_its_hedge(entry.fact))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things of the report set beside each other. `order`: how the first is said to be: more, less, same.

    `first`: None where it is what the message goes on from: 比进口多吧. `denied`: it is said not to be so: 没有进口快.
    """

    first: Observation | None
    second: Observation
    order: str
    denied: bool

    @property
    def named(self) -> tuple[SideBySide, Aspect] | None:
        """The two things side by side, and how their figures are told; None where the first is left out."""
        if self.first is None:
            return None
        aspect = (self.first if tells_how(self.first) else self.second).aspect
        things = (tuple(filter(may_name, one.tokens)) for one in (self.first, self.second))
        # 公司贷款不良率比个人贷款高 is of rates.
        unit = aspect.unit if aspect.change else self.first.aspect.unit or aspect.unit
        return SideBySide(tuple(things), ()), replace(aspect, change=aspect.change and "either", unit=unit)

    def verdict(self, first: Entry, second: Entry, vocabulary: Vocabulary) -> bool | None:
        """Whether two facts bear it out; None where they are not measured in the same unit, or one tells a gap."""
        if not (first.quantities and second.quantities):
            return None
        one, other = first.quantities[0], second.quantities[0]
        value = in_unit_of(one, other, vocabulary)
        if value is None or "place" in (first.aspect.base, second.aspect.base):
            return None
        had, has = (-one.value, -value) if one.ordinal else (one.value, value)  # the first place is the highest one
        if {first.aspect.change, second.aspect.change} == _SIGNED:  # what fell grew by less than what rose
            had, has = signed(first), signed(second)
        return {"more": had > has, "less": had < has, "same": had == has}[self.order] != self.denied


def claim_of(asked: Observation, vocabulary: Vocabulary) -> Claim | None:
    """What a message claims; None where it claims nothing that a figure could bear out."""
    values = stated_values(asked.tokens)
    if len(values) > 1:  # 近五年专利有500件
        values = [value for value in values if value.quantity.unit != "年"] or values
    if len(values) > 1:  # 60岁 of 60岁以上的占两成 says of whom
        values = _shares(asked.tokens, values) or [value for value in values if value.bound]
    # 是增加了还是减少了, but not 由降转升，增长4.5%
    leaves_open = not values and {t.roles["change"] for t in asked.tokens if _directs(t)} >= _SIGNED
    if leaves_open or asked.asks - {"yesno"} or len(values) > 1 or not _is_claimed(asked.tokens, values):
        return None
    value = values[0] if values else None
    skipped = value.words if value else frozenset()
    rest = [t for at, t in enumerate(asked.tokens) if at not in skipped and not _only_asks(t)]
    changes = [t for t in rest if t.roles.get("change") in _SIGNS]
    # 读者多吗 sets them beside nothing, but 读者多了吧 beside those of before.
    compares = any(
        "base" in t.roles or t.roles.get("compare") in BEFORE or "了" in t.text[:1] + t.text[-1:] for t in asked.tokens
    )
    compares = compares and value is None
    degree = next((t.roles["degree"] for t in asked.tokens if "degree" in t.roles), "") if compares else ""
    is_first = any("order" in token.roles for token in asked.tokens)  # no figure alone says what is the first
    if value is None and (is_first or not (changes or degree)):
        return None
    question = read(rest)
    aspect = question.aspect
    if value is not None:
        unit = "rank" if value.quantity.ordinal else family(value.quantity.unit, vocabulary)
        aspect.forms |= {"rank"} & {unit}
        aspect.unit = "" if unit == "times" and aspect.change in _SIGNED else unit or aspect.unit
    if aspect.change in _SIGNED:
        aspect.change = "either"  # the claim may have the wrong one
        aspect.kind = aspect.kind if value or aspect.kind == "percent" else ""
    sign = changes[-1].roles["change"] if changes else ""
    if degree:
        sign = {"more": "up", "less": "down"}.get(degree, sign)  # 增速比平均水平还低, 比上年多
        aspect.change, aspect.unit = "either", ""
    at = next((i for i, t in enumerate(asked.tokens) if changes and t is changes[-1]), 0)
    denied = any(_denies(t, asked.tokens) for t in asked.tokens[max(at - 2, 0) : at])
    asks = frozenset(["number"]) if value else frozenset[str]()
    # 利润是不是涨了，比上年多吧 says it twice
    is_again = any(t.is_stop for t in asked.tokens[at + 1 : -1])
    return Claim(
        replace(question, asks=asks, quantities=[]), value, sign, denied, bool(degree and changes) and not is_again
    )


def dated_claim_of(asked: Observation) -> Claim | None:
    """What a message claims of the year of something: 学校是1985年以前建的吧; None where it claims more than that."""
    tokens = asked.tokens
    dates = [(at, t, t.span.year) for at, t in enumerate(tokens) if t.span and t.span.year]
    if len(dates) != 1 or asked.quantities or not is_claimed(asked):
        return None
    at, date, year = dates[0]
    side = next((bound for said, bound in _SIDES.items() for token in tokens[at + 1 :][:1] if token.text in said), "")
    question = replace(read(tokens[:at] + tokens[at + 1 + bool(side) :]), asks=frozenset(["time"]))
    quantity = Quantity(Decimal(year), "", date.start, date.end)
    return Claim(question, Stated(quantity, side, Decimal(1), frozenset([at])), "")


def claim_beside_a_year(asked: Observation) -> Claim | None:
    """What a message claims of the level of a year: 客流超过2019年的水平了吧, as a share of that; None for nothing."""
    tokens = asked.tokens
    beside = [(at, t, t.span.year) for at, t in enumerate(tokens[1:]) if t.span and tokens[at].roles.keys() & _BESIDE]
    degree = next((t for t in tokens if "degree" in t.roles), None)
    if len(beside) != 1 or asked.quantities or not is_claimed(asked):
        return None
    at, date, year = beside[0]
    bound = tokens[at].roles.get("bound") or _BOUNDS.get(degree.roles["degree"] if degree else "")
    if not (bound and year):
        return None
    question = read([t for t in tokens if not (t is tokens[at] or t is date or t is degree)])
    if question.aspect.change:
        return None  # 增速比2021年高
    aspect = replace(question.aspect, change="", forms=frozenset(["multiple"]), base=str(year), unit="percent")
    whole = Quantity(Decimal(100), "%", date.start, date.end)
    said = Stated(whole, bound, Decimal(1), frozenset([at]))
    return Claim(replace(question, aspect=aspect, asks=frozenset(["number"])), said, "")


def named_claims_of(asked: Observation) -> Iterator[tuple[str, str]]:
    """What a message may state the name of, each with this name: 最大的港口 and 宁海港 of 最大的港口是宁海港吧.

    There are none where it claims more than that, or that something is not so.
    """
    tokens = asked.tokens
    if asked.quantities or not is_claimed(asked) or any("negation" in token.roles for token in tokens):
        return
    at = next((at for at in range(len(tokens) - 1, 0, -1) if tokens[at].text in _IS), 0)
    parts = (tokens[:at], tokens[at + 1 :])
    first, second = ([token for token in part if not (token.is_stop or _only_asks(token))] for part in parts)
    for about, said in ((first, second), (second, first)):
        if _names(about) and _names(said):
            yield as_text(about), as_text(said)


def is_called(name: str, said: str) -> bool | None:
    """Whether something with a name is called as is said; None where that has a part of its name: 国资集团."""
    if said in name or name in said:
        return True
    return None if set(map(add, said, said[1:])) & set(map(add, name, name[1:])) else False


def comparison_of(asked: Observation) -> Comparison | None:
    """The two things that a message sets beside each other: 甲比乙多吧; None where it does not."""
    tokens = asked.tokens
    if asked.quantities or not is_claimed(asked):
        return None
    denied = next((i for i, t in enumerate(tokens) if "negation" in t.roles), None)
    is_degree = any("degree" in token.roles for token in tokens)
    compares = [i for i, t in enumerate(tokens[:-1]) if t.roles.get("compare") in BEFORE]
    compares += [i for i, t in enumerate(tokens) if t.roles.get("bound") in ("over", "under")]
    at = next(iter(compares), denied if is_degree else None)
    if at is None:
        return None
    order = next((t for t in reversed(tokens) if "degree" in t.roles), tokens[at])
    sides = (tokens[:at], tokens[at + 1 :])
    first, second = ([t for t in side if t is not order and not _only_asks(t)] for side in sides)
    said = order.roles.get("degree") or _ORDERS.get(order.roles.get("bound", ""))
    if said is None and len(second) > 1:
        said = "more"  # 女的比男的长寿 compares how long they live
        first.append(second[-1])
    if _names(first) and not _names(second) and any(token.span and not token.span.year for token in second):
        second = [*(token for token in first if not token.span), *second]  # 二季度产量比一季度高
    if said is None or not _names(second):
        return None
    one, other = (replace(read(part), asks=frozenset(["number"])) for part in (first, second))
    return Comparison(one if _names(first) else None, other, said, denied is not None)


def is_claimed(asked: Observation) -> bool:
    """Whether a message asks if something is so, and for nothing else."""
    return asked.asks <= {"yesno"} and _is_claimed(asked.tokens, ())


def level_of(claim: Claim) -> Observation | None:
    """The question for a figure of which a claim says only that it rose or fell: 这三年越来越少, 比2015年多."""
    if claim.value or claim.denied or claim.sign not in _SIGNED:
        return None
    left_out = _OF_CHANGE - {"change"} if claim.of_rate else _OF_CHANGE
    tokens = [t for t in claim.question.tokens if not (t.span or t.roles.keys() & left_out)]
    return replace(read(tokens), asks=frozenset(["number"]))


def trend(claim: Claim, series: Sequence[Entry]) -> tuple[Sequence[Entry], bool] | None:
    """The figures of the years that a claim speaks of, and whether they bear it out; None where they are not told.

    `series`: the figures of all years, in order.
    """
    aspect, year = claim.question.aspect, series[0].fact.report.year
    base = base_of(aspect, year)
    years = [span.year or year + (span.offset or 0) for span in claim.question.spans]
    if base == "year" or base.isdigit():
        years = [*(years or [year]), int(base) if base.isdigit() else year - 1]
    if len(years) > 1:
        series = [entry for entry in series if min(years) <= year_of(entry) <= max(years)]
    if len(series) < 2:
        return None
    values = [entry.quantities[0].value for entry in series]
    steadily = any("steadily" in token.roles for token in claim.question.tokens)
    pairs = pairwise(values) if steadily else [(values[0], values[-1])]
    return series, all((one < other) if claim.sign == "up" else (one > other) for one, other in pairs)


def _denies(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a word says that something is not so; 不是增长了吗 takes for granted that it is."""
    ends = next((token.text for token in reversed(tokens) if not token.is_stop), "")
    return "negation" in token.roles and not (token.text == "不是" and ends.endswith(("吗", "嘛", "么")))


def _directs(token: Token) -> bool:
    """Whether a word says that something rose or fell, and is no name of a rate: 增加, but not 增速."""
    return token.roles.get("change") in _SIGNED and "rate" not in token.roles


def _is_claimed(tokens: Sequence[Token], values: Sequence[Stated]) -> bool:
    """Whether a message asks if something is so, or states that a figure is over or under a value."""
    said = [token for token in spoken(tokens) if "follow" not in token.roles]
    ends = [token for token in tokens if not token.is_stop]
    if not said or "follow" in ends[-1].roles:  # 100人以上的呢 names those that are meant, and states nothing of them
        has = len(ends) > 2 and ends[-3].text in _HAS and ends[-2].quantity  # 茶园有300亩呢
        return bool(has and values and said[0] is not ends[-3])
    tagged = any(token.roles.get("claim") == "tag" for token in said)
    auxiliary = said[0].roles.get("claim") == "auxiliary"
    told = said[-1].roles.get("change") in _SIGNED and ends[-1].text == "的"  # 零售额是增长的
    # rose tells so in English
    doubted = tokens[-1].text == "?" and (bool(values) or any(t.roles.get("claim") == "verb" for t in said))
    # 东部占了四成, 人口减少了: what is said of something comes last.
    told_of = said[:-1] if said[-1] is ends[-1] and ends[-1].roles.get("filler") == "particles" else said
    at = [token for token in told_of if token.roles.keys().isdisjoint(("unit", "period"))]
    is_last = bool(at) and any(tokens[place] is at[-1] for value in values for place in value.words)
    states = is_last or bool(_shares(tokens, values))
    done = [t for t, behind in pairwise([*tokens, tokens[-1]]) if _directs(t) and "了" in (t.text[-1], behind.text)]
    changed = bool(done) and (is_last or said[-1] in done)
    # 投资继续增长
    asserted = any(a.roles.get("claim") == "adverb" and _directs(b) and b is said[-1] for a, b in pairwise(tokens))
    compared = "degree" in ends[-1].roles and any(t.roles.get("compare") in BEFORE for t in tokens)
    return tagged or auxiliary or told or doubted or states or changed or asserted or compared


def _shares(tokens: Sequence[Token], values: Sequence[Stated]) -> list[Stated]:
    """Those of the values that are written as parts of a whole: 两成, 一半."""
    return [value for value in values if any(_FRACTION.search(tokens[at].text) for at in value.words)]


def _only_asks(token: Token) -> bool:
    return token.roles.get("claim") in ("tag", "auxiliary")


def _names(tokens: Sequence[Token]) -> bool:
    """Whether some word says what something is, or where."""
    return any(token.is_unknown or token.is_content or "place" in token.roles for token in tokens)
