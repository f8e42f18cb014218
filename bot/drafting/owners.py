"""Whose the figures are that do not say so themselves: those of whom the text spoke last."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .facts import Told
from .reading.plain import plain
from .reading.reading import Carried
from .reading.subjects import is_generic, is_measured

_NEWLY = re.compile("新(?:[设增建签开办]|注册|登记)")
_SHORTEST, _LONGEST = 2, 8  # characters of how a name ends, and of a heading that is a name
_OF_ALL = re.compile("[我全](?:[国省市区县镇乡校院行]|集团|公司)")


def with_owners(all_told: Sequence[Told]) -> list[Told]:
    """Those that tell something; where several have the same, each with whose it is: 城镇工资性收入, 农村工资性收入."""
    found = [one for one in all_told if plain(one.label).strip() and not _is_number(one)]
    bearers = _bearers(found)
    pieces = {piece for one in found for piece in one.reading.subject}
    names = re.compile("|".join(map(re.escape, sorted(bearers | pieces, key=len, reverse=True))) or "$.")
    groups: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in found:
        topics = [name for name in ("".join(one.reading.topic), one.reading.whole) if name not in one.label]
        if not any(name in one.label for name in bearers):
            said = [match[0] for match in names.finditer(_OF_ALL.split(one.before)[-1])]
            topics += [name for name in said if name in bearers][-1:]
        one.whose = [*dict.fromkeys(filter(None, topics))]
        if (newly := _NEWLY.match(one.reading.whole)) and newly[0] not in one.label:
            one.label = f"{newly[0]}{one.label}"  # 新设企业9家，其中个体户5家
        groups[plain(one.label), one.period].append(one)
    for group in groups.values():
        _tell_apart(group)
    return found


def _is_number(one: Told) -> bool:
    """Whether a figure is but a number of which nothing says what it tells."""
    return one.reading.figure.is_plain and one.reading.carried is not Carried.HERE


def _tell_apart(group: Sequence[Told]) -> None:
    """Names those that are called the same by whose they are, as far as that tells them apart."""
    for at in range(max(len(one.whose) for one in group)):
        names = [one.whose[at] if at < len(one.whose) else "" for one in group]
        if len({*names} - {""}) > 1:
            for one, name in zip(group, names, strict=True):
                one.label = f"{name}{one.label}"
            return


def _bearers(all_told: Iterable[Told]) -> set[str]:
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
    headings = {one.heading for one in all_told if one.heading.isalpha() and len(one.heading) <= _LONGEST}
    return {name for name in shared if len(told_of[name]) > 1} | headings
