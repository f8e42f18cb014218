"""Which of the facts that a report tells alike a list is of: how well each group of them is what is wanted."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from bot.answering.answer import PAGE
from bot.answering.language.ages import is_age_group
from bot.answering.language.tokens import Token
from bot.answering.matching.asked import breakdowns_of
from bot.answering.matching.entries import Entry, closure
from bot.answering.matching.frames import frame, holes_of, is_number
from bot.answering.matching.index import COMMON, Index
from bot.answering.matching.observation import COUNTED, as_text
from bot.answering.matching.parts import Part, concepts_in, parts_of

from .kinds import INDUSTRIES, PLACES, is_of_kind, is_of_places
from .values import forms_of
from .wanted import Wanted
from .words import AROUND, NAMED, saying, shares_of

_OF_THE_TYPE = 0.85  # of the fit of the best one; a preference such as for another base is no other type
_OF_WHICH = re.compile("(?<![(])其中")  # what is broken down in brackets is beside the rest
_BROKEN_DOWN_BY = re.compile("[分按从][^,:]{0,6}?([^,:]{2})(?:来?看|[划区]?分)")  # 分区域看, 按登记类型分
_AGES = "年龄"  # the kind of which groups of people are that are called by their age
_CUT = ";"  # at the end of a part of a sentence
_GOES_ON = ("其中", "从", "按", "分", "of which", "of these", "among")
LEAD_IN = re.compile("(?:.*[,:：，])?")  # what stands before the clause of a figure
# How far a word is said by what leads up to a group, or stands in all sentences of it.
_LED, _TOLD = 0.6, 0.7
# What counts beside how far a group says the words of a message: that it is of the kind that is named, of many
# members or of as many as are said, and of the usual time.
_KIND, _SIZE, _COUNT, _USUAL, _TYPE = 0.4, 0.015, 0.1, 0.2, 0.2
_BREAKDOWN = 0.3  # of the words that are said, for what is told apart as the message says
_SAME = 0.01
_MOST = 2000  # facts that are looked through for labels that differ in one part
_COUNTED = (COUNTED | {"pieces"}) - {"person"}


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are told alike side by side; `lead`: what leads up to them, `opening`: all that does in it."""

    members: tuple[Entry, ...]
    lead: str = ""
    opening: str = ""


class Choice:
    """The facts that a list may be of: those with some of its words, and the groups that they make.

    `among`: the facts that it is about, all where it is empty.
    """

    def __init__(self, wanted: Wanted, index: Index, among: Sequence[Entry]) -> None:
        self._wanted, self._index, self._among = wanted, index, among
        kinds = [id(kind) for kind in wanted.kinds]
        self._own = [[part for part in segment if id(part.token) not in kinds] for segment in wanted.segments]
        words = [part for part in wanted.words if len(part.senses) == 1]
        self.said = frozenset(concept for part in words for concept in part.senses[0])
        own = (part.token for part in self._own[0]) if len(self._own) == 1 else ()
        self._breakdowns = breakdowns_of(own, index.vocabulary)
        self._shares: dict[int, tuple[Set[int], Callable[[Entry], float]]] = {}

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """The facts that are looked through: of an archive those that have some word of the message."""
        index, numbers = self._index, set[int]()
        if self._among:
            return self._among
        for concept in set(concepts_in(self._wanted.words)) if len(index) > COMMON else ():
            numbers.update(index.shares(concept))
        return [index.entry(number) for number in sorted(numbers) or range(len(index))]

    def told_so(self, entries: Sequence[Entry] | None = None, *, whatever: bool = False) -> list[Entry]:
        """Those of some facts, else of all, that are told and have changed as is asked for; `whatever` they are of."""
        is_one = len(self._own) < 2 and not whatever
        said = closure(self.said, self._index.vocabulary) if is_one else frozenset[str]()
        entries = self.entries if entries is None else entries
        fitting = self._wanted.telling.fitting(entries, said, self._breakdowns, sign=True)
        return [entry for how_far, entry in fitting if how_far >= _OF_THE_TYPE]

    def share(self, part: Part, entry: Entry) -> float:
        """How far a fact says a word."""
        if id(part) not in self._shares:
            self._shares[id(part)] = saying(part, self._index), cache(shares_of(part, self._index))
        numbers, share_of_entry = self._shares[id(part)]
        return share_of_entry(entry) if entry.number in numbers else 0.0

    def calls(self, kind: Token, entry: Entry) -> bool:
        """Whether a label calls its thing by a kind, or names a place where it is one of these: 产业 of 第一产业."""
        if kind.text in PLACES:
            return is_of_places(entry.label, entry.named, kind)
        if kind.text.startswith(_AGES):
            return any(map(is_age_group, entry.concepts))
        if is_of_kind(entry.label, kind):
            return True
        words = enumerate(frame(entry, self._index))
        least = 0 if kind.text in INDUSTRIES else len(kind.text) + 2  # the first word of 产业增加值 is no kind of 产业
        return any(is_of_kind(t.text, kind) and (at or len(t.text) >= least) for at, t in words)

    def says_all(self, entry: Entry) -> bool:
        """Whether a fact is called by all words of the message beside those for kinds."""
        return all(self.share(part, entry) >= NAMED for segment in self._own for part in segment)

    def are_called(self, entries: Sequence[Entry]) -> bool:
        """Whether most of some facts are called by the kind that is named."""
        called = sum(any(self.calls(kind, entry) for kind in self._wanted.kinds) for entry in entries)
        return called * 2 > len(entries)

    def group(self) -> tuple[list[Entry], str]:
        """The facts of the group that is most like what is wanted, and those of others that are as like; else none.

        With what they are told apart by, as the message says and their sentence, "" for nothing.
        """
        wanted, index = self._wanted, self._index
        fitting = wanted.telling.fitting(
            self.entries, closure(self.said, index.vocabulary), self._breakdowns, sign=False
        )
        fits = {entry: how_far for how_far, entry in fitting}
        told = list(filter(is_number, fits))
        kinds = [(kind, next(iter(parts_of([kind], index)), None)) for kind in wanted.kinds]
        words = [part for segment in self._own for part in segment]
        about = [entry for entry in told if not words or any(self.share(part, entry) for part in words)]
        groups = [*_told_together(told, index), *_called_alike(about[:_MOST], index)]
        for kind in wanted.kinds:
            groups += (Group(tuple(members)) for members in _told_alike(e for e in told if self.calls(kind, e)))
            # 各项吞吐量 are some in tons and some in containers.
            groups.append(Group(tuple(e for e in told if not e.aspect.change and e.label.endswith(kind.text))))
        text = as_text(wanted.asked.tokens)
        fitting_of = _Fitting(self, wanted, words, kinds, fits, index, text).of
        scored = sorted(filter(None, map(fitting_of, groups)), key=lambda one: -one[0])
        best = [found for score, found in scored if score >= scored[0][0] - _SAME]
        best = best[:1] if kinds or wanted.count else best
        chosen = {entry.number: entry for found in best for entry in found}
        if best and wanted.order and not (kinds or wanted.order.is_counted):
            # The largest of all may stand in another group.
            how = _told_so(best[0][0])
            alike = (e for _, found in scored for e in found if _told_so(e) == how)
            chosen |= {e.number: e for e in alike if self.says_all(e)}
        leads = (group.lead for group in groups if best and set(group.members).issuperset(best[0]))
        by = next(filter(None, (_broken_down_by(lead, text) for lead in leads)), "")
        return [chosen[number] for number in sorted(chosen)], by


