"""What the reports say: immutable values that the loader makes and that answering reads."""

from dataclasses import dataclass


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
    """An organisation's own words, beside those that ship with the program: `knowledge/README.md` tells each field."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    fillers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """All reports of a folder and its lexicon, in the order of the files and of the lines in them."""

    reports: tuple[Report, ...]
    facts: tuple[Fact, ...]
    lexicon: Lexicon
