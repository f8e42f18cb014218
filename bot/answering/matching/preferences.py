"""Which of the facts that fit a question would be meant, and which may be something else: factors of their score."""

from collections.abc import Iterator
from math import prod

from .asked import Asked
from .entries import NEW, Entry, tells
from .filters import QUALIFIED
from .observation import RELATIVE, Aspect
from .tuning import TUNING

_OPEN_TO_NAMES = frozenset(["name", "what", "reason", "overview"])  # question words that a name may answer


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
    return TUNING.other_type if entry.is_elsewhere and not asked.quotes else 1.0


def _doubts(asked: Asked, entry: Entry) -> Iterator[float]:
    """What the fact tells beside or instead of what is asked for."""
    aspect, has = asked.aspect, entry.aspect
    if asked.quotes or asked.is_overview:
        return
    # What contributes a share is told as one: with wind contributing 31% of it.
    if not (has.forms - aspect.forms).isdisjoint(("rank", "contribution")) and "share" not in has.forms & aspect.forms:
        yield TUNING.other_share
    tells_of_new = NEW in asked.said and NEW in entry.concepts and has.unit not in RELATIVE
    if has.change and not (asked.changes or tells_of_new or "contribution" in has.forms & aspect.forms):
        yield TUNING.unasked_change
    if not has.change and ("share" in aspect.forms) != ("share" in has.forms) and aspect.unit != "percent":
        yield TUNING.other_share
    is_growth = aspect.change and has.change
    if has.unit == "times" and aspect.unit != "times" and "multiple" not in aspect.forms and not is_growth:
        yield TUNING.other_share
    is_ratio_of_money = aspect.unit == "money" and "ratio" in has.forms
    if is_ratio_of_money or (aspect.unit, has.unit) in (("points", "percent"), ("ratio", "person"), ("ratio", "count")):
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
    if of_a_time and not (asked.total or asked.accumulates) and tells("accumulated", entry.label):
        yield TUNING.other_type
    if has.unit == "money" and entry.quantities and not asked.currency:
        currency = entry.quantities[0].unit
        if len(currency) > 1 and currency in entry.label:
            yield TUNING.second
    if asked.changes:
        yield from _preferences_of_change(aspect, has)


def _preferences_of_change(aspect: Aspect, has: Aspect) -> Iterator[float]:
    if not has.change:
        # 新增多少 is the amount; of a growth rate it is what comes next.
        if aspect.kind == "percent" or aspect.base:
            yield TUNING.second
        return
    if {aspect.change, has.change} == {"up", "down"}:
        yield TUNING.second
    if aspect.kind == "points" and has.unit != "points":
        yield TUNING.second
    if has.unit == "points" and "points" not in (aspect.unit, aspect.kind) and "share" not in aspect.forms:
        yield TUNING.second if "share" in has.forms else TUNING.other_type
    if aspect.kind in ("percent", "amount") and not aspect.unit and aspect.kind != has.kind:
        yield TUNING.second