@dataclass(frozen=True, slots=True)
class _Fitting:
    """How well groups of facts are what a message wants.

    `scope`: the words about all of them; `kinds`: those that call by their kind what is told apart; `text`: all of the
    message.
    """

    choice: Choice
    wanted: Wanted
    scope: list[Part]
    kinds: list[tuple[Token, Part | None]]
    fits: Mapping[Entry, float]
    index: Index
    text: str

    def of(self, group: Group) -> tuple[float, list[Entry]] | None:
        """How well a group fits, and which of its facts are wanted; None where it does not fit at all."""
        share, members, said = self.choice.share, list(group.members), 0.0
        for part in self.scope:
            naming = [entry for entry in members if share(part, entry) >= NAMED]
            is_around = all(share(part, entry) >= AROUND for entry in members)
            is_led = any(all(name in group.lead for name in names) for names in ((part.token.text,), *part.senses))
            how_far = 1.0 if naming else _TOLD if is_around else _LED if is_led else 0.0
            if not how_far and part.known:
                return None
            is_of_most = bool(group.lead) and len(naming) * 3 >= len(members) * 2
            members = naming if naming and not (is_led or is_of_most) else members
            said += part.weight * how_far
        weight = sum(part.weight for part in self.scope)
        members, kind = self._of_the_kind(members, group)
        if kind is None or len(members) < 2 or not self.wanted.telling.within(members):
            return None
        if not (said or kind):
            return None
        score = said / weight if weight else 1.0
        score += (
            _KIND * kind
            + _TYPE * min(map(self.fits.__getitem__, members))
            + _SIZE * min(len(members), PAGE)
            + _USUAL * all(map(self.index.is_usual, members))
            + _COUNT * (len(members) == self.wanted.count)
            + _BREAKDOWN * bool(_broken_down_by(group.lead, self.text)) * score
        )
        return score, members

    def _of_the_kind(self, members: list[Entry], group: Group) -> tuple[list[Entry], float | None]:
        """The members that are called by the kind, where most are; and how far they are of it, None for not at all."""
        best, lead = 0.0, group.lead
        for token, part in self.kinds:
            called, named = self._called_and_named(token, part, members)
            is_of_places = token.text in PLACES and len(called) > 1
            if (not lead and len(called) * 2 > len(members)) or is_of_places:
                members, best = named, 1.0
            elif named or (token.text in lead and not token.text.startswith(_AGES)):
                best = max(best, 1.0 if token.text in lead else _LED + (1 - _LED) * len(named) / len(members))
            elif token.text in group.opening and len(members) == self.wanted.count:  # 织席、制伞两大产业 | 产值
                best = max(best, _LED)
            else:
                return members, None  # what others are called by is no kind of these: 季度 of 二季度出口
        return members, best

    def _called_and_named(
        self, token: Token, part: Part | None, members: Iterable[Entry]
    ) -> tuple[list[Entry], list[Entry]]:
        """The members that are called by a kind, and with these those that say what is one of it."""
        choice, kind = self.choice, None if token.text in PLACES else part  # 沿线国家 names no country
        called = [entry for entry in members if choice.calls(token, entry)]
        return called, [e for e in members if e in called or (kind and choice.share(kind, e) >= NAMED)]


