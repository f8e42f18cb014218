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

from .followups import leans, tells_how
from .things import SideBySide, may_name
from .values import Stated, family, in_unit_of, signed, stated_values, with_its_hedge
from .words import spoken

_SIGNED = frozenset(["up", "down"])
_SIGNS = _SIGNED | {"same"}
_OF_CHANGE = frozenset(["change", "base", "compare", "degree"])
_ORDERS = {"up": "more", "down": "less", "over": "more", "under": "less"}
_COUNTED_AS = (("人", "person"), ("人数", "person"), ("钱", "money"))  # what is compared, by how its name ends
_FRACTION = re.compile("[成半]|分之")
_SIDES = {("以前", "之前", "前"): "under", ("以后", "之后", "后"): "over"}  # of a year
_IS = frozenset(["是", "就是", "叫", "叫做", "is"])
_NEAR = log(2)
_LARGE = 1000  # is a figure, whatever unit it leaves out; a change by more is told in an amount


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
            return not self.sign or entry.aspect.change != ""
        return bool(entry.quantities) and in_unit_of(self.value.quantity, entry.quantities[0], vocabulary) is not None

    def meant(self, entries: Sequence[Entry], vocabulary: Vocabulary) -> Entry | None:
        """Which of several facts is meant: the first one that tells so, or of a value the one that is nearest to it."""
        alike = [entry for entry in entries if self.is_about(entry, vocabulary)]
        if self.value is None or len(alike) == 1:
            # 下降了吗 alone is about none of all that has changed.
            return alike[0] if alike and (self.question.content or len(alike) == 1) else None
        far: list[tuple[float, Entry]] = []
        for entry in alike:
            value = in_unit_of(self.value.quantity, entry.quantities[0], vocabulary)
            if value and self.value.quantity.value:
                far.append((abs(log(float(value / self.value.quantity.value))), entry))
        how_far, nearest = min(far, key=itemgetter(0), default=(_NEAR, None))
        return nearest if how_far < _NEAR else None

    def verdict(self, entry: Entry, vocabulary: Vocabulary) -> bool | None:
        """Whether a fact bears the claim out; None where it cannot tell."""
        has = entry.aspect.change
        if self.of_rate and entry.aspect.unit != "points":
            return None
        if self.value and not self.value.quantity.value and entry.quantities:
            return self.value.is_borne_out(signed(entry))
        if self.sign in _SIGNS and has in _SIGNS:
            agrees = (self.sign == has) != self.denied
            if not agrees or self.value is None:
                return agrees
        if self.value is None or not entry.quantities:
            is_of_none = self.denied and not self.sign and entry.quantities
            return entry.quantities[0].value == 0 if is_of_none else None
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
        """Whether two facts bear it out; None where they are not measured in the same unit."""
        if not (first.quantities and second.quantities):
            return None
        one, other = first.quantities[0], second.quantities[0]
        value = in_unit_of(one, other, vocabulary)
        changes = first.aspect.change, second.aspect.change
        are_points = [entry.aspect.unit == "points" for entry in (first, second)]
        is_gap = any(entry.aspect.base == "place" for entry in (first, second))
        if value is None or is_gap or bool(changes[0]) != bool(changes[1]) or are_points[0] != are_points[1]:
            return None
        had, has = (-one.value, -value) if one.ordinal else (one.value, value)  # the first place is the highest one
        if set(changes) == _SIGNED:  # what fell grew by less than what rose
            had, has = (-had, has) if changes[0] == "down" else (had, -has)
        return {"more": had > has, "less": had < has, "same": had == has}[self.order] != self.denied

    def may_be(self, first: Entry, second: Entry, vocabulary: Vocabulary) -> bool:
        """Whether a fact may be the second thing, beside the first one: no gap between two."""
        return first is not second and self.verdict(first, second, vocabulary) is not None


