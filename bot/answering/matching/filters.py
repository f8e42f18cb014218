"""Whether a fact is of the type that a question asks for: place, period, breakdown, aspect, unit and base.

Of those that are, which would be meant first, and which may be something else: factors of their score.
"""

from collections.abc import Callable, Iterator, Set
from math import prod

from bot.answering.language.ages import age_groups, is_age_group
from bot.answering.language.periods import covers

from .asked import AVERAGE, PER_ONE, PER_TIME, Asked, counts_alike
from .entries import NEW, Entry, is_of_number, round_limits, tells
from .observation import COUNTED, IN_WORDS, LISTS, RELATIVE, Aspect, base_of
from .tuning import TUNING

QUALIFIED = frozenset(["real", "median", "average", "further"])
_SMALLEST = 1000  # nobody asks for less in a scale than one part in so many of it
_TOLD_IN = {"multiple": "times"}  # the units of forms that are not called like them
_SHARES = frozenset(["percent", "permille", "ratio"])
_NO_DATES = COUNTED - {""} | {"duration"}  # what no date tells
_BEFORE_LAST = "-2"  # the base 前年
_PREVIOUS = frozenset(["previous", "month", "quarter"])  # bases that are the period right before
_MAY_BE_BARE = RELATIVE | {"", "rank", "ratio", "index"}  # what a number without a unit may tell
_OPEN_TO_NAMES = frozenset(["name", "what", "reason", "overview"])  # question words that a name may answer


def misfit(asked: Asked, entry: Entry) -> str:
    """What keeps a fact from answering a question by its type, "" for nothing."""
    for rule in _RULES:
        if why := rule(asked, entry):
            return why
    return ""


def _place(asked: Asked, entry: Entry) -> str:
    if not asked.elsewhere:
        # 全国排名 tells of the report's own place.
        is_of_another = asked.is_here and entry.is_elsewhere and "rank" not in entry.aspect.forms
        return "place" if is_of_another else ""
    if asked.is_of_a_whole and entry.aspect.change and entry.aspect.base == "place" != asked.aspect.base:
        return "place"  # by how much it is above the country's tells nothing of that
    # 全球银行 in a name is both where and another bank than the report's own.
    missing = (key for key in asked.elsewhere if key not in entry.mentioned)
    is_told = (not key.isascii() and (key in entry.text or key in entry.fact.figure) for key in missing)
    return "" if all(is_told) else "place"


def _period(asked: Asked, entry: Entry) -> str:
    if not asked.period or covers(entry.period, asked.period, entry.fact.report.year):
        return ""
    if entry.aspect.change and not asked.changes:
        return "period"  # 比2021年增加 tells nothing of how much there was in 2021
    said = [(token.text, token.span) for token in asked.question.tokens if token.span]
    # 比上半年加快的幅度 is told of the time after that.
    is_base = any(entry.aspect.base == str(span.months) for _, span in said)
    # It may be called by a time, whichever it tells of: 上年结转, 较2019年增幅.
    is_called_so = said and all(text in (entry.text if span.offset else entry.label) for text, span in said)
    return "" if is_called_so and not is_base else "period"


def _breakdown(asked: Asked, entry: Entry) -> str:
    """The names of a fact say one of a pair of which the question says the other: 农村 and 城镇."""
    concepts = entry.concepts
    if asked.ages and not _is_of_age(asked, entry):
        return "breakdown"
    for concept, others, is_breakdown in asked.opposites:
        if concept in concepts:
            continue
        if not others.isdisjoint(concepts) or (is_breakdown and not asked.index.share(concept, entry)):
            return "breakdown"
    return ""


def _is_of_age(asked: Asked, entry: Entry) -> bool:
    """Whether the names of a fact say one of the ages that are asked for, or where they say none its sentence."""
    # 5岁以下儿童死亡率 is one word.
    named = {group.name for group in age_groups(entry.text)} | set(filter(is_age_group, entry.concepts))
    return any(one in named if named else asked.index.share(one, entry) for one in asked.ages)


def _more(asked: Asked, entry: Entry) -> str:
    """A fact tells of several things together, of the contrary, or of what a label names by another number."""
    is_another = asked.limits and not asked.quotes and _has_another_number(asked.limits, entry)
    is_denied = bool(asked.denied) and _tells_the_contrary(asked, entry)
    is_gap = asked.is_gap and not (tells("gap", entry.text) or entry.aspect.base == "place")
    return "breakdown" if is_another or is_denied or is_gap or _tells_of_several(asked, entry) else ""


