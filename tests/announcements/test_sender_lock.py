"""One process at a time has the lock, and a dead one is soon succeeded."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.announcements.queue import SenderLock, SenderLockLostError, sender_lock
from bot.storage.database import Database
from tests.support.storage.databases import Trial, fresh

pytestmark = pytest.mark.asyncio

Locks = Callable[[str], SenderLock]


@asynccontextmanager
async def opened(trial: Trial) -> AsyncIterator[tuple[Database, Locks]]:
    """The database, and what makes the lock of each process."""
    database = Database(trial.url)
    await database.prepare()
    try:
        yield database, lambda process: sender_lock(database, process, lambda: datetime.now(UTC))
    finally:
        await database.close()


async def renewed(database: Database, lock: SenderLock) -> datetime:
    return await database.write(lock.renew)


async def test_one_has_it_until_it_gives_it_up(database) -> None:
    async with opened(database) as (base, locks):
        one, other = locks("a:1"), locks("b:1")
        assert await one.acquire()
        assert not await other.acquire()
        before = await renewed(base, one)
        assert abs(datetime.now(UTC) - before).total_seconds() < 60
        assert await renewed(base, one) >= before
        await other.release()
        assert not await other.acquire()
        await one.release()
        assert await other.acquire()
        assert not await one.acquire()
        await other.release()


@pytest_asyncio.fixture
async def lease(postgresql, short_folder) -> AsyncIterator[tuple[Trial, Database, Locks]]:
    async with AsyncExitStack() as stack:
        trial = await stack.enter_async_context(fresh(short_folder, postgresql))
        yield trial, *await stack.enter_async_context(opened(trial))


async def test_a_lease_that_another_has_taken_is_lost(lease) -> None:
    trial, base, locks = lease
    one, other = locks("a:1"), locks("b:1")
    assert await one.acquire()
    trial.rows("UPDATE broadcaster SET until = until - interval '1 day'")
    assert await other.acquire()
    with pytest.raises(SenderLockLostError):
        await renewed(base, one)
    await one.release()
    await renewed(base, other)


async def test_a_process_takes_its_own_lease_again(lease) -> None:
    trial, base, locks = lease
    one, again = locks("a:1"), locks("a:1")
    assert await one.acquire()
    assert await again.acquire()
    with pytest.raises(SenderLockLostError):
        await renewed(base, one)
    assert trial.rows("SELECT owner, fence FROM broadcaster") == [("a:1", 2)]


async def test_a_lease_that_is_not_renewed_ends_whatever_the_clock_says(lease) -> None:
    trial, base, locks = lease
    one, other = locks("a:1"), locks("b:1")
    assert await one.acquire()
    # The clock was set back a little, which is soon over, and then by years.
    trial.rows("UPDATE broadcaster SET until = until + interval '3 seconds'")
    assert not await other.acquire()
    await renewed(base, one)
    trial.rows("UPDATE broadcaster SET until = until + interval '10 years'")
    assert await other.acquire()


async def test_after_an_outage_the_owner_comes_back_first(lease, monkeypatch) -> None:
    """It may have sent what it could not write down: whoever takes over at once sends that again."""
    trial, _, locks = lease
    now = 1_000.0
    monkeypatch.setattr("bot.announcements.queue.time.monotonic", lambda: now)
    one, other = locks("a:1"), locks("b:1")
    assert await one.acquire()
    assert not await other.acquire()
    now += 7.0  # in which the database answered nobody
    trial.rows("UPDATE broadcaster SET until = until - interval '1 day'")
    for _ in range(6):
        assert not await other.acquire()
        now += 1.9
    assert await other.acquire()