def claim_of(asked: Observation, vocabulary: Vocabulary) -> Claim | None:
    """What a message claims; None where it claims nothing that a figure could bear out."""
    # The years that a change took are no figure: 这五年上升.
    values = [value for value in stated_values(asked.tokens) if value.quantity in asked.quantities]
    shares = [value for value in values if any(_FRACTION.search(asked.tokens[at].text) for at in value.words)]
    if len(values) > 1:  # 60岁 of 60岁以上的占两成 says of whom
        values = shares or [v for v in values if [t.text for t in asked.tokens[max(v.words) + 1 :][:1]] != ["的"]]
        values = [value for value in values if value.bound] if len(values) > 1 else values
    asks_which = any(one.text[-1] == "哪" and two.quantity for one, two in pairwise(asked.tokens))  # 哪三个区
    # 100人以上的呢 names those that are meant, and states nothing of them.
    names_some = any("".join(t.text for t in asked.tokens[max(v.words) + 1 :]) in ("呢", "的呢") for v in values)
    # 是增加了还是减少了 leaves both open.
    ways = {t.roles["change"] for t in asked.tokens if "change" in t.roles}
    asks_which = asks_which or (ways >= _SIGNED and any(t.text == "还是" for t in asked.tokens))
    if asks_which or names_some or asked.asks - {"yesno"} or len(values) > 1 or not _is_claimed(asked.tokens, values):
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
    is_none = any(one.text in {"没有", "没", "无"} and two.is_content for one, two in pairwise(asked.tokens))
    is_first = any("order" in token.roles for token in asked.tokens)  # no figure alone says what is the first
    if value is None and (is_first or not (changes or is_none or degree)):
        return None
    question = read(rest)
    aspect = question.aspect
    if value is not None:
        unit = "rank" if value.quantity.ordinal else family(value.quantity.unit, vocabulary)
        aspect.forms |= {"rank"} & {unit}
        aspect.unit = unit or ("" if aspect.unit in ("percent", "points") else aspect.unit)
        if aspect.change in _SIGNED:
            aspect.unit = "" if unit == "times" else aspect.unit
            relative = unit in ("percent", "points", "times") or (not unit and value.quantity.value < _LARGE)
            aspect.kind = ("points" if unit == "points" else "percent") if relative else "amount"
    if aspect.change in _SIGNED:
        aspect.change = "either"  # the claim may have the wrong one
        aspect.kind = aspect.kind if value or aspect.kind == "percent" else ""
    sign = changes[-1].roles["change"] if changes else ""
    if degree:
        sign = {"more": "up", "less": "down"}.get(degree, sign)  # 增速比平均水平还低, 比上年多
        aspect.change, aspect.unit = aspect.change or "either", ""
    at = next((i for i, t in enumerate(asked.tokens) if changes and t is changes[-1]), 0)
    denied = any(_denies(t, asked.tokens) for t in asked.tokens[max(at - 2, 0) : at]) if changes else is_none
    asks = frozenset(["number"]) if value or (is_none and not changes) else frozenset[str]()
    return Claim(replace(question, asks=asks, quantities=[]), value, sign, denied, bool(degree and changes))


def dated_claim_of(asked: Observation) -> Claim | None:
    """What a message claims of the year of something: 学校是1985年以前建的吧; None where it claims more than that."""
    tokens = asked.tokens
    dates = [(at, token) for at, token in enumerate(tokens) if token.span and token.span.year]
    if len(dates) != 1 or asked.quantities or not is_claimed(asked):
        return None
    at, date = dates[0]
    side = next((bound for said, bound in _SIDES.items() if at + 1 < len(tokens) and tokens[at + 1].text in said), "")
    rest = [token for token in tokens[:at] + tokens[at + 1 + bool(side) :] if not _only_asks(token)]
    unit = "" if date.text.isascii() else "年"
    year = Quantity(Decimal(date.span.year or 0), unit, date.start, date.end) if date.span else None
    question = replace(read(rest), asks=frozenset(["time"]))
    return Claim(question, Stated(year, side, Decimal(1), frozenset([at])), "") if year and _names(rest) else None


def named_claims_of(asked: Observation) -> Iterator[tuple[Observation, str]]:
    """The questions for a name that a message answers itself, each with the name that it states: 最大的港口是宁海港吧.

    There are none where it claims more than that, or that something is not so.
    """
    tokens = asked.tokens
    if asked.quantities or not is_claimed(asked) or any("negation" in token.roles for token in tokens):
        return
    at = next((at for at in range(len(tokens) - 1, 0, -1) if tokens[at].text in _IS), 0)
    first, second = (
        [
            token
            for token in part
            if not (token.is_stop or _only_asks(token) or token.roles.get("filler") == "particles")
        ]
        for part in (tokens[:at], tokens[at + 1 :])
    )
    for about, said in ((first, second), (second, first)):
        if _names(about) and _names(said):
            yield replace(read(about), asks=frozenset(["name"])), as_text(said)


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
    denied = next((i for i, t in enumerate(tokens) if t.roles.get("negation") and "ask" not in t.roles), None)
    is_degree = any("degree" in token.roles for token in tokens)
    # 开店比没有去年高 is about a ratio
    pairs = enumerate(pairwise(tokens))
    compares = [i for i, (t, behind) in pairs if t.roles.get("compare") in BEFORE and "negation" not in behind.roles]
    compares += [i for i, t in enumerate(tokens) if t.roles.get("bound") in ("over", "under")]
    at = next(iter(compares), denied if is_degree else None)
    if at is None:
        return None
    order = next((t for t in reversed(tokens) if "degree" in t.roles or _directs(t)), tokens[at])
    first = [t for t in tokens[:at] if t is not order and not _only_asks(t) and "negation" not in t.roles]
    second = [t for t in tokens[at + 1 :] if t is not order and not _only_asks(t) and "negation" not in t.roles]
    said = order.roles.get("degree") or _ORDERS.get(order.roles.get("change") or order.roles.get("bound", ""))
    if said is None and len(second) > 1 and second[-1].is_content:
        said = "more"  # 女的比男的长寿 compares how long they live
        first.append(second[-1])
    if _names(first) and not _names(second) and any(token.span and not token.span.year for token in second):
        second = [*(token for token in first if not token.span), *second]  # 二季度产量比一季度高
    if said is None or not _names(second) or (_names(first) != bool(at) and not leans(asked)):
        return None
    one, other = (replace(read(part), asks=frozenset(["number"])) for part in (first, second))
    heads = [token.text for token in tokens[:at] if token.is_content or token.is_unknown][-1:]
    unit = next((unit for end, unit in _COUNTED_AS for head in heads if head.endswith(end)), "")
    for part in (one, other):
        part.aspect.unit = part.aspect.unit or unit
    return Comparison(one if _names(first) else None, other, said, denied is not None and denied <= at)


