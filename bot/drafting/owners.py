"""Whose the figures are that do not say so themselves: those of whom the text spoke last."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from itertools import pairwise

from .facts import NEWLY, Told
from .reading.clauses import DOER
from .reading.plain import overlap, plain
from .reading.reading import Carried
from .reading.subjects import is_generic, is_measured

_SHORTEST, _LONGEST = 2, 8  # characters of how a name ends, and of a heading that is a name
_OF_ALL = re.compile("[我全](?:[国省市区县镇乡校院行]|集团|公司)")


def with_owners(all_told: Sequence[Told]) -> list[Told]:
    """Those that tell something, each with whose it is where its sentence leaves that to what was said before.

    Where several are called the same, that tells them apart: 城镇工资性收入, 农村工资性收入.
    """
    # Nothing says what a number alone tells.
    says = (one for one in all_told if not one.reading.figure.is_plain or one.reading.carried is Carried.HERE)
    found = [one for one in says if plain(one.label).strip()]
    _add_objects(found)
    owners = _Owners(found)
    groups: defaultdict[str, list[Told]] = defaultdict(list)
    for one in found:
        owners.read(one)
        bearer = owners.bearer(one)
        whose = ["".join(one.reading.topic), one.reading.whole, bearer, owners.last(one, owners.bearers)]
        if (newly := NEWLY.match(one.reading.whole)) and newly[0] not in one.label:
            one.label = f"{newly[0]}{one.label}"  # 新设企业9家，其中个体户5家
        if bearer:
            one.label, one.bare = bearer + one.label[overlap(bearer, one.label) :], one.label  # 茶厂业务 | 业务收入
        one.whose = [*dict.fromkeys(name for name in whose if name and name not in one.label)]
        groups[plain(one.label)].append(one)
    for group in groups.values():
        _tell_apart(group)
    return found


def _add_objects(all_told: Sequence[Told]) -> None:
    """Completes what is told of the things that the figure before counts: 受理案件9件，审结 | 8件."""
    known = {(one.reading.subject[0], one.reading.subject[-1]) for one in all_told if one.reading.subject[1:]}
    for before, one in pairwise(all_told):
        done, things = one.reading.subject, before.reading.subject[-1:]
        units = {each.reading.figure.numbers[-1].unit for each in (before, one)}
        if one.sentence is before.sentence and not done[1:] and len(units) == 1 and (*done, *things) in known:
            for other in all_told:
                if other.sentence is one.sentence and other.reading.subject == done and things[0] not in other.label:
                    other.label = other.label.replace(done[0], done[0] + things[0], 1)


def _tell_apart(group: Sequence[Told]) -> None:
    """Names those that are called the same by whose they are, as far as that tells them apart."""
    for at in range(max(len(one.whose) for one in group)):
        names = [one.whose[at] if at < len(one.whose) else "" for one in group]
        is_alone = names.count("") == 1 and len({one.figure for one in group}) == len(group) > 1
        if len({*names} - {""}) > 1 or is_alone:
            for one, name in zip(group, names, strict=True):
                one.label = name + one.label[overlap(name, one.label) :]
            return


class _Owners:
    """Of whom a text tells, figure after figure.

    `named`: those that it names right before a period; `bearers`: all of them. `said`: those that the paragraph of a
    figure has named before it, since it last spoke of all.
    """

    def __init__(self, all_told: Sequence[Told]) -> None:
        self.named = {name for one in all_told if (name := "".join(one.reading.lead.bearer))}
        headings = {one.heading for one in all_told if one.heading.isalpha() and len(one.heading) <= _LONGEST}
        self.bearers = self.named | headings | _of_whom_the_same(all_told)
        pieces = {plain(piece) for one in all_told for piece in one.reading.subject}
        longer = {piece for piece in pieces if any(name in piece for name in self.bearers)}  # 中小学 is no 小学
        names = sorted(self.bearers | longer, key=len, reverse=True)
        self._names = re.compile("|".join([_OF_ALL.pattern, *map(re.escape, names)]))
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

    def last(self, one: Told, names: Set[str]) -> str:
        """The last of some names that was said before a figure, "" where its label has one of them."""
        found = next((name for name in reversed(self.said) if name in names), "")
        label = plain(one.label) if found else ""
        return found if found and not any(name in label for name in names) else ""

    def bearer(self, one: Told) -> str:
        """Of which of the named a figure tells whose label does not say so, "" for none."""
        name, subject, topic = self.last(one, self.named), one.reading.subject, "".join(one.reading.topic)
        label = plain(one.label)
        if not (name and subject) or DOER.match(label) or (topic not in label and name not in topic):
            return ""
        is_open = is_generic(subject) or is_measured(subject[:1]) or one.reading.lead.leading
        is_near = name in plain(one.sentence.text)[: one.reading.figure.start]
        return name if is_near or is_open else ""


def _of_whom_the_same(all_told: Sequence[Told]) -> set[str]:
    """The names of those of whom a text tells the same: 小学 and 初中, of which it tells pupils and teachers."""
    told_of: defaultdict[str, set[str]] = defaultdict(set)
    by_rest: defaultdict[str, set[str]] = defaultdict(set)
    for one in all_told:
        subject = one.reading.subject
        for size in range(1, len(subject)):
            name = "".join(subject[:size])
            is_name = len(subject[size - 1]) >= _SHORTEST and not is_measured(subject[:size])
            if is_name and one.label.startswith(name) and not is_generic((name,)):
                told_of[name].add(one.label[len(name) :])
                by_rest[one.label[len(name) :]].add(name)
    shared = {name for names in by_rest.values() if len(names) > 1 for name in names}
    return {name for name in shared if len(told_of[name]) > 1}
