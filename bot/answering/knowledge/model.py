"""What the reports say: immutable values that the loader makes and that answering reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Subject:
    """Whom a report is about; its aliases say no more than "here" in a question."""

    label: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A published report; `year` is the one that 今年 means in it."""

    id: str
    title: str
    publisher: str
    year: int
    subject: Subject
    author: str | None = None


@dataclass(frozen=True)
class English:
    """A fact in English; an empty field means that the report's editor gave none."""

    label: str = ""
    figure: str = ""
    period: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One figure or name, and the verbatim sentence that it stands in."""

    id: str
    label: str
    figure: str
    keywords: tuple[str, ...]
    sentence: str
    section: str
    report: Report
    period: str | None = None
    en: English = English()


@dataclass(frozen=True)
class Lexicon:
    """How people talk: what belongs to the language and to no report. `knowledge/README.md` tells each field."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    fillers: tuple[str, ...] = ()
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    units: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    topics: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    relations: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    wider: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    periods: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Knowledge:
    """All reports of a folder and its lexicon, in the order of the files and of the lines in them."""

    reports: tuple[Report, ...]
    facts: tuple[Fact, ...]
    lexicon: Lexicon
