"""Writes a report file as an editor would, with the doubts as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff“《][^\x00-\x1f:#,\[\]{}\"'\\\u2028\u2029\ufeff]*(?<!\s)")
# What YAML takes for something else than a text.
_WORDS = re.compile(r"(?i)true|false|yes|no|on|off|null|y|n")


@dataclass
class DraftFact:
    """A fact of a draft, with what its editor is to be told."""

    id: str
    label: str
    figure: str
    period: str
    keywords: tuple[str, ...]
    english: str = ""
    doubts: tuple[str, ...] = ()


@dataclass
class DraftSentence:
    """A sentence of a draft and its facts."""

    text: str
    facts: list[DraftFact] = field(default_factory=list)


def report_file(
    head: dict[str, str],
    subject: dict[str, str],
    aliases: Sequence[str],
    sections: Sequence[tuple[str, Sequence[DraftSentence]]],
    left_out: Sequence[str],
) -> str:
    """The text of a report file; in `head` and `subject`, what a value is empty for is marked to be filled in."""
    return "\n".join(_lines(head, subject, aliases, sections, left_out)) + "\n"


def _lines(
    head: dict[str, str],
    subject: dict[str, str],
    aliases: Sequence[str],
    sections: Sequence[tuple[str, Sequence[DraftSentence]]],
    left_out: Sequence[str],
) -> Iterator[str]:
    yield "report:"
    for key, value in head.items():
        yield f"  {key}: {scalar(value)}"
    yield "  subject:"
    for key, value in subject.items():
        yield f"    {key}: {scalar(value)}"
    if aliases:
        yield f"    aliases: [{', '.join(map(scalar, aliases))}]"
    yield ""
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
    if left_out:
        yield ""
        yield "left_out:"
        yield from (f"  - {scalar(phrase)}" for phrase in left_out)


def _fact(fact: DraftFact) -> Iterator[str]:
    yield from (f"          # {doubt}" for doubt in fact.doubts)
    yield f"          - id: {fact.id}"
    yield f"            label: {scalar(fact.label)}"
    yield f"            figure: {scalar(fact.figure)}"
    if fact.period:
        yield f"            period: {scalar(fact.period)}"
    yield f"            keywords: [{', '.join(map(scalar, fact.keywords))}]"
    if fact.english:
        yield f"            en: {{label: {scalar(fact.english)}}}"


def scalar(text: str) -> str:
    """A text as a YAML scalar, quoted where it would be read as something else."""
    if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
