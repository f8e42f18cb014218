"""YAML made strict: only lists, keys with values, and scalars that stay the text that is written.

PyYAML alone reads `no` as False, `1:30` as 90 and lets the second of two equal keys win silently. Here the events of
the C parser are put together one by one, without recursion, so that neither deep nesting nor aliases can do harm.
"""

import json
import re
from typing import NoReturn

import yaml
from yaml import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from .problem import MOST_PROBLEMS, Problem, printable, quoted
from .text_file import position

# What other readers of YAML take for a text as well, and the words that they take for something else. Who reads need
# not wait until they are made.
_PLAIN = (
    r"(?=[^\u4e00-\u9fff]*[\u4e00-\u9fff]|[A-Za-z]|[\d.]+%\Z)[A-Za-z0-9\u4e00-\u9fff“《]"
    r"[^\x00-\x1f:#,\[\]{}\"'\\\u2028\u2029\ufeff]*(?<!\s)"
)
_WORDS = r"(?i)true|false|yes|no|on|off|null|y|n"
# A report nests 13 levels deep.
_DEEPEST = 30

Node = str | list["Node"] | dict[str, "Node"]


def scalar(text: str) -> str:
    """A text as a YAML scalar, quoted where it would be read as something else."""
    if re.fullmatch(_PLAIN, text) and not re.fullmatch(_WORDS, text):
        return text
    return json.dumps(text, ensure_ascii=False)


def read_tree(file: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The content of a YAML file, None where it could not be read, and what is wrong with it.

    `file` is the name that problems carry. Never raises.
    """
    if problem := _wide_indentation(file, text):
        return None, [problem]
    builder = _Builder(file)
    try:
        builder.read(text)
    except _StopReadingError:
        return None, builder.problems
    except yaml.YAMLError as error:
        return None, [*builder.problems, _in_plain_words(file, text, error)]
    if builder.root is None:
        builder.problems.append(Problem(file, 1, 1, "the file is empty: fill it or take it away"))
    return builder.root, builder.problems


class _StopReadingError(Exception):
    """What follows in the file would make no sense."""


class _Builder:
    """Puts the events together to `root`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.documents = 0

    def read(self, text: str) -> None:
        # Most of the time of reading a folder goes by here: all in one place, which takes half of what calls would.
        next_event = yaml.CSafeLoader(text).get_event
        top: list[Node] = []
        node: list[Node] | dict[str, Node] = top  # that is being filled
        key: str | None = None  # that waits for its value
        outer: list[list[Node] | dict[str, Node]] = []
        while event := next_event():
            value: Node
            if isinstance(event, ScalarEvent):
                value = event.value
            elif isinstance(event, CollectionStartEvent):
                value = {} if isinstance(event, yaml.MappingStartEvent) else []
            elif isinstance(event, CollectionEndEvent):
                node = outer.pop()
                continue
            else:
                self._refuse_other(event)
                continue
            if event.anchor is not None or event.tag is not None:
                self._refuse_extras(event)
            if isinstance(node, list):
                node.append(value)
            elif key is None:
                key = self._key(value, event, node)
            else:
                # Of two equal keys the first one's value is kept.
                node.setdefault(key, value)
                key = None
            if not isinstance(value, str):
                outer.append(node)
                node = value
                if len(outer) > _DEEPEST:
                    self._stop(
                        event, f"nested more than {_DEEPEST} levels deep: check the indentation and the brackets"
                    )
        self.root = top[0] if top else None

    def _key(self, key: Node, event: yaml.Event, node: dict[str, Node]) -> str:
        if not isinstance(key, str):
            self._stop(event, "a list or braces cannot be a key: put the text in quotes")
        if key == "<<" and isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            self._stop(event, "merge keys (<<) are not used in knowledge files: write the keys out")
        if key in node:
            self._note(event, f"the key {quoted(key)} is there twice: remove one")
        return key

    def _refuse_other(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop(event, f"aliases (*{event.anchor}) are not used in knowledge files: write the text out")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, "a second document starts here: remove the '---' or make it a file of its own")

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._note(event, f"anchors (&{event.anchor}) are not used in knowledge files: remove it")
        if event.tag is not None:
            self._note(event, "tags (!) are not used in knowledge files: put a text that starts with ! in quotes")

    def _note(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.file, *place_of(event), message))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopReadingError

    def _stop(self, event: yaml.Event, message: str) -> NoReturn:
        self._note(event, message)
        raise _StopReadingError


