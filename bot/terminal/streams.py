"""Text that comes from standard input and goes to a terminal, whatever bytes it is made of."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

# Marks that turn the direction of the text after them: with these a question could redraw the line it stands in.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """The text on one line, with U+FFFD for everything that a terminal would obey or that no encoding can write."""
    return text if text.isascii() and text.isprintable() else "".join(map(_printable, text))


def counted(count: int, noun: str) -> str:
    """So many of a thing, in English: 1 error, 2 errors."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def input_lines() -> Iterator[str]:
    """The lines of standard input as UTF-8, without their ends; bytes that are not UTF-8 become lone surrogates.

    Only a line feed ends a line: other line separators may stand in a question.
    """
    if sys.stdin is None:  # closed by whoever started us
        return
    for number, line in enumerate(sys.stdin.buffer):
        text = line if number else line.removeprefix(codecs.BOM_UTF8)
        yield text.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")


def show(text: str, *, error: bool = False) -> None:
    """Writes the text and a line end at once, to standard output or, for what went wrong, to standard error."""
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


def write_utf_8() -> None:
    """Standard output becomes UTF-8, as JSON is, whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def make_output_safe() -> None:
    """Writing never fails for what is written, nor because whoever started us closed a stream."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the same
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r" or category in ("Zl", "Zp"):
        return " "
    unsafe = category in ("Cc", "Cs") or character in _DIRECTIONS
    return "\N{REPLACEMENT CHARACTER}" if unsafe else character
