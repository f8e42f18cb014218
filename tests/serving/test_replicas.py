"""Several processes on one database, which reload together; on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from clocks import FastClock
from databases import Trial
from remembering import remembering

from bot.chat.desk_replicas import Others
from bot.serving.replicas import Replicas, own_name
from bot.storage import Memory

pytestmark = pytest.mark.asyncio

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Process:
    """A process with a folder of its own: `folder` is the version in it, or why it cannot be read."""

    name: str
    memory: Memory
    folder: str = "new"
    version: str = "old"
    # Later than any request, unless a test says otherwise.
    read_at: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(hours=1))
    reloads: int = 0
    stuck: asyncio.Event | None = None
    replicas: Replicas = field(init=False)

    def __post_init__(self) -> None:
        self.replicas = Replicas(self.memory.roster, lambda: self, self.reload, FastClock(5), self.name)

    async def reload(self) -> str:
        self.reloads += 1
        if self.stuck is not None:
            await self.stuck.wait()
        if ":" in self.folder:
            return self.folder
        self.version = self.folder
        return ""

    async def reload_all(self) -> Others:
        number = await self.replicas.ask()
        self.replicas.reloaded(await self.reload())
        return await self.replicas.followed(number)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 (what is waited for happens in another process's rows)
            await asyncio.sleep(0.005)


async def rows(memory: Memory, count: int) -> list[str]:
    async with asyncio.timeout(10):
        while True:
            await memory.written()
            names = [replica.name for replica in await memory.roster.all() or []]
            if len(names) == count:
                return names
            await asyncio.sleep(0.005)


async def until_told(memory: Memory) -> None:
    """Until all are alive."""
    async with asyncio.timeout(10):
        while not all(replica.alive for replica in await memory.roster.all() or []):  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.005)


@asynccontextmanager
async def running(database: Trial, *names: str, **settings: object) -> AsyncIterator[list[Process]]:
    """Processes that know each other."""
    async with AsyncExitStack() as stack:
        processes = []
        for name in names:
            memory = await stack.enter_async_context(remembering(database, lambda: datetime.now(UTC)))  # type: ignore[arg-type]
            processes.append(Process(name, memory, **settings))  # type: ignore[arg-type]
        tasks = [asyncio.create_task(process.replicas.run()) for process in processes]
        try:
            await rows(processes[0].memory, len(names))
            yield processes
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for process in processes:
                await process.memory.written()


def names(others: Others) -> tuple[list[str], list[str], list[str]]:
    parts = (others.took, others.failed, others.differ)
    took, failed, differ = ([replica.name for replica in part] for part in parts)
    return took, failed, differ


async def test_one_asks_and_all_reload(database: Trial) -> None:
    async with running(database, "a", "b", "c") as (a, b, c):
        assert names(await a.reload_all()) == (["b", "c"], [], [])
        assert (a.version, b.version, c.version) == ("new", "new", "new")
        a.folder = b.folder = c.folder = "newer"
        assert names(await b.reload_all()) == (["a", "c"], [], [])
        assert (a.version, b.version, c.version) == ("newer", "newer", "newer")
        assert (a.reloads, b.reloads, c.reloads) == (2, 2, 2)


async def test_who_fails_and_who_has_another_version_is_named(database: Trial) -> None:
    async with running(database, "a", "b", "c", "d") as (a, b, c, _):
        b.folder = "hewan.yaml:2:1: is not YAML"
        c.folder = "other"
        others = await a.reload_all()
        assert names(others) == (["d"], ["b"], ["c"])
        assert others.failed[0].problem == "hewan.yaml:2:1: is not YAML"
        assert others.failed[0].version == "old"
        assert others.differ[0].version == "other"
        b.folder = "new"
        assert names(await a.reload_all()) == (["b", "d"], [], ["c"])


async def test_one_that_takes_too_long_is_named_with_the_version_that_it_has(database: Trial) -> None:
    async with running(database, "a", "b") as (a, b):
        b.stuck = asyncio.Event()
        others = await a.reload_all()
        assert names(others) == ([], [], ["b"])
        assert others.differ[0].version == "old"
        b.stuck.set()
        await until(lambda: b.version == "new")


async def test_two_that_ask_at_once_reload_for_each_other(database: Trial) -> None:
    async with running(database, "a", "b") as (a, b):
        of_a, of_b = await asyncio.gather(a.reload_all(), b.reload_all())
        assert (names(of_a)[0], names(of_b)[0]) == (["b"], ["a"])
        assert a.reloads >= 1
        assert b.reloads >= 1


async def test_one_that_is_gone_is_not_waited_for(database: Trial) -> None:
    async with running(database, "a") as (a,):
        a.memory.roster.seen("crashed", "old", LONG_AGO, 0, "")
        await a.memory.written()
        database.rows("UPDATE replicas SET seen = '2020-01-01 00:00:00' WHERE name = 'crashed' RETURNING name")
        assert await a.reload_all() == Others()


async def test_alone_there_is_nothing_to_tell(database: Trial) -> None:
    async with running(database, "a") as (a,):
        assert await a.reload_all() == Others()
        assert a.reloads == 1


async def test_one_that_ends_leaves(database: Trial) -> None:
    async with running(database, "a") as (a,):
        async with running(database, "b"):
            assert await rows(a.memory, 2) == ["a", "b"]
        assert await rows(a.memory, 1) == ["a"]


async def test_one_that_starts_says_which_version_its_folder_held(database: Trial) -> None:
    async with running(database, "a") as (a,):
        await a.reload_all()
        async with running(database, "b", version="what b holds") as (b,):
            await rows(a.memory, 2)
            versions = {replica.name: replica.version for replica in await a.memory.roster.all() or []}
            assert versions == {"a": "new", "b": "what b holds"}
            assert b.reloads == 0


async def test_a_request_between_the_reading_and_the_start_is_followed(database: Trial) -> None:
    async with running(database, "a") as (a,):
        await a.reload_all()
        async with running(database, "b", read_at=LONG_AGO) as (b,):
            await until(lambda: b.version == "new")


async def test_the_database_goes_and_comes_back(database: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.roster._WRITING", 0.05)
    async with running(database, "a", "b") as (a, b):
        async with database.away():
            assert await a.reload_all() == Others(known=False)
            assert a.version == "new"
        await a.memory.written()
        await until(lambda: b.version == "new")


async def test_a_process_tells_of_itself_now_and_then(database: Trial) -> None:
    async with running(database, "a") as (a,):
        database.rows("UPDATE replicas SET seen = '2020-01-01 00:00:00' RETURNING name")
        await until_told(a.memory)


async def test_a_reload_that_breaks_down_is_not_tried_again_and_again(database: Trial) -> None:
    async with running(database, "a", "b") as (a, b):
        reload = b.replicas._reload  # noqa: SLF001 (what it is given)

        async def broken() -> str:
            await reload()
            raise LookupError

        b.replicas._reload = broken  # type: ignore[method-assign]  # noqa: SLF001
        others = await a.reload_all()
        assert names(others) == ([], [], [])
        # It begins again as it does beside the serving.
        again = asyncio.create_task(b.replicas.run())
        await rows(a.memory, 2)
        assert b.reloads == 1
        b.folder = a.folder = "newer"
        b.replicas._reload = reload  # type: ignore[method-assign]  # noqa: SLF001
        assert names(await a.reload_all()) == (["b"], [], [])
        again.cancel()
        await asyncio.wait([again])


async def test_each_has_another_name_also_where_the_system_gives_them_the_same() -> None:
    names = set()
    for _ in range(2):
        own_name.cache_clear()  # as in another process of this number, on a machine called as this one
        assert own_name() == own_name()
        assert re.fullmatch(rf"\S+:{os.getpid()}-[0-9a-f]{{6}}", own_name())
        names.add(own_name())
    assert len(names) == 2
