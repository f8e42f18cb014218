"""Reads a folder as it is at one moment, or as it would be with a document that somebody sends."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from .folder import LEXICON, Loaded, counts, load
from .model import Knowledge
from .problem import Problem
from .text_file import problem_of, shown


@dataclass(frozen=True, slots=True)
class Snapshot:
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


def refused(path: Path, message: str) -> Snapshot:
    """That of a folder which cannot be used, with the one reason for it."""
    return Snapshot(None, (problem_of(path, message),), 1)


def version_of(knowledge: Knowledge) -> str:
    """Hash of a knowledge, 8 characters: the same for the same reports, facts and lexicon."""
    # Its values are frozen dataclasses of text, numbers and tuples in the order of the files.
    return blake2b(repr(knowledge).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def fingerprint(folder: Path) -> str:
    """Hash of the names, sizes and times of the knowledge files; empty where the folder cannot be looked into."""
    try:
        states = sorted((path.name, _state(path)) for path in folder.iterdir() if counts(path))
    except OSError:
        return ""
    return blake2b(repr(states).encode(), digest_size=16).hexdigest()


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def read_folder(folder: Path) -> Snapshot:
    """The knowledge of a folder that nobody writes to meanwhile. Never raises for what is in the folder."""
    for _ in range(5):
        before = fingerprint(folder)
        loaded = load(folder)
        if fingerprint(folder) == before:
            return _snapshot(loaded, before)
    return refused(folder, "its files change while they are read: reload when they are saved")


def read_with(document: bytes, folder: Path) -> Snapshot:
    """The folder as it would be with a report file, whose problems are named after the file that it would be.

    The file is the one with the same report, or else a new one that is called as the report's id.
    """
    before = fingerprint(folder)
    with _temporary_folder("document.yaml", document) as place:
        alone = _renamed(load(place), f"{shown(place)}{os.sep}", "")
    if not alone.files:
        return _snapshot(alone, "")
    report = alone.files[0].report.id
    names = {file.report.id: Path(file.document.file).name for file in load(folder).files}
    name = names.get(report) or f"{report}.yaml"
    replaces = os.path.lexists(folder / name)
    if report not in names and (name == LEXICON or name in names.values()):
        message = f"a file of another kind is called {name} already: give the report another id, or rename that file"
        return refused(folder / name, message)
    others = folder.iterdir() if folder.is_dir() else ()
    with _temporary_folder(name, document, others) as candidate:
        loaded = _renamed(load(candidate), shown(candidate), shown(folder))
    if fingerprint(folder) != before:
        return refused(folder, "its files change while they are read: send the document again")
    return replace(_snapshot(loaded, before), name=name, replaces=replaces)


@contextmanager
def _temporary_folder(name: str, document: bytes, others: Iterable[Path] = ()) -> Iterator[Path]:
    """A folder with the document under its name, and links to the other files that count and are not called so."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for path in others:
            if counts(path) and path.name != name:
                (folder / path.name).symlink_to(path.absolute())
        (folder / name).write_bytes(document)
        yield folder


def _renamed(loaded: Loaded, old: str, new: str) -> Loaded:
    """With the problems, and the places that their messages name, in another folder."""
    renamed = tuple(
        replace(problem, file=problem.file.replace(old, new), message=problem.message.replace(old, new))
        for problem in loaded.problems
    )
    return loaded._replace(problems=renamed)


def _snapshot(loaded: Loaded, state: str) -> Snapshot:
    if loaded.knowledge is None:
        return Snapshot(None, loaded.errors, len(loaded.errors))
    return Snapshot(loaded.knowledge, loaded.problems, len(loaded.problems), version_of(loaded.knowledge), state)