def _of_each(asked: Asked, entry: Entry) -> str:
    """What is told of one of many, or of the new ones, is not told of all of them, nor the other way round."""
    share = asked.index.share
    if asked.per_one and not any(share(one, entry) for one in (*asked.per_one, AVERAGE)) and AVERAGE not in entry.label:
        return "level"
    if asked.is_average and not (asked.index.share(AVERAGE, entry) or tells("average", entry.text)):
        return "level"
    if "level" in asked.aspect.forms and tells("per unit", entry.label) and not tells("per unit", asked.text):
        return "level"  # 碳排放量 is not that of each unit of GDP
    of_some = PER_ONE if asked.changes else PER_ONE | {NEW}
    label = entry.names[0].concepts if entry.names else entry.concepts
    if asked.is_by_the_year and not (PER_TIME - asked.said).isdisjoint(label):
        return "level"
    return "level" if asked.total and not (of_some - asked.said).isdisjoint(label) else ""


def _tells_of_several(asked: Asked, entry: Entry) -> bool:
    """Whether a fact tells of several things of which a question names one: 风电 of 风电、水电和光电发电量."""
    items = asked.index.joined(entry)
    return bool(items) and sum(not asked.said.isdisjoint(item) for item in items) == 1


def _tells_the_contrary(asked: Asked, entry: Entry) -> bool:
    """Whether a fact tells of what is so, of which a question asks what is not: 办结数 for 多少件没办结."""
    share = asked.index.share
    says = any(all(share(concept, entry) for concept in sense) for senses in asked.denied for sense in senses)
    return says and not tells("denial", entry.label)


def _has_another_number(limits: Set[str], entry: Entry) -> bool:
    """Whether a label names its thing by another number in one of the units of some: 超过20万的 for 超过50万的."""
    own = {one.senses[0][0] for name in entry.names[:1] for one in name.tokens if one.senses}
    own = set(filter(is_of_number, own)) | round_limits(entry.label)
    return limits.isdisjoint(own) and not set(map(_unit_of, own)).isdisjoint(map(_unit_of, limits))


def _unit_of(number: str) -> str:
    """The unit in the concept of a number."""
    return number.lstrip("=#0123456789.E+-")


def _kind(asked: Asked, entry: Entry) -> str:
    """A name, a person, a reason or a time is no number; and a time is told by a date."""
    asks = asked.asks
    if "number" in asks or asked.quotes:
        return ""
    if asks & {"reason", "explanation"}:
        return "" if tells("reason" if "reason" in asks else "explanation", entry.text) else "name"
    is_for_name = asks == {"name"} and not (asked.changes or asked.aspect.forms)
    if (is_for_name or asks & IN_WORDS) and entry.aspect.unit != "name":
        return "name"
    return "time" if "time" in asks and not entry.is_date else ""


def _unit(asked: Asked, entry: Entry) -> str:
    # 财政收入 names what is measured, which may be all that its growth is called by.
    if not asked.asks and entry.aspect.change:
        return ""
    unit, has = asked.aspect.unit, entry.aspect.unit
    if has == "name":
        is_told = unit in entry.aspect.forms or (asked.changes and entry.aspect.change == "same")  # 与上年持平
        return "name" if (unit or "number" in asked.asks) and not is_told else ""
    if _is_of_another_kind(asked, entry) or _is_bare_otherwise(unit, entry):
        return "unit"
    # An index may be told in percent, and a growth of 150% is one of 1.5倍.
    if (unit, has, bool(entry.aspect.change)) in {("index", "percent", False), ("percent", "times", True)}:
        return ""
    return "" if unit in entry.aspect.forms or counts_alike(unit, has) else "unit"


def _is_of_another_kind(asked: Asked, entry: Entry) -> bool:
    """Whether a fact tells an amount where a number, a price or other money is asked for, or a date for a number."""
    unit, has = asked.aspect.unit, entry.aspect.unit
    is_too_vague = not unit and "many" in asked.asks and has in {"percent", "points", "money"}
    # 多少残疾人 is asked of no number of homes for them, as 个 counts people in questions alone.
    head = asked.question.head
    is_of_people = head and has in ("things", "firms") and head.text[-1:] in LISTS["ends of people"]
    counts_things = bool(asked.counted) and not unit  # 多少新生儿
    is_rate = has in RELATIVE and (counts_things or asked.is_of_amount)
    told = {quantity.unit for quantity in entry.quantities}
    is_other_currency = has == "money" and bool(asked.currency) and asked.currency not in told
    is_of_all = asked.is_for_price and not tells("price", entry.text)
    # 连续第12个季度增长 tells how long, and not by how much; 利用小时减少量 does.
    # 多少亿元 is no question for 4.60元.
    is_too_small = bool(entry.quantities) and max(q.value for q in entry.quantities) * _SMALLEST < asked.scale
    is_no_change = asked.changes and not unit and (has in ("rank", "duration") or _is_other_rank(asked, entry))
    is_no_change = is_no_change and not (has == "duration" and entry.aspect.change and tells("lengthened", entry.label))
    return (
        is_too_vague
        or is_of_people
        or is_other_currency
        or is_rate
        or is_of_all
        or is_no_change
        or is_too_small
        or (entry.is_date and unit in _NO_DATES and "time" not in asked.asks)
    )


