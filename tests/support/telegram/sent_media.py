"""Messages with media, of every kind that people send."""

from tests.support.telegram_server import Message, Person

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
FIELDS = {
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


async def send_media(person: Person, kind: str, caption: str = "", *, album: str | None = None, fields=None) -> Message:
    """Sends something of a kind to the bot. `album`: that it is one of. `fields`: others that the message has."""
    grouped = {"media_group_id": album} if album else {}
    return await person.send(caption, fields={kind: FIELDS[kind], **grouped, **(fields or {})})
