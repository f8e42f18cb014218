"""Drafts the report file of an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.exceptions import AnsweringError
from bot.answering.language.quantities import Quantity, quantities

from .details import Details, aliases_of, english_of
from .english import english_label
from .ids import Ids
from .keywords import keywords_of
from .labels import label_of
from .names import Name, names_of
from .periods import Periods
from .readings import Reader, Reading
from .sections import sections
from .yaml_writer import DraftFact, DraftSentence, report_file

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.answering.language.vocabulary import Vocabulary


class NothingToDraftError(AnsweringError):
    """A text has no figure that a question could ask for; the text is one line that says so."""


@dataclass(frozen=True)
class Doubt:
    """A fact that its editor should look at. `why`: a sentence in Chinese or English, as the article is."""

    fact_id: str
    label: str
    why: str


@dataclass(frozen=True)
class Draft:
    """A report file. `figures`: how many the article has; `facts`: how many the file has."""

    text: str
    figures: int
    facts: int
    doubts: tuple[Doubt, ...]


def draft(
    text: str,
    details: Details,
    vocabulary: Vocabulary,
    like: Sequence[Fact] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Draft:
    """The first version of the report file of an article; what `details` leaves open is marked to be filled in.

    `like`: the facts of an older report, whose ids and labels those that recur keep. `progress`: told how many
    sentences are done, and how many there are.
    Raises `NothingToDraftError` where there would be no fact.
    """
    title = details.title or ""
    found = sections(text, title)
    count = sum(len(paragraph) for section in found for paragraph in section.paragraphs)
    periods = Periods(text, title, details.year or 0, vocabulary)
    aliases = aliases_of(details.subject or "")
    reader = Reader(vocabulary, [details.subject or "", *aliases])
    readings: list[Reading] = []
    labels: list[str] = []
    where: list[DraftSentence] = []
    figures: list[str] = []
    drafted = []
    whens: list[str] = []
    names: list[tuple[DraftSentence, Name]] = []
    done = 0
    for section in found:
        reader.begin_section(section.title)
        sentences = []
        for paragraph in section.paragraphs:
            reader.begin_paragraph()
            for sentence in paragraph:
                made = DraftSentence(sentence)
                for reading in reader.read(sentence):
                    readings.append(reading)
                    labels.append(label_of(reading, labels))
                    where.append(made)
                    figures.append(sentence[reading.figure.start : reading.figure.end].strip())
                    whens.append(periods.written(sentence, reading.period))
                for name in names_of(sentence):
                    names.append((made, name))
                sentences.append(made)
                done += 1
                if progress:
                    progress(done, count)
        drafted.append((section.title, sentences))
    ids = Ids(details.id or "")
    doubts: list[Doubt] = []
    first: dict[str, int] = {}
    kept = []
    for at, label in enumerate(labels):
        if not label:
            continue
        if label in first and figures[at] == figures[first[label]]:
            continue
        while label in first:
            label = (
                f"{whens[at]}{label}" if whens[at] != whens[first[label]] and whens[at] not in label else label + "二"
            )
        labels[at] = label
        first[label] = at
        kept.append(at)
    keywords = keywords_of([readings[at] for at in kept], [labels[at] for at in kept])
    for at, others in zip(kept, keywords, strict=True):
        english = english_label(readings[at], vocabulary)
        where[at].facts.append(DraftFact(ids.of(labels[at]), labels[at], figures[at], whens[at], others, english))
    for sentence, name in names:
        label = name.label.replace(details.subject or "?", "")
        if len(label) > 1 and label not in first and name.figure not in {f.figure for f in sentence.facts}:
            first[label] = -1
            sentence.facts.append(DraftFact(ids.of(label), label, name.figure, periods.usual, (name.figure,)))
    if not kept:
        raise NothingToDraftError("the article tells no figure: there is nothing to ask for")
    head = {
        "id": details.id or "report",
        "title": title,
        "publisher": details.publisher or "?",
        "year": str(details.year or 2000),
    }
    subject = {"label": details.subject or "?", "en": english_of(details.subject or "") or details.subject or "?"}
    left_out = [phrase for _, sentences in drafted for one in sentences for phrase in _left_out(one)]
    text = report_file(head, subject, aliases, drafted, list(dict.fromkeys(left_out)))
    return Draft(text, len(readings), len(kept), tuple(doubts))


def _left_out(sentence: DraftSentence) -> list[str]:
    """Phrases of a sentence around the numbers that none of its facts has."""
    told = [
        number
        for fact in sentence.facts
        for text in (fact.figure, fact.label, fact.period, *fact.keywords)
        for number in quantities(text)
    ]
    text = "".join(sentence.text.split())
    phrases = []
    for number in quantities(text):
        if not any(_is_same(number, other) for other in told):
            start, end = max(0, number.start - 4), number.end + 4
            phrases.append(text[start:end])
    return phrases


def _is_same(number: Quantity, other: Quantity) -> bool:
    return number.value == other.value and (number.unit == other.unit or not number.unit or not other.unit)
