"""YAML made strict: only lists, keys with values, and scalars that stay the text that is written.

PyYAML alone reads `no` as False, `1:30` as 90 and lets the second of two equal keys win silently. Here the events of
the C parser are put together one by one, without recursion, so that neither deep nesting nor aliases can do harm.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import yaml

from bot.answering.problem import Problem, quoted

from .yaml_errors import in_plain_words

# A report nests 13 levels deep.
_DEEPEST = 30

Path = tuple[str | int, ...]
"""Where in a document: the keys and the list positions that lead there."""

Place = tuple[Path, bool]
"""A value of a document, or (True) the key that it stands under."""

Node = str | list["Node"] | dict[str, "Node"]


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of a YAML file, None where it could not be read, and what is wrong with its form."""

    content: Node | None
    problems: tuple[Problem, ...] = ()


def read_tree(file: str, text: str) -> Tree:
    """The document in `text`. `file` is the name that problems carry. Never raises."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
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
    builder = _Locator("", wanted=frozenset(wanted))
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        builder.take(event)
    return builder.found


class _StopReadingError(Exception):
    """What follows in the file would make no sense."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled; `key` waits for its value."""

    node: list[Node] | dict[str, Node]
    key: str | None = None
    is_repeated: bool = False
    path: Path = ()


@dataclass
class _Builder:
    file: str
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        else:
            self._other(event)

    def _other(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop(event, f"aliases (*{event.anchor}) are not used in knowledge files: write the text out")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, "a second document starts here: remove the '---' or make it a file of its own")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_extras(event)
        if self._awaits_key():
            self._take_key(event)
        else:
            self._add(event.value, event)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node, dict) and self.stack[-1].key is None

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        key, top = event.value, self.stack[-1]
        if key == "<<" and event.implicit[0]:
            self._stop(event, "merge keys (<<) are not used in knowledge files: write the keys out")
        top.is_repeated = key in top.node
        if top.is_repeated:
            self._note(event, f"the key {quoted(key)} is there twice: remove one")
        top.key = key

    def _open(self, node: list[Node] | dict[str, Node], event: yaml.CollectionStartEvent) -> None:
        self._refuse_extras(event)
        if self._awaits_key():
            self._stop(event, "a list or braces cannot be a key: put the text in quotes")
        if len(self.stack) >= _DEEPEST:
            self._stop(event, f"nested more than {_DEEPEST} levels deep: check the indentation and the brackets")
        self.stack.append(_Open(node, path=self._add(node, event)))

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._note(event, f"anchors (&{event.anchor}) are not used in knowledge files: remove it")
        if event.tag is not None:
            self._note(event, "tags (!) are not used in knowledge files: put a text that starts with ! in quotes")

    def _add(self, value: Node, event: yaml.Event) -> Path:
        """Puts a value where it belongs; what it returns is of use to `_Locator` only."""
        if not self.stack:
            self.root = value
            return ()
        top = self.stack[-1]
        if isinstance(top.node, list):
            top.node.append(value)
        elif top.key is not None:
            if not top.is_repeated:
                top.node[top.key] = value
            top.key = None
        return ()

    def _note(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.file, *_position(event), message))

    def _stop(self, event: yaml.Event, message: str) -> None:
        self._note(event, message)
        raise _StopReadingError


@dataclass
class _Locator(_Builder):
    wanted: frozenset[Place] = frozenset()
    found: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        super()._take_key(event)
        self._keep((*self.stack[-1].path, event.value), event, is_key=True)

    def _add(self, value: Node, event: yaml.Event) -> Path:
        path: Path = ()
        if self.stack:
            top = self.stack[-1]
            path = (*top.path, len(top.node) if isinstance(top.node, list) else top.key or "")
        self._keep(path, event, is_key=False)
        super()._add(value, event)
        return path

    def _keep(self, path: Path, event: yaml.Event, *, is_key: bool) -> None:
        # Of two equal keys the first is the one whose value is used.
        if (path, is_key) in self.wanted and (path, is_key) not in self.found:
            self.found[path, is_key] = _position(event)


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
