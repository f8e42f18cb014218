"""Order within each chat: an announcement waits there until the earlier ones are through, and no other chat does."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .job import Job
    from .pacer import Clock


@dataclass(slots=True, eq=False)
class Delivery:
    """A job on its way. `attempts`: made so far.

    `ended`: why the subscription of its chat had ended when that was looked up last, at `checked` by the clock.
    """

    job: Job
    attempts: int
    checked: float
    ended: str | None = None


class Lanes:
    """Deliveries that may go now, and those that wait for an earlier one of their chat or for another attempt."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ready: deque[Delivery] = deque()
        self._taken = asyncio.Event()
        self._added = asyncio.Event()
        # By chat: what waits behind the delivery that is ready, under way, or to be tried again.
        self._behind: dict[int, deque[Delivery]] = {}
        self._resting: dict[int, tuple[Delivery, asyncio.Task[None]]] = {}
        # By announcement: the chats that have a delivery of it here.
        self._here: dict[int, set[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._here.values()))

    @property
    def ready(self) -> Collection[Delivery]:
        """Those that may go now, in their order."""
        return self._ready

    def of(self, announcement: int) -> int:
        """How many of an announcement are here, those under way too."""
        return len(self._here.get(announcement, ()))

    def chats_of(self, announcement: int) -> frozenset[int]:
        """The chats that have a delivery of an announcement here, as of now."""
        return frozenset(self._here.get(announcement, ()))

    def has(self, announcement: int, chat_id: int) -> bool:
        return chat_id in self._here.get(announcement, ())

    def add(self, delivery: Delivery) -> None:
        """Adds it behind all that its chat has here."""
        job = delivery.job
        self._here.setdefault(job.announcement, set()).add(job.chat_id)
        if job.chat_id in self._behind:
            self._behind[job.chat_id].append(delivery)
        else:
            self._behind[job.chat_id] = deque()
            self._set_out(delivery)

    async def take(self) -> Delivery:
        """The next that may go, once there is one; it is under way until `done` or `again`."""
        while not self._ready:
            self._added.clear()
            await self._added.wait()
        self._taken.set()
        return self._ready.popleft()

    async def running_low(self, ready: int, most: int) -> None:
        """Returns when fewer than `ready` may go now, and fewer than `most` are here at all."""
        while len(self._ready) >= ready or len(self) >= most:
            self._taken.clear()
            await self._taken.wait()

    def done(self, delivery: Delivery) -> None:
        """It is through, and the next one of its chat may go."""
        job = delivery.job
        chats = self._here[job.announcement]
        chats.remove(job.chat_id)
        if not chats:
            del self._here[job.announcement]
        if behind := self._behind[job.chat_id]:
            self._set_out(behind.popleft())
        else:
            del self._behind[job.chat_id]
        self._taken.set()

    def again(self, delivery: Delivery, seconds: float) -> None:
        """It is to be tried again after so long."""
        task = asyncio.create_task(self._rest(delivery, seconds))
        self._resting[delivery.job.chat_id] = delivery, task

    def end(self, announcement: int) -> None:
        """What rests of an announcement rests no longer, so that whoever takes it can see that it is over."""
        for delivery, task in list(self._resting.values()):
            if delivery.job.announcement == announcement:
                task.cancel()
                self._rested(delivery)

    def close(self) -> None:
        for _, task in self._resting.values():
            task.cancel()

    async def _rest(self, delivery: Delivery, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._rested(delivery)

    def _rested(self, delivery: Delivery) -> None:
        del self._resting[delivery.job.chat_id]
        self._set_out(delivery)

    def _set_out(self, delivery: Delivery) -> None:
        self._ready.append(delivery)
        self._added.set()
