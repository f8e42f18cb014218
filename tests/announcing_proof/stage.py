"""A Telegram, a database and running bots: where announcements are made, and what has become of them."""

import asyncio
import re
import resource
import tempfile
from bisect import bisect_right
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from filelock import FileLock, Timeout
from structlog.testing import capture_logs

from bot.announcements.content import Text
from bot.storage.database import Database
from tests.support.bots.running_bot import listening
from tests.support.processes.bot_process import TOKEN, Bot, running, settings
from tests.support.reports.small_report import write_report
from tests.support.storage.databases import SqliteTrial, Trial, fresh
from tests.support.telegram_server import Chat, TelegramServer
from tests.support.waiting import until

# Seconds, within which something comes of everything: a killed process keeps its lease for 5.
PATIENCE = 60.0
# The time to Telegram and back, in which a kill leaves it unknown whether a message has arrived.
LATENCY = 0.05
SEED = 5
_FIRST = -5001
_PAST = "2026-01-01 00:00:00.000000"
_SUBSCRIBE = (
    "INSERT INTO chats (chat_id, kind, title, language, added, subscribed) "
    "WITH RECURSIVE ids(id) AS (SELECT {first} UNION ALL SELECT id - 1 FROM ids WHERE id > {last}) "
    "SELECT id, 'group', 'g', 'zh-Hans', '{past}', '{past}' FROM ids"
)
_UNSUBSCRIBE = "UPDATE chats SET subscribed = NULL, unsubscribed = 'unsubscribed' WHERE chat_id IN ({})"
_ANNOUNCE = (
    "INSERT INTO announcements (request_key, who, language, action, payload, silent, pin, state, created, due_at, "
    "scheduled, total, sent, failed, skipped) "
    "VALUES ('shell:{text}', 0, 'en', 'send', '{payload}', FALSE, FALSE, 'queued', '{past}', '{past}', "
    "FALSE, 0, 0, 0, 0)"
)
_LEFT = "SELECT count(*) FROM announcements WHERE state IN ('queued', 'sending')"
_FOUND = (
    "SELECT deliveries.state, count(*) FROM deliveries JOIN announcements ON id = announcement "
    "WHERE request_key = 'shell:{}' GROUP BY deliveries.state"
)
_ERRORS = (
    "SELECT error, count(*) FROM deliveries JOIN announcements ON id = announcement "
    "WHERE request_key = 'shell:{}' AND deliveries.state = 'failed' GROUP BY error"
)
_COUNTED = "SELECT state, total, sent, failed, skipped FROM announcements WHERE request_key = 'shell:{}'"


