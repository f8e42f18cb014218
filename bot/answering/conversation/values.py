"""Values that messages state: whether a figure bears them out, and whose figure they are.

Nothing is calculated beyond comparing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bot.answering.answer import Answer, Match, Outcome, language_of
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact
from bot.answering.language.quantities import Quantity, is_among
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary, key_of
from bot.answering.language.word_lists import sections
from bot.answering.matching.asked import quoting
from bot.answering.matching.entries import Entry
from bot.answering.matching.observation import BEFORE, COUNTED, Aspect, Observation

NAMES = frozenset(["name", "what", "who"])  # question words that a name answers
_WORTH = sections(Path(__file__).with_name("worth.ini"))
# What one of a family is in percent; of times, a growth: 翻了一倍 is one of 100%.
PERCENTS = {"percent": Decimal(1), "permille": Decimal("0.1"), "times": Decimal(100)}
_SAID_ALIKE = ({"percent", "points"}, {"degrees", "temperature"})  # families of which people say one for the other
_SAID_BESIDE = frozenset(["level", "multiple"])
_OPPOSITES = {"over": "most", "least": "under", "under": "least", "most": "over"}
_DEGREES = {"more": "over", "less": "under"}
_MORE = re.compile("[多余几来]|plus|\\+")
# As a sentence says it of a figure that leaves it out: 不到全市十分之一.
_HEDGE_BEFORE = re.compile("(?:超过?|逾|突破|近|不[足到])(?=(?:全[国省州市县区])?$)")
# What is over the number of its figure, or short of it, by how little that may be.
_HEDGED = re.compile("(^[超逾破]|^突破|[多余]|以上$)|^(?:近|不[足到])")
_TO = frozenset(["到", "至", "和", "与", "~", "-"])  # 10到20之间
_WHETHER = {"没有": "under", "没": "under", "有没有": "least"}  # before a number
_LARGE = 10_000  # is a scale in which no shares are told
_LITTLE = Decimal("0.0001")
_BEFORE, _BEHIND = 3, 3  # tokens within which a bound stands
# How far a figure may be, as a share: from "about", below and above "nearly", and from what is rounded.
_TENTHS = Decimal("0.2")  # of the last digit that counts, by which "nearly" may fall short: 8.4% is nearly 一成
_ABOUT, _NEARLY, _OVERSHOT, _ROUNDED = Decimal("0.05"), Decimal("0.12"), Decimal("0.025"), Decimal("0.06")


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a message states.

    `bound`: how the figure is said to be: over, least, under, most, nearly, about, more (两千多), "" for just so.
    `place`: what one of the last digit that counts is worth: 1000000 of 4800万. `words`: the tokens that say so.
    """

    quantity: Quantity
    bound: str
    place: Decimal
    words: frozenset[int]

    def is_borne_out(self, value: Decimal, figure: str = "") -> bool:
        """Whether a figure, in the same unit, is as stated; `figure`: as the report has it, such as 超过5万家."""
        said = self.quantity.value
        if self.bound in _OPPOSITES and (hedged := _HEDGED.search(figure)):
            value += value * _LITTLE * (1 if hedged[1] else -1)
        compared = {
            "over": value > said,
            "least": value >= said,
            "under": value < said,
            "most": value <= said,
            "more": said <= value < said + self.place,
            "nearly": min(said * (1 - _NEARLY), said - _TENTHS * self.place) <= value <= said * (1 + _OVERSHOT),
            "about": abs(value - said) <= _ABOUT * said,
        }
        return compared[self.bound] if self.bound else self._is_rounded(value)

    def _is_rounded(self, value: Decimal) -> bool:
        said, rounded = self.quantity.value, (value / self.place).quantize(Decimal(1), ROUND_HALF_UP) * self.place
        return rounded == said and abs(value - said) <= _ROUNDED * value


def stated_values(tokens: Sequence[Token]) -> list[Stated]:
    """The values of a message, each with the word that bounds it."""
    return [_stated(tokens, at) for at, token in enumerate(tokens) if token.quantity is not None]


def _stated(tokens: Sequence[Token], at: int) -> Stated:
    quantity, text = tokens[at].quantity, tokens[at].text
    assert quantity is not None  # noqa: S101 - the caller looked
    nearby = _nearby(tokens, at)
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    bounds = [i for i in nearby if "bound" in tokens[i].roles and not _leads_to_a_gap(tokens, i, at)][:1]
    bound = next((tokens[i].roles["bound"] for i in bounds), "over" if text.startswith("过半") else "")
    if bounds and bound in _OPPOSITES and bounds[0] and "negation" in tokens[bounds[0] - 1].roles:
        bound = _OPPOSITES[bound]
    degree = next((token.roles["degree"] for token in tokens[at + 1 :][:_BEHIND] if "degree" in token.roles), "")
    if at and tokens[at - 1].roles.get("compare") in BEFORE and degree in _DEGREES:
        bound = _DEGREES[degree]  # 比10万户多
    before = [token.text for token in tokens[max(at - 1 - 2 * (tokens[at - 1].text == "到"), 0) : at]]
    if not bounds and at:  # 没有四亿, 没投到四亿, but 有没有四亿 asks whether there are as many at least
        bound = next((_WHETHER[text] for text in before if text in _WHETHER), bound)
    if _begins_range(tokens, at):
        bound, bounds = "least", []
    elif at > 1 and _begins_range(tokens, at - 2):
        bound, bounds = "most", [at - 1, at + 1]
    odd = bool(_MORE.search(text) or _MORE.fullmatch(behind)) and not bound
    place = _place(text, quantity, round_too=odd)
    return Stated(quantity, "more" if odd else bound, place, frozenset([at, *bounds]))


