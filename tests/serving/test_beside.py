"""What runs beside the serving begins again where it has failed, over real HTTP."""

import asyncio
from collections import Counter

import pytest

from bot.announcements.content import Text
from bot.announcements.reports import Progress
from bot.announcements.sender import Sender
from bot.serving.reloading import ClusterReload
from bot.storage.database import Database
from tests.support.announcements.sender_stage import SOON, Stage
from tests.support.bots.running_bot import running_bot
from tests.support.clocks import FastClock
from tests.support.reports.small_report import RICHER, write_report
from tests.support.storage.databases import SqliteTrial
from tests.support.storage.opened_memory import opened_memory
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

WORKS = (ClusterReload, Sender, Progress)


class Failing:
    """Makes each work fail once, after it has begun; `begun` counts how often each has begun."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: Counter[type] = Counter()
        self._again = asyncio.Condition()
        for work in WORKS:
            monkeypatch.setattr(work, "run", self._once(work, work.run))

    def _once(self, work: type, run):
        async def failing(of) -> None:
            async with self._again:
                self.begun[work] += 1
                self._again.notify_all()
            if self.begun[work] == 1:
                running = asyncio.create_task(run(of))
                await asyncio.sleep(0)
                running.cancel()
                await asyncio.wait([running])
                raise LookupError(work.__name__)
            await run(of)

        return failing

    async def again(self) -> None:
        """Once each has begun again."""
        async with asyncio.timeout(SOON), self._again:
            await self._again.wait_for(lambda: all(self.begun[work] > 1 for work in WORKS))


async def test_what_fails_once_begins_again(server, short_folder, monkeypatch, logs) -> None:
    trial, failing = SqliteTrial(short_folder), Failing(monkeypatch)
    knowledge = write_report(short_folder / "knowledge")
    watched = {"knowledge_dir": knowledge, "knowledge_watch": True}
    group = server.group()
    async with opened_memory(trial) as memory, running_bot(server, memory=memory, clock=FastClock(20), **watched):
        await failing.again()
        stage = Stage(trial, Database(trial.url))
        await stage.subscribe([group.id])
        await stage.over(await stage.announce(Text("tea")))
        await stage.database.close()
        assert [message.text for message in group.bot_messages] == ["tea"]
        await until(memory.cluster.all)  # has the row of this process, which a failure takes away
        write_report(knowledge, RICHER)
        await until(lambda: "the knowledge was reloaded" in [entry["event"] for entry in logs])
    errors = [entry for entry in logs if entry["log_level"] == "error"]
    assert {entry["event"] for entry in errors} == {"what runs beside the serving has failed, and begins again"}
    assert len(errors) == len(WORKS)
