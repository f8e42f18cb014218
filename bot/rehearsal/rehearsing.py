"""`shushuo rehearse`: a Bot API server, the bot, and a page to meet it on; nothing leaves this machine."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
import webbrowser
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from bot.terminal.streams import show

from .actions import Actions
from .bot_process import BotProcess
from .feed import Feed
from .page_server import PageServer, is_loopback
from .stage import Stage
from .telegram_server import TelegramServer

_TOKEN: Final = "1000001:of-a-rehearsal-and-of-no-bot-at-Telegram"  # noqa: S105 (opens nothing)
_BOT: Final = {"first_name": "Shushuo", "username": "shushuo_rehearsal_bot"}
# Slow enough to see an announcement to forty groups run, and to stop it.
_BROADCAST_RATE: Final = 5


class RehearsalError(Exception):
    """A rehearsal cannot begin; the text is one line that says what to do."""


def rehearse(host: str, port: int, knowledge: Path, data: Path | None) -> int:
    """Serves until SIGTERM or SIGINT, and returns 0; or the exit code of a bot that did not even start.

    `knowledge` is copied, so that what an admin changes in a rehearsal changes nothing else. `data`: where that copy
    and the database stay; None takes a temporary folder. Raises RehearsalError.
    """
    if not knowledge.is_dir():
        raise RehearsalError(f"{knowledge}: there is no such folder; name the one with the reports by --knowledge DIR")
    kept = nullcontext(data) if data else tempfile.TemporaryDirectory(prefix="shushuo-rehearsal-")
    with kept as folder:
        # A folder of its own there: the one that is given may be that of a bot, with its database and its knowledge.
        return asyncio.run(_Rehearsal(knowledge.resolve(), Path(folder).resolve() / "rehearsal").run(host, port))


class _Rehearsal:
    def __init__(self, knowledge: Path, folder: Path) -> None:
        self._knowledge = knowledge
        self._folder = folder
        self._server = TelegramServer(_TOKEN, privacy=True)
        self._server.bot.update(_BOT)
        # A database that stays from one rehearsal to the next has seen the ids before.
        self._server.count_from(int(time.time()))
        self._stage = Stage(self._server)
        self._feed = Feed(self._server, self._stage)

    async def run(self, host: str, port: int) -> int:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        self._copy()
        await self._server.start()
        bot = BotProcess(
            self._folder, self._settings(), lambda: self._feed.show_state("starting" if bot.runs else "ended")
        )

        actions = Actions(self._server, self._stage, bot, self._feed)
        key = "" if is_loopback(host) else secrets.token_urlsafe(16)
        page = PageServer(self._feed, actions, self._server.files, key)
        try:
            address = await page.start(host, port)
        except OSError as error:
            await self._server.stop()
            taken = f"--listen: {host}:{port} cannot be listened on ({error.strerror})"
            raise RehearsalError(f"{taken}; write another address, such as 127.0.0.1:8091") from error
        try:
            await bot.start()
            show(f"The rehearsal is at {address} (Ctrl-C ends it)")
            _open(address)
            return await self._served(bot, stop)
        finally:
            await bot.stop()
            await page.stop()
            await self._server.stop()

    async def _served(self, bot: BotProcess, stop: asyncio.Event) -> int:
        """Until `stop`, or until a bot that nobody has killed ends before it has served at all."""
        stopping, ended = asyncio.create_task(stop.wait()), asyncio.create_task(bot.ended())
        await asyncio.wait([stopping, ended], return_when=asyncio.FIRST_COMPLETED)
        if not stopping.done() and ended.result() > 0 and not self._server.calls("getUpdates"):
            stopping.cancel()
            return ended.result()
        await stopping
        return 0

    def _settings(self) -> dict[str, str]:
        return {
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_API_URL": self._server.url,
            "ADMIN_IDS": str(self._stage.admin.id),
            "KNOWLEDGE_DIR": "knowledge",
            "DATABASE_URL": "sqlite:///shushuo.db",
            "HTTP_LISTEN": "",
            "BROADCAST_RATE": str(_BROADCAST_RATE),
        }

    def _copy(self) -> None:
        copy = self._folder / "knowledge"
        if copy != self._knowledge:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self._knowledge, copy, ignore=shutil.ignore_patterns(".*"))


def _open(address: str) -> None:
    """Opens a browser where somebody sits in front of one."""
    has_screen = sys.platform in {"darwin", "win32"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.stdout.isatty() and has_screen:
        webbrowser.open(address)
