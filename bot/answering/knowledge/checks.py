"""What must hold of the knowledge beyond the form of its files."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import TypeVar

from .document import Document, DocumentPath, Path, PendingProblem
from .figures import difference, with_shared_unit
from .model import Fact, Lexicon
from .problem import Severity, quoted
from .report_file import ReportFile

_SENTENCE_ENDS = tuple("。；！？：.;!?:")
_CLOSING = "”’」』）)"
_WIDE_COMMAS = "，、"

_Ids = Iterable[tuple[str, DocumentPath]]
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")


def check_reports(files: Sequence[ReportFile]) -> Iterator[PendingProblem]:
    """Everything wrong with reports of good form, over all files and in each."""
    reports: _Ids = ((file.report.id, (file.document, ("report", "id"))) for file in files)
    facts: _Ids = ((fact.id, (file.document, (*path, "id"))) for file in files for fact, path in file.facts())
    for kind, ids in (("report", reports), ("fact", facts)):
        for known, place, first in _repeated(ids):
            yield PendingProblem(*place, f"the {kind} id {quoted(known)} is already used at", other=first)
    told_apart = cache(difference)  # facts have figures in common
    for file in files:
        yield from _not_filled_in(file)
        yield from _sentences(file)
        yield from _run_together(file.document, file.report.subject.aliases, ("report", "subject", "aliases"))
        words = [word for fact, _ in file.facts() for word in (fact.label, *fact.keywords, *fact.en.keywords)]
        folded = dict(zip(words, _folded(words), strict=True))
        for fact, path in file.facts():
            yield from _figures(file.document, fact, path, told_apart)
            yield from _keywords(file.document, fact.keywords, (*path, "keywords"), folded)
            yield from _keywords(file.document, fact.en.keywords, (*path, "en", "keywords"), folded)
        yield from _confusable(file, folded)


def check_lexicon(document: Document, lexicon: Lexicon) -> Iterator[PendingProblem]:
    """Words that stand in two groups of synonyms, or twice in one list."""
    groups = [(("synonyms", index), group) for index, group in enumerate(lexicon.synonyms)]
    for lists in (groups, [(("fillers",), lexicon.fillers)]):
        words = [(word, (document, (*path, index))) for path, entries in lists for index, word in enumerate(entries)]
        folded = _folded(word for word, _ in words)
        keyed = ((same, (word, place)) for same, (word, place) in zip(folded, words, strict=True))
        for _, (word, place), (_, first) in _repeated(keyed):
            yield PendingProblem(*place, f"{quoted(word)} is already at", other=first)


def _repeated(keyed: Iterable[tuple[_Key, _Item]]) -> Iterator[tuple[_Key, _Item, _Item]]:
    """Each key that has been there before, with its item and the first one of that key."""
    first: dict[_Key, _Item] = {}
    for key, item in keyed:
        known = first.setdefault(key, item)
        if known is not item:
            yield key, item, known


def _folded(words: Iterable[str]) -> list[str]:
    """Words as they are compared: the width and the case of letters make no difference. Each is of one line."""
    # All at once takes a fraction of the time that one by one does.
    lines = unicodedata.normalize("NFKC", "\n".join(words)).casefold()
    return lines.split("\n") if lines else []


def _not_filled_in(file: ReportFile) -> Iterator[PendingProblem]:
    """What a draft has left open and people would read."""
    report = file.report
    wanted = (
        (report.title, ("title",), "the title of the report, as printed"),
        (report.publisher, ("publisher",), "who published the report"),
        (report.subject.label, ("subject", "label"), "whom or where the report is about"),
        (report.subject.en, ("subject", "en"), "how the subject is called in English"),
    )
    for value, path, what in wanted:
        if value.strip("?？ ") == "":
            message = f"{quoted('.'.join(path))} is not filled in: write {what}"
            yield PendingProblem(file.document, ("report", *path), message, Severity.WARNING)


def _sentences(file: ReportFile) -> Iterator[PendingProblem]:
    document = file.document
    if not any(sentence.facts for sentence in file.sentences):
        yield PendingProblem(document, ("sections",), "no fact in this report: give a sentence its facts", on_key=True)
    places = [(sentence.text, (document, (*sentence.path, "text"))) for sentence in file.sentences]
    for _, place, first in _repeated(places):
        yield PendingProblem(*place, "the same sentence is already at", Severity.WARNING, other=first)
    for text, place in places:
        is_row = " | " in text  # of a table
        if not (is_row or text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)):
            yield PendingProblem(*place, "the sentence does not end in 。；！ or ？: is it whole?", Severity.WARNING)


def _figures(
    document: Document, fact: Fact, path: Path, told_apart: Callable[[str, str], str]
) -> Iterator[PendingProblem]:
    if fact.figure not in fact.sentence:
        message = f"the figure {quoted(fact.figure)} is not in its sentence: copy it from there"
        yield PendingProblem(document, (*path, "figure"), message)
    english = fact.en.figure
    message = told_apart(fact.figure, english) if english else ""
    if message and told_apart(with_shared_unit(fact.figure, fact.sentence), english):
        message += ": write the same in en.figure, with its unit"
        yield PendingProblem(document, (*path, "en", "figure"), message)


def _keywords(
    document: Document, keywords: Sequence[str], path: Path, folded: Mapping[str, str]
) -> Iterator[PendingProblem]:
    same = [folded[word] for word in keywords]
    if len(set(same)) < len(same):
        for _, index, _ in _repeated(zip(same, count(), strict=False)):
            message = f"the keyword {quoted(keywords[index])} is there twice: remove one"
            yield PendingProblem(document, (*path, index), message, Severity.WARNING)
    yield from _run_together(document, keywords, path)


def _run_together(document: Document, words: Sequence[str], path: Path) -> Iterator[PendingProblem]:
    """Words with a comma between that YAML takes for a character like any other."""
    text = "".join(words)
    for index, word in enumerate(words) if any(map(text.__contains__, _WIDE_COMMAS)) else ():
        comma = next(filter(word.__contains__, _WIDE_COMMAS), None)
        if comma:
            message = f"{quoted(word)} is a single entry: separate entries with ',', not with '{comma}'"
            yield PendingProblem(document, (*path, index), message, Severity.WARNING)


def _confusable(file: ReportFile, folded: Mapping[str, str]) -> Iterator[PendingProblem]:
    """Facts of one report and period that a question cannot tell apart: their label and keywords are the same."""
    first: dict[frozenset[str], tuple[Fact, Path]] = {}
    for fact, path in file.facts():
        period = () if fact.period is None else (f"={fact.period}",)
        words = frozenset((*map(folded.__getitem__, (fact.label, *fact.keywords)), *period))
        known, known_path = first.setdefault(words, (fact, path))
        if known is not fact:
            message = f"no keyword tells {quoted(fact.id)} from {quoted(known.id)} at"
            other = (file.document, (*known_path, "keywords"))
            yield PendingProblem(file.document, (*path, "keywords"), message, other=other)
    yield from _swallowed(file.document, first)


def _swallowed(document: Document, facts: dict[frozenset[str], tuple[Fact, Path]]) -> Iterator[PendingProblem]:
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
            yield PendingProblem(document, (*path, "keywords"), message, Severity.WARNING)
