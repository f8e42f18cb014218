"""Two bots behind nginx, on one PostgreSQL database: one is killed, both are restarted, and the tables change."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random

import aiohttp
import pytest

from tests.support.bots.running_bot import free_port
from tests.support.network.nginx import PROGRAM, nginx
from tests.support.processes.bot_process import TOKEN, Bot, serving, settings
from tests.support.reports.small_report import write_report
from tests.support.storage.databases import PostgresqlTrial
from tests.support.telegram.webhooks import HEADER
from tests.support.telegram_server import Person, TelegramServer

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(not PROGRAM, reason="nginx is not installed (on Debian and Ubuntu: apt install nginx-light)"),
]

PEOPLE = 120
# Telegram's posts at a time, which is as many questions as can be in hand at one moment.
AT_ONCE = 40


class Replicas:
    """Two bots, each with a place of its own behind nginx, in whose third one is none; `database` is theirs."""

    def __init__(self, server: TelegramServer, database: PostgresqlTrial, folder, stack: AsyncExitStack) -> None:
        self.server = server
        self.database = database
        self.bots: list[Bot] = []
        self._folder = write_report(folder / "knowledge").parent
        self._stack = stack
        self._port, *self._ports = (free_port() for _ in range(4))

    async def start(self, folder) -> None:
        await self._stack.enter_async_context(nginx(folder, self._port, self._ports))
        self.bots = [await self.begin(0), await self.begin(1)]

    async def begin(self, number: int) -> Bot:
        """Starts a bot in this place; it serves when this returns."""
        more = {
            "DATABASE_URL": self.database.url,
            "REPLY_RATE": "0",
            "HTTP_LISTEN": f"127.0.0.1:{self._ports[number]}",
            "WEBHOOK_URL": f"http://127.0.0.1:{self._port}/telegram",
        }
        return await self._stack.enter_async_context(serving(self._folder, settings(self.server, **more)))

    async def change(self, statement: str) -> None:
        """Changes the database from a thread: what holds its locks comes to its end by way of this loop."""
        await asyncio.to_thread(self.database.rows, statement)

    async def restart(self, number: int) -> None:
        self.bots[number].process.terminate()
        assert await self.bots[number].ended() == 0
        self.bots[number] = await self.begin(number)

    async def ask(self, people: int) -> list[Person]:
        """So many people, with a question each, all at once."""
        asking = [self.server.user() for _ in range(people)]
        for person in asking:
            await person.send("小学数量")
        return asking

    async def answered(self, people: list[Person]) -> Counter[int]:
        """How many of them got one answer, how many two, and so on, once Telegram has nothing left to deliver."""
        for person in people:
            await person.next_message()
        await self.server.all_delivered()
        return Counter(len(person.chat.bot_messages) for person in people)


@asynccontextmanager
async def replicas(postgresql: str, short_folder, tmp_path):
    trial = PostgresqlTrial(postgresql, short_folder, gated=False)
    async with trial.made(), TelegramServer(token=TOKEN) as server, AsyncExitStack() as stack:
        two = Replicas(server, trial, tmp_path, stack)
        await two.start(short_folder)
        yield two


async def test_no_question_is_lost_when_one_is_killed_and_both_updated(postgresql, short_folder, tmp_path) -> None:
    async with replicas(postgresql, short_folder, tmp_path) as two:
        updated = await kill_one(two)
        await two.change("ALTER TABLE questions ADD COLUMN mood text")
        await two.change("UPDATE alembic_version SET version_num = '9999_since_' || left(version_num, 4)")
        two.bots[updated] = await two.begin(updated)
        await restart(two, 1 - updated)
        assert two.server.webhook.last_error is None
        for bot in two.bots:
            bot.process.terminate()
            assert await bot.ended() == 0
        assert "last used by a newer version" not in "".join(line for bot in two.bots for line in bot.lines)
        [(unknown,)] = two.database.rows("SELECT count(mood) FROM questions")
        assert unknown == 0


async def test_a_post_without_the_secrets_header_reaches_no_bot(short_folder) -> None:
    port, *behind = (free_port() for _ in range(4))
    async with nginx(short_folder, port, behind), aiohttp.ClientSession() as session:
        # Where it is passed on, there is no bot.
        for headers, status in (({}, 403), ({HEADER: "a"}, 502)):
            async with session.post(f"http://127.0.0.1:{port}/telegram", headers=headers) as response:
                assert (response.status, response.headers["Server"]) == (status, "nginx")


async def kill_one(two: Replicas) -> int:
    """What it had in hand is answered by another one. Returns which one it was."""
    people = await two.ask(PEOPLE)
    await two.server.wait_for_call("sendMessage", PEOPLE // 3)
    number = Random().randrange(2)  # noqa: S311 (no secret)
    two.bots[number].process.kill()
    times = await two.answered(people)
    assert times.keys() <= {1, 2}
    assert times[2] <= AT_ONCE
    return number


async def restart(two: Replicas, number: int) -> None:
    """As by an update that has added to the tables, of which neither knows."""
    people = await two.ask(PEOPLE // 2)
    await two.restart(number)
    people += await two.ask(PEOPLE // 2)
    assert await two.answered(people) == {1: PEOPLE}
