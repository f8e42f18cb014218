"""What is made of the figures of an article: a label, a period and whose it is, none like another."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.answering.knowledge.model import Fact

from .labels import label_of
from .periods import Periods
from .reading.plain import is_chinese, overlap, plain
from .reading.reader import Reader
from .reading.reading import Carried, Reading
from .reading.subjects import Subjects, is_measured
from .yaml_writer import DraftSentence

_LONGEST_LABEL = 26
_AROUND = re.compile(r"[^，。；：！？,;:!?“”]*\Z")
_FROM, _CAME = re.compile(r"[由从][^，。；]*\Z"), re.compile(r"[^，。；\d]{0,6}[到至为]")
_NUMBER_OF = re.compile("人?数量$|人数$")
_COUNT = re.compile("人?数$")
_NOTHING = re.compile(r"[\s，。；：、,;:“”]+")
_WHY = {
    "sentence": ("要核对：说的是什么取自前一句", "check: what it is about is taken from the sentence before"),
    "nowhere": ("要改名：句中没有说这是什么", "rename: the sentence does not say what this is"),
    "numbered": (
        "要改名：与另一个事实同名，说明二者的区别",
        "rename: another fact is called the same; say what tells them apart",
    ),
    "long": ("要改名：名称太长，没有人会这样问", "rename: nobody asks by so long a name"),
}
_LONGEST_OPEN = 6  # characters
_SHORTEST = 2  # characters of how a name ends
_OF_ALL = re.compile("[我全](?:[国省市区县镇乡校院行]|集团|公司)")


@dataclass
class Told:
    """A figure that is to become a fact.

    `topic`: of what its section tells; `before`: the heading and the paragraph before it. `is_numbered`: nothing but a
    number tells its label from another one. `whose`: of whom it may tell, the nearest first. `within`: of what its
    section and its sentence tell, where its label leaves that open. `like`: the fact of an older report.
    """

    sentence: DraftSentence
    reading: Reading
    figure: str
    label: str
    period: str
    topic: str = ""
    before: str = ""
    is_numbered: bool = False
    whose: Sequence[str] = ()
    within: Sequence[str] = ()
    like: Fact | None = None


def told(
    sentence: DraftSentence, reader: Reader, periods: Periods, heading: str = "", before: str = ""
) -> Iterator[Told]:
    """The figures of a sentence; `heading`: that of its section; `before`: its paragraph up to it."""
    last = f"{periods.year - 1}年"
    for found in reader.read(sentence.text):
        # A year in a label is read as the period of its figure, and not as the one that this is compared with.
        reading = replace(found, lead=replace(found.lead, base="")) if last in found.lead.base else found
        label = label_of(reading)
        figure = sentence.text[reading.figure.start : reading.figure.end].strip()
        period = periods.written(reading.stated_in, reading.period)
        if reading.label or reading.when:
            period = periods.english.written(reading.when)
            if label and reading.when and not periods.english.is_usual_year(reading.when):
                label = f"{label} in {reading.when.said}"
        until = f"{heading}\n{before}{sentence.text[: reading.figure.start]}"
        label = label or _clause(sentence.text, reading)
        names = (reader.topic, reading.holder)
        within = list(filter(None, names)) if _leaves_open(reading, label) else []
        yield Told(sentence, reading, figure, label, period, reader.topic, until, within=within)


def _leaves_open(reading: Reading, label: str) -> bool:
    """Whether a label does not say of what a figure is: 检测率."""
    subject = reading.subject
    return bool(subject) and (len(label) <= _LONGEST_OPEN or is_measured(subject[:1]) or bool(reading.lead.leading))


def _clause(sentence: str, reading: Reading) -> str:
    """The words around a figure of which nothing says what it is."""
    before = _AROUND.search(sentence, 0, reading.figure.start)
    words = (before.group() if before else "") + re.split("[，。；：！？]", sentence[reading.figure.end :])[0]
    return _NOTHING.sub("", words)[:_LONGEST_LABEL]


def distinct(all_told: Sequence[Told], usual: str) -> list[Told]:
    """Each with a label of its own; what is told twice is left out."""
    taken: dict[str, Told] = {}
    kept: list[Told] = []
    for one in all_told:
        first = taken.get(_key(one.label))
        if first and first.figure == one.figure and (one.period in first.period or first.period in one.period):
            continue
        if first and one.period == usual != first.period and _key(_dated(first, usual)) not in taken:
            # 由5.24张增加到6.71张: the label is that of the report's own period.
            first.label = _dated(first, usual)
            taken[_key(first.label)] = first
        elif first and _is_left(first):
            first.label = f"原{first.label}"
            taken[_key(first.label)] = first
        elif first:
            one.label, one.is_numbered = _apart(one, first, taken, usual)
        taken[_key(one.label)] = one
        kept.append(one)
    return kept


def _key(label: str) -> str:
    """What two labels have in common that mean the same: 驾驶人数 and 驾驶人数量."""
    return _NUMBER_OF.sub("数", plain(label))


def _is_left(one: Told) -> bool:
    """Whether a figure is the former one of what came to another: 由 | 5元 | 提高到."""
    text, figure = one.sentence.text, one.reading.figure
    return bool(_FROM.search(text, 0, figure.start) and _CAME.match(text, figure.end))


def _dated(one: Told, usual: str) -> str:
    """A label with its period, without the year where that is the usual one."""
    if not is_chinese(one.label):
        return f"{one.label} ({one.period})"
    year = usual[: usual.find("年") + 1]
    part = one.period.removeprefix(year) or one.period
    return ("年" if len(part) == 1 else "") + part + one.label  # 2029年 | 末


def _apart(one: Told, first: Told, taken: dict[str, Told], usual: str) -> tuple[str, bool]:
    """A label that is not taken, and whether it has just a number."""
    label = one.label
    dated, (unit, other) = _dated(one, usual), (each.reading.figure.numbers[-1].unit for each in (one, first))
    ways = [
        dated if one.period != first.period else "",
        f"{_COUNT.sub('', label)}{unit}数" if label[-1] == "数" and unit not in ("", "%", "百分点", other) else "",
        f"{label}（{unit}）" if unit not in ("", "%", "百分点", other) and is_chinese(label) else "",
    ]
    labels = {plain(other.label) for other in taken.values()}
    for way in filter(None, ways):
        if plain(way) not in labels:
            return way, False
    numbered = (f"{label}（{number}）" if is_chinese(label) else f"{label} ({number})" for number in count(2))
    return next(way for way in numbered if _key(way) not in taken), True


def doubts_of(one: Told, *, chinese: bool) -> tuple[str, ...]:
    """What the editor is to look at, a sentence each."""
    carried = one.reading.carried
    found = [str(carried)] if str(carried) in _WHY else []
    found += ["numbered"] if one.is_numbered else []
    found += ["long"] if len(one.label) > _LONGEST_LABEL and chinese else []
    return tuple(_WHY[name][0 if chinese else 1] for name in found)


def with_owners(all_told: Sequence[Told]) -> list[Told]:
    """Those that tell something, each with whose it is where its sentence leaves that to what was said before.

    Where several are called the same, that tells them apart: 城镇工资性收入, 农村工资性收入.
    """
    # Nothing says what a number alone tells.
    says = (one for one in all_told if not one.reading.figure.is_plain or one.reading.carried is Carried.HERE)
    found = [one for one in says if plain(one.label).strip()]
    owners = _Owners(found)
    groups: defaultdict[str, list[Told]] = defaultdict(list)
    for one in found:
        owners.read(one)
        whose = [_topic(one.reading), one.reading.whole, owners.last(one)]
        one.whose = [*dict.fromkeys(name for name in whose if name and name not in one.label)]
        groups[plain(one.label)].append(one)
    for group in groups.values():
        _tell_apart(group)
    return found


def _topic(reading: Reading) -> str:
    """Of whom the text tells, "" where that is another one like what a figure is of: 第二产业 after 第一产业."""
    topic, subject = "".join(reading.topic), "".join(Subjects.bearer(reading.subject))
    return "" if topic and subject and topic[-1] == subject[-1] else topic


def _tell_apart(group: Sequence[Told]) -> None:
    """Names those that are called the same by whose they are, as far as that tells them apart."""
    periods = {one.period for one in group}
    is_dated = len(periods) == len(group)
    for at in range(max(len(one.whose) for one in group)):
        names = [one.whose[at] if at < len(one.whose) else "" for one in group]
        if is_dated and any(name[-2:] in one.label for one, name in zip(group, names, strict=True)):
            return  # 三次产业结构 after 第三产业 is not of that, but of another year
        is_alone = names.count("") == 1 and len({one.figure for one in group}) == len(group) > 1
        if len({*names} - {""}) > 1 or is_alone:
            for one, name in zip(group, names, strict=True):
                one.label = name + one.label[overlap(name, one.label) :]
            return


class _Owners:
    """Of whom a text tells, figure after figure.

    `said`: those that the paragraph of a figure has named before it, since it last spoke of all.
    """

    def __init__(self, all_told: Sequence[Told]) -> None:
        self._all = {*_of_whom_the_same(all_told), *(one.topic for one in all_told if one.topic)}
        names = sorted(map(re.escape, self._all), key=len, reverse=True)
        self._names = re.compile("|".join([_OF_ALL.pattern, *names]))
        self._read = ""
        self.said: list[str] = []

    def read(self, one: Told) -> None:
        """Takes note of what was said up to a figure."""
        text = plain(one.before)
        if not text.startswith(self._read):
            self._read, self.said = "", []
        for match in self._names.finditer(text, len(self._read)):
            self.said = [] if _OF_ALL.fullmatch(match[0]) else [*self.said, match[0]]
        self._read = text

    def last(self, one: Told) -> str:
        """The last one that was named before a figure, "" where its label has one of them."""
        label = plain(one.label)
        return self.said[-1] if self.said and not any(name in label for name in self._all) else ""


def _of_whom_the_same(all_told: Sequence[Told]) -> set[str]:
    """The names of those of whom a text tells the same: 小学 and 初中, of which it tells pupils and teachers."""
    told_of: defaultdict[str, set[str]] = defaultdict(set)
    by_rest: defaultdict[str, set[str]] = defaultdict(set)
    for one in all_told:
        subject = one.reading.subject
        for size in range(1, len(subject)):
            name = "".join(subject[:size])
            is_name = len(subject[size - 1]) >= _SHORTEST and not is_measured(subject[:size])
            if is_name and one.label.startswith(name):
                told_of[name].add(one.label[len(name) :])
                by_rest[one.label[len(name) :]].add(name)
    shared = {name for names in by_rest.values() if len(names) > 1 for name in names}
    return {name for name in shared if len(told_of[name]) > 1}
