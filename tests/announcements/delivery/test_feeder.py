"""What is read again while some of it is on its way already, step by step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from broadcast_stage import Counts
from clocks import JumpingClock

from bot.announcements.delivery.agenda import Agenda
from bot.announcements.delivery.feeder import Feeder
from bot.announcements.delivery.lanes import Lanes
from bot.announcements.payload import Text
from bot.storage.announcements.broadcasting import Pending, Sending

pytestmark = pytest.mark.asyncio

FIRST, SECOND = (Sending(id_, "send", Text("x").to_json(), None, (), silent=False, pin=False) for id_ in (1, 2))
LEFT = {1: 1, 2: 1}
CHAT = Pending(-100, None, 0, "en", ended=None, messages=(), at=None)


class Transactions:
    """One chat, to which both announcements are pending; `before_result`: what happens as that has been found."""

    def __init__(self) -> None:
        self.before_result: Callable[[], object] = bool

    async def read(self, query: Any) -> Any:
        result = [CHAT] if query == "page" else [(FIRST.id, CHAT)]
        self.before_result()
        await asyncio.sleep(0)
        return result


class Stage:
    """A feeder that a test has read page by page."""

    def __init__(self) -> None:
        self.lanes = Lanes(JumpingClock())
        self.agenda = Agenda()
        self.transactions = Transactions()
        parts: tuple[Any, ...] = (self.transactions, self.agenda, self.lanes, None, 25, Counts(), None, JumpingClock())
        self._feeder = Feeder(*parts)

    def look(self, *new: Sending) -> None:
        self.agenda.refresh(LEFT, new, self.lanes.of)

    async def read(self, announcement: int) -> None:
        entry = await self.agenda.next()
        assert entry.sending.id == announcement
        await self._feeder._read(entry)  # noqa: SLF001 (one step of `run`)

    async def through(self) -> list[int]:
        """Carries out all that is in the lanes; which announcements the chat has got."""
        got = []
        while self.lanes.ready:
            delivery = await self.lanes.take()
            got.append(delivery.job.announcement)
            self.lanes.done(delivery)
        return got


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr("bot.announcements.delivery.feeder.page", lambda *_: "page")
    monkeypatch.setattr("bot.announcements.delivery.feeder.pending_of", lambda *_: "pending")
    return Stage()


async def test_one_that_is_opened_again_while_a_later_one_is_read_is_added_once(stage: Stage) -> None:
    stage.look(FIRST, SECOND)
    first = stage.agenda.get(FIRST.id)
    assert first is not None
    first.read = True
    stage.look()
    # The second look, at which the first is opened again, comes while the page of the second is read.
    stage.transactions.before_result = lambda: first.read and stage.look()
    await stage.read(SECOND.id)
    assert not first.read
    await stage.read(FIRST.id)
    assert await stage.through() == [FIRST.id, SECOND.id]


async def test_one_that_goes_through_while_it_is_read_again_is_not_added_again(stage: Stage) -> None:
    stage.look(FIRST)
    await stage.read(FIRST.id)
    under_way = await stage.lanes.take()
    first = stage.agenda.get(FIRST.id)
    assert first is not None
    first.read, first.below = False, None
    stage.transactions.before_result = lambda: stage.lanes.done(under_way)
    await stage.read(FIRST.id)
    assert await stage.through() == []
