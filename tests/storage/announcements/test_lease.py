from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from databases import SqliteTrial, Trial

from bot.storage.announcements.lease import LEASE, Lease, claim, find, give_up, renew
from bot.storage.database import Database
from bot.storage.transactions import Transactions

pytestmark = pytest.mark.asyncio
START = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)


class Times:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


async def opened(trial: Trial) -> tuple[Database, Transactions]:
    database = Database(trial.url)
    await database.prepare()
    return database, Transactions(database, 5.0)


async def test_one_has_it_until_it_gives_it_up(database: Trial) -> None:
    times = Times()
    base, transactions = await opened(database)
    try:
        assert await transactions.read(find(times)) == (None, True)
        assert await transactions.write(claim("a", times, None)) == 1
        lease, free = await transactions.read(find(times))
        assert lease is not None
        assert (lease.owner, lease.fence, free) == ("a", 1, False)
        assert await transactions.write(claim("b", times, None)) is None
        assert await transactions.write(lambda connection: renew(connection, "a", 1, times())) is not None
        for owner, fence in (("a", 2), ("b", 1)):
            assert await transactions.write(lambda c, o=owner, f=fence: renew(c, o, f, times())) is None  # type: ignore[misc]
        await transactions.write(give_up("a", 2, times))
        assert await transactions.write(claim("b", times, None)) is None
        await transactions.write(give_up("a", 1, times))
        assert (await transactions.read(find(times)))[1]
        assert await transactions.write(claim("b", times, None)) == 2
        assert await transactions.write(claim("b", times, None)) == 3
    finally:
        await base.close()


async def test_a_lease_ends_where_it_is_not_renewed(short_folder: Any) -> None:
    times = Times()
    base, transactions = await opened(SqliteTrial(short_folder))
    try:
        await transactions.write(claim("a", times, None))
        times.now += LEASE - timedelta(milliseconds=1)
        assert await transactions.write(claim("b", times, None)) is None
        assert await transactions.write(lambda connection: renew(connection, "a", 1, times())) == times.now
        times.now += timedelta(milliseconds=1)
        assert await transactions.write(claim("b", times, None)) is None
        times.now += LEASE
        assert (await transactions.read(find(times)))[1]
        assert await transactions.write(claim("b", times, None)) == 2
        assert await transactions.write(lambda connection: renew(connection, "a", 1, times())) is None
    finally:
        await base.close()


async def test_one_that_is_known_to_be_dead_is_succeeded_whatever_the_clock_says(short_folder: Any) -> None:
    times = Times()
    base, transactions = await opened(SqliteTrial(short_folder))
    try:
        await transactions.write(claim("a", times, None))
        times.now -= timedelta(days=1)
        lease, free = await transactions.read(find(times))
        assert lease == Lease("a", START + LEASE, 1)
        assert not free
        renewed = Lease("a", START + 2 * LEASE, 1)
        assert await transactions.write(claim("b", times, renewed)) is None
        assert await transactions.write(claim("b", times, lease)) == 2
    finally:
        await base.close()
