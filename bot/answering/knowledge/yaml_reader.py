"""YAML made strict: only lists, keys with values, and scalars that stay the text that is written.

PyYAML alone reads `no` as False, `1:30` as 90 and lets the second of two equal keys win silently. Here the events of
the C parser are put together one by one, without recursion, so that neither deep nesting nor aliases can do harm.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import NoReturn

import yaml

from .problem import MOST_PROBLEMS, Problem, quoted
from .yaml_errors import in_plain_words, wide_indentation

# What other readers of YAML take for a text as well, and the words that they take for something else.
_PLAIN = re.compile(
    r"(?=[^\u4e00-\u9fff]*[\u4e00-\u9fff]|[A-Za-z]|[\d.]+%\Z)[A-Za-z0-9\u4e00-\u9fff“《][^\x00-\x1f:#,\[\]{}\"'\\\u2028\u2029\ufeff]*(?<!\s)"
)
_WORDS = re.compile(r"(?i)true|false|yes|no|on|off|null|y|n")
# A report nests 13 levels deep.
_DEEPEST = 30

Path = tuple[str | int, ...]
"""Where in a document: the keys and the list positions that lead there."""

Location = tuple[Path, bool]
"""A value of a document, or (True) the key that it stands under."""

Node = str | list["Node"] | dict[str, "Node"]


def scalar(text: str) -> str:
    """A text as a YAML scalar, quoted where it would be read as something else."""
    if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def read_tree(file: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The content of a YAML file, None where it could not be read, and what is wrong with it.

    `file` is the name that problems carry. Never raises.
    """
    if problem := wide_indentation(file, text):
        return None, [problem]
    builder = _Builder(file)
    try:
        builder.read(text)
    except _StopReadingError:
        return None, builder.problems
    except yaml.YAMLError as error:
        return None, [*builder.problems, in_plain_words(file, text, error)]
    if builder.root is None:
        builder.problems.append(Problem(file, 1, 1, "the file is empty: fill it or take it away"))
    return builder.root, builder.problems


def locate(text: str, wanted: Collection[Location]) -> dict[Location, tuple[int, int]]:
    """Line and column, from 1, of the wanted places of a document that `read_tree` has read.

    Reads the text again: a file without problems, which is the usual one, then needs no positions in memory.
    """
    found: dict[Location, tuple[int, int]] = {}
    for place, event in events(text):
        if place in wanted:
            found.setdefault(place, _position(event))
    return found


def events(text: str) -> Iterator[tuple[Location, yaml.NodeEvent]]:
    """Each value and key of a document that `read_tree` has read, with where it is, in the order of the text."""
    path: list[str | int] = []  # of the value that comes next
    awaits_key: list[bool] = []  # whether that is a key; an entry for each open mapping or list
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            path.pop()
            awaits_key.pop()
        elif isinstance(event, yaml.NodeEvent):
            is_key = bool(awaits_key and awaits_key[-1])
            if is_key and isinstance(event, yaml.ScalarEvent):
                path[-1] = event.value
            yield (tuple(path), is_key), event
            if isinstance(event, yaml.CollectionStartEvent):
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                path.append("" if is_mapping else 0)
                awaits_key.append(is_mapping)
                continue
        if path and isinstance(last := path[-1], int):
            path[-1] = last + 1
        elif path:
            awaits_key[-1] = not awaits_key[-1]


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
        next_event = yaml.CSafeLoader(text).get_event
        while event := next_event():
            if isinstance(event, yaml.ScalarEvent):
                self._put(event.value, event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.node = self.outer.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._stop(event, f"aliases (*{event.anchor}) are not used in knowledge files: write the text out")
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self._stop(event, "a second document starts here: remove the '---' or make it a file of its own")

    def _put(self, value: Node, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        # Most of the time of reading a folder goes by here.
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        node = self.node
        if isinstance(node, list):
            node.append(value)
        elif node is None:
            self.root = value
        elif self.key is None:
            self._take_key(value, event, node)
        else:
            # Of two equal keys the first one's value is kept.
            node.setdefault(self.key, value)
            self.key = None

    def _take_key(self, key: Node, event: yaml.Event, node: dict[str, Node]) -> None:
        if not isinstance(key, str):
            self._stop(event, "a list or braces cannot be a key: put the text in quotes")
        if key == "<<" and isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            self._stop(event, "merge keys (<<) are not used in knowledge files: write the keys out")
        if key in node:
            self._note(event, f"the key {quoted(key)} is there twice: remove one")
        self.key = key

    def _open(self, inner: list[Node] | dict[str, Node], event: yaml.CollectionStartEvent) -> None:
        outer = self.node
        self._put(inner, event)
        if len(self.outer) >= _DEEPEST:
            self._stop(event, f"nested more than {_DEEPEST} levels deep: check the indentation and the brackets")
        self.outer.append(outer)
        self.node = inner

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._note(event, f"anchors (&{event.anchor}) are not used in knowledge files: remove it")
        if event.tag is not None:
            self._note(event, "tags (!) are not used in knowledge files: put a text that starts with ! in quotes")

    def _note(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.file, *_position(event), message))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopReadingError

    def _stop(self, event: yaml.Event, message: str) -> NoReturn:
        self._note(event, message)
        raise _StopReadingError


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
