"""What people send beside text, by the fields of such messages."""

from __future__ import annotations

from collections.abc import Iterable

CAPTIONED = frozenset({"animation", "audio", "document", "photo", "video", "voice"})
MEDIA = CAPTIONED | {"contact", "dice", "location", "poll", "sticker", "video_note"}


def has_caption(fields: Iterable[str]) -> bool:
    """Whether a message with these fields can have a caption."""
    return not CAPTIONED.isdisjoint(fields)


def has_text(fields: Iterable[str]) -> bool:
    """Whether it is a text."""
    return MEDIA.isdisjoint(fields)
