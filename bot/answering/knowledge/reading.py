"""Reads a folder as it is at one moment, or as it would be with a document that somebody sends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from .folder import LEXICON, Loaded, load
from .model import Knowledge
from .problem import Problem, Severity
from .text_file import shown

_ATTEMPTS = 5
_SUFFIXES = (".yaml", ".yml")
_UNNAMED = "document.yaml"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds; `knowledge` is None where it has errors.

    `problems`: its errors, or its warnings where it has no error; `total`: how many there are.
    `version`: of the knowledge, or empty. `fingerprint`: of the folder.
    `name`: of the file that a document would be, and `replaces`: whether there is such a file.
    """

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]
    total: int
    version: str = ""
    fingerprint: str = ""
    name: str = ""
    replaces: bool = False


def version_of(knowledge: Knowledge) -> str:
    """8 characters that are the same for the same reports, facts and lexicon, and others for any other."""
    # Its values are frozen dataclasses of text, numbers, tuples and mappings in the order of the files.
    return blake2b(repr(knowledge).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def fingerprint(folder: Path) -> str:
    """The same as long as no knowledge file comes, goes or is written; empty where the folder cannot be looked into."""
    try:
        names = sorted(path for path in folder.iterdir() if _counts(path))
    except OSError:
        return ""
    return blake2b(repr([(path.name, _state(path)) for path in names]).encode(), digest_size=16).hexdigest()


def read_folder(folder: Path) -> Reading:
    """The knowledge of a folder that nobody writes to meanwhile. Never raises for what is in the folder."""
    for _ in range(_ATTEMPTS):
        before = fingerprint(folder)
        loaded = load(folder)
        if fingerprint(folder) == before:
            return _reading(loaded, before)
    message = "its files change while they are read: reload when they are saved"
    return _refused([Problem(shown(folder), 1, 1, message)])


def read_with(document: bytes, folder: Path) -> Reading:
    """The folder as it would be with a report file, whose problems are named after the file that it would be.

    The file is the one with the same report, or else a new one that is called as the report's id.
    """
    before = fingerprint(folder)
    alone = _alone(document)
    if isinstance(alone, Reading):
        return alone
    files = {source.report.id: Path(source.document.file).name for source in load(folder).sources}
    name = files.get(alone) or f"{alone}.yaml"
    there = os.path.lexists(folder / name)
    if alone not in files and (name == LEXICON or name in files.values()):
        message = f"a file of another kind is called {name} already: give the report another id, or rename that file"
        return _refused([Problem(shown(folder / name), 1, 1, message)])
    with _candidate(folder, name, document) as candidate:
        loaded = _renamed(load(candidate), shown(candidate), shown(folder))
    if fingerprint(folder) != before:
        return _refused([Problem(shown(folder), 1, 1, "its files change while they are read: send the document again")])
    return replace(_reading(loaded, before), name=name, replaces=there)


def _alone(document: bytes) -> str | Reading:
    """The id of the report in a document, or what is wrong with the document."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / _UNNAMED).write_bytes(document)
        loaded = _renamed(load(folder), f"{shown(folder)}{os.sep}", "")
    return loaded.sources[0].report.id if loaded.sources else _reading(loaded, "")


@contextmanager
def _candidate(folder: Path, name: str, document: bytes) -> Iterator[Path]:
    """A folder of links to the files of `folder`, with the document in place of the one called `name`."""
    with TemporaryDirectory() as place:
        candidate = Path(place)
        for path in folder.iterdir() if folder.is_dir() else ():
            if _counts(path) and path.name != name:
                (candidate / path.name).symlink_to(path.absolute())
        (candidate / name).write_bytes(document)
        yield candidate


def _renamed(loaded: Loaded, old: str, new: str) -> Loaded:
    """With the problems, and the places that their messages name, in another folder."""
    renamed = tuple(
        replace(problem, file=problem.file.replace(old, new), message=problem.message.replace(old, new))
        for problem in loaded.problems
    )
    return loaded._replace(problems=renamed)


def _reading(loaded: Loaded, state: str) -> Reading:
    if loaded.knowledge is None:
        return _refused([problem for problem in loaded.problems if problem.severity is Severity.ERROR])
    return Reading(loaded.knowledge, loaded.problems, len(loaded.problems), version_of(loaded.knowledge), state)


def _refused(problems: list[Problem]) -> Reading:
    return Reading(None, tuple(problems), len(problems))


def _counts(path: Path) -> bool:
    """Whether loading looks at the file."""
    return path.suffix in _SUFFIXES and not path.name.startswith(".")


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)