def place_of(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 1, where an event of the parser begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


# ---- the messages of the parser, for an editor who does not program

# Spaces that look like indentation and are text to the parser, before what an editor means as a key, an entry, a note
# or an empty line.
_WIDE_SPACES = {"\u3000": "a full-width space", "\u00a0": "a no-break space"}
_WIDE = r"[\u3000\u00a0][ \t\u3000\u00a0]*"
_INDENTED_WIDE = re.compile(rf"^(?:[ \t]*{_WIDE}(?:-\s|[^\s:]+:(?:\s|$))|{_WIDE}(?:#|$))", re.MULTILINE)
_UNCLOSED = "the '{}' here is not closed with '{}', or a ',' between two entries is missing"
_INDENTATION = "this does not line up with what it belongs to: check the indentation, and that nothing follows a quote"
_TAB = "a tab is used for indentation: use spaces"
_COLON = (
    "unexpected ':': the line before lacks its ':', or this line is indented too far, "
    "or a text that holds ': ' needs quotes"
)
_BACKSLASH = r"a '\' in double quotes means something special: write it twice, or use single quotes"

# What the parser says, and what to say instead.
_REWORDED = {
    "found a tab character": _TAB,
    "mapping values are not allowed": _COLON,
    "did not find expected key": _INDENTATION,
    "did not find expected '-' indicator": _INDENTATION,
    "did not find expected <document start>": _INDENTATION,
    "found unknown escape character": _BACKSLASH,
    "block sequence entries are not allowed": "'- ' cannot stand here: start the list on a new line",
    "exceeded maximum nesting depth": "nested far too deep: check the brackets",
    "did not find expected node content": "a value is missing here, or a bracket is too many",
}
# The same for what is best looked for where the construct begins.
_REWORDED_AT_START = {
    "found unexpected end of stream": "the quote that opens here is never closed",
    "found unexpected document indicator": "the quote that opens here is never closed",
    "did not find expected ',' or ']'": _UNCLOSED.format("[", "]"),
    "did not find expected ',' or '}'": _UNCLOSED.format("{", "}"),
    "could not find expected ':'": "there is no ': ' (colon and space) after the key that starts here",
    "did not find expected alphabetic or numeric": "a text cannot start with * or &: put it in quotes",
    "did not find expected whitespace or line break": "a text cannot start with !: put it in quotes",
}


def _wide_indentation(file: str, text: str) -> Problem | None:
    """The first line that is indented with other spaces than YAML's: the parser would put the blame on a later one."""
    # Nearly no file has any of them, and looking for one character takes less than looking for a pattern.
    found = _INDENTED_WIDE.search(text) if any(space in text for space in _WIDE_SPACES) else None
    if not found:
        return None
    at, space = next((at, space) for at, space in enumerate(found[0], found.start()) if space in _WIDE_SPACES)
    return Problem(file, *position(text, at), f"this line begins with {_WIDE_SPACES[space]}: use ordinary spaces")


def _in_plain_words(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """The problem that the parser met in `text`, at the place where the editor should look."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(file, 1, 1, f"this is not YAML: {_one_line(str(error))}")
    mark, says = error.problem_mark, error.problem or ""
    at_start = _reworded(says, _REWORDED_AT_START)
    message = at_start or _reworded(says, _REWORDED) or f"this is not YAML: {_one_line(says)}"
    if at_start and error.context_mark:
        mark = error.context_mark
    elif says == "found character that cannot start any token":
        # The parser counts line breaks that are none to an editor.
        line = "".join(text.split("\n", mark.line + 1)[mark.line : mark.line + 1])
        character = line[mark.column : mark.column + 1]
        message = _TAB if character == "\t" else f"a text cannot start with {printable(character)}: put it in quotes"
    return Problem(file, mark.line + 1, mark.column + 1, message)


def _reworded(says: str, messages: dict[str, str]) -> str | None:
    return next((message for part, message in messages.items() if part in says), None)


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
