"""`shushuo run` as a process of its own: exit codes, what it prints, SIGHUP, and how it ends."""

import asyncio
import re
import signal

import pytest
import pytest_asyncio

from tests.support.bots.running_bot import listening
from tests.support.processes.bot_process import SECRET, TOKEN, VARIABLE, running, settings
from tests.support.reports.small_report import RICHER, write_report
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio

QUESTION = "工业产值是多少"


@pytest.fixture
def folder(tmp_path):
    write_report(tmp_path / "knowledge")
    return tmp_path


async def test_what_is_wrong_is_one_line_that_says_what_to_do(folder) -> None:
    wrong = {VARIABLE: f"123456:{SECRET}y"}
    async with TelegramServer(token=TOKEN) as server, running(folder, settings(server) | wrong, imported=False) as bot:
        assert await bot.ended() == 2
        server.violations.clear()
    [line] = bot.lines
    assert line.startswith("shushuo: TELEGRAM_BOT_TOKEN: Telegram refuses this token; ")


@pytest.mark.parametrize(
    ("number", "log"), [(signal.SIGINT, {}), (signal.SIGTERM, {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"})]
)
async def test_a_signal_ends_it_after_the_question_in_hand(folder, number, log) -> None:
    async with TelegramServer(token=TOKEN) as server:
        person = server.user()
        async with running(folder, settings(server, **log), imported=not log) as bot:
            await bot.printed("serving Telegram")
            server.delay_next("sendMessage", 0.5)
            await person.send(QUESTION)
            await server.wait_for_call("sendMessage")
            bot.process.send_signal(number)
            async with asyncio.timeout(5):
                assert await bot.ended() == 0
        assert (await person.next_message()).text.startswith("35.2亿元")
        assert server.calls("getUpdates")[-1].parameters["offset"] == 2
    assert "could not be sent" not in "".join(bot.lines)
    assert "Traceback" not in "".join(bot.lines)
    if not log:  # at INFO, no text of a message, and nothing but the usual
        assert "产值" not in "".join(bot.lines)
        usual = ("serving Telegram", "menus and descriptions", "stopping")
        assert [line for line in bot.lines if not any(words in line for words in usual)] == []


async def test_a_webhook_stops_after_the_question_in_hand_and_a_kill_loses_none(folder) -> None:
    log = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"}
    place = listening("/telegram")
    web = {"WEBHOOK_URL": place["webhook_url"], "HTTP_LISTEN": place["http_listen"]}
    async with TelegramServer(token=TOKEN) as server:
        person = server.user()
        async with running(folder, settings(server, **log) | web) as bot:
            await bot.printed("serving Telegram")
            made = str((await server.wait_for_call("setWebhook")).parameters["secret_token"])
            server.delay_next("sendMessage", 0.5)
            await person.send(QUESTION)
            await server.wait_for_call("sendMessage")
            bot.process.terminate()
            async with asyncio.timeout(5):
                assert await bot.ended() == 0
        assert (await person.next_message()).text.startswith("35.2亿元")
        await person.send(QUESTION)
        # What came while nothing ran is answered by the next start.
        async with running(folder, settings(server) | web) as again:
            assert (await person.next_message()).text.startswith("35.2亿元")
            server.drop_next("sendMessage")
            await person.send(QUESTION)
            await server.wait_for_call("sendMessage", 3)
            again.process.kill()
            await again.ended()
        assert len(person.chat.bot_messages) == 2
        async with running(folder, settings(server) | web):
            assert (await person.next_message()).text.startswith("35.2亿元")
    assert made not in "".join(bot.lines)
    assert "Traceback" not in "".join(bot.lines)


async def test_it_ends_in_time_while_telegram_does_not_answer(folder) -> None:
    async with TelegramServer(token=TOKEN) as server, running(folder, settings(server)) as bot:
        await bot.printed("serving Telegram")
        server.delay_next("sendMessage", 60)
        await server.user().send(QUESTION)
        await server.wait_for_call("sendMessage")
        server.delay_next("getUpdates", 60)
        bot.process.terminate()
        async with asyncio.timeout(5):
            assert await bot.ended() == 0


@pytest_asyncio.fixture
async def gone() -> TelegramServer:
    """A server that was there, and can be entered again."""
    async with TelegramServer(token=TOKEN) as server:
        return server


async def test_a_network_that_is_gone_at_the_start_and_later(folder, gone) -> None:
    async with running(folder, settings(gone, LOG_LEVEL="DEBUG")) as bot:
        await bot.printed("Telegram cannot be reached")
        async with gone:
            await bot.printed("serving Telegram")
        await bot.printed("Telegram cannot be reached")
        async with gone:
            await bot.printed("Telegram answers again")
            person = gone.user()
            await person.send(QUESTION)
            assert (await person.next_message()).text.startswith("35.2亿元")
            bot.process.terminate()
            assert await bot.ended() == 0
    text = "".join(bot.lines)
    assert text.count("cannot be reached") == text.count("answers again") == 2
    assert "Traceback" not in text


async def test_a_stop_while_the_network_is_gone(folder, gone) -> None:
    async with running(folder, settings(gone)) as bot:
        await bot.printed("Telegram cannot be reached")
        bot.process.terminate()
        async with asyncio.timeout(5):
            assert await bot.ended() == 0


async def test_a_hangup_has_the_knowledge_read_again(tmp_path) -> None:
    knowledge = write_report(tmp_path / "knowledge")
    async with TelegramServer(token=TOKEN) as server:
        person = server.user()
        async with running(tmp_path, settings(server)) as bot:
            first = await bot.printed("serving Telegram")
            write_report(knowledge, RICHER)
            bot.process.send_signal(signal.SIGHUP)
            second = await bot.printed("the knowledge was reloaded")
            await person.send("小学数量")
            assert (await person.next_message()).text.startswith("6所")
            write_report(knowledge, "report: [")
            bot.process.send_signal(signal.SIGHUP)
            assert "hewan.yaml:2:1: " in await bot.printed("the knowledge has errors; the old one stays in force")
            await person.send("小学数量")
            assert (await person.next_message()).text.startswith("6所")
            bot.process.terminate()
            assert await bot.ended() == 0
    versions = [re.findall(r"(?:knowledge|version)=(\w{8})\b", line) for line in (first, second)]
    assert [len(found) for found in versions] == [1, 1]
    assert versions[0] != versions[1]
