"""The messages of the YAML parser, for an editor who does not program."""

import re

import yaml

from .problem import Problem, printable
from .text_file import position

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


def wide_indentation(file: str, text: str) -> Problem | None:
    """The first line that is indented with other spaces than YAML's: the parser would put the blame on a later one."""
    # Nearly no file has any of them, and looking for one character takes less than looking for a pattern.
    found = _INDENTED_WIDE.search(text) if any(space in text for space in _WIDE_SPACES) else None
    if not found:
        return None
    at, space = next((at, space) for at, space in enumerate(found[0], found.start()) if space in _WIDE_SPACES)
    return Problem(file, *position(text, at), f"this line begins with {_WIDE_SPACES[space]}: use ordinary spaces")


def in_plain_words(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """The problem that the parser met in `text`, at the place where the editor should look."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(file, 1, 1, f"this is not YAML: {_one_line(str(error))}")
    mark, says = error.problem_mark, error.problem or ""
    at_start = _reworded(says, _REWORDED_AT_START)
    message = at_start or _reworded(says, _REWORDED) or f"this is not YAML: {_one_line(says)}"
    if at_start and error.context_mark:
        mark = error.context_mark
    elif says == "found character that cannot start any token":
        message = _bad_start(text, mark.line, mark.column)
    return Problem(file, mark.line + 1, mark.column + 1, message)


def _reworded(says: str, messages: dict[str, str]) -> str | None:
    return next((message for part, message in messages.items() if part in says), None)


def _bad_start(text: str, line: int, column: int) -> str:
    lines = text.split("\n", line + 1)
    # The parser counts line breaks that are none to an editor.
    character = lines[line][column : column + 1] if line < len(lines) else ""
    return _TAB if character == "\t" else f"a text cannot start with {printable(character)}: put it in quotes"


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
