"""Several processes on one database, which reload together; on SQLite and on PostgreSQL."""

import asyncio
import os
import re
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import Snapshot
from bot.answering.worker import Read
from bot.serving.reloading import ClusterReload, process_name
from bot.storage.memory import Memory
from tests.support.clocks import FastClock
from tests.support.storage.opened_memory import opened_memory
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

ADMIN = 42
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
    broken: bool = False
    stuck: asyncio.Event | None = None
    cluster_reload: ClusterReload = field(init=False)

    def __post_init__(self) -> None:
        library = SimpleNamespace(now=self)
        self.cluster_reload = ClusterReload(self, self.memory, library, FastClock(5), self.name)

    async def reload(self) -> Read:
        """As its reloader does."""
        self.reloads += 1
        if self.stuck is not None:
            await self.stuck.wait()
        if self.broken:
            raise LookupError
        if " " in self.folder:
            return Read(Snapshot(None, (Problem("hewan.yaml", 2, 1, self.folder),), 1))
        self.version = self.folder
        return Read(Snapshot(object(), (), 0, self.version))

    async def reload_all(self) -> tuple[int, int] | None:
        result = await self.cluster_reload.reload(ADMIN)
        return result.followers


async def listed(memory: Memory, *names: str, gone: str = "") -> None:
    """Until all these have rows, and `gone` has none."""

    async def are_so() -> bool:
        await memory.written()
        found = {replica.name for replica in await memory.cluster.all()}
        return found >= set(names) and gone not in found

    await until(are_so, pause=0.05)


async def all_alive(memory: Memory) -> bool:
    return all(replica.alive for replica in await memory.cluster.all())


@asynccontextmanager
async def running(database, *names: str, **settings: object):
    """Processes that know each other."""
    async with AsyncExitStack() as stack:
        processes = []
        for name in names:
            memory = await stack.enter_async_context(opened_memory(database, lambda: datetime.now(UTC)))
            processes.append(Process(name, memory, **settings))
        tasks = [asyncio.create_task(process.cluster_reload.run()) for process in processes]
        try:
            await listed(processes[0].memory, *names)
            yield processes
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for process in processes:
                await process.memory.written()


async def test_one_requests_and_all_reload(database) -> None:
    async with running(database, "a", "b", "c") as (a, b, c):
        assert await a.reload_all() == (2, 2)
        assert (a.version, b.version, c.version) == ("new", "new", "new")
        a.folder = b.folder = c.folder = "newer"
        assert await b.reload_all() == (2, 2)
        assert (a.version, b.version, c.version) == ("newer", "newer", "newer")
        assert (a.reloads, b.reloads, c.reloads) == (2, 2, 2)


async def test_who_fails_or_has_another_version_does_not_follow_and_tells_why(database) -> None:
    async with running(database, "a", "b", "c", "d") as (a, b, c, d):
        b.folder, c.folder = "is not YAML", "other"
        assert await a.reload_all() == (1, 3)
        told = {one.name: (one.version, one.problem) for one in await a.memory.cluster.all()}
        assert told == {
            "a": ("new", ""),
            "b": ("old", "hewan.yaml:2:1: is not YAML"),
            "c": ("other", ""),
            "d": ("new", ""),
        }
        b.folder = "new"
        assert await d.reload_all() == (2, 3)
        assert b.cluster_reload.problem == ""


async def test_a_folder_that_is_refused_here_is_read_by_the_others_all_the_same(database) -> None:
    async with running(database, "a", "b") as (a, b):
        a.folder = "is empty"
        assert await a.reload_all() == (0, 1)
        await until(lambda: (a.version, b.version) == ("old", "new"))
        [entry] = await a.memory.audit.latest(1)
        assert (entry.who, entry.what, entry.result) == (ADMIN, "reload", "hewan.yaml:2:1: is empty")


async def test_one_that_takes_too_long_does_not_follow_in_time(database) -> None:
    async with running(database, "a", "b") as (a, b):
        b.stuck = asyncio.Event()
        assert await a.reload_all() == (0, 1)
        b.stuck.set()
        await until(lambda: b.version == "new")


async def test_what_is_wanted_here_is_done_by_all(database) -> None:
    async with running(database, "a", "b") as (a, b):
        a.cluster_reload.want()
        a.cluster_reload.want()
        await until(lambda: (a.version, b.version) == ("new", "new"))
        assert (a.reloads, b.reloads) == (1, 1)


async def test_one_that_is_gone_is_not_waited_for(database) -> None:
    async with running(database, "a") as (a,):
        a.memory.cluster.seen("crashed", "old", LONG_AGO, 0, "")
        await a.memory.written()
        database.rows("UPDATE replicas SET seen = '2020-01-01 00:00:00' WHERE name = 'crashed' RETURNING name")
        assert await a.reload_all() == (0, 0)


async def test_one_that_ends_leaves(database) -> None:
    async with running(database, "a") as (a,):
        async with running(database, "b"):
            await listed(a.memory, "a", "b")
        await listed(a.memory, "a", gone="b")


async def test_a_request_between_the_reading_and_the_start_is_followed(database) -> None:
    async with running(database, "a") as (a,):
        await a.reload_all()
        async with running(database, "b", read_at=LONG_AGO) as (b,):
            await until(lambda: b.version == "new")


async def test_a_request_is_followed_once_the_database_is_back(database, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.cluster._WRITING", 0.05)
    async with running(database, "a", "b") as (a, b):
        async with database.away():
            assert await a.reload_all() is None
            assert a.version == "new"
        await a.memory.written()
        await until(lambda: b.version == "new")


async def test_requests_are_followed_after_an_older_database_was_restored(database) -> None:
    async with running(database, "a", "b") as (a, b):
        for version in ("newer", "newest"):
            a.folder = b.folder = version
            await a.reload_all()
        database.rows("UPDATE reloads SET number = 1 RETURNING number")
        b.folder = "restored"
        await until(lambda: b.version == "restored")


async def test_a_process_tells_of_itself_now_and_then(database) -> None:
    async with running(database, "a") as (a,):
        database.rows("UPDATE replicas SET seen = '2020-01-01 00:00:00' RETURNING name")
        await until(lambda: all_alive(a.memory), pause=0.05)


async def test_a_reload_that_breaks_down_is_not_tried_again_and_again(database) -> None:
    async with running(database, "a", "b") as (a, b):
        b.broken = True
        assert await a.reload_all() == (0, 0)
        # It begins again as it does beside the serving.
        again = asyncio.create_task(b.cluster_reload.run())
        await listed(a.memory, "a", "b")
        assert b.reloads == 1
        b.broken = False
        assert await a.reload_all() == (1, 1)
        again.cancel()
        await asyncio.wait([again])


async def test_each_has_another_name_also_where_the_system_gives_them_the_same() -> None:
    # As of two processes of this number, on machines called as this one.
    names = {process_name(), process_name()}
    assert len(names) == 2
    assert all(re.fullmatch(rf"\S+:{os.getpid()}-[0-9a-f]{{6}}", name) for name in names)