def is_claimed(asked: Observation) -> bool:
    """Whether a message asks if something is so, and for nothing else."""
    return asked.asks <= {"yesno"} and _is_claimed(asked.tokens, ())


def level_of(claim: Claim) -> Observation | None:
    """The question for a figure of which a claim says only that it rose or fell: 这三年越来越少, 比2015年多."""
    if claim.value or claim.denied or claim.sign not in _SIGNED:
        return None
    rest = [t for t in claim.question.tokens if not (t.quantity or t.span)]
    kept = _OF_CHANGE - {"change"} if claim.of_rate else _OF_CHANGE
    tokens = [t for t in rest if not t.roles.keys() & kept]
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
    is_told = aspect.base.startswith("-") or not years or (series and year_of(series[0]) == min(years))
    if len(series) < 2 or not is_told:
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
    if not said:
        return False
    tagged = any(t.roles.get("claim") == "tag" or t.roles.get("ask") == "yesno" for t in said)
    auxiliary = said[0].roles.get("claim") == "auxiliary"
    # rose and increased tell so in English, and are no names of a change
    verbs = (t for t in said if t.roles.get("claim") == "verb" or ("change" in t.roles and t.text.endswith("ed")))
    is_told = any(verbs) and not any("ask" in token.roles for token in said)
    # PPI是涨的? and 下降了?, but not 增速呢? or "and the growth?".
    ends = [token for token in tokens if not token.is_stop]
    told = said[-1].roles.get("change") in _SIGNED and ends[-1].roles.get("filler") == "particles"
    told = told and "follow" not in ends[-1].roles
    doubted = tokens[-1].text == "?" and (bool(values) or told or is_told)
    # 零售额是增长的
    is_said = told and len(said) > 1 and (said[-2].text, ends[-1].text) == ("是", "的")
    # 汽车超过200万辆的城市 and 汽车超200万辆城市数 name something, and state nothing of it.
    names = [v for v in values if any(t.is_content for t in tokens[max(v.words) + 1 :][:1])]
    is_bound = any(v.bound in {"over", "least", "under", "most"} and v not in names for v in values)
    # 东部占了四成, 人口减少了: what is said of something comes last.
    told_of = said[:-1] if said[-1] is ends[-1] and ends[-1].roles.get("filler") == "particles" else said
    at = [token for token in told_of if token.roles.keys().isdisjoint(("unit", "period"))]
    is_last = bool(at) and any(tokens[place] is at[-1] for value in values for place in value.words)
    tells = (v.bound or v.quantity.unit or v.quantity.value >= _LARGE for v in values)
    # 占, 有 and 是 state what something is
    is_so = any(t.roles.get("aspect") == "share" or t.roles.get("filler") == "verbs1" for t in said)
    states = is_last and (any(tells) or is_so)
    states = states or any(_FRACTION.search(tokens[at].text) for value in values for at in value.words)
    done = [t for t, behind in pairwise([*tokens, tokens[-1]]) if _directs(t) and "了" in (t.text[-1], behind.text)]
    changed = bool(done) and (is_last or said[-1] in done) and _names(said[:-1])
    compared = "degree" in ends[-1].roles and any(t.roles.get("compare") in BEFORE for t in tokens)
    asks_so = tagged or auxiliary or doubted
    return asks_so or is_said or is_bound or states or changed or compared


def _only_asks(token: Token) -> bool:
    is_tag = token.roles.get("claim") in ("tag", "auxiliary") or token.roles.get("ask") == "yesno"
    return is_tag or ("bound" in token.roles and not token.is_content)


def _names(tokens: Sequence[Token]) -> bool:
    """Whether some word says what something is, or where, or that all of it is meant."""
    words = (token for token in tokens if not token.is_unknown or len(token.text) > 1)
    return any(token.is_unknown or token.is_content or token.roles.keys() & {"place", "total"} for token in words)
