"""A report file whose form is good: the values that answering reads, and where in the file they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .model import Fact, Report

if TYPE_CHECKING:
    from .document import Document
    from .schema import ReportForm, SentenceForm
    from .yaml_reader import Path


class Sentence(NamedTuple):
    """A sentence of a report with its facts. `path` leads to the sentence in the document."""

    text: str
    facts: tuple[Fact, ...]
    path: Path

    def fact_path(self, index: int) -> Path:
        """Where in the document the fact at `index` of `facts` is."""
        return (*self.path, "facts", index)


class Source(NamedTuple):
    """A report and its sentences in the order of the file.

    `titles`: of the report and its sections. `left_out`: phrases whose numbers need no fact.
    """

    document: Document
    report: Report
    sentences: tuple[Sentence, ...]
    titles: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def facts(self) -> Iterator[tuple[Fact, Path]]:
        """Each fact and where it is in the document."""
        for sentence in self.sentences:
            for index, fact in enumerate(sentence.facts):
                yield fact, sentence.fact_path(index)


def source(document: Document, file: ReportForm) -> Source:
    """The values of a report file of good form."""
    report = file["report"]
    sentences = tuple(
        _sentence(report, section["title"], form, ("sections", i, "sentences", j))
        for i, section in enumerate(file["sections"])
        for j, form in enumerate(section["sentences"])
    )
    titles = (report.title, *(section["title"] for section in file["sections"]))
    return Source(document, report, sentences, titles, file.get("left_out", ()))


def _sentence(report: Report, section: str, form: SentenceForm, path: Path) -> Sentence:
    text = form["text"]
    facts = tuple(Fact(**fact, sentence=text, section=section, report=report) for fact in form.get("facts", ()))
    return Sentence(text, facts, path)