@dataclass(slots=True)
class Stage:
    """Chats that have subscribed at one Telegram, and bots on one database; `rate`: announcement messages a second.

    `chats`: those that are to get what is announced. `bots`: those that were started, and may have ended since.
    """

    server: TelegramServer
    trial: Trial
    folder: Path
    rate: int
    chats: list[Chat]
    random: Random
    bots: list[Bot] = field(default_factory=list)

    def subscribe(self, first: int, count: int) -> None:
        """Has so many groups subscribe, whose ids count down from `first`."""
        self.trial.rows(_SUBSCRIBE.format(first=first, last=first - count + 1, past=_PAST))

    def unsubscribe(self, chats) -> None:
        self.trial.rows(_UNSUBSCRIBE.format(", ".join(str(chat.id) for chat in chats)))

    def announce(self, *texts: str) -> None:
        """Queues them in this order, as a shell does; no text twice."""
        for text in texts:
            self.trial.rows(_ANNOUNCE.format(text=text, payload=Text(text).to_json(), past=_PAST))

    @asynccontextmanager
    async def running(self, *, alone: bool = True):
        """A bot within the block. One that is not `alone` gets its updates by webhook, as several replicas must."""
        more = {} if alone else {name.upper(): value for name, value in listening("/telegram").items()}
        more |= {"DATABASE_URL": self.trial.url, "BROADCAST_RATE": str(self.rate)}
        async with running(self.folder, settings(self.server, **more)) as bot, bot.drained():
            self.bots.append(bot)
            yield bot

    @asynccontextmanager
    async def replicas(self, count: int):
        """So many bots that serve, within the block; what it gives starts another one."""
        async with AsyncExitStack() as stack:

            async def add() -> None:
                await stack.enter_async_context(self.running(alone=False))
                await self.until_serving()

            await asyncio.gather(*(add() for _ in range(count)))
            yield add

    @asynccontextmanager
    async def full(self):
        """The database takes nothing more; an SQLite file is the bots' own, and they cannot write to any file."""
        if not isinstance(self.trial, SqliteTrial):
            async with self.trial.full():
                yield
            return
        before = {bot.process.pid: resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE) for bot in self._alive()}
        for process, (_, most) in before.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, (1, most))
        yield
        for process, limits in before.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)

    async def leader(self) -> Bot:
        """The bot that sends, once one of those that are running does."""
        await until(lambda: bool(self._leading()))
        return self._leading()[0]

    def _leading(self) -> list[Bot]:
        if isinstance(self.trial, SqliteTrial):
            return self._alive() if _is_locked(self.trial.path) else []
        owners = str(self.trial.rows("SELECT owner FROM broadcaster"))
        return [bot for bot in self._alive() if re.search(rf"\b{bot.process.pid}\b", owners)]

    def _alive(self) -> list[Bot]:
        return [bot for bot in self.bots if bot.process.returncode is None]

    def numbers(self, count: int) -> list[int]:
        """After how many messages each of so many things is to happen."""
        return sorted(self.random.sample(range(1, len(self.chats)), count))

    # ---- what has become of what was announced

    def arrived(self, text: str) -> int:
        """How many of the chats have got it."""
        return sum(has(chat, text) for chat in self.chats)

    async def until_arrived(self, text: str, count: int) -> None:
        await until(lambda: self.arrived(text) >= count)

    async def until_done(self) -> None:
        """Until no announcement is left to be sent. Raises AssertionError where nothing is sent any more."""
        while not self.is_done():
            tried = len(self.attempts())
            await until(lambda: self.is_done() or len(self.attempts()) > tried, pause=0.3)  # noqa: B023

    def is_done(self) -> bool:
        return bool(self.trial.rows(_LEFT) == [(0,)])

    async def until_serving(self) -> None:
        """Until all the bots that are running serve Telegram."""
        await until(lambda: all(any("serving Telegram" in line for line in bot.lines) for bot in self._alive()))

    def prove(self, *texts: str, most_repeats: int = 0, **others: int) -> int:
        """All chats have got the texts, and the database says so; returns how many messages came once more.

        `others`: how many deliveries of each text have which state but sent.
        """
        repeats = self.repeats(*texts)
        assert repeats <= most_repeats, f"{repeats} messages were repeated"
        assert all(self.counters(text) == {"sent": len(self.chats), **others} for text in texts)
        return repeats

    def repeats(self, *texts: str) -> int:
        """How many messages came once more. Raises AssertionError where one is missing or not in its turn."""
        repeated = 0
        for chat in self.chats:
            got = [message.text for message in chat.bot_messages if message.text in texts]
            assert tuple(dict.fromkeys(got)) == texts, f"chat {chat.id} got {got}, not {texts}"
            assert got == sorted(got, key=texts.index), f"chat {chat.id} got {got} out of turn"
            repeated += len(got) - len(texts)
        return repeated

    def counters(self, text: str, state: str = "done") -> Counter[str]:
        """How many deliveries have each state. Raises AssertionError where the announcement says otherwise."""
        found = Counter(dict(self.trial.rows(_FOUND.format(text))))
        numbers = (found.total(), found["sent"], found["failed"], found["skipped"])
        assert self.trial.rows(_COUNTED.format(text)) == [(state, *numbers)], f"{text}: {found}"
        return found

    def errors(self, text: str) -> dict[str, int]:
        """How many deliveries failed for each reason."""
        return dict(self.trial.rows(_ERRORS.format(text)))

    def attempts(self, since: float = 0.0) -> list[float]:
        """When messages were tried to be sent, from the time `since` on (all in seconds, monotonic)."""
        times = [request.time for request in self.server.calls("sendMessage")]
        return times[bisect_right(times, since) :]


@asynccontextmanager
async def staged(postgresql: str | None, rate: int, chats: int, *, gated: bool = True):
    """A stage without bots, on a new database: of the server `postgresql`, or without one an SQLite file.

    `gated`: see `fresh`.
    """
    with tempfile.TemporaryDirectory(prefix="shushuo-") as folder:
        place = Path(folder)
        write_report(place / "knowledge")
        async with TelegramServer(TOKEN) as server, fresh(place, postgresql, gated=gated) as trial:
            database = Database(trial.url)
            with capture_logs():
                await database.prepare()
            await database.close()
            server.latency = LATENCY
            groups = [server.group(_FIRST - number) for number in range(chats)]
            stage = Stage(server, trial, place, rate, groups, Random(SEED))  # noqa: S311 (no secret)
            stage.subscribe(_FIRST, chats)
            try:
                yield stage
            except AssertionError as error:
                error.add_note("".join(line for bot in stage.bots for line in bot.lines[-10:]))
                raise


def _is_locked(database: Path) -> bool:
    """Whether a process has the lock beside a SQLite file without which none sends."""
    try:
        with FileLock(f"{database}.sender", timeout=0):
            return False
    except Timeout:
        return True


def has(chat: Chat, text: str) -> bool:
    return any(message.text == text for message in chat.messages.values())


def worst_second(times) -> int:
    """The most of `times`, which ascend, that fall within any second."""
    return max((bisect_right(times, moment) - bisect_right(times, moment - 1) for moment in times), default=0)
