"""Writes a report file as an editor would, with the doubts as comments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.answering.knowledge.report_file import FIRST_YEAR
from bot.answering.knowledge.yaml_reader import scalar

from .articles.details import Details, english_of, kind_of

UNKNOWN = "?"
_TO_FILL_IN = " # fill in"


@dataclass
class DraftFact:
    """A fact of a draft, with what its editor is to be told."""

    id: str
    label: str
    figure: str
    period: str
    keywords: tuple[str, ...]
    english: str = ""
    english_keywords: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass
class DraftSentence:
    """A sentence of a draft and its facts."""

    text: str
    facts: list[DraftFact] = field(default_factory=list)


Section: TypeAlias = "tuple[str, Sequence[DraftSentence]]"


def report_file(details: Details, aliases: Sequence[str], sections: Sequence[Section], left_out: Sequence[str]) -> str:
    """The text of a report file; what `details` leaves open is marked to be filled in."""
    rest = ["", "left_out:", *(f"  - {scalar(phrase)}" for phrase in left_out)] if left_out else []
    return "\n".join([*_head(details, aliases), "", *_sections(sections), *rest]) + "\n"


def _head(details: Details, aliases: Sequence[str]) -> Iterator[str]:
    subject = details.subject or UNKNOWN
    head = {"id": details.id or "report", "title": details.title or UNKNOWN, "publisher": details.publisher or UNKNOWN}
    yield "report:"
    yield from (f"  {key}: {scalar(value)}{_TO_FILL_IN if value == UNKNOWN else ''}" for key, value in head.items())
    yield f"  year: {details.year}" if details.year else f"  year: {FIRST_YEAR}{_TO_FILL_IN}"
    yield "  subject:"
    yield f"    label: {scalar(subject)}{_TO_FILL_IN if subject == UNKNOWN else ''}"
    yield f"    en: {scalar(english_of(subject) or subject)}"
    # A subject may be several: Ash与Elm.
    parts = [part for part in re.split("[与和、]", subject) if part != subject and len(part) > 1]
    if aliases := [*aliases, *parts, *filter(None, [kind_of(subject)])]:
        yield f"    aliases: [{', '.join(map(scalar, aliases))}]"


def _sections(sections: Sequence[Section]) -> Iterator[str]:
    yield "sections:"
    for title, sentences in sections:
        yield f"  - title: {scalar(title)}"
        yield "    sentences:"
        for sentence in sentences:
            yield f"      - text: {scalar(sentence.text)}"
            if sentence.facts:
                yield "        facts:"
            for fact in sentence.facts:
                yield from _fact(fact)


def _fact(fact: DraftFact) -> Iterator[str]:
    yield from (f"          # {doubt}" for doubt in fact.doubts)
    yield f"          - id: {fact.id}"
    yield f"            label: {scalar(fact.label)}"
    yield f"            figure: {scalar(fact.figure)}"
    if fact.period:
        yield f"            period: {scalar(fact.period)}"
    yield f"            keywords: [{', '.join(map(scalar, fact.keywords))}]"
    english = [f"label: {scalar(fact.english)}"] if fact.english else []
    english += [f"keywords: [{', '.join(map(scalar, fact.english_keywords))}]"] if fact.english_keywords else []
    if english:
        yield f"            en: {{{', '.join(english)}}}"
