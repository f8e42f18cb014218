"""What is made of the figures of an article: a label and a period each, none like another, and what is in doubt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.answering.knowledge.model import Fact

from .labels import label_of
from .periods import Periods
from .reading.plain import is_chinese, plain
from .reading.reading import Reading
from .reading.readings import Reader
from .yaml_writer import DraftSentence

_LONGEST_LABEL = 26
_AROUND = re.compile(r"[^，。；：！？,;:!?“”]*\Z")
_FROM, _CAME = re.compile(r"[由从][^，。；]*\Z"), re.compile(r"[^，。；\d]{0,6}[到至为]")
_TOTAL = re.compile(r"(累计|合计)[^，。；\d]{0,10}\Z")
NEWLY = re.compile("^新(?:[设增建签开办]|注册|登记)")
_RISE = re.compile("(?:增幅|涨幅)$")
_NOTHING = re.compile(r"[\s，。；：、,;:“”]+")


@dataclass
class Told:
    """A figure that is to become a fact.

    `heading`: that of its section; `before`: the heading and the paragraph before it. `is_numbered`: nothing but a
    number tells its label from another one. `whose`: of whom it may tell, the nearest first; `bare`: its label without
    that. `like`: the fact of an older report.
    """

    sentence: DraftSentence
    reading: Reading
    figure: str
    label: str
    period: str
    heading: str = ""
    before: str = ""
    is_numbered: bool = False
    whose: Sequence[str] = ()
    bare: str = ""
    like: Fact | None = None


def told(
    sentence: DraftSentence, reader: Reader, periods: Periods, heading: str = "", before: str = ""
) -> Iterator[Told]:
    """The figures of a sentence; `heading`: that of its section; `before`: its paragraph up to it."""
    last = f"{periods.year - 1}年"
    for found in reader.read(sentence.text):
        # A year in a label is read as the period of its figure, and not as the one that this is compared with.
        reading = replace(found, lead=replace(found.lead, base="")) if last in found.lead.base else found
        # Of several years in a row, that of the report needs no mention.
        label = label_of(replace(reading, year=0) if reading.year == periods.year else reading)
        figure = sentence.text[reading.figure.start : reading.figure.end].strip()
        period = f"{reading.year}年" if reading.year else periods.written(reading.stated_in, reading.period)
        if reading.label or reading.when:
            period = periods.english.written(reading.when)
            if label and reading.when and not periods.english.is_usual_year(reading.when):
                label = f"{label} in {reading.when.said}"
        until = f"{heading}\n{before}{sentence.text[: reading.figure.start]}"
        yield Told(sentence, reading, figure, label or _clause(sentence.text, reading), period, heading, until)


def _clause(sentence: str, reading: Reading) -> str:
    """The words around a figure of which nothing says what it is."""
    before = _AROUND.search(sentence, 0, reading.figure.start)
    words = (before.group() if before else "") + re.split("[，。；：！？]", sentence[reading.figure.end :])[0]
    return _NOTHING.sub("", words)[:_LONGEST_LABEL]


def distinct(all_told: Sequence[Told], usual: str) -> list[Told]:
    """Each with a label of its own; what is told twice is left out."""
    taken: dict[str, Told] = {}
    kept: list[Told] = []
    for told_next in all_told:
        one, before = told_next, kept[-1] if kept else told_next
        if one.label in before.label and _is_milestone(before, one):
            # 突破7千亿元, 达到7284.5亿元: the label is that of what it came to.
            one.label, before.label = before.label, one.label
            taken[plain(one.label)] = kept[-1] = one
            one = before
        first = taken.get(plain(one.label)) or taken.get(plain(_RISE.sub("增速", one.label)))
        if first and first.figure == one.figure and (one.period in first.period or first.period in one.period):
            continue
        if first and one.period == usual != first.period and plain(_dated(first, usual)) not in taken:
            # 由5.24张增加到6.71张: the label is that of the report's own period.
            first.label = _dated(first, usual)
            taken[plain(first.label)] = first
        elif first and _is_left(first):
            first.label = f"原{first.label}"
            taken[plain(first.label)] = first
        elif first:
            one.label, one.is_numbered = _apart(one, first, taken, usual)
        taken[plain(one.label)] = one
        kept.append(one)
    return kept


def _is_milestone(first: Told, one: Told) -> bool:
    """Whether a figure is but the round one that the other goes beyond, or comes close to."""
    low, high = (each.reading.figure.numbers[-1] for each in (first, one))
    is_alike = first.sentence is one.sentence and first.period == one.period and low.unit in ("", high.unit)
    is_rounder = sum(map(str.isdigit, first.figure)) < sum(map(str.isdigit, one.figure))
    return is_alike and is_rounder and abs(high.value - low.value) <= low.value / 5


def _is_left(one: Told) -> bool:
    """Whether a figure is the former one of what came to another: 由 | 5元 | 提高到."""
    text, figure = one.sentence.text, one.reading.figure
    return bool(_FROM.search(text, 0, figure.start) and _CAME.match(text, figure.end))


def _dated(one: Told, usual: str) -> str:
    """A label with its period, without the year where that is the usual one."""
    if not is_chinese(one.label):
        return f"{one.label} ({one.period})"
    year = usual[: usual.find("年") + 1]
    return (one.period.removeprefix(year) or one.period) + one.label


def _apart(one: Told, first: Told, taken: dict[str, Told], usual: str) -> tuple[str, bool]:
    """A label that is not taken, and whether it has just a number."""
    label = one.label
    dated, (unit, other) = _dated(one, usual), (each.reading.figure.numbers[-1].unit for each in (one, first))
    total = _TOTAL.search(one.before)
    ways = [
        f"{total[1]}{NEWLY.sub('', label)}" if total and total[1] not in label else "",
        dated if one.period not in (usual, first.period) else "",
        f"{label.removesuffix('数')}{unit}数" if label[-1] == "数" and unit not in ("", "%", "百分点", other) else "",
        dated if one.period != first.period else "",
        *(f"{name}{label}" for name in one.whose if name not in label and name not in first.whose),
        f"{label}（{unit}）" if unit not in ("", "%", "百分点", other) and is_chinese(label) else "",
    ]
    for way in filter(None, ways):
        if plain(way) not in taken:
            return way, False
    numbered = (f"{label}（{number}）" if is_chinese(label) else f"{label} ({number})" for number in count(2))
    return next(way for way in numbered if plain(way) not in taken), True


_WHY = {
    "sentence": ("要核对：说的是什么取自前一句", "check: what it is about is taken from the sentence before"),
    "nowhere": ("要改名：句中没有说这是什么", "rename: the sentence does not say what this is"),
    "numbered": (
        "要改名：与另一个事实同名，说明二者的区别",
        "rename: another fact is called the same; say what tells them apart",
    ),
    "long": ("要改名：名称太长，没有人会这样问", "rename: nobody asks by so long a name"),
}


def doubts_of(one: Told, *, chinese: bool) -> tuple[str, ...]:
    """What the editor is to look at, a sentence each."""
    carried = one.reading.carried
    found = [str(carried)] if str(carried) in _WHY else []
    found += ["numbered"] if one.is_numbered else []
    found += ["long"] if len(one.label) > _LONGEST_LABEL and chinese else []
    return tuple(_WHY[name][0 if chinese else 1] for name in found)