def _broken_down_by(lead: str, text: str) -> str:
    """What some facts are told apart by, as what leads up to them and a text say, "" for nothing: 区域 of 分区域看."""
    return next((found[1] for found in _BROKEN_DOWN_BY.finditer(lead) if found[1] in text), "")


def kind_of(entry: Entry) -> tuple[object, ...]:
    """How a figure is told, as others are that it may stand beside."""
    aspect = entry.aspect
    unit = measured_in(entry)
    return entry.fact.report.id, unit, bool(aspect.change), forms_of(aspect), entry.period


def _told_so(entry: Entry) -> tuple[object, ...]:
    return entry.aspect.unit, *kind_of(entry)


def called_alike(entry: Entry, index: Index) -> Sequence[Entry]:
    """The most facts that are told as a fact is, and called so but for one part of their labels, with itself."""
    entries = [index.entry(number) for number in range(len(index))] if len(index) <= _MOST else []
    groups = _called_alike(entries, index)
    return max((group.members for group in groups if entry in group.members), key=len, default=())


def measured_in(entry: Entry) -> str:
    """The family of a figure's unit: one for all that is counted one by one but people, and for growths by so much or
    so many times.
    """
    if entry.aspect.unit == "times" and entry.aspect.change:
        return "percent"
    return "count" if entry.aspect.unit in _COUNTED else entry.aspect.unit


def _told_together(entries: Sequence[Entry], index: Index) -> Iterator[Group]:
    """The groups that single sentences tell; what is broken down there is none of the parts."""
    texts = index.reader.texts
    for told in by_sentence(entries, index):
        sentence = "".join(dict.fromkeys(entry.sentence for entry in told))
        for members in _told_alike(told):
            at = [sentence.find(texts[entry.number].figure, sentence.find(entry.sentence)) for entry in members]
            inside = max((match.start() for match in _OF_WHICH.finditer(sentence, at[0], max(at))), default=-1)
            parts = [entry for entry, place in zip(members, at, strict=True) if place > inside >= 0] or members
            opening = sentence[: at[members.index(parts[0])]]
            yield Group(tuple(parts), _lead(parts[0], opening, index), opening)


def by_sentence(entries: Sequence[Entry], index: Index) -> Iterator[list[Entry]]:
    """The facts of each sentence, which may be cut at semicolons; in the order of the report."""
    told: list[Entry] = []
    for entry in entries:
        if told and not _is_one_sentence(told[-1], entry, index):
            yield told
            told = []
        told.append(entry)
    if told:
        yield told


def _is_one_sentence(entry: Entry, later: Entry, index: Index) -> bool:
    """Whether two facts stand in the same sentence, or in parts of one."""
    if entry.sentence == later.sentence or not entry.sentence.endswith(_CUT):
        return entry.sentence == later.sentence
    between = [index.reader.texts[number].sentence for number in range(entry.number, later.number + 1)]
    return all(one == other or one.endswith(_CUT) for one, other in pairwise(between))


def _lead(first: Entry, before: str, index: Index) -> str:
    """What leads up to the first figure of a group: the title of its section, and what its sentence goes on from."""
    title, goes_on = index.reader.texts[first.number].section, ""
    if first.sentence.startswith(_GOES_ON):
        earlier = map(index.entry, range(first.number - 1, -1, -1))
        told = next((entry for entry in earlier if entry.sentence != first.sentence), first)
        goes_on = told.sentence if told.fact.section == first.fact.section else ""
    return f"{title}\n{goes_on}\n{LEAD_IN.match(before)[0]}"  # type: ignore[index]


def _told_alike(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The facts that are told alike, however they are called: 工伤保险参保人数, 参加失业保险职工人数."""
    alike: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[kind_of(entry)].append(entry)
    yield from (members for members in alike.values() if len(members) > 1)


def _called_alike(entries: Sequence[Entry], index: Index) -> Iterator[Group]:
    """The groups of facts whose labels differ in one stretch."""
    alike: defaultdict[tuple[object, ...], dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        kind = kind_of(entry)
        for hole in holes_of(entry, index):
            alike[*kind, *hole][entry.number] = entry
    yield from map(Group, dict.fromkeys(tuple(members.values()) for members in alike.values() if len(members) > 1))
