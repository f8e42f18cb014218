"""Text that carries its tags beside it, so that it is cut before it is marked up: half a tag is an error 400."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import Final

from .plain_text import cut, units

LIMIT: Final = 4096


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
