"""SIGHUP, sent to `shushuo run` as a process of its own."""

import re
import signal
from pathlib import Path

import pytest

from tests.support.processes.bot_process import TOKEN, running, settings
from tests.support.reports.small_report import YAML, write_report
from tests.support.telegram_server import TelegramServer

QUESTION = "小学数量"


@pytest.mark.asyncio
async def test_a_hangup_has_the_knowledge_read_again(tmp_path: Path) -> None:
    knowledge = write_report(tmp_path / "knowledge")
    async with TelegramServer(token=TOKEN) as server:
        person = server.user()
        async with running(tmp_path, settings(server)) as bot:
            first = await bot.printed("serving Telegram")
            write_report(knowledge, YAML.replace("小学5所", "小学6所").replace("figure: 5所", "figure: 6所"))
            bot.process.send_signal(signal.SIGHUP)
            second = await bot.printed("the knowledge was reloaded")
            await person.send(QUESTION)
            assert (await person.next_message()).text.startswith("6所")
            write_report(knowledge, "report: [")
            bot.process.send_signal(signal.SIGHUP)
            assert "hewan.yaml:2:1: " in await bot.printed("the knowledge has errors; the old one stays in force")
            await person.send(QUESTION)
            assert (await person.next_message()).text.startswith("6所")
            bot.process.terminate()
            assert await bot.ended() == 0
    versions = [re.findall(r"(?:knowledge|version)=(\w{8})\b", line) for line in (first, second)]
    assert [len(found) for found in versions] == [1, 1]
    assert versions[0] != versions[1]
