"""Text as Telegram takes and counts it: plain, or in pieces with their tags, to be cut before it is marked up."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import Final

LIMIT: Final = 4096
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
# A lone surrogate arrives in JSON, and no request that repeats it can be encoded.
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_ELLIPSIS: Final = "…"


def safe(text: str) -> str:
    """Replaces control characters by spaces and lone surrogates by U+FFFD; the length stays."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def one_line(text: str) -> str:
    """`text` made safe, with every run of white space made one space, and none around it."""
    return " ".join(safe(text).split())


def units(text: str) -> int:
    """The length that Telegram's limits count: UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, limit: int) -> str:
    """`text`, or its beginning and an ellipsis where it is longer than `limit` UTF-16 units (at least 1)."""
    if units(text) <= limit:
        return text
    # Half of a surrogate pair at the end is incomplete input, which "ignore" drops.
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + _ELLIPSIS


# ---- marked up: half a tag is an error 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the tags around it, the outermost first."""

    text: str
    tags: tuple[str, ...] = ()


def to_html(pieces: Iterable[Piece], limit: int = LIMIT) -> str:
    """Telegram's HTML of all pieces, cut to `limit` UTF-16 units of text; neighbours share the tags in common."""
    html: list[str] = []
    opened: tuple[str, ...] = ()
    for piece in cut_pieces(pieces, limit):
        html += [_change(opened, piece.tags), escape(piece.text, quote=False)]
        opened = piece.tags
    html.append(_change(opened, ()))
    return "".join(html)


def cut_pieces(pieces: Iterable[Piece], room: int) -> Iterator[Piece]:
    """The pieces, or their beginning and an ellipsis where they are longer than `room` UTF-16 units."""
    for piece in pieces:
        text = cut(piece.text, room) if room else ""
        if text:
            yield Piece(text, piece.tags)
        if text != piece.text:
            return
        room -= units(text)


def _change(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    closing = "".join(f"</{tag}>" for tag in reversed(old[shared:]))
    return closing + "".join(f"<{tag}>" for tag in new[shared:])
