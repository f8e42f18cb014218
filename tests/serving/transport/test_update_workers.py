import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs
from telegram import Chat, InlineQuery, Message, Update, User

from bot.metrics import Metrics
from bot.serving.transport import update_workers
from bot.serving.transport.update_workers import UpdateWorkers

pytestmark = pytest.mark.asyncio


def update(chat_id: int, number: int = 1) -> Update:
    message = Message(number, None, Chat(chat_id, "private"))  # type: ignore[arg-type]
    return Update(number, message=message)


def query(user_id: int) -> Update:
    return Update(1, inline_query=InlineQuery("1", User(user_id, "Tester", is_bot=False), "?", ""))


class Handled:
    """What is handled, in its order; each waits until it may go, but for those of the chat or person 2."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.go = asyncio.Event()
        self.workers = UpdateWorkers(self._handle, Metrics())

    async def _handle(self, update: Update) -> None:
        place = update.effective_chat or update.effective_user
        if place and place.id != 2:
            await self.go.wait()
        self.order.append(update.update_id)

    def come(self, *updates: Update) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.workers.handle(one)) for one in updates]


async def test_a_chat_waits_for_itself_and_for_no_other() -> None:
    handled = Handled()
    mine = handled.come(update(1, 1), update(1, 2))
    await asyncio.gather(*handled.come(update(2, 3)))
    handled.go.set()
    await asyncio.gather(*mine)
    assert handled.order == [3, 1, 2]


@pytest.mark.parametrize("of", [update, query])
async def test_one_with_many_updates_leaves_the_turns_to_others(
    monkeypatch: pytest.MonkeyPatch, of: Callable[[int], Update]
) -> None:
    monkeypatch.setattr(update_workers, "_UPDATES_AT_ONCE", 2)
    handled = Handled()
    waiting = handled.come(*[of(1)] * 10)
    await asyncio.wait_for(handled.workers.handle(of(2)), 5)
    handled.go.set()
    await asyncio.gather(*waiting)


async def test_of_one_chat_or_person_a_few_wait_and_the_rest_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_workers, "MOST_OF_ONE", 3)
    handled = Handled()

    async def all_of(*coming: Awaitable[None]) -> None:
        await asyncio.sleep(0)
        handled.go.set()
        await asyncio.gather(*coming)
        handled.go.clear()

    with capture_logs() as logs:
        await all_of(*handled.come(*(update(1, number) for number in range(5)), update(3, 10), update(3, 11)))
        assert sorted(handled.order) == [0, 1, 2, 10, 11]
        await all_of(*handled.come(*(update(1, number) for number in range(20, 24))))
    assert sorted(handled.order) == [0, 1, 2, 10, 11, 20, 21, 22]
    assert [record["ids"] for record in logs] == [[1], [1]]
