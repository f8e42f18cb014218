"""The announcements that are being sent, in the order of their release, and how far each has been read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.announcements.payload import Payload, PayloadError, payload_of

from .job import Job

if TYPE_CHECKING:
    from bot.storage.announcements.broadcasting import Pending, Sending

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Entry:
    """`below`: the last chat that was read. `read`: whether all were. `rounds`: looks in a row that found none here."""

    sending: Sending
    payload: Payload
    original: Payload | None
    below: int | None = None
    read: bool = False
    rounds: int = 0

    def has_passed(self, chat_id: int) -> bool:
        """Whether a chat with this id would not be read any more."""
        return self.read or (self.below is not None and chat_id >= self.below)

    def job(self, chat: Pending, fallback: str) -> Job:
        """`fallback`: the language of a chat that is not known any more."""
        sending = self.sending
        return Job(
            sending.id,
            sending.action,
            self.payload,
            self.original,
            chat.chat_id,
            chat.topic,
            chat.language or fallback,
            chat.messages,
            chat.at,
            sending.silent,
            sending.pin,
        )


class Agenda:
    """Filled by `refresh` and `add`, read by `next`."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._unreadable: set[int] = set()
        self._changed = asyncio.Event()

    def __contains__(self, announcement: int) -> bool:
        return announcement in self._entries

    def get(self, announcement: int) -> Entry | None:
        return self._entries.get(announcement)

    def before(self, entry: Entry) -> list[Entry]:
        """Those that were released before it."""
        entries = list(self._entries.values())
        return entries[: entries.index(entry)] if entry in entries else []

    def unknown(self, announcements: Iterable[int]) -> list[int]:
        """Those that `refresh` is to be given."""
        return [number for number in announcements if number not in self._entries and number not in self._unreadable]

    def refresh(self, left: Mapping[int, int], new: Iterable[Sending], here: Callable[[int], int]) -> list[int]:
        """Takes over what the database has: the announcements that are being sent, in order, and how many are left.

        `here`: how many deliveries of one this process has in its hands. Returns those that are over.
        """
        entries = self._entries.copy()
        for sending in new:
            try:
                entries[sending.id] = _entry(sending)
            except PayloadError as error:
                self._unreadable.add(sending.id)
                log.warning("an announcement waits that this version cannot read", id=sending.id, reason=str(error))
        over = [announcement for announcement in self._entries if announcement not in left]
        self._unreadable &= left.keys()
        self._entries = {announcement: entries[announcement] for announcement in left if announcement in entries}
        for entry in self._entries.values():
            self._read_again(entry, here(entry.sending.id))
        self._changed.set()
        return over

    async def next(self) -> Entry:
        """The first that has not been read to its end, once there is one."""
        while True:
            for entry in self._entries.values():
                if not entry.read:
                    return entry
            self._changed.clear()
            await self._changed.wait()

    def _read_again(self, entry: Entry, here: int) -> None:
        """Some are left that nobody here knows of: a group that moved meanwhile, for one.

        What is being written just now is known to nobody for a moment, hence the second look.
        """
        entry.rounds = entry.rounds + 1 if entry.read and not here else 0
        if entry.rounds > 1:
            entry.read, entry.below, entry.rounds = False, None, 0


def _entry(sending: Sending) -> Entry:
    """Raises PayloadError."""
    original = payload_of(sending.original) if sending.original is not None else None
    if sending.action == "withdraw" and original is not None:
        return Entry(sending, original, original)
    return Entry(sending, payload_of(sending.payload), original)
