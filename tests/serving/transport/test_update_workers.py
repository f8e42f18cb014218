import asyncio

import pytest
from structlog.testing import capture_logs
from telegram import Chat, InlineQuery, Message, Update, User

from bot.metrics import Metrics
from bot.serving.transport import update_workers
from bot.serving.transport.update_workers import UpdateWorkers

pytestmark = pytest.mark.asyncio


def update(chat_id: int) -> Update:
    message = Message(1, None, Chat(chat_id, "private"))  # type: ignore[arg-type]
    return Update(1, message=message)


async def test_a_chat_waits_for_itself_and_for_no_other() -> None:
    order: list[str] = []
    release = asyncio.Event()

    async def work(name: str, gate: asyncio.Event | None = None) -> None:
        if gate:
            await gate.wait()
        order.append(name)

    processor = UpdateWorkers(Metrics())
    first = asyncio.create_task(processor.process_update(update(1), work("first", release)))
    second = asyncio.create_task(processor.process_update(update(1), work("second")))
    await asyncio.create_task(processor.process_update(update(2), work("other")))
    release.set()
    await asyncio.gather(first, second)
    assert order == ["other", "first", "second"]


async def test_what_was_given_up_before_it_began_is_not_complained_about() -> None:
    processor = UpdateWorkers(Metrics())
    stuck = asyncio.create_task(processor.process_update(update(1), asyncio.Event().wait()))
    behind = asyncio.create_task(processor.process_update(update(1), asyncio.Event().wait()))
    await asyncio.create_task(processor.process_update(update(2), asyncio.sleep(0)))
    await processor.shutdown()
    assert [type(error) for error in await asyncio.gather(stuck, behind, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2


async def test_a_chat_with_many_updates_leaves_the_turns_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_workers, "_UPDATES_AT_ONCE", 2)
    processor = UpdateWorkers(Metrics())
    waiting = [asyncio.create_task(processor.process_update(update(1), asyncio.Event().wait())) for _ in range(10)]
    await asyncio.wait_for(processor.process_update(update(2), asyncio.sleep(0)), 5)
    await processor.shutdown()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_of_one_chat_or_person_a_few_wait_and_the_rest_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_workers, "MOST_OF_ONE", 3)
    processor, release = UpdateWorkers(Metrics()), asyncio.Event()
    handled: list[int] = []

    async def work(number: int) -> None:
        await release.wait()
        handled.append(number)

    def come(chat_id: int, numbers: range) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(processor.process_update(update(chat_id), work(number))) for number in numbers]

    with capture_logs() as logs:
        coming = [*come(1, range(5)), *come(2, range(10, 12))]
        await asyncio.sleep(0)
        assert processor.waiting == 5
        release.set()
        await asyncio.gather(*coming)
        assert sorted(handled) == [0, 1, 2, 10, 11]
        release.clear()
        coming = come(1, range(20, 24))
        await asyncio.sleep(0)
        release.set()
        await asyncio.gather(*coming)
    assert sorted(handled) == [0, 1, 2, 10, 11, 20, 21, 22]
    assert [record["ids"] for record in logs] == [[1], [1]]


async def test_people_who_type_inline_queries_do_not_wait_for_each_other() -> None:
    def query(user_id: int) -> Update:
        return Update(1, inline_query=InlineQuery("1", User(user_id, "Tester", is_bot=False), "?", ""))

    processor = UpdateWorkers(Metrics())
    stuck = asyncio.create_task(processor.process_update(query(1), asyncio.Event().wait()))
    await asyncio.wait_for(processor.process_update(query(2), asyncio.sleep(0)), 5)
    await processor.shutdown()
    await asyncio.gather(stuck, return_exceptions=True)
