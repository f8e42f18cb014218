"""The table of contents: the sections of the reports, the facts in them, and the neighbours of a fact."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from bot.answering.knowledge.model import Fact, Knowledge, Report
from bot.answering.phrasing import is_plain
from bot.chat.buttons import key_of

PAGE = 8

T = TypeVar("T")


class ReportSection(NamedTuple):
    """A section of a report with its facts in the order of the report; it has at least one."""

    report: Report
    title: str
    facts: tuple[Fact, ...]

    @property
    def key(self) -> str:
        """16 characters that name the section in the data of a button."""
        return blake2b(f"{self.report.id}\n{self.title}".encode(), digest_size=8).hexdigest()

    @property
    def notable(self) -> Fact:
        """The fact that shows best what the section is about: the first with a plain figure."""
        return min(self.facts, key=lambda fact: not is_plain(fact))


class Contents:
    """What people leaf through; `pages` are the sections, up to PAGE a page, each page of one report."""

    def __init__(self, knowledge: Knowledge) -> None:
        facts: dict[tuple[str, str], list[Fact]] = {}
        for fact in knowledge.facts:
            facts.setdefault((fact.report.id, fact.section), []).append(fact)
        self._by_place = {
            (id_, title): ReportSection(found[0].report, title, tuple(found)) for (id_, title), found in facts.items()
        }
        self.sections = list(self._by_place.values())
        reports = groupby(self.sections, key=lambda section: section.report.id)
        self.pages = [page for _, sections in reports for page in paged(list(sections))]
        self._facts = {key_of(fact): fact for fact in knowledge.facts}

    @property
    def facts(self) -> list[Fact]:
        return list(self._facts.values())

    def fact(self, key: str) -> Fact | None:
        """The fact with this key, which is its id unless that is too long for a button."""
        return self._facts.get(key)

    def section_of(self, fact: Fact) -> ReportSection:
        return self._by_place[fact.report.id, fact.section]

    def neighbours(self, fact: Fact) -> list[Fact]:
        """The other facts of the same sentence."""
        return [other for other in self.section_of(fact).facts if other.sentence == fact.sentence and other != fact]

    def like(self, id_: str) -> list[Fact]:
        """Up to 3 facts whose ids are written much like `id_`, the likest first."""
        asked = id_[:64].casefold()
        found = process.extract(asked, self._facts.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=60.0)
        return [self._facts[key] for key, _, _ in found]


def paged(items: Sequence[T]) -> list[list[T]]:
    """`items`, up to PAGE a page."""
    return [list(items[start : start + PAGE]) for start in range(0, len(items), PAGE)]
