"""A message of Telegram as paragraphs of marked letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from telegram_server.texts import utf16_length

from .wrapping import Letter

if TYPE_CHECKING:
    from telegram_server.texts import FormattedText


def paragraphs(message: FormattedText) -> list[list[Letter]]:
    """The lines of the message as it was sent, without their ends."""
    lines: list[list[Letter]] = [[]]
    for letter in _letters(message):
        if letter.character == "\n":
            lines.append([])
        else:
            lines[-1].append(letter)
    return lines


def _letters(message: FormattedText) -> Iterator[Letter]:
    at = 0
    for character in message.text:
        marks = (entity.type for entity in message.entities if entity.offset <= at < entity.offset + entity.length)
        yield Letter(character, frozenset(marks))
        at += utf16_length(character)
