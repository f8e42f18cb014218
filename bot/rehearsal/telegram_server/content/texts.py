"""Texts as Telegram stores them: cleaned, trimmed, measured in UTF-16 code units, with entities."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from bot.rehearsal.telegram_server.errors import misuse

MAX_TEXT = 4096
MAX_ENTITIES = 100
_TRIMMED = " \n"

_BLANKED = dict.fromkeys((code for code in range(0x20) if code not in (0x0A, 0x0D)), " ")
_CLEANING: dict[int, str | None] = {**_BLANKED, ord("\r"): None, **dict.fromkeys(range(0x2028, 0x202F))}
_MARKED = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])|(?<!\w)@[A-Za-z0-9_]{3,32}\b")


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked stretch of a text; offset and length in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class FormattedText:
    text: str
    entities: tuple[Entity, ...] = ()

    def trimmed(self) -> Self:
        """Without the white space around it; entities shrink to what is left and vanish when nothing is."""
        text = self.text.strip(_TRIMMED)
        start = utf16_length(self.text) - utf16_length(self.text.lstrip(_TRIMMED))
        end = start + utf16_length(text)
        kept = []
        for entity in self.entities:
            first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
            if first < last:
                kept.append(replace(entity, offset=first - start, length=last - first))
        return replace(self, text=text, entities=in_order(kept))


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities by their position, enclosing ones before those within."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def cleaned(text: str) -> str:
    """Control characters become spaces; carriage returns, line separators and direction overrides disappear."""
    return text.translate(_CLEANING)


def checked_message(formatted: FormattedText, too_long: str) -> FormattedText:
    """The text as it is stored. Raises a misuse for one that is empty, too long, or too rich."""
    stored = formatted.trimmed()
    if not stored.text.strip():
        raise misuse("text must be non-empty")
    if utf16_length(stored.text) > MAX_TEXT:
        raise misuse(too_long)
    if len(stored.entities) > MAX_ENTITIES:
        raise misuse(f"Telegram drops all but {MAX_ENTITIES} of {len(stored.entities)} entities")
    return stored


def typed_by_person(text: str) -> FormattedText:
    """What arrives when a person types `text`: with the entities that Telegram finds by itself.

    Raises ValueError for a text that no client sends as one message.
    """
    stored = FormattedText(cleaned(text)).trimmed().text
    if not stored or utf16_length(stored) > MAX_TEXT:
        raise ValueError(f"a person cannot send a text of {utf16_length(stored)} UTF-16 units, only 1..{MAX_TEXT}")
    entities = (
        Entity(
            "bot_command" if match[0].startswith("/") else "mention",
            utf16_length(stored[: match.start()]),
            utf16_length(match[0]),
        )
        for match in _MARKED.finditer(stored)
    )
    return FormattedText(stored, tuple(entities))