def _leads_to_a_gap(tokens: Sequence[Token], before: int, at: int) -> bool:
    """Whether a word before a number says on which side of another place it is: 低于全市2.1个百分点."""
    quantity = tokens[at].quantity
    return before < at and "place" in tokens[before + 1].roles and quantity is not None and quantity.unit == "百分点"


def _begins_range(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is the first of two that bound others: 10到20之间."""
    behind = tokens[at + 1 : at + 4]
    return len(behind) == 3 and behind[0].text in _TO and bool(behind[1].quantity) and behind[2].text == "之间"


def _nearby(tokens: Sequence[Token], at: int) -> list[int]:
    """The tokens around a number that belong to it, the nearest first: up to a word of content or a stop."""
    found: list[int] = []
    for way in (range(at + 1, min(at + 1 + _BEHIND, len(tokens))), range(at - 1, max(at - 1 - _BEFORE, -1), -1)):
        for i in way:
            token = tokens[i]
            if token.is_stop or token.quantity or (token.is_content and "bound" not in token.roles):
                break
            if i > at and "bound" in token.roles and any(behind.quantity for behind in tokens[i + 1 : i + 2]):
                break  # 高于8%但不到9%
            found.append(i)
    return found


def _place(text: str, quantity: Quantity, *, round_too: bool) -> Decimal:
    """What one of the last digit that counts is worth; the zeros of 70% count, those of 5000万 do not."""
    scale = Decimal(10 if "成" in text else quantity.scale)
    number = (quantity.value / scale).normalize()
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a number of a text is finite
    if exponent > 0 and number <= 100 and not round_too:
        exponent = 0
    written = re.search(r"\d\.(\d+)", text)
    exponent = -len(written[1]) if written else exponent
    return scale * Decimal(10) ** exponent


def in_unit_of(stated: Quantity, figure: Quantity, vocabulary: Vocabulary) -> Decimal | None:
    """The value of a figure in the unit of a stated one; None where they do not measure alike."""
    one, other = stated.unit, figure.unit
    said, has = family(one, vocabulary), family(other, vocabulary)
    # 超过1000亿 says nothing of a growth.
    is_too_large = not one and stated.scale >= _LARGE and has in PERCENTS
    if is_too_large or stated.ordinal != figure.ordinal:
        return None
    if not one or one == other:
        return _as_said(stated, figure)
    if {said, has} <= COUNTED or {said, has} in _SAID_ALIKE:
        return figure.value
    if {said, has} <= PERCENTS.keys():
        return figure.value * PERCENTS[has] / PERCENTS[said]
    worth = _WORTH.get(said, {})
    if said == has and {one, other} <= worth.keys():
        return figure.value * Decimal(worth[other]) / Decimal(worth[one])
    return None


def _as_said(stated: Quantity, figure: Quantity) -> Decimal:
    """The value of a figure, without its scale where a bare number comes nearer to that: GDP是1106吧."""
    if not stated.may_lack_scale or min(stated.value, figure.value) <= 0:
        return figure.value
    return min(figure.value, figure.written, key=lambda value: abs((value / stated.value).ln()))


def signed(entry: Entry) -> Decimal:
    """The number of a fact, below 0 where it is written so, or tells how much something fell."""
    is_less = entry.aspect.change == "down" or entry.fact.figure.lstrip().startswith(("-", "−", "负"))
    return -entry.quantities[0].value if is_less else entry.quantities[0].value


def with_its_hedge(fact: Fact) -> str:
    """A figure with the word before it in its sentence that says it is more or less, where it leaves that out."""
    before = fact.sentence.partition(fact.figure)[0]
    return (_HEDGE_BEFORE.search(before) or [""])[0] + fact.figure


def forms_of(aspect: Aspect) -> frozenset[str]:
    """The forms in which a figure is told that tell it from others: a share that something contributes is a share."""
    beside = {"contribution"} if "share" in aspect.forms else set[str]()
    return aspect.forms - _SAID_BESIDE - beside


def family(unit: str, vocabulary: Vocabulary) -> str:
    """The family of a unit by the grammar, "" for one that it does not know."""
    word = vocabulary.words.get(key_of(unit))
    return word.roles.get("unit", "") if word else ""


def quoted(asked: Observation, text: str, answerer: Answerer) -> Answer | None:
    """The fact whose figure a message quotes to ask what it is: 82座是哪一类馆; None where it does not."""
    compares = any("compare" in token.roles for token in asked.tokens)
    if compares or not (asked.asks and asked.asks <= NAMES | {"time"}):
        return None
    index = answerer.index
    entries = [
        entry
        for said in quoting(asked)
        for entry in map(index.entry, index.by_value.get((said.value, False), ()))
        if (said.unit or said.may_lack_scale) and is_among(said, entry.quantities[:1])
    ]
    if len(entries) != 1:
        return None
    return Answer(text, language_of(text), Outcome.ANSWER, (Match(entries[0].fact, 1.0),))
