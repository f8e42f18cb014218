"""A second process answers, and nobody notices when it is killed, nor when the knowledge is read again."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import RICHER, Desk, desk
from small_report import write_report

from bot.serving import answering

if TYPE_CHECKING:
    from telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio

QUESTION = "小学数量"


def helpers() -> list[int]:
    """The ids of the processes that answer for this one."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _is_helper(folder)]


def _is_helper(process: Path) -> bool:
    try:
        fields = (process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        command = (process / "cmdline").read_bytes()
    except OSError:
        return False
    return int(fields[1]) == os.getpid() and b"bot.answering.helper" in command


async def stopped(number: int) -> None:
    """A signal takes a while to come."""
    os.kill(number, signal.SIGSTOP)
    async with asyncio.timeout(30):
        while Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "T":  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.005)


async def helped(at: Desk, figure: str, *others: int) -> int:
    """Asks until a helper answers that is none of the others; its number."""
    async with asyncio.timeout(30):
        while True:
            assert await figures(at, 2) == {figure}
            found = [number for number in helpers() if number not in others]
            if found and at.library.now.is_helped:
                [number] = found
                return number


async def figures(at: Desk, people: int) -> set[str]:
    """What so many people are answered who ask at once."""
    asked = [at.server.user().ask(QUESTION) for _ in range(people)]
    return {message.text.splitlines()[0] for message in await asyncio.gather(*asked)}


async def test_people_are_answered_whatever_becomes_of_it(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(answering, "_BUSY", 0.0)
    monkeypatch.setattr(answering, "_PAUSE", 0.0)
    monkeypatch.setattr(answering, "_cores", lambda: 2)
    async with desk(server, tmp_path) as at:
        first = await helped(at, "5所")
        assert "\nA second process answers\n" in (await at.admin.ask("/status")).text
        await stopped(first)
        asked = asyncio.create_task(figures(at, 20))
        await asyncio.sleep(0)
        os.kill(first, signal.SIGKILL)
        assert await asked == {"5所"}

        second = await helped(at, "5所", first)
        write_report(at.folder, RICHER)
        answer = await at.admin.ask("/reload")
        await at.admin.wait_for(lambda message: message is answer and "In force" in message.text)
        third = await helped(at, "6所", first, second)
        assert helpers() == [third]
        await at.library.now.close()
        assert helpers() == []
