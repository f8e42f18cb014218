"""`shushuo rehearse`: a Bot API server, the bot, and a page to meet it on; nothing leaves this machine."""

import asyncio
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
import webbrowser
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path

from bot.errors import UsageError
from bot.terminal.streams import show

from .bot_process import BotProcess

# While it imports the rest, the bot is starting already.
# ruff: noqa: PLC0415

_ADMIN = 1003  # the admin's id
_TOKEN = "1000001:of-a-rehearsal-and-of-no-bot-at-Telegram"  # noqa: S105 (opens nothing)
_BOT = {"first_name": "Shushuo", "username": "shushuo_rehearsal_bot"}
_SETTINGS = {
    "TELEGRAM_BOT_TOKEN": _TOKEN,
    "ADMIN_IDS": str(_ADMIN),
    "KNOWLEDGE_DIR": "knowledge",
    "DATABASE_URL": "sqlite:///shushuo.db",
    "HTTP_LISTEN": "",
    # Slow enough to see an announcement to forty groups run, and to stop it.
    "BROADCAST_RATE": "5",
}


def rehearse(host: str, port: int, knowledge: Path, data: Path | None) -> int:
    """Serves until SIGTERM or SIGINT, and returns 0; or the exit code of a bot that did not even start.

    `knowledge` is copied, so that what an admin changes in a rehearsal changes nothing else. `data`: where that copy
    and the database stay; None takes a temporary folder. Raises UsageError.
    """
    if not knowledge.is_dir():
        raise UsageError(f"{knowledge}: there is no such folder; name the one with the reports by --knowledge DIR")
    kept = nullcontext(data) if data else tempfile.TemporaryDirectory(prefix="shushuo-rehearsal-")
    with kept as place:
        # A folder of its own there: the one that is given may be that of a bot, with its database and its knowledge.
        folder = Path(place).resolve() / "rehearsal"
        copy = folder / "knowledge"
        if copy != knowledge.resolve():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(knowledge, copy, ignore=shutil.ignore_patterns(".*"))
        return asyncio.run(_run(folder, host, port))


async def _run(folder: Path, host: str, port: int) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with socket.create_server(("127.0.0.1", 0)) as free:
        telegram_port = free.getsockname()[1]
    bot = BotProcess(folder, {**_SETTINGS, "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram_port}"})
    await bot.start()

    from .actions import Actions
    from .feed import Feed, Participants
    from .page_server import PageServer, is_loopback
    from .telegram_server.server import TelegramServer

    server = TelegramServer(_TOKEN, _BOT, telegram_port, privacy=True)
    # A database that stays from one rehearsal to the next has seen the ids before.
    server.count_from(int(time.time()))
    participants = Participants(server, _ADMIN)
    feed = Feed(server, participants)
    bot.changed = lambda: feed.show_state("starting" if bot.runs else "ended")
    key = "" if is_loopback(host) else secrets.token_urlsafe(16)
    page = PageServer(feed, Actions(server, participants, bot, feed), server.files, key)
    async with AsyncExitStack() as ending:
        for end in (server.stop, page.stop, bot.stop):
            ending.push_async_callback(end)
        await server.start()
        try:
            address = await page.start(host, port)
        except OSError as error:
            taken = f"--listen: {host}:{port} cannot be listened on ({error.strerror})"
            raise UsageError(f"{taken}; write another address, such as 127.0.0.1:8091") from error
        show(f"The rehearsal is at {address} (Ctrl-C ends it)")
        _open(address)
        # Until `stop`, or until a bot that nobody has killed ends before it has served at all.
        stopping, ended = asyncio.create_task(stop.wait()), asyncio.create_task(bot.ended())
        await asyncio.wait([stopping, ended], return_when=asyncio.FIRST_COMPLETED)
        if not stopping.done() and ended.result() > 0 and not server.calls("getUpdates"):
            stopping.cancel()
            return ended.result()
        await stopping
        return 0


def _open(address: str) -> None:
    """Opens a browser where somebody sits in front of one."""
    has_screen = sys.platform in {"darwin", "win32"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.stdout.isatty() and has_screen:
        webbrowser.open(address)
