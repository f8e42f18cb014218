"""A report file whose form is good: the values that answering reads, and where in the file they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.answering.knowledge import English, Fact, Lexicon, Report, Subject

if TYPE_CHECKING:
    from .document import Document
    from .schema import EnglishForm, FactForm, LexiconFile, ReportFile, ReportForm, SentenceForm
    from .yaml_reader import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report with its facts. `path` leads to the sentence in the document."""

    text: str
    facts: tuple[Fact, ...]
    path: Path

    def fact_path(self, index: int) -> Path:
        """Where in the document the fact at `index` of `facts` is."""
        return (*self.path, "facts", index)


@dataclass(frozen=True, slots=True)
class Source:
    """A report and its sentences in the order of the file; `left_out`: phrases whose numbers need no fact."""

    document: Document
    report: Report
    sentences: tuple[Sentence, ...]
    left_out: tuple[str, ...] = ()

    def facts(self) -> Iterator[tuple[Fact, Path]]:
        """Each fact and where it is in the document."""
        for sentence in self.sentences:
            for index, fact in enumerate(sentence.facts):
                yield fact, sentence.fact_path(index)


def source(document: Document, file: ReportFile) -> Source:
    """The values of a report file of good form."""
    report = _report(file.report)
    sentences = tuple(
        _sentence(report, section.title, form, ("sections", i, "sentences", j))
        for i, section in enumerate(file.sections)
        for j, form in enumerate(section.sentences)
    )
    return Source(document, report, sentences, tuple(file.left_out))


def _report(form: ReportForm) -> Report:
    subject = Subject(form.subject.label, form.subject.en, tuple(form.subject.aliases))
    return Report(form.id, form.title, form.publisher, form.year, subject, form.author)


def _sentence(report: Report, section: str, form: SentenceForm, path: Path) -> Sentence:
    return Sentence(form.text, tuple(_fact(report, section, form.text, fact) for fact in form.facts), path)


def _fact(report: Report, section: str, sentence: str, form: FactForm) -> Fact:
    return Fact(
        id=form.id,
        label=form.label,
        figure=form.figure,
        keywords=tuple(form.keywords),
        sentence=sentence,
        section=section,
        report=report,
        period=form.period,
        en=_english(form.en),
    )


def _english(form: EnglishForm) -> English:
    return English(form.label or "", form.figure or "", form.period or "", tuple(form.keywords))


def lexicon(form: LexiconFile) -> Lexicon:
    """The values of a lexicon of good form."""
    return Lexicon(
        synonyms=tuple(tuple(group) for group in form.synonyms),
        fillers=tuple(form.fillers),
        asks=_frozen(form.asks),
        units=_frozen(form.units),
        topics=tuple(form.topics),
        joins=tuple(form.joins),
        aspects=tuple(form.aspects),
        here=tuple(form.here),
        places=_frozen(form.places),
        wider=_frozen(form.wider),
        periods=_frozen(form.periods),
    )


def _frozen(words: dict[str, list[str]]) -> MappingProxyType[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(values) for key, values in words.items()})
