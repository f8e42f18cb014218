"""What people send beside text: the fields of such messages."""

from __future__ import annotations

from typing import Any

# Those that can have a caption.
CAPTIONED = frozenset({"animation", "audio", "document", "photo", "video", "voice"})
_FILE = {"file_id": "FILE-0", "file_unique_id": "UNIQUE-0", "file_size": 1000}
_SCREEN = {"width": 640, "height": 480}
_SOUND = {"duration": 3}
_PLAYED = {**_FILE, **_SCREEN, **_SOUND}
_POLL = {
    "id": "1",
    "question": "Tea?",
    "options": [{"text": word, "voter_count": 0, "persistent_id": word} for word in ("Yes", "No")],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
FIELDS: dict[str, Any] = {
    "animation": _PLAYED,
    "audio": {**_FILE, **_SOUND},
    "contact": {"phone_number": "100", "first_name": "Tea"},
    "dice": {"emoji": "🎲", "value": 4},
    "document": {**_FILE, "file_name": "tea.pdf"},
    "location": {"longitude": 117.0, "latitude": 36.6},
    "photo": [{**_FILE, **_SCREEN}],
    "poll": _POLL,
    "sticker": {**_FILE, **_SCREEN, "type": "regular", "is_animated": False, "is_video": False},
    "video": _PLAYED,
    "video_note": {**_FILE, **_SOUND, "length": 240},
    "voice": {**_FILE, **_SOUND},
}
KINDS = tuple(FIELDS)


def has_caption(fields: dict[str, Any]) -> bool:
    """Whether a message with these fields can have a caption."""
    return bool(fields.keys() & CAPTIONED)


def has_text(fields: dict[str, Any]) -> bool:
    """Whether it is a text."""
    return not fields.keys() & FIELDS.keys()