def _is_other_rank(asked: Asked, entry: Entry) -> bool:
    """Whether a fact tells how much a rank has changed, which a question does not speak of."""
    return "rank" in entry.aspect.forms - asked.aspect.forms


def _is_bare_otherwise(unit: str, entry: Entry) -> bool:
    """Whether a figure without a known unit is none of what is asked for: 1.2 are no shops, 43款 no yuan."""
    if entry.aspect.unit:
        return False
    if "/" not in entry.fact.figure and any(quantity.value % 1 for quantity in entry.quantities):
        return unit not in _MAY_BE_BARE
    # English writes money and percentages with their signs.
    is_counted = bool(entry.quantities and entry.quantities[0].unit) or entry.label.isascii()
    return unit in ("percent", "duration") or (is_counted and unit not in COUNTED | {"rank"})


def _form(asked: Asked, entry: Entry) -> str:
    """A rank, a contribution, a share, a median, a real or an average growth is told by facts of that kind alone."""
    aspect, has = asked.aspect, entry.aspect
    for form in ("rank", "contribution", "multiple", *QUALIFIED):
        is_other = form in aspect.forms and form not in has.forms and has.unit != _TOLD_IN.get(form, form)
        if is_other and not (form == "average" and _is_average(asked, entry)):
            return form
    if "multiple" in aspect.forms and aspect.base and has.change and not aspect.change:
        return "multiple"  # what has grown by so much is so many times as large, and more
    if "share" not in aspect.forms or has.unit == "name":
        return ""
    fits = "share" in has.forms if asked.changes else ("share" in has.forms or has.unit in _SHARES) and not has.change
    return "" if fits else "share"


def _is_average(asked: Asked, entry: Entry) -> bool:
    """Whether a fact tells of an average, or of what each has: 平均一年 and 年均浓度."""
    return not PER_ONE.isdisjoint(entry.concepts) or (not asked.changes and tells("average", entry.text))


def _change(asked: Asked, entry: Entry) -> str:
    aspect, has = asked.aspect, entry.aspect
    is_name = has.unit == "name" and not (has.change == "same" and asked.changes)
    if is_name or "contribution" in aspect.forms & has.forms:
        return ""  # what contributes to a growth has changed in no way itself
    if not asked.changes:
        return "level" if has.change and NEW not in asked.said and _is_for_no_change(asked, entry) else ""
    if not has.change:
        # 新增300家 is no increase since 2010.
        is_new = not aspect.base and aspect.change == "up" and has.unit not in RELATIVE
        is_new = is_new and any(NEW in name.concepts for name in entry.names)
        return "" if is_new or has.unit == "times" else "change"
    # Nothing that rose is what fell.
    if "name" in asked.asks and {aspect.change, has.change} == {"up", "down"}:
        return "change"
    if "share" in has.forms and not asked.of_shares:
        return "share"  # what grew is the thing, and not its share
    return "" if any(_is_against(base, entry) for base in _bases(asked, entry)) else "base"


def _bases(asked: Asked, entry: Entry) -> Iterator[str]:
    """What a change may be measured against that is asked for, in the report of a fact."""
    base, report = asked.aspect.base, entry.fact.report
    first = base_of(asked.aspect, report.year)
    yield first
    if base.startswith("-"):
        yield str(int(first) + 1)  # the ten years until 2014 may begin with 2005
    if base == _BEFORE_LAST and asked.index.is_over(report):
        yield "year"  # who asks about 2023 in 2024 says 前年 for 2022


def _is_for_no_change(asked: Asked, entry: Entry) -> bool:
    """Whether a question asks how much there is, or for a rate that a fact is not called by."""
    is_for_amount = asked.says_how_much and not asked.aspect.unit and entry.aspect.unit == "percent"
    return asked.is_for_level or is_for_amount or any(rate not in entry.text for rate in asked.rates)


def _is_against(base: str, entry: Entry) -> bool:
    """Whether a change is measured against a base that is asked for."""
    has, months = entry.aspect.base, entry.period.months
    # A change that does not say against what it is measured is one against the year before.
    if base in ("", has) or (base == "year" and not has):
        return True
    if {base, has or "year"} == {"year", "start"}:
        return all(last == 12 for _, last in months)
    if {base, has} <= _PREVIOUS:
        return "previous" in (base, has)
    # 比8月 is what one from the month before September is measured against.
    before = {str(span) for first, last in months for span in ((2 * first - last - 1, first - 1), (1, last - 1))}
    return base in before and has in _PREVIOUS


_RULES: tuple[Callable[[Asked, Entry], str], ...] = (
    _place,
    _period,
    _breakdown,
    _more,
    _of_each,
    _kind,
    _unit,
    _form,
    _change,
)


