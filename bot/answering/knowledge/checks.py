"""What must hold of the knowledge beyond the form of its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from .document import Document, Finding
from .figures import difference
from .problem import MOST_PROBLEMS, Severity, quoted
from .schema import all_folded

if TYPE_CHECKING:
    from .model import Fact
    from .source import Source
    from .yaml_reader import Path

_SENTENCE_ENDS = ("。", "；", "！", "？", ".", "!", "?")
_CLOSING = "”’」』）)"
_WIDE_COMMAS = "，、"


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    """Everything wrong with reports of good form, over all files and in each."""
    yield from _repeated_report_ids(sources)
    yield from _repeated_fact_ids(sources)
    for source in sources:
        yield from _sentences(source)
        yield from _run_together(source.document, source.report.subject.aliases, ("report", "subject", "aliases"))
        for fact, path in source.facts():
            yield from _figures(source.document, fact, path)
        yield from islice(_keywords(source), MOST_PROBLEMS + 1)
        yield from _confusable(source)


def _repeated_report_ids(sources: Iterable[Source]) -> Iterator[Finding]:
    first: dict[str, Document] = {}
    path = ("report", "id")
    for source in sources:
        known = first.setdefault(source.report.id, source.document)
        if known is not source.document:
            message = f"the report id {quoted(source.report.id)} is already used at"
            yield Finding(source.document, path, message, other=(known, path))


def _repeated_fact_ids(sources: Iterable[Source]) -> Iterator[Finding]:
    first: dict[str, tuple[Document, Path]] = {}
    for source in sources:
        for fact, path in source.facts():
            place = (source.document, (*path, "id"))
            known = first.setdefault(fact.id, place)
            if known is not place:
                yield Finding(*place, f"the fact id {quoted(fact.id)} is already used at", other=known)


def _sentences(source: Source) -> Iterator[Finding]:
    if not any(sentence.facts for sentence in source.sentences):
        yield Finding(source.document, ("sections",), "no fact in this report: give a sentence its facts", on_key=True)
    first: dict[str, Path] = {}
    for sentence in source.sentences:
        path = (*sentence.path, "text")
        known = first.setdefault(sentence.text, path)
        if known is not path:
            message = "the same sentence is already at"
            yield Finding(source.document, path, message, Severity.WARNING, other=(source.document, known))
        if not sentence.text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS):
            message = "the sentence does not end in 。；！ or ？: is it whole?"
            yield Finding(source.document, path, message, Severity.WARNING)


def _figures(document: Document, fact: Fact, path: Path) -> Iterator[Finding]:
    if fact.figure not in fact.sentence:
        message = f"the figure {quoted(fact.figure)} is not in its sentence: copy it from there"
        yield Finding(document, (*path, "figure"), message)
    if fact.en.figure and (message := difference(fact.figure, fact.en.figure)):
        yield Finding(document, (*path, "en", "figure"), message)


def _keywords(source: Source) -> Iterator[Finding]:
    document = source.document
    for fact, place in source.facts():
        for keywords, path in ((fact.keywords, place), (fact.en.keywords, (*place, "en"))):
            yield from _repeated(document, keywords, (*path, "keywords"))
            yield from _run_together(document, keywords, (*path, "keywords"))


def _repeated(document: Document, keywords: Sequence[str], path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, word in enumerate(all_folded(keywords)):
        if word in seen:
            message = f"the keyword {quoted(keywords[index])} is there twice: remove one"
            yield Finding(document, (*path, index), message, Severity.WARNING)
        seen.add(word)


def _run_together(document: Document, words: Sequence[str], path: Path) -> Iterator[Finding]:
    """Words with a comma between that YAML takes for a character like any other."""
    for index, word in enumerate(words):
        comma = next((mark for mark in _WIDE_COMMAS if mark in word), None)
        if comma:
            message = f"{quoted(word)} is a single entry: separate entries with ',', not with '{comma}'"
            yield Finding(document, (*path, index), message, Severity.WARNING)


def _confusable(source: Source) -> Iterator[Finding]:
    """Facts of one report that a question cannot tell apart, because their label and keywords are the same."""
    first: dict[frozenset[str], tuple[Fact, Path]] = {}
    for fact, path in source.facts():
        words = frozenset(all_folded((fact.label, *fact.keywords)))
        known, known_path = first.setdefault(words, (fact, path))
        if known is not fact:
            message = f"no keyword tells {quoted(fact.id)} from {quoted(known.id)} at"
            place = (source.document, (*known_path, "keywords"))
            yield Finding(source.document, (*path, "keywords"), message, other=place)
    yield from _swallowed(source, first)


def _swallowed(source: Source, facts: dict[frozenset[str], tuple[Fact, Path]]) -> Iterator[Finding]:
    """Facts that say nothing of their own: each of their words is also one of another fact's."""
    holders: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for words in facts:
        for word in words:
            holders[word].append(words)
    for words, (fact, path) in facts.items():
        # Only facts that share the rarest word can hold all of them.
        rarest = min((holders[word] for word in words), key=len)
        larger = next((others for others in rarest if words < others), None)
        if larger:
            other = facts[larger][0]
            message = f"every keyword of {quoted(fact.id)} is also one of {quoted(other.id)}: add one of its own"
            yield Finding(source.document, (*path, "keywords"), message, Severity.WARNING)
