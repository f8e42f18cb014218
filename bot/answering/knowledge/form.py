"""Checks what stands under the keys of a file, with messages for an editor who does not program."""

import unicodedata
from collections.abc import Iterator

from .document import Document, Path, PendingProblem
from .problem import MOST_PROBLEMS, quoted
from .yaml_reader import Node


class Keys:
    """The keys that may stand in one place, in the order of the guide; one with a `?` may be left out."""

    def __init__(self, *keys: str) -> None:
        self.allowed = {key.rstrip("?"): None for key in keys}.keys()
        self.required = {key: None for key in keys if not key.endswith("?")}.keys()


class FormProblems:
    """Collects what is wrong with the form of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[PendingProblem] = []

    def add(self, path: Path, message: str, *, on_key: bool = False) -> None:
        """Adds one; raises `TooManyProblemsError` beyond the most that are listed."""
        self.found.append(PendingProblem(self.document, path, message, on_key=on_key))
        if len(self.found) > MOST_PROBLEMS:
            raise TooManyProblemsError

    def add_wrong_type(self, path: Path, wanted: str, node: Node) -> None:
        """Adds that a value is not what is wanted there."""
        kind = "a text" if isinstance(node, str) else "a list" if isinstance(node, list) else "keys with values"
        what = "is empty: give it a value or remove it" if node == "" else f"must be {wanted}, not {kind}"
        self.add(path, f"{_name(path)} {what}")


class TooManyProblemsError(Exception):
    """A document has more problems than are listed, so that the rest of it is not looked at."""


class Form:
    """The keys with values at one place of a document.

    Each value is asked for by its key. One that is left out or wrong is returned empty; what is wrong is added to
    `problems`.
    """

    def __init__(self, problems: FormProblems, node: Node | None, path: Path, keys: Keys) -> None:
        self.path = path
        self._problems = problems
        self._values: dict[str, Node] = {}
        if node is None:
            return
        if not isinstance(node, dict):
            problems.add_wrong_type(path, "keys with values ('key: value')", node)
        elif len(node) > MOST_PROBLEMS:
            many = "has too many keys: see whether they are a list, or belong below one of them"
            problems.add(path, f"{_name(path)} {many}")
        else:
            self._values = node
            if not keys.required <= node.keys() <= keys.allowed:
                for key in keys.required:
                    self.miss(key)
                for key in [key for key in node if key not in keys.allowed]:
                    problems.add((*path, key), _unknown_key(key, node[key], tuple(keys.allowed)), on_key=True)

    def text(self, key: str) -> str:
        """A text of one line without the white space around it."""
        node = self._values.get(key)
        return "" if node is None else self._text(node, self.path, key)

    def words(self, key: str, least: int = 0) -> tuple[str, ...]:
        """A list of at least so many texts."""
        return self._words(self._values.get(key), (*self.path, key), least)

    def groups(self, key: str, least: int) -> tuple[tuple[str, ...], ...]:
        """A list of lists of at least so many texts each."""
        path = (*self.path, key)
        entries = self._entries(self._values.get(key), path, 0)
        return tuple(self._words(entry, (*path, index), least) for index, entry in enumerate(entries))

    def form(self, key: str, keys: Keys) -> "Form":
        """Keys with values of their own."""
        return Form(self._problems, self._values.get(key), (*self.path, key), keys)

    def forms(self, key: str, keys: Keys, least: int = 0) -> Iterator["Form"]:
        """A list of keys with values, with at least so many entries."""
        path = (*self.path, key)
        for index, entry in enumerate(self._entries(self._values.get(key), path, least)):
            yield Form(self._problems, entry, (*path, index), keys)

    def miss(self, key: str) -> None:
        """Adds that a key is missing, where it is not empty."""
        if key not in self._values:
            self._problems.add(self.path, f"the key {quoted(key)} is missing here")

    def reject(self, key: str, message: str) -> None:
        """Adds what is wrong with a value; the message goes on after the name of the key."""
        self._problems.add((*self.path, key), f"{quoted(key)} {message}")

    def _text(self, node: Node, path: Path, last: str | int) -> str:
        # Nearly all that a folder holds goes by here, so that the whole path is made for a problem alone.
        if not isinstance(node, str):
            self._problems.add_wrong_type((*path, last), "a text", node)
            return ""
        text = node.strip()
        if not text:
            self._problems.add_wrong_type((*path, last), "a text", text)
        elif not text.isprintable() and any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
            self._problems.add((*path, last), f"{_name((*path, last))} must be on one line, without control characters")
        return text

    def _words(self, node: Node | None, path: Path, least: int) -> tuple[str, ...]:
        return tuple(self._text(entry, path, index) for index, entry in enumerate(self._entries(node, path, least)))

    def _entries(self, node: Node | None, path: Path, least: int) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, list):
            self._problems.add_wrong_type(path, "a list (one entry a line after '- ', or [a, b])", node)
            return []
        if len(node) < least:
            self._problems.add(path, f"{_name(path)} needs at least {least} {'entry' if least == 1 else 'entries'}")
        return node


def _name(path: Path) -> str:
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, str):
        return quoted(last)
    return f"entry {last + 1} of {quoted(next(key for key in reversed(path) if isinstance(key, str)))}"


def _unknown_key(key: str, value: Node, allowed: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - knowledge without mistakes does not wait for it

    similar = process.extractOne(key.casefold(), allowed, scorer=fuzz.ratio, score_cutoff=70)
    if similar:
        hint = f"did you mean {quoted(similar[0])}?"
    elif value == "":
        # Inside {…} a comma ends a value, and what follows looks like the next key.
        hint = "if it belongs to a text with a comma, put that text in quotes"
    else:
        hint = f"allowed here: {', '.join(allowed)}"
    return f"unknown key {quoted(key)} ({hint})"
