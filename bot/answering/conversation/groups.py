"""Groups: what a report tells side by side, such as the parts of one whole, and which of it a message asks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.answering.answer import PAGE
from bot.answering.language.ages import is_age_group
from bot.answering.matching.frames import frame, holes_of, is_number, named_by
from bot.answering.matching.observation import COUNTED
from bot.answering.matching.parts import parts_of
from bot.answering.matching.tuning import TUNING

from .words import AROUND, NAMED, covered_label, share

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token
    from bot.answering.matching.entries import Entry
    from bot.answering.matching.index import Index
    from bot.answering.matching.parts import Part

_OF_WHICH = "其中"
_GOES_ON = ("其中", "从", "按", "分", "of which", "of these", "among")
_LEAD_IN = re.compile("(?:.*[,:：，])?")  # what stands before the clause of a figure
_AGES = "年龄"
# How far a word is said by what leads up to a group, or stands in all sentences of it.
_LED, _TOLD = 0.6, 0.7
# What counts beside how far a group says the words of a message: that it is of the kind that is named, of as many
# things as are counted, told in one sentence, of many members, and of the usual time.
_KIND, _COUNT, _SENTENCE, _SIZE, _USUAL = 0.2, 0.1, 0.05, 0.03, 0.2
_SAME = 0.01
_MOST = 2000  # facts that are looked through for labels that differ in one part
_RATES = frozenset(["percent", "permille", "times"])
_ALIKE = frozenset(["level", "multiple"])


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are told alike side by side; `lead`: what leads up to them."""

    members: tuple[Entry, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message wants of a group: its words, the words that call the members by their kind, and how many of them.

    `count`: 0 where it is not said. `is_each`: it asks for each, whatever their kind. `is_some`: it is about some facts
    that it need not name. `is_sought`: which facts are wanted in the end; some member is one of these.
    """

    parts: Sequence[Part]
    kinds: Sequence[Token]
    count: int
    is_each: bool
    is_some: bool
    is_sought: Callable[[Entry], bool]


def grouped(wanted: Wanted, entries: Sequence[Entry], index: Index) -> list[Entry]:
    """The facts of the group that says all words of a message, and those of others that do as well; else none.

    `entries`: the facts that are told as is asked.
    """
    choice = _Choice(wanted, [entry for entry in entries if is_number(entry)], index)
    scored = sorted(choice.scored(), key=lambda one: -one[0])
    best = [found for score, found in scored if score >= scored[0][0] - _SAME]
    is_one = wanted.kinds or choice.apart
    chosen = {entry.number: entry for found in best[: 1 if is_one else None] for entry in found}
    return [chosen[number] for number in sorted(chosen)]


def beside(entry: Entry, index: Index) -> list[Entry]:
    """The facts that are told alike beside one, with it: in its sentence, or else by labels that differ in one part."""
    first, last = max(entry.number - PAGE, 0), min(entry.number + PAGE + 1, len(index))
    near = {*map(index.entry, range(first, last)), *named_by(entry.concepts, index)}
    alike = [one for one in near if is_number(one) and kind_of(one) == kind_of(entry)]
    alike.sort(key=attrgetter("number"))
    for groups in (told_together, _called_alike):
        having = [list(group.members) for group in groups(alike, index) if entry in group.members]
        if having:
            return max(having, key=len)
    return []


class _Choice:
    """The groups that some facts make, and how well each of them is what a message wants."""

    def __init__(self, wanted: Wanted, entries: Sequence[Entry], index: Index) -> None:
        # What else people may mean by a word is none of its parts: the first of three industries is not the GDP.
        own = [_in_its_own_sense(part) for part in wanted.parts]
        self.wanted, self.index = replace(wanted, parts=own), index
        self.said = frozenset(c for part in wanted.parts if len(part.senses) == 1 for c in part.senses[0])
        self._kinds = [next(iter(parts_of([kind], index)), None) for kind in wanted.kinds]
        # How far each fact says each word.
        self._shares = [{entry.number: share(part, entry, index) for entry in entries} for part in own]
        self._entries = [entry for entry in entries if not wanted.parts or any(of[entry.number] for of in self._shares)]
        # The pairs of words of which no fact says both, by their places: 小学 and 初中, but not 学校 and 学生.
        places = range(len(wanted.parts))
        self.apart = {(one, other) for one in places for other in places if one < other and self._is_apart(one, other)}

    def scored(self) -> Iterator[tuple[float, list[Entry]]]:
        """The facts that are wanted of each group, with how well they fit."""
        for group in (*told_together(self._entries, self.index), *_called_alike(self._entries[:_MOST], self.index)):
            if found := self._of(group):
                yield found

    def _is_apart(self, one: int, other: int) -> bool:
        parts, exclusive = (self.wanted.parts[one], self.wanted.parts[other]), self.index.vocabulary.exclusive
        first, second = ({concept for sense in part.senses for concept in sense} for part in parts)
        if any(exclusive.get(concept, frozenset()) & second for concept in first):
            return True
        named = named_by(first, self.index)
        told = [all(share(part, entry, self.index) >= NAMED for part in parts) for entry in named]
        return all(any(map(self._shares[at].__getitem__, self._shares[at])) for at in (one, other)) and not any(told)

    def _of(self, group: Group) -> tuple[float, list[Entry]] | None:
        members, said = list(group.members), 0.0
        some: dict[int, set[int]] = {}  # which members say a word that not all of them say
        for at, (part, shares) in enumerate(zip(self.wanted.parts, self._shares, strict=True)):
            # 工业 is a kind of 第二产业, but none of the three.
            is_apart = any(at in pair for pair in self.apart)
            best = max(shares[entry.number] for entry in members)
            least = max(NAMED, best if is_apart else 0.0)
            naming = {entry.number for entry in members if shares[entry.number] >= least}
            told = naming or all(shares[entry.number] >= AROUND for entry in members)
            is_led = part.token.text in group.lead
            if naming and len(naming) < len(members) and not is_led:
                some[at] = naming
            how_far = 1.0 if naming else _TOLD if told else _LED if is_led else 0.0
            if part.in_force and not how_far:
                return None
            said += part.weight * how_far
        members = [entry for entry in members if all(entry.number in of for of in self._joined(some))]
        if not some and self.said:
            members = self._without_whole(members)
        if len(members) < 2:
            return None
        members, kind = self._of_the_kind(members, group.lead)
        is_meant = self.wanted.kinds or self.wanted.is_each or self.wanted.is_some or self.apart
        if not is_meant or not any(map(self.wanted.is_sought, members)):
            return None
        if len(members) < 2 or kind is None or not (self.wanted.parts or kind or self.wanted.is_some):
            return None
        weight = sum(part.weight for part in self.wanted.parts) or 1.0
        score = said / weight if self.wanted.parts else 1.0
        score += _KIND * kind + _COUNT * (len(members) == self.wanted.count) + _SENTENCE * bool(group.lead and said)
        score += _SIZE * min(len(members), PAGE) + _USUAL * all(map(self.index.is_usual, members))
        return score, members

    def _joined(self, some: Mapping[int, set[int]]) -> list[set[int]]:
        """Which members say words, with those of words that are apart joined: 小学 or 中学, and who says 老师."""
        joined: list[tuple[set[int], set[int]]] = []
        for at, naming in some.items():
            beside = [one for one in joined if any((other, at) in self.apart for other in one[0])]
            joined = [one for one in joined if one not in beside]
            joined.append(({at}.union(*(one for one, _ in beside)), naming.union(*(one for _, one in beside))))
        return [naming for _, naming in joined]

    def _without_whole(self, members: Sequence[Entry]) -> list[Entry]:
        """Members without what the words of the message call in full: the whole, and none of its parts."""
        return [entry for entry in members if covered_label(entry, self.said) < TUNING.own]

    def _of_the_kind(self, members: list[Entry], lead: str) -> tuple[list[Entry], float | None]:
        """The members that are called by the kind, where most are; and how far they are of it, None for not at all."""
        best = 0.0
        for token, part in zip(self.wanted.kinds, self._kinds, strict=True):
            if token.text.startswith(_AGES):
                called = [entry for entry in members if any(map(is_age_group, entry.concepts))]
            else:
                called = [entry for entry in members if _calls(token, entry, self.index)]
            own = part and _in_its_own_sense(part)
            named = [e for e in members if e in called or (part and share(part, e, self.index) >= NAMED)]
            if not lead and (len(called) > 2 or len(called) * 2 > len(members)):
                members = [e for e in named if e in called or (own and share(own, e, self.index) >= NAMED)]
                best = 1.0
            elif named or token.text in lead:
                best = max(best, _LED + (1 - _LED) * len(named) / len(members))
            elif part and (part.in_force or any(share(part, e, self.index) >= NAMED for e in self._entries)):
                return members, None  # what others are called by is no kind of these: 季度 of 二季度出口
        return members, best


def _calls(kind: Token, entry: Entry, index: Index) -> bool:
    """Whether a label calls its thing by a kind: 产业 of 第一产业, but not of 工业."""
    words = [token.text for token in frame(entry, index)]
    return any(word.endswith(kind.text) and (at or word != kind.text) for at, word in enumerate(words))


def _in_its_own_sense(part: Part) -> Part:
    word = part.token.word
    return replace(part, senses=tuple(word.senses)) if word and len(word.senses) < 2 else part


def kind_of(entry: Entry) -> tuple[object, ...]:
    """How a figure is told, as others are that it may stand beside."""
    aspect = entry.aspect
    unit = "count" if aspect.unit in COUNTED - {"person"} else aspect.unit
    unit = "percent" if aspect.change and unit in _RATES else unit
    return entry.fact.report.id, unit, bool(aspect.change), aspect.forms - _ALIKE, entry.period


def told_together(entries: Sequence[Entry], index: Index) -> Iterator[Group]:
    """The groups that single sentences tell; what is broken down there is none of the parts."""
    for sentence, told in groupby(entries, key=attrgetter("sentence")):
        alike: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
        for entry in told:
            alike[kind_of(entry)].append(entry)
        for members in alike.values():
            if len(members) > 1:
                at = [sentence.find(index.reader.texts[entry.number].figure) for entry in members]
                inside = sentence.rfind(_OF_WHICH, at[0], max(at))
                parts = [entry for entry, place in zip(members, at, strict=True) if place > inside >= 0]
                if not parts or 1 == len(parts) < len(members) - 1:
                    parts = members
                first = sentence[: at[members.index(parts[0])]]
                yield Group(tuple(parts), _lead(parts[0], first, index))


def _lead(first: Entry, before: str, index: Index) -> str:
    """What leads up to the first figure of a group: the title of its section, and what its sentence goes on from."""
    title = index.reader.texts[first.number].section
    told = index.entry(first.number - 1) if first.number else first
    goes_on = told.fact.section == first.fact.section and first.sentence.startswith(_GOES_ON)
    return f"{title}\n{told.sentence if goes_on else ''}\n{_LEAD_IN.match(before)[0]}"  # type: ignore[index]


def _called_alike(entries: Sequence[Entry], index: Index) -> Iterator[Group]:
    """The groups of facts whose labels differ in one stretch."""
    alike: defaultdict[tuple[object, ...], dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        for before, behind, hole in holes_of(entry, index):
            if hole:
                alike[*kind_of(entry), before, behind][entry.number] = entry
    yield from map(Group, {tuple(members.values()) for members in alike.values() if len(members) > 1})
