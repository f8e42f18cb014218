"""The keys of a report file and of a lexicon, and the values that are made of what stands under them."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from .document import Document, Path, PendingProblem
from .form import Form, FormProblems, Keys, TooManyProblemsError
from .model import English, Fact, Lexicon, Report, Subject
from .yaml_reader import Node

# Telegram's callback_data holds 64 bytes; the buttons carry an id and some more.
LONGEST_ID = 40
FIRST_YEAR, LAST_YEAR = 1900, 2100

FILE = Keys("report", "sections", "left_out?")
REPORT = Keys("id", "title", "publisher", "author?", "year", "subject")
SUBJECT = Keys("label", "en?", "aliases?")
SECTION = Keys("title", "sentences")
SENTENCE = Keys("text", "facts?")
FACT = Keys("id", "label", "figure", "period?", "keywords", "en?")
ENGLISH = Keys("label?", "figure?", "period?", "keywords?")
LEXICON = Keys("synonyms?", "fillers?")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Sentence(NamedTuple):
    """A sentence of a report with its facts. `path` leads to the sentence in the document."""

    text: str
    facts: tuple[Fact, ...]
    path: Path


class ReportFile(NamedTuple):
    """A report and its sentences in the order of the file.

    `titles`: of the report and its sections. `left_out`: phrases of the article whose numbers need no fact.
    """

    document: Document
    report: Report
    sentences: tuple[Sentence, ...]
    titles: tuple[str, ...]
    left_out: tuple[str, ...]

    def facts(self) -> Iterator[tuple[Fact, Path]]:
        """Each fact and where it is in the document."""
        for sentence in self.sentences:
            for index, fact in enumerate(sentence.facts):
                yield fact, (*sentence.path, "facts", index)


_Content = TypeVar("_Content", ReportFile, Lexicon)


def read_report(document: Document, content: Node) -> ReportFile | list[PendingProblem]:
    """The report in the content of a document, or what is wrong with its form."""
    return _read(document, content, FILE, lambda form: _report_file(document, form))


def read_lexicon(document: Document, content: Node) -> Lexicon | list[PendingProblem]:
    """The lexicon in the content of a document, or what is wrong with its form."""
    return _read(document, content, LEXICON, lambda form: Lexicon(form.groups("synonyms", 2), form.words("fillers")))


def _read(
    document: Document, content: Node, keys: Keys, make: Callable[[Form], _Content]
) -> _Content | list[PendingProblem]:
    problems = FormProblems(document)
    try:
        made = make(Form(problems, content, (), keys))
    except TooManyProblemsError:
        return problems.found
    return problems.found or made


def _report_file(document: Document, form: Form) -> ReportFile:
    report = _report(form.form("report", REPORT))
    titles = [report.title]
    sentences: list[Sentence] = []
    for section in form.forms("sections", SECTION, least=1):
        title = section.text("title")
        titles.append(title)
        for sentence in section.forms("sentences", SENTENCE, least=1):
            text = sentence.text("text")
            facts = tuple(_fact(fact, text, title, report) for fact in sentence.forms("facts", FACT))
            sentences.append(Sentence(text, facts, sentence.path))
    return ReportFile(document, report, tuple(sentences), tuple(titles), form.words("left_out"))


def _report(form: Form) -> Report:
    subject = form.form("subject", SUBJECT)
    label, english = subject.text("label"), subject.text("en")
    if not (english or label.isascii()):
        subject.miss("en")
    return Report(
        id=_id(form),
        title=form.text("title"),
        publisher=form.text("publisher"),
        year=_year(form),
        subject=Subject(label, english or label, subject.words("aliases")),
        author=form.text("author") or None,
    )


def _fact(form: Form, sentence: str, section: str, report: Report) -> Fact:
    english = form.form("en", ENGLISH)
    return Fact(
        id=_id(form),
        label=form.text("label"),
        figure=form.text("figure"),
        keywords=form.words("keywords", least=1),
        sentence=sentence,
        section=section,
        report=report,
        period=form.text("period") or None,
        en=English(english.text("label"), english.text("figure"), english.text("period"), english.words("keywords")),
    )


def _id(form: Form) -> str:
    text = form.text("id")
    if text and not (_ID.fullmatch(text) and len(text) <= LONGEST_ID):
        form.reject("id", f"must be small letters, digits and single hyphens (a-z, 0-9, -), {LONGEST_ID} at most")
    return text


def _year(form: Form) -> int:
    text = form.text("year")
    year = int(text) if re.fullmatch("[0-9]{4}", text) else 0
    if text and not FIRST_YEAR <= year <= LAST_YEAR:
        form.reject("year", f"must be four digits, from {FIRST_YEAR} to {LAST_YEAR}")
    return year
