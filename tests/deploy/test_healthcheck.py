"""What the image's HEALTHCHECK says of a bot."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE

import pytest

from tests.support.bots.running_bot import listening, running_bot
from tests.support.deploy_files import DEPLOY

pytestmark = pytest.mark.asyncio


async def check(listen: str, **environment: str) -> tuple[int | None, str]:
    """The exit code, and what is printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        DEPLOY / "healthcheck.py",
        env={**os.environ, "HTTP_LISTEN": listen, **environment},
        stdout=PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return process.returncode, printed.decode()


async def test_a_bot_that_serves(server) -> None:
    settings = listening()
    port = settings["http_listen"].rpartition(":")[2]
    async with running_bot(server, **settings):
        person = server.user()
        await person.ask("产值")
        # A proxy for the way to Telegram is none for the way to itself.
        for listen in (settings["http_listen"], f"0.0.0.0:{port}"):
            code, printed = await check(listen, http_proxy="http://127.0.0.1:1")
            assert (code, printed.count("\n")) == (0, 1)
            assert printed.startswith('200 {"telegram": true')


async def test_a_bot_that_does_not_reach_telegram(server) -> None:
    settings = listening()
    server.delay_next("getMe", 60)
    async with running_bot(server, **settings):
        await server.wait_for_call("getMe")
        code, printed = await check(settings["http_listen"])
    assert code == 1
    assert printed.startswith('503 {"telegram": false')


async def test_no_bot() -> None:
    listen = listening()["http_listen"]
    code, printed = await check(listen)
    assert (code, printed.count("\n")) == (1, 1)
    assert printed.startswith(f"nothing answers at {listen} (")
    nowhere = "HTTP_LISTEN is empty: write host:port, or nobody can tell whether the bot serves\n"
    assert await check("") == (1, nowhere)
