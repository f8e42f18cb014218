"""A question with what follows from it for all facts of a report: what it asks for, excludes and counts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise, takewhile

from bot.answering.knowledge.model import Report
from bot.answering.language.ages import is_age_group
from bot.answering.language.quantities import Quantity, quantities
from bot.answering.language.tokens import ANY_CURRENCY, Token
from bot.answering.language.vocabulary import NOT, Vocabulary
from bot.answering.language.word_lists import listed

from .entries import Sense, round_limits, senses_of, tells
from .index import Index
from .observation import LISTS, WORDS, Observation, as_text, asks_in_large
from .parts import Part
from .places import surroundings

AVERAGE = "平均"
PER_TIME = frozenset(["每月", "日均"])
PER_ONE = PER_TIME.union(["人均", "户均", "次均", "每千人口", "每万人口", "每十万人口"])
# What one of something costs: 一张票卖多少钱, 多少钱一斤, but not 一年多少钱.
_COSTS = "(?:多少钱|几块钱|几元钱?|多少元)"
_OF_EACH = re.compile(
    f"一(?:[张只条斤吨亩本辆台部册瓶件套间份颗头匹桶箱袋把棵]|公斤|平米)[^,]{{0,8}}?{_COSTS}|{_COSTS}一[^年月天季周共]"
)
_MEASURED = frozenset(["mass", "area"])  # in which a report may tell the same twice
_WHERE = frozenset(["在", "住", "属于"])
# Families that the same question word may count.
_ALIKE = frozenset(frozenset((one, other)) for one, some in WORDS["alike"].items() for other in listed(some))
# What measure words count that fit one kind of thing alone; those of `count` and `things` fit any.
_KINDS = frozenset(["vehicles", "animals", "plants", "books", "beds", "routes", "firms", "cases"])
_NO_THINGS = frozenset(["person", "households", "books", "animals", "plants", "vehicles"])  # which nobody counts by 个
_MANY = 20  # of things; so few are counted, and quote no figure
_A_NAME = 100  # from where on a number may be a name
# What tells no thing, but only which of its figures is meant.
_QUALIFIERS = frozenset("最高 最低 平均 人均 户均 次均 日均 每月 新增 累计 首次 连续".split())


class Asked:
    """A question with what follows from it for all facts of a report.

    `said`: the concepts that it may say, with their wider ones; `breakdowns`: those that a fact has to say, too.
    `opposites`: breakdowns and what excludes others, each with what it excludes, and whether it is a breakdown.
    `period`: the one asked for. `elsewhere`: the places that it names and that are not the report's own.
    `is_here`: it names the report's own place; `is_of_a_whole`: it names one such as 全市. `changes`: it asks how
    something changed: by a word of change or by a base. `quotes`: it states the figure of some
    fact, which may be of any kind. `of_shares`: how a share did. `is_average`: it asks for an average. `is_overview`:
    it asks how something is, and so for all that is told of it: 出租率情况.
    """

    def __init__(
        self, question: Observation, said: frozenset[str], breakdowns: frozenset[str], report: Report, index: Index
    ) -> None:
        self.index, aspect = index, question.aspect
        self.question = question
        self.asks, self.aspect, self.said, self.total = question.asks, aspect, said, question.total
        # Most concepts exclude nothing, and need not be looked at for each fact.
        exclusive = index.vocabulary.exclusive
        opposites = (
            (concept, exclusive.get(concept, frozenset())) for concept in (exclusive.keys() & said) | breakdowns
        )
        self.opposites = [
            (concept, others, concept in breakdowns) for concept, others in opposites if others.isdisjoint(said)
        ]
        self.period = index.asked_period(question.spans, report)
        self.elsewhere = surroundings(report).elsewhere(question.places) if question.places else ()
        self.is_of_a_whole = any(map(names_a_whole, question.places))
        self.is_here = any(map(surroundings(report).is_called, question.places))
        # The year of the report itself is no base: 2021年以来.
        is_base = aspect.base not in ("", str(report.year))
        is_base = is_base and "multiple" not in aspect.forms
        self.changes = bool(aspect.change) or is_base
        self.of_shares = "share" in aspect.forms or "points" in (aspect.unit, aspect.kind)
        values = [(quantity.value, quantity.ordinal) in index.by_value for quantity in quoting(question)]
        self.quotes = bool(values) and all(values)
        words = [token.word for token in question.content if token.word and len(token.word.senses) == 1]
        self.ages = {concept for word in words for concept in word.senses[0] if is_age_group(concept)}
        self.per_one = [concept for word in words for concept in word.senses[0] if concept in PER_ONE]
        self.is_average = any(AVERAGE in word.senses[0] for word in words)
        self.is_overview = self.asks == {"overview"}

    # Few facts have a question looked through for these, which is asked anew of each report.

    @cached_property
    def is_for_price(self) -> bool:
        """Whether it asks what one of something costs."""
        return self.aspect.unit == "money" and bool(_OF_EACH.search(self.text))

    @cached_property
    def counted(self) -> Sequence[Sense]:
        """What it asks the number of, in all senses: 商家 of 多少商家, and 补贴 of 多少一次性补贴."""
        counted: Sequence[Token] = ()
        for one in self.question.content:
            is_next = counted and one.start == counted[0].end
            counted = [one] if one is self.question.head or is_next else counted
        is_thing = counted and counted[0].word and counted[0].word.senses and not counted[0].text.isascii()
        return senses_of(counted[0]) if is_thing else ()

    @cached_property
    def text(self) -> str:
        return as_text(self.question.tokens)

    @cached_property
    def currency(self) -> str:
        """The currency that it names, "" for none; 多少元 leaves it open."""
        return next(_currencies(self.question.tokens), "")

    @cached_property
    def scale(self) -> Decimal:
        """The scale in which it asks for an amount, 0 for none: 亿 of 多少亿元."""
        asked = (unit.text for ask, unit in pairwise(self.question.tokens) if "ask" in ask.roles)
        return max((one.value for text in asked for one in quantities(f"1{text}") if one.scale > 1), default=Decimal(0))

    @cached_property
    def measure(self) -> str:
        """The unit of mass or area that it names, "" for none: 斤 of 多少亿斤."""
        units = (t.text for t in self.question.tokens if t.roles.get("unit") in _MEASURED)
        return next(units, "") if self.aspect.unit in _MEASURED else ""

    @cached_property
    def limits(self) -> frozenset[str]:
        """The numbers that it names something by, each with its unit: 50万辆 of 超过50万辆的城市."""
        said = (senses_of(token)[0][0] for token in self.question.content if token.quantity)
        return frozenset(said) | round_limits(self.text)

    @cached_property
    def says_how_much(self) -> bool:
        """Whether it has a word that asks for a number: 多少, but not 怎么样."""
        return any(token.roles.get("ask") == "number" for token in self.question.tokens)

    @cached_property
    def is_for_level(self) -> bool:
        """Whether it asks how much there is in all."""
        return "level" in self.aspect.forms or self.total

    @cached_property
    def rates(self) -> Sequence[str]:
        """The rates that it names, of which no growth is one: 净利率."""
        return [token.text for token in self.question.tokens if token.text.endswith("率")]

    @cached_property
    def denied(self) -> Sequence[Sequence[Sense]]:
        """What it asks of those that are not so, each in all its senses: 办结 of 多少件没办结, 普惠性 of 非普惠性.

        So does 国企以外, of others.
        """
        denying = LISTS["denying"] if self.says_how_much else frozenset[str]()
        pairs = list(pairwise(t for t in self.question.tokens if t.text not in _WHERE))  # 不 | 在 | 福利院的
        denied = [t for one, t in pairs if one.text in denying or one.text in NOT]
        denied += [t for t, one in pairs if one.text in LISTS["beside"]]
        return [senses_of(t) for t in denied]

    @cached_property
    def is_of_amount(self) -> bool:
        """Whether it asks for so many 亿."""
        return asks_in_large(self.question)

    @cached_property
    def is_gap(self) -> bool:
        """Whether it asks how far two things are apart: 国有投资和民间投资相差多少, 国有投资比民间投资少多少."""
        tokens = self.question.tokens
        if not self.aspect.base and any(token.text in LISTS["gaps"] for token in tokens):
            return True
        at = next((at for at, token in enumerate(tokens[:-1]) if token.text == "比"), 0)
        asks = bool(at and tokens[at + 1].is_content and self.question.asks & {"number", "points"})
        return asks and any(token.is_content for token in tokens[:at])

    @cached_property
    def is_by_the_year(self) -> bool:
        """Whether it asks how much there is in a year, of which the part of a month is another figure."""
        return any(token.text in LISTS["by the year"] for token in self.question.tokens)

    @cached_property
    def is_of_plans(self) -> bool | None:
        """Whether it asks for what is meant to be; not for what is so by now, None where it says neither."""
        return tells("planned", self.text) or (False if tells("done", self.text) else None)


class AskedForList(Asked):
    """A question for a list, whose words for kinds may name what is listed: which colleges."""

    def __init__(
        self, question: Observation, said: frozenset[str], breakdowns: frozenset[str], report: Report, index: Index
    ) -> None:
        super().__init__(question, said, breakdowns, report, index)
        self.of_shares = self.of_shares or not said  # whatever has fallen


def quoting(question: Observation) -> list[Quantity]:
    """The numbers of a question that may quote a figure: 2144家, but not 三个 of 三个专业叫什么."""
    return [one for one in question.quantities if not (one.unit in LISTS["few"] and one.value < _MANY)]


def names_a_whole(place: Token) -> bool:
    """Whether a place is all of one: 全市."""
    return place.text.startswith("全")


def _currencies(tokens: Iterable[Token]) -> Iterator[str]:
    """The currencies that a text names: 多少美元, in US dollars."""
    for token in tokens:
        if token.roles.get("unit") == "money" and token.text not in ANY_CURRENCY:
            yield from (quantity.unit for quantity in quantities(f"1 {token.text}"))


def breakdowns_of(tokens: Iterable[Token], vocabulary: Vocabulary) -> frozenset[str]:
    """The breakdowns that words with one meaning say: 女性, 农村, but no 老年人, who may be told by their age."""
    words = [token.word for token in tokens if token.word]
    senses = [word.senses for word in words if not any(is_age_group(sense[0]) for sense in word.everyday)]
    return vocabulary.breakdowns.intersection(concept for only in senses if len(only) == 1 for concept in only[0])


def counts_alike(unit: str, has: str) -> bool:
    """Whether a question for one family of units may be answered in another, where both are known."""
    if unit in ("", has) or not has:
        return True
    # 个 may count people, and 人 nothing else
    is_other = (has == "things" and unit in _NO_THINGS) or {unit, has} <= _KINDS
    return not is_other and frozenset("count" if one in _KINDS else one for one in (unit, has)) in _ALIKE


# ---- what the words of a question name


def is_qualifier(part: Part) -> bool:
    """Whether a word only tells which figure of a thing is meant: 平均."""
    return len(part.senses) == 1 and part.senses[0][0] in _QUALIFIERS


def bound(parts: Iterable[Part], question: Observation) -> Iterator[tuple[Token, Token | None]]:
    """Those words of a question without which it asks for another thing, each with the thing that it stands before.

    蔬菜 of 蔬菜出口 makes another thing of 出口. 价格 of 猪肉的价格涨了多少 is asked for itself, and has no thing.
    """
    head = _asked_of(question)
    things = {token.start: token for token in question.content if token.text not in _QUALIFIERS}
    for part in parts:
        token = part.token
        is_known = (part.known or part.is_plain) and token.word and token.word.senses
        if not is_known or is_qualifier(part):
            continue
        if (token is head and part.is_plain == token.text.isascii()) or token is question.head:
            yield token, None
        elif token.end in things and len(token.text) > 1:
            yield token, things[token.end]


def _asked_of(question: Observation) -> Token | None:
    """The last Chinese word for what is measured before the question word in its clause, but for superlatives.

    Of a share it is what has it, and not what it is one of: 公共餐饮 of 公共餐饮占餐饮单位的比例. An English one is the
    first that follows the question word: the average age of visitors.
    """
    if question.tokens and all(token.text.isascii() for token in question.tokens):
        return next(iter(question.content), None) if "ask" in question.tokens[0].roles else None
    asking = next((at for at, token in enumerate(question.tokens) if "ask" in token.roles), len(question.tokens))
    asking = next((at for at, token in enumerate(question.tokens[:asking]) if at and token.text == "占"), asking)
    clause = list(takewhile(lambda token: not token.is_stop, reversed(question.tokens[:asking])))
    if any(token.text[0] in "这那" for token in clause):
        return None
    words = [token for token in clause if token in question.content]
    # 率 of 授予率 is no word by itself.
    is_ending = len(words) > 1 and words[0].text in LISTS["ends of measures"]
    last = next(iter(words[is_ending:]), None)
    is_thing = last and not (last.text.isascii() or last.text.startswith("最") or last.text.endswith("了"))
    return last if is_thing else None


def numbers_a_name(token: Token, question: Observation) -> bool:
    """Whether a number names a class or a time: 2014届, 五年后."""
    number = token.quantity
    if number is None:
        return False
    if number.value < _A_NAME:
        return any(one.start == token.end and one.text in LISTS["after"] for one in question.tokens)
    return number.unit in LISTS["classes"]


def is_code(token: Token) -> bool:
    """Whether nothing knows a token of letters and digits, such as the name of a model."""
    return token.is_unknown and token.text.isascii() and not (token.text.isalpha() or token.text.isdigit())


def times_named(parts: Sequence[Part], question: Observation) -> list[Part]:
    """What a question names a time by: 疫情 of 疫情期间."""
    starts = {word.start for word in question.tokens[:-1] if word.text in LISTS["beside times"]}
    return [part for part in parts if part.token.end in starts]
