"""Reads who is still to get the announcements, a page ahead of those who send them."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Final

from bot.storage.announcements.broadcasting import ended, page, pending_of
from bot.storage.announcements.recording import unsent

from .lanes import Delivery

if TYPE_CHECKING:
    from bot.storage.announcements.broadcasting import Pending
    from bot.storage.transactions import Transactions

    from .agenda import Agenda, Entry
    from .lanes import Lanes
    from .ledger import Ledger, Trouble
    from .observer import Observer
    from .pacer import Clock

# A page lasts for a tenth of a second.
_PAGES_A_SECOND: Final = 10
_SMALLEST_PAGE: Final = 8
_LARGEST_PAGE: Final = 100
# Deliveries that wait for another attempt, and those behind them; with more, no other chats are tried meanwhile.
_MOST: Final = 10_000
# Seconds. Who was subscribed that long ago may not be any more.
_FRESH: Final = 0.3
_PAUSE: Final = 0.5
_FALLBACK: Final = "en"


class Feeder:
    """`run` fills the lanes, until it is cancelled."""

    def __init__(  # noqa: PLR0913, PLR0917 (the broadcaster's parts)
        self,
        transactions: Transactions,
        agenda: Agenda,
        lanes: Lanes,
        ledger: Ledger,
        rate: int,
        observer: Observer,
        trouble: Trouble,
        clock: Clock,
    ) -> None:
        self._transactions = transactions
        self._agenda = agenda
        self._lanes = lanes
        self._ledger = ledger
        self._observer = observer
        self._trouble = trouble
        self._clock = clock
        # One reader at a time: what is pending to one may be through before another has looked.
        self._reading = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._doubtful: list[Delivery] = []
        self._size = min(max(math.ceil(rate / _PAGES_A_SECOND), _SMALLEST_PAGE), _LARGEST_PAGE)

    async def run(self) -> None:
        while True:
            await self._lanes.running_low(self._size, _MOST)
            entry = await self._agenda.next()
            async with self._reading:
                try:
                    await self._read(entry)
                except Exception as error:  # noqa: BLE001 (whatever a driver raises)
                    self._trouble.lost(error)
                    await asyncio.sleep(_PAUSE)

    async def _read(self, entry: Entry) -> None:
        """Adds the next page of an announcement. Raises what drivers raise, before anything was added."""
        began = self._clock.now()
        # One that is read again may have some here already, and these may be through before the page is read.
        here = self._lanes.chats_of(entry.sending.id)
        chats = await self._transactions.read(page(entry.sending, entry.below, self._size))
        await self._add_earlier(entry, [chat.chat_id for chat in chats])
        for chat in chats:
            if chat.chat_id not in here:
                self._add(entry, chat, began)
        entry.read = len(chats) < self._size
        if chats:
            entry.below = chats[-1].chat_id

    async def _add_earlier(self, entry: Entry, chats: list[int]) -> None:
        """What these chats are to get before: a group that has just moved is not known here as what it is now."""
        earlier = self._agenda.before(entry)
        # Those that are here now are no longer pending once they are through, which may be at any moment.
        here = {
            (other.sending.id, chat) for other in earlier for chat in chats if self._lanes.has(other.sending.id, chat)
        }
        if not earlier or not chats:
            return
        began = self._clock.now()
        found = await self._transactions.read(pending_of([other.sending for other in earlier], chats))
        by_id = {other.sending.id: other for other in earlier}
        for announcement, chat in found:
            if (announcement, chat.chat_id) not in here:
                self._add(by_id[announcement], chat, began)

    async def ended(self, delivery: Delivery) -> str | None:
        """Why the subscription of its chat has ended meanwhile; None where the chat is to have it now."""
        fresh = self._clock.now() - _FRESH
        if delivery.checked >= fresh or delivery.job.action not in {"send", "resend"}:
            return delivery.ended
        self._doubtful.append(delivery)
        try:
            # Whoever asks, asks for all who wait: or each slot would keep a connection to the database busy.
            while delivery.checked < fresh:
                async with self._asking:
                    if delivery.checked < fresh:
                        await self._check()
        finally:
            self._doubtful.remove(delivery)
        return delivery.ended

    async def _check(self) -> None:
        """Finds out about all who wait to go, and about those that come next."""
        began = self._clock.now()
        old = [other for other in (*self._doubtful, *self._lanes.ready) if began - other.checked > _FRESH]
        try:
            found = await self._transactions.read(ended({other.job.chat_id for other in old}))
        except Exception as error:  # noqa: BLE001 (whatever a driver raises)
            self._trouble.lost(error)
            await asyncio.sleep(_PAUSE)
            return
        for other in old:
            other.checked, other.ended = began, found[other.job.chat_id]

    async def follow(self, delivery: Delivery, new_id: int) -> None:
        """A group has moved, and the delivery with it: adds it for the supergroup, unless that is read later anyway."""
        announcement = delivery.job.announcement
        async with self._reading:
            entry = self._agenda.get(announcement)
            if entry is None or not entry.has_passed(new_id) or self._lanes.has(announcement, new_id):
                return
            began = self._clock.now()
            try:
                found = await self._transactions.read(pending_of([entry.sending], [new_id]))
            except Exception as error:  # noqa: BLE001 (whatever a driver raises; it is found when all else is sent)
                self._trouble.lost(error)
                return
            for _, chat in found:
                self._add(entry, chat, began)

    def _add(self, entry: Entry, chat: Pending, began: float) -> None:
        if chat.ended is None:
            self._lanes.add(Delivery(entry.job(chat, _FALLBACK), chat.attempts, began))
        else:
            self.pass_over(entry.sending.id, chat.chat_id, chat.ended)

    def pass_over(self, announcement: int, chat_id: int, why: str) -> asyncio.Future[None]:
        """Has it noted that the chat does not get it; `why`: for which its subscription has ended."""
        result = unsent(announcement, chat_id, why)
        self._observer.attempted(result.state)
        return self._ledger.record(result)
