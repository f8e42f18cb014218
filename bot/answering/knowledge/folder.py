"""Loading a knowledge folder: every file read, put into its form and checked."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bot.answering.exceptions import KnowledgeError

from .checks import check
from .document import Document, Finding, limited, located
from .form import repeated_words, validated
from .model import Knowledge, Lexicon
from .problem import MOST_PROBLEMS, Problem, Severity
from .schema import LEXICON_FILE, REPORT_FILE
from .source import Source, source
from .text_file import read_text, shown
from .yaml_reader import Node, read_tree

LEXICON = "lexicon.yaml"
_SUFFIXES = frozenset({".yaml", ".yml"})


class Loaded(NamedTuple):
    """What a folder holds: `knowledge` is None where one of the problems is an error.

    `sources`: the reports with their places in the files, for the comparison with an article; those whose form is not
    good are not among them. `reports`: how many there are in all.
    """

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...] = ()
    reports: int = 0


def read_knowledge(folder: Path) -> Knowledge:
    """The knowledge of a folder, warnings set aside. Raises `KnowledgeError` where it has errors."""
    loaded = load(folder)
    if loaded.knowledge is None:
        raise KnowledgeError(tuple(p for p in loaded.problems if p.severity is Severity.ERROR))
    return loaded.knowledge


def load(folder: Path) -> Loaded:
    """The knowledge of a folder and all its problems, in the order of the files and of the lines in them.

    Never raises for what is in the folder; `problems` name files as `folder` names the folder.
    """
    paths = _files(folder)
    if isinstance(paths, Problem):
        return Loaded(None, (paths,))
    with _collection_paused():
        reading = _Reading()
        for path in paths:
            reading.take(path)
        return reading.result(paths)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Nearly all that loading makes lives on; looking through it again and again would cost more than the loading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _files(folder: Path) -> list[Path] | Problem:
    """The files that count, in the order of their names; the hidden ones are editors' locks and backups."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith(".")]
    except FileNotFoundError:
        return Problem(shown(folder), 1, 1, "no such folder: name the one that holds the knowledge files")
    except NotADirectoryError:
        return Problem(shown(folder), 1, 1, "this is a file: name the folder that holds the knowledge files")
    except OSError as error:
        return Problem(shown(folder), 1, 1, f"the folder cannot be read: {error.strerror or type(error).__name__}")
    if all(path.name == LEXICON for path in paths):
        return Problem(shown(folder), 1, 1, "no report here: put a report file (such as report.yaml) into this folder")
    return sorted(paths, key=lambda path: path.name)


class _Reading:
    """The files of a folder, one after the other."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._findings: list[Finding] = []
        self._sources: list[Source] = []
        self._lexicon = Lexicon()

    def take(self, path: Path) -> None:
        if len(self._problems) + len(self._findings) >= MOST_PROBLEMS:
            return
        text = read_text(path)
        if isinstance(text, Problem):
            self._problems.append(text)
            return
        document = Document(shown(path), text)
        tree = read_tree(document.file, text)
        self._problems += tree.problems
        if tree.content is None:
            return
        if path.name == LEXICON:
            self._take_lexicon(document, tree.content)
        else:
            self._take_report(document, tree.content)

    def _take_lexicon(self, document: Document, content: Node) -> None:
        lexicon, findings = validated(document, content, LEXICON_FILE)
        self._findings += findings
        if lexicon:
            self._findings += limited(repeated_words(document, lexicon))
            self._lexicon = lexicon

    def _take_report(self, document: Document, content: Node) -> None:
        form, findings = validated(document, content, REPORT_FILE)
        self._findings += findings
        if form:
            self._sources.append(source(document, form))

    def result(self, paths: list[Path]) -> Loaded:
        """What came out of the files, all of which have been taken."""
        findings = limited(chain(self._findings, check(self._sources)))
        problems = _sorted([*self._problems, *located(findings)], [shown(path) for path in paths])
        knowledge = None
        if not any(problem.severity is Severity.ERROR for problem in problems):
            facts = tuple(fact for source in self._sources for fact, _ in source.facts())
            knowledge = Knowledge(tuple(source.report for source in self._sources), facts, self._lexicon)
        reports = sum(path.name != LEXICON for path in paths)
        return Loaded(knowledge, problems, tuple(self._sources), reports)


def _sorted(problems: Iterable[Problem], order: list[str]) -> tuple[Problem, ...]:
    rank = {file: index for index, file in enumerate(order)}
    return tuple(sorted(problems, key=lambda p: (rank[p.file], p.line, p.column, p.message)))
