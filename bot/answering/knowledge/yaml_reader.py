"""YAML made strict: only lists, keys with values, and scalars that stay the text that is written.

PyYAML alone reads `no` as False, `1:30` as 90 and lets the second of two equal keys win silently. Here the events of
the C parser are put together one by one, without recursion, so that neither deep nesting nor aliases can do harm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

import yaml

from .problem import MOST_PROBLEMS, Problem, quoted
from .yaml_errors import in_plain_words, wide_indentation

# A report nests 13 levels deep.
_DEEPEST = 30

Path = tuple[str | int, ...]
"""Where in a document: the keys and the list positions that lead there."""

Place = tuple[Path, bool]
"""A value of a document, or (True) the key that it stands under."""

Node = str | list["Node"] | dict[str, "Node"]


class Tree(NamedTuple):
    """The content of a YAML file, None where it could not be read, and what is wrong with its form."""

    content: Node | None
    problems: tuple[Problem, ...] = ()


def read_tree(file: str, text: str) -> Tree:
    """The document in `text`. `file` is the name that problems carry. Never raises."""
    if problem := wide_indentation(file, text):
        return Tree(None, (problem,))
    builder = _Builder(file)
    try:
        builder.read(text)
    except _StopReadingError:
        return Tree(None, tuple(builder.problems))
    except yaml.YAMLError as error:
        builder.problems.append(in_plain_words(file, text, error))
        return Tree(None, tuple(builder.problems))
    if builder.root is None:
        builder.problems.append(Problem(file, 1, 1, "the file is empty: fill it or take it away"))
    return Tree(builder.root, tuple(builder.problems))


def locate(text: str, wanted: Collection[Place]) -> dict[Place, tuple[int, int]]:
    """Line and column, from 1, of the wanted places of a document that `read_tree` has read.

    Reads the text again: a file without problems, which is the usual one, then needs no positions in memory.
    """
    locator = _Locator(wanted)
    locator.read(text)
    return locator.found


class _StopReadingError(Exception):
    """What follows in the file would make no sense."""


class _Builder:
    """Puts the events together: `node` is the list or mapping that is being filled, `key` waits for its value."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.documents = 0
        self.node: list[Node] | dict[str, Node] | None = None
        self.key: str | None = None
        self.outer: list[list[Node] | dict[str, Node] | None] = []

    def read(self, text: str) -> None:
        scalar = self.scalar
        take: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.MappingStartEvent: lambda event: self.open({}, event),
            yaml.SequenceStartEvent: lambda event: self.open([], event),
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        next_event = yaml.CSafeLoader(text).get_event
        while event := next_event():
            if isinstance(event, yaml.ScalarEvent):
                scalar(event)
            elif handler := take.get(type(event)):
                handler(event)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        # Most of the time of reading a folder goes by here.
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        node = self.node
        if isinstance(node, list):
            node.append(event.value)
        elif node is None:
            self.root = event.value
        elif self.key is None:
            self._take_key(event, node)
        else:
            # Of two equal keys the first one's value is kept.
            node.setdefault(self.key, event.value)
            self.key = None

    def _take_key(self, event: yaml.ScalarEvent, node: dict[str, Node]) -> None:
        key = event.value
        if key == "<<" and event.implicit[0]:
            self._stop(event, "merge keys (<<) are not used in knowledge files: write the keys out")
        if key in node:
            self._note(event, f"the key {quoted(key)} is there twice: remove one")
        self.key = key

    def open(self, inner: list[Node] | dict[str, Node], event: yaml.CollectionStartEvent) -> None:
        self._refuse_extras(event)
        node = self.node
        if isinstance(node, list):
            node.append(inner)
        elif node is None:
            self.root = inner
        elif self.key is None:
            self._stop(event, "a list or braces cannot be a key: put the text in quotes")
        else:
            node.setdefault(self.key, inner)
            self.key = None
        if len(self.outer) >= _DEEPEST:
            self._stop(event, f"nested more than {_DEEPEST} levels deep: check the indentation and the brackets")
        self.outer.append(node)
        self.node = inner

    def close(self, _: yaml.CollectionEndEvent) -> None:
        self.node = self.outer.pop()

    def alias(self, event: yaml.AliasEvent) -> None:
        self._stop(event, f"aliases (*{event.anchor}) are not used in knowledge files: write the text out")

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "a second document starts here: remove the '---' or make it a file of its own")

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._note(event, f"anchors (&{event.anchor}) are not used in knowledge files: remove it")
        if event.tag is not None:
            self._note(event, "tags (!) are not used in knowledge files: put a text that starts with ! in quotes")

    def _note(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.file, *_position(event), message))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopReadingError

    def _stop(self, event: yaml.Event, message: str) -> None:
        self._note(event, message)
        raise _StopReadingError


class _Locator(_Builder):
    """Notes where the wanted places are; `path` leads to `node`."""

    def __init__(self, wanted: Collection[Place]) -> None:
        super().__init__("")
        self.wanted = frozenset(wanted)
        self.found: dict[Place, tuple[int, int]] = {}
        self.path: Path = ()

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if isinstance(self.node, dict) and self.key is None:
            self._keep((*self.path, event.value), event, is_key=True)
        else:
            self._keep(self._next(), event)
        super().scalar(event)

    def open(self, inner: list[Node] | dict[str, Node], event: yaml.CollectionStartEvent) -> None:
        path = self._next()
        self._keep(path, event)
        super().open(inner, event)
        self.path = path

    def close(self, event: yaml.CollectionEndEvent) -> None:
        super().close(event)
        self.path = self.path[:-1]

    def _next(self) -> Path:
        """The path of the value that comes next."""
        if self.node is None:
            return ()
        return (*self.path, len(self.node) if isinstance(self.node, list) else self.key or "")

    def _keep(self, path: Path, event: yaml.Event, *, is_key: bool = False) -> None:
        if (path, is_key) in self.wanted:
            self.found.setdefault((path, is_key), _position(event))


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
