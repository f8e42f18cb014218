"""What a fact says and what a question asks for, in one structure: a question is an observation with holes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from pathlib import Path

from bot.answering.language.periods import Span
from bot.answering.language.place_words import is_place, is_zone, place_at
from bot.answering.language.quantities import Quantity
from bot.answering.language.tokens import SCALES, Token
from bot.answering.language.vocabulary import COUNTED_ONE_BY_ONE
from bot.answering.language.word_lists import listed, sections

# The families of units that tell how much something changed, not how much of it there is.
RELATIVE = frozenset({"percent", "points", "permille", "times"})
# Those of what is counted one by one, and none.
COUNTED = COUNTED_ONE_BY_ONE | {"person", "visits", "times_count", ""}
# Question words that say themselves what is measured.
_MEASURED = frozenset(["money", "percent", "points", "times", "area", "length", "duration", "long", "rank"])
IN_WORDS = frozenset(["who", "reason", "explanation"])  # what no figure tells, whatever is measured
# The roles of words that stand before and behind what something is set beside.
BEFORE, _BEHIND = frozenset(["before", "beside", "both"]), frozenset(["behind", "both"])
WORDS = sections(Path(__file__).with_name("words.ini"))
LISTS = {name: frozenset(listed(words)) for name, words in WORDS["lists"].items()}
_WORD_ENDS = {name: tuple(listed(ends)) for name, ends in WORDS["word ends"].items()}
RATES = _WORD_ENDS["rates"]
_ENDINGS = {family: tuple(listed(ends)) for family, ends in WORDS["endings"].items()}
# What the unit that is asked for says of what is measured by itself.
MEASURES = {family: _ENDINGS[family] for family in ("length", "area", "duration", "visits", "person", "count")}
_BEFORE_IT = {1: "month", 3: "quarter"}  # the base that the months right before the asked ones are, by how many
_ENDS = frozenset("?!.。~…")
_OF_ANOTHER = frozenset(["times", "percent"])  # what is asked for of the figure of another time
_FAR = 20  # tokens from a share to what belongs to it; a label may have thousands
_REACH = 4  # tokens within which a comparison that begins with 跟 ends


@dataclass(slots=True)
class Aspect:
    """How a figure is told.

    `change`: "" for none, else its sign: up, down, either or same. `kind`: what a change mostly is measured in: percent
    or amount, points for the change of a growth, "" where it is open. `forms`: any of share, contribution, multiple,
    ratio, rank, level. `base`: what a change is measured against: year, month, quarter, start, a year such as 2005,
    years before the report's, such as -10, or place for another place. `unit`: the family of the figure's unit, name
    for a figure without a number, "" where it is open.
    """

    change: str = ""
    kind: str = ""
    forms: frozenset[str] = frozenset()
    base: str = ""
    unit: str = ""


@dataclass(slots=True)
class Observation:
    """What a text says of a figure.

    `content`: the tokens that say what is measured, of which part and how counted. `asks`: the kinds of answer that its
    question words ask for. `spans`: the periods. `places`: the tokens that name places. `total`: it says that the whole
    is meant. `head`: what is counted, where it stands right behind its measure word.
    """

    tokens: list[Token]
    content: list[Token] = field(default_factory=list)
    aspect: Aspect = field(default_factory=Aspect)
    asks: frozenset[str] = frozenset()
    spans: list[Span] = field(default_factory=list)
    places: list[Token] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    total: bool = False
    head: Token | None = None


def read(tokens: Sequence[Token]) -> Observation:
    """The observation that the tokens of a text make; what they leave out stays open."""
    seen = read_content(tokens)
    asks = frozenset(ask for at in range(len(tokens)) if (ask := asked_at(tokens, at)))
    told = (token for at, token in enumerate(tokens) if "aspect" in token.roles and not _ranks_among(tokens, at))
    seen.aspect.forms = frozenset(token.roles["aspect"] for token in told)
    if seen.aspect.change:
        asks = frozenset("number" if ask == "length" else ask for ask in asks)  # how far is it down
    asks = asks - {"overview"} or asks  # 涨得怎么样，百分之几
    seen.asks = asks | {"number"} if "many" in asks else asks
    seen.aspect.unit = asked_unit(seen)
    if seen.aspect.unit == "area":
        seen.aspect.forms -= {"share"}  # 占了多少亩
    seen.aspect.forms |= {"rank"} & {seen.aspect.unit}
    # 恢复到2019年的百分之多少, 是2019年的几成
    is_share = seen.aspect.unit == "percent" or "share" in seen.aspect.forms
    is_beside = is_share and seen.aspect.base.isdigit() and not seen.aspect.change
    if is_beside and any(t.text.startswith("恢复") or _is_of_another_time(tokens, at) for at, t in enumerate(tokens)):
        seen.aspect.forms = seen.aspect.forms - {"share"} | {"multiple"}
    if "multiple" in seen.aspect.forms and seen.aspect.unit == "percent" and not seen.aspect.base:
        seen.aspect.forms = seen.aspect.forms - {"multiple"} | {"share"}  # 相当于地区生产总值的百分之几
    if seen.aspect.unit == "points" and not _is_told_in_points(seen):
        seen.aspect.unit = "percent"  # GDP涨了几个点 and 失业率几个点, but 失业率降了几个点
    if not (asks or seen.aspect.unit) and tokens and len(tokens[-1].text) > 1 and not tokens[-1].is_content:
        seen.aspect.unit = tokens[-1].roles.get("unit", "")
    is_open = asks == {"overview"} or asks & IN_WORDS or seen.aspect.change or seen.aspect.forms - {"level"}
    if not (seen.aspect.unit or is_open):
        heads = (token for token in reversed(_named_first(tokens)) if _measure(token) or token.is_content)
        seen.aspect.unit = next(map(_measure, heads), "")
    return seen


def _named_first(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to the end of the name of what is measured: all in Chinese, and overdue rate of English loans."""
    if not all(token.text.isascii() for token in tokens):
        return tokens
    first = next((at for at, token in enumerate(tokens) if token.is_content), 0)
    return [*tokens[:first], *takewhile(lambda t: t.is_content or t.is_unknown or _measure(t), tokens[first:])]