# ---- which one would be meant


def doubt(asked: Asked, entry: Entry) -> float:
    """A factor of a fact's score, below 1 where it may be something else than what is asked for."""
    return prod(_doubts(asked, entry))


def preference(asked: Asked, entry: Entry) -> float:
    """A factor of its score by which facts are ordered, below 1 where another fact would be meant first."""
    return prod(_preferences(asked, entry))


def preference_of_place(asked: Asked, entry: Entry) -> float:
    """Below 1 where a question that is no list would mean the fact of another place first, or of fewer."""
    if asked.elsewhere:
        return 1.0 if entry.named and entry.named.issubset(asked.elsewhere) else TUNING.second
    return TUNING.other_type if entry.is_elsewhere else 1.0


def _doubts(asked: Asked, entry: Entry) -> Iterator[float]:
    """What the fact tells beside or instead of what is asked for."""
    aspect, has = asked.aspect, entry.aspect
    if asked.quotes or asked.is_overview:
        return
    is_named = "name" in asked.asks and has.unit == "name"  # 居前五名的是哪些省市
    # What contributes a share is told as one: with wind contributing 31% of it.
    untold = {"contribution"} if is_named else {"rank", "contribution"}
    untold -= {"contribution"} if has.change and has.unit == "points" else set()
    if not untold.isdisjoint(has.forms - aspect.forms) and "share" not in has.forms & aspect.forms:
        yield TUNING.other_share
    tells_of_new = NEW in asked.said and NEW in entry.concepts and has.unit not in RELATIVE and has.change != "down"
    if has.change and not (asked.changes or tells_of_new or "contribution" in has.forms & aspect.forms):
        yield TUNING.unasked_change
    if not has.change and ("share" in aspect.forms) != ("share" in has.forms) and aspect.unit != "percent":
        yield TUNING.other_share
    is_growth = aspect.change and has.change
    is_multiple = has.unit == "times" or (has.unit == "percent" and "multiple" in has.forms)
    if is_multiple and aspect.unit != has.unit and "multiple" not in aspect.forms and not is_growth:
        yield TUNING.other_share
    if (aspect.unit, has.unit) in (("points", "percent"), ("ratio", "person"), ("ratio", "count")):
        yield TUNING.other_share


def _preferences(asked: Asked, entry: Entry) -> Iterator[float]:
    """Which facts would be meant first: those of the kind of figure, the sign and the kind of change that is said."""
    aspect, has = asked.aspect, entry.aspect
    # 第3位 tells a rank, and so do those who are among the first three, but less so.
    says_how = asked.changes or aspect.forms - has.forms - {"level"} or "rank" in aspect.forms
    # So do 用户总数, and what was the number of users.
    says_how = says_how or ("level" in aspect.forms and asked.asks <= {"what"})
    open_to_names = _OPEN_TO_NAMES - {"what"} if "level" in aspect.forms else _OPEN_TO_NAMES
    if has.unit == "name" and says_how and asked.asks.isdisjoint(open_to_names):
        yield TUNING.other_type
    if (asked.total and not tells("whole", entry.label)) or (asked.is_of_a_whole and "全" not in entry.label):
        yield TUNING.margin
    if (has.forms - aspect.forms) & QUALIFIED or (aspect.unit and "/" in entry.fact.figure):
        yield TUNING.second
    if asked.is_of_plans is not None and asked.is_of_plans != tells("planned", entry.label):
        yield TUNING.other_type
    # 那一年修了几座 is not told by 累计, but 前四个月的产量 is.
    of_a_time = asked.question.spans and not any(
        span.months and span.months[0] == 1 < span.months[1] for span in asked.question.spans
    )
    if of_a_time and not asked.total and tells("accumulated", entry.label):
        yield TUNING.other_type
    if entry.is_date and "time" not in asked.asks:
        yield TUNING.other_type
    if asked.measure and has.unit == aspect.unit and asked.measure not in entry.fact.figure:
        yield TUNING.other_type
    if asked.changes:
        yield from _preferences_of_change(aspect, has)


def _preferences_of_change(aspect: Aspect, has: Aspect) -> Iterator[float]:
    if not has.change:
        # 新增多少 is the amount; of a growth rate it is what comes next.
        if aspect.kind == "percent" or aspect.base:
            yield TUNING.second
        return
    if {aspect.change, has.change} == {"up", "down"} or has.base == "place" != aspect.base:
        yield TUNING.second
    if aspect.kind == "points" and has.unit != "points":
        yield TUNING.second
    if has.unit == "points" and "points" not in (aspect.unit, aspect.kind):
        yield TUNING.second if "share" in has.forms else TUNING.other_type
    if aspect.kind in ("percent", "amount") and not aspect.unit and aspect.kind != has.kind:
        yield TUNING.second
