"""A sender under test: who is subscribed, what is in the queue, what was sent, and what the database has of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, update

from bot.announcements.content import Payload, Text
from bot.announcements.queue import DeliveryQueue, sender_lock
from bot.announcements.sender import Sender
from bot.chat.messages import SendOutcome
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.deliveries import Delivery, Sent
from bot.storage.memory import Memory
from bot.storage.tables import ANNOUNCEMENTS, CHATS, DELIVERIES
from tests.support.clocks import FastClock
from tests.support.storage.databases import Trial
from tests.support.waiting import until

NOON = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)
FAST = 10_000
SOON = 10.0  # seconds after which a test gives up


class Counts(Metrics):
    """Metrics that tests can look into."""

    @property
    def outcomes(self) -> dict[str, float]:
        counted = [sample for family in self.announced.collect() for sample in family.samples if sample.value]
        return {one.labels["outcome"]: one.value for one in counted if one.name.endswith("_total")}

    def gauge(self, name: str) -> float | None:
        return self.registry.get_sample_value(f"shushuo_announcement_{name}")


@dataclass(slots=True)
class Chats:
    """Stands for Telegram: `jobs` has what was tried, in order; what comes of it, `answers` has by chat, else Sent.

    An answer is an outcome or an exception, each for one attempt; those that are left over hold for ever.
    """

    jobs: list[Delivery] = field(default_factory=list)
    answers: dict[int, list[SendOutcome]] = field(default_factory=dict)
    before: Callable[[Delivery], Awaitable[None]] | None = None

    async def __call__(self, job: Delivery) -> SendOutcome:
        self.jobs.append(job)
        number = len(self.jobs)
        if self.before is not None:
            await self.before(job)
        await asyncio.sleep(0)
        left = self.answers.get(job.chat_id, [])
        return left.pop(0) if left else Sent((number,))

    def tried(self, announcement: int) -> list[int]:
        return [job.chat_id for job in self.jobs if job.announcement.id == announcement]


class Stage:
    """The database of a test, with what is done to it."""

    def __init__(self, trial: Trial, database: Database) -> None:
        self.trial = trial
        self.database = database
        self._requests = 0
        self._began = time.monotonic()

    def utcnow(self) -> datetime:
        """The time on SQLite, which begins shortly after noon."""
        return NOON + timedelta(minutes=1, seconds=time.monotonic() - self._began)

    async def write(self, statement, rows=None):
        async with self.database.writing() as connection:
            return await connection.execute(statement, rows)

    async def subscribe(self, ids: Iterable[int], **values) -> None:
        """Has chats subscribed since noon; `values`: other columns."""
        common = {"kind": "private", "title": "", "language": "en", "added": NOON, "subscribed": NOON, **values}
        await self.write(insert(CHATS), [{"chat_id": id_, **common} for id_ in ids])

    async def unsubscribe(self, id_: int, because: str = "unsubscribed") -> None:
        await self.write(update(CHATS).where(CHATS.c.chat_id == id_).values(subscribed=None, unsubscribed=because))

    async def announce(self, payload: Payload | None = None, **values) -> int:
        """Queues an announcement; `values`: other columns. Returns its id."""
        self._requests += 1
        row = {
            "request_key": f"test:{self._requests}",
            "who": 1,
            "language": "en",
            "action": "send",
            "payload": (payload or Text("hello")).to_json(),
            "silent": False,
            "pin": False,
            "state": "queued",
            "created": NOON,
            "due_at": NOON,
            "scheduled": False,
            **values,
        }
        return int((await self.write(insert(ANNOUNCEMENTS).values(row).returning(ANNOUNCEMENTS.c.id))).scalar_one())

    async def change(self, id_: int, **values) -> None:
        await self.write(update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_).values(values))

    async def announcement(self, id_: int):
        async with self.database.reading() as connection:
            return (await connection.execute(select(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_))).one()

    async def counts(self, id_: int) -> tuple[str, int, int, int, int]:
        row = await self.announcement(id_)
        return row.state, row.total, row.sent, row.failed, row.skipped

    async def deliveries(self, id_: int) -> dict[int, tuple[str, str | None, str | None]]:
        """State, messages and error by chat."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(DELIVERIES).where(DELIVERIES.c.announcement == id_))
            return {row.chat_id: (row.state, row.messages, row.error) for row in found}

    async def is_done(self, id_: int) -> bool:
        return bool((await self.announcement(id_)).state == "done")

    async def over(self, *ids: int) -> None:
        """Returns when the announcements are done."""
        for id_ in ids:
            await until(lambda id_=id_: self.is_done(id_), SOON, pause=0.05)

    async def send(self, attempt, *ids: int) -> None:
        """Has the announcements sent, as fast as can be."""
        async with sending(self, attempt, FastClock()):
            await self.over(*ids)


@asynccontextmanager
async def staged(trial: Trial) -> AsyncIterator[Stage]:
    trial.prepare()
    memory = await Memory.open(trial.url, busy=0.3)
    try:
        stage = Stage(trial, memory.database)
        stage.memory = memory
        yield stage
    finally:
        await memory.close()


@asynccontextmanager
async def sending(stage: Stage, attempt, clock, rate: int = FAST, **options):
    """Runs a sender within the block; `options`: see `sender_of`. It comes with `counts`, its metrics, and `stop`."""
    counts = Counts()
    sender = sender_of(stage, attempt, clock, rate, metrics=counts, **options)
    running = asyncio.create_task(sender.run())
    # The same object under test, with what tests look at and do beside.
    sender.counts, sender.stop = counts, running.cancel
    try:
        yield sender
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def sender_of(stage: Stage, attempt, clock, rate: int = FAST, **options) -> Sender:
    """A sender for the database of `stage`; `options`: name of the process, release, metrics, utcnow."""
    given = {"name": "test:1", "release": None, "metrics": Counts(), "utcnow": stage.utcnow, **options}
    lock = sender_lock(stage.database, given["name"], given["utcnow"])
    queue = DeliveryQueue(stage.database, lock, given["release"], given["metrics"])
    sender = Sender(queue, attempt, rate, clock, given["metrics"])
    sender.queue = queue
    return sender