def _ranks_among(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of rank names those that are among the first few, and asks for no rank: 排在前五位的病种."""
    behind = tokens[at + 1 : at + 3]
    is_few = len(behind) > 1 and behind[0].text == "前" and behind[1].quantity is not None
    return tokens[at].roles["aspect"] == "rank" and is_few


def _is_told_in_points(seen: Observation) -> bool:
    """Whether what is asked for is how a rate changed."""
    aspect = seen.aspect
    is_rate = aspect.kind == "points" or "share" in aspect.forms or "percent" in map(_measure, seen.content)
    return bool(aspect.change) and (is_rate or not seen.content)


def asked_unit(seen: Observation) -> str:
    """The family of the unit that is asked for, whatever that is of; "" for none."""
    tokens = seen.tokens
    # The measure word behind 多少, but for what only carries another one.
    counted = (at for at, token in enumerate(tokens) if "unit" in token.roles and _counts(tokens, at))
    unit = next((tokens[at].roles["unit"] for at in counted if not _carries(tokens, at)), "")
    unit = min(seen.asks & _MEASURED, default=unit)
    is_paid = any(one.text in LISTS["paid"] and "ask" in behind.roles for one, behind in pairwise(tokens))
    if is_paid and not unit and seen.head is None:
        return "money"  # 一个月能拿多少
    is_time = unit == "length" and "duration" in map(_measure, seen.content)
    return "duration" if is_time else unit


def asks_in_large(seen: Observation) -> bool:
    """Whether a question asks for so many 亿, or another scale in which no share is told."""
    return any(token.text in LISTS["large"] for token in seen.tokens)


def read_content(tokens: Sequence[Token]) -> Observation:
    """What the tokens say of what is measured, when and where, without how its figure is told or asked for."""
    seen = Observation(list(tokens))
    changes = any("change" in token.roles for token in tokens)
    for at, token in enumerate(tokens):
        if token.span is not None and not (_repeats_the_period(tokens, at) or _names_a_plan(tokens, at)):
            _take_period(seen, at, changes=changes)
        elif token.quantity:
            seen.quantities.append(token.quantity)
            seen.content.append(token)
        elif place := place_at(tokens, at):
            seen.places.append(place)
            if seen.aspect.base in ("", "year") and _is_beside(tokens, at):
                seen.aspect.base = "place"  # 去年同期高出全省 is no change since then
        elif not (token.is_stop or token.span or _repeats_the_period(tokens, at) or _is_average_of(seen, at)):
            _take_word(seen, at)
            # 澜江高新区 is a part of 澜江.
            if at and is_zone(token) and is_place(tokens[at - 1]):
                seen.places.append(token)
    return seen


def _repeats_the_period(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word only says again which period is meant: 7月 | 当月, 2006年推广 | 当年."""
    return tokens[at].text in LISTS["itself"] and any(token.span for token in tokens[:at])


def _names_a_plan(tokens: Sequence[Token], at: int) -> bool:
    """Whether a period says which plan is meant, and not when: 占全年 | 计划多少."""
    behind = next((token.text for token in tokens[at + 1 :] if token.text != "的"), "")
    return at > 0 and behind in LISTS["plans"]


def _is_average_of(seen: Observation, at: int) -> bool:
    """Whether a word says that a place which something is set beside is meant on average: 高于全市 | 平均."""
    is_average = seen.tokens[at].text.startswith("平均")
    return is_average and seen.aspect.base == "place" and seen.places[-1:] == [seen.tokens[at - 1]]


def places_of(asked: Observation, before: Sequence[Token]) -> list[Token]:
    """The places of what goes on from something about others: its own ones, or else these.

    比全国高多少, 排全国第几 and 占全省多少 are still about the place before.
    """
    if asked.aspect.base == "place" or not {"rank", "share"}.isdisjoint(asked.asks | asked.aspect.forms):
        return [*(place for place in before if not place.text.startswith("全")), *asked.places]
    return asked.places or list(before)


def base_of(aspect: Aspect, year: int) -> str:
    """What a change is measured against, in the report of a year: of 2020, ten years ago is 2010."""
    base = str(year + int(aspect.base)) if aspect.base.startswith("-") else aspect.base
    return "year" if base == str(year - 1) else base


def _measure(token: Token) -> str:
    """The family of the unit in which what a token says is measured, "" for none: 普惠率 in percent."""
    if "measure" in token.roles:
        return token.roles["measure"]
    senses = token.word.senses if token.word else ((token.text,),)
    if len(senses) != 1:  # 入住率 may be one of several rates
        return next((name for name in ("area", "percent") if token.text.endswith(_ENDINGS[name])), "")
    text, concept = token.text, senses[0][-1]
    families = (name for name, ends in _ENDINGS.items() if text.endswith(ends) or concept.endswith(ends))
    return next(families, "")


def says_its_unit(seen: Observation) -> bool:
    """Whether a text says itself in what its figure is measured, by a question word or by how one of its words ends."""
    ends = _ENDINGS.get(seen.aspect.unit, ())
    return bool(seen.asks) or any(
        t.text.endswith(ends) or "unit" in t.roles or "measure" in t.roles for t in seen.tokens
    )


def _take_period(seen: Observation, at: int, *, changes: bool) -> None:
    """A period is that of the figure, or what the figure is compared with."""
    span = seen.tokens[at].span
    assert span is not None  # noqa: S101 - the caller looked
    if not _is_compared(seen.tokens, at, changes=changes) or not any((span.year, span.months, span.offset, span.back)):
        seen.spans.append(span)
    elif span.back:
        seen.aspect.base = _BEFORE_IT[span.back]
    elif span.months and span.year is None and span.offset is None:
        before = any(one.months and one.months[0] == span.months[1] + 1 for one in seen.spans)
        length = span.months[1] - span.months[0] + 1
        seen.aspect.base = _BEFORE_IT.get(length, "") if before else str(span.months)
    else:
        seen.aspect.base = "year" if span.offset == -1 else str(span.year or span.offset)


def _is_compared(tokens: Sequence[Token], at: int, *, changes: bool) -> bool:
    """Whether something is set beside a period; 2020年同期的毛利率 is not, but 恢复到2020年同期 is."""
    before = next((t for t in reversed(tokens[:at]) if t.roles.get("compare") != "passed"), None)
    behind = tokens[at + 1 : at + _REACH]
    if _is_of_another_time(tokens, at):
        return True
    word = before.roles.get("compare") if before else None
    if word == "around":
        return any(token.roles.get("compare") in BEFORE for token in behind)
    if before and before.text in LISTS["since"] and not changes:
        return False  # from January to July
    # 2020年同期的产量同比下降了多少 tells its base in another word.
    is_changed = changes and not any("base" in token.roles for token in tokens)
    if tokens[at].text.endswith("同期"):
        is_of_times = any("倍" in token.text for token in behind)
        return word in BEFORE or is_changed or is_of_times
    if word in BEFORE or not behind or behind[0].roles.get("compare") not in _BEHIND:
        return word in BEFORE
    # 3月以来的产量 is told of that time.
    return (behind[0].text != "同期" and changes) or is_changed


def _is_of_another_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is asked how much of the figure of a period something is: 是2018年的几倍."""
    behind = tokens[at + 1 : at + 3]
    span = tokens[at].span
    is_of = at > 0 and span and (span.year or span.offset) and len(behind) > 1 and behind[0].text == "的"
    return bool(is_of) and asked_at(tokens, at + 2) in _OF_ANOTHER


def is_set_beside(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word such as 跟 begins a comparison, and joins no two things: 跟一季度比, not 游客和收入比2019年."""
    words = zip(tokens[at + 2 : at + 1 + _REACH], [*tokens[at + 3 :], None], strict=False)
    ends = (one.roles.get("compare") in BEFORE and not (behind and behind.span) for one, behind in words)
    return tokens[at].roles.get("compare") == "around" and any(ends)


def _is_beside(tokens: Sequence[Token], at: int) -> bool:
    """Whether something is set beside a place: 高于全省, 超过全国增速, 比全国高, but not exports from China."""
    return at > 0 and (tokens[at - 1].roles.get("compare") == "beside" or is_set_beside(tokens, at - 1))


def _take_word(seen: Observation, at: int) -> None:
    token, aspect = seen.tokens[at], seen.aspect
    roles = token.roles
    # 增长到 tells the level that a change came to, but 增长率为 the rate.
    comes = at + 1 < len(seen.tokens) and "came" in seen.tokens[at + 1].roles
    came_to = comes and not token.text.endswith(RATES)
    # 种 of 几种 is a measure word and no sowing, 升 of 几升 no rise, and 万亿 of 多少万亿 the scale of a number.
    is_measure_word = ("unit" in roles or token.text in LISTS["large"]) and _counts(seen.tokens, at)
    is_none = came_to or is_measure_word or is_of_a_share(seen.tokens, at) or _bounds_a_number(seen.tokens, at)
    if "change" in roles and not is_none:
        is_again = aspect.kind == "percent" and aspect.change
        if is_again and roles.get("kind") != "percent":
            # 增速加快: a growth that itself has changed; but how fast did it grow. 下降的幅度 is one of a fall.
            aspect.kind, aspect.change = "points", aspect.change if roles["change"] == "either" else roles["change"]
        aspect.change = aspect.change if aspect.change in {"up", "down"} else roles["change"]
    aspect.kind = aspect.kind or roles.get("kind", "")
    aspect.base = aspect.base or roles.get("base", "")
    seen.total = seen.total or "total" in roles
    is_said = token.is_unknown or (token.is_content and roles.get("aspect") != "level")
    if is_said and not is_measure_word:
        seen.content.append(token)
        # 度假屋 of 多少家度假屋 and 护士 of 多少护士 are what is counted, and so are those of a place.
        behind = at - 1 if at and "unit" in seen.tokens[at - 1].roles else at
        behind -= behind > 0 and is_place(seen.tokens[behind - 1])
        if seen.head is None and at and _counts(seen.tokens, behind):
            seen.head = token


def _bounds_a_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English word of change says how large a number is: more than 200, twice or more."""
    if tokens[at].text not in LISTS["bounds"]:
        return False
    behind = next((token for token in tokens[at + 1 :] if token.text != "than"), None)
    return bool(behind and behind.quantity) or tokens[max(at - 1, 0)].text == "or"


def is_of_a_share(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word belongs to what something is a share of: 占净增装机的比重, but not 占比提高."""
    near = reversed(tokens[max(at - _FAR, 0) : at])
    before = next((token.text for token in near if token.roles.get("aspect") == "share"), "")
    return before[:1] == "占" and not before.endswith(_WORD_ENDS["proportions"])


def _carries(tokens: Sequence[Token], at: int) -> bool:
    """Whether a measure word only carries a large number, or another unit: 个 of 几个亿 and of 几个小时."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    is_unit = tokens[at].text == "个" and behind and len(behind.text) > 1 and "unit" in behind.roles
    return bool(is_unit or (behind and behind.text in LISTS["large"]))


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a question word stands before a token, with nothing but a scale such as 万 between."""
    for before in range(at - 1, -1, -1):
        if tokens[before].text not in SCALES:
            return asked_at(tokens, before) in {"number", "many"}
    return False


def asked_at(tokens: Sequence[Token], at: int) -> str:
    """The kind of answer that a token asks for, "" for none.

    几 asks nothing in 另外几个 and 最大的几个, where it means several; 怎么办理 asks for an explanation.
    """
    token = tokens[at]
    ask = token.roles.get("ask", "")
    if token.text in LISTS["before verbs"]:
        return "explanation" if _is_done(tokens[at + 1 :], token.end) else ask
    if token.text == "mean" and len(unended(tokens)) == at + 1 and tokens[0].text == "what":
        return "explanation"  # what does it mean
    if token.text in LISTS["what"]:
        return "name" if _is_done(tokens[at + 1 :][:1], token.end) else ask
    if token.text != "几" or not at:
        return ask
    is_of_the_most = tokens[at - 1].text == "的" and any(token.text[0] == "最" for token in tokens[:at])
    return "" if is_of_the_most or tokens[at - 1].text in LISTS["several"] else ask


def _is_done(tokens: Sequence[Token], start: int) -> bool:
    """Whether tokens begin, right where another ended, with what is done: 办理, 提高收入, but not 增长的."""
    verb, others = tokens[:1], tokens[1:2]
    if not verb or verb[0].start != start:
        return False
    names = [one.is_unknown or (one.is_content and not one.roles) for one in (*verb, *others)]
    return names[0] or ("change" in verb[0].roles and names[1:] == [True])


def told(tokens: Sequence[Token]) -> str:
    """What tokens are about, as people read it back: without the question words around it."""
    tokens = unended(tokens)
    first = next((at for at, token in enumerate(tokens) if not _only_asks(token)), 0)
    behind = next((at for at in range(len(tokens), 0, -1) if not _only_asks(tokens[at - 1])), len(tokens))
    return as_text(tokens[first:behind])


def as_text(tokens: Sequence[Token]) -> str:
    """Tokens as text, with a space where there is a gap between two."""
    text = tokens[0].text if tokens else ""
    for before, token in pairwise(tokens):
        text += (" " if token.start > before.end else "") + token.text
    return text


def unended(tokens: Sequence[Token]) -> Sequence[Token]:
    """Tokens without the signs that end a sentence."""
    end = next((at for at in range(len(tokens), 1, -1) if tokens[at - 1].text not in _ENDS), len(tokens))
    return tokens[:end]


def _only_asks(token: Token) -> bool:
    return not token.is_content and not token.roles.keys().isdisjoint(("ask", "join", "filler", "unit"))
