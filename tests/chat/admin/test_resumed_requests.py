"""What a killed process has begun is told, also where Telegram brings the request again meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from recording_memory import RecordingMemory
from telegram import Bot

from bot.chat.admin.documents import DocumentHandler
from bot.chat.admin.reloads import Edits, NothingToUndo, Request

_REQUEST = Request("undo:1:2", 1, 2, "en")


class LeftBehind:
    """Has one request that another process has begun; `asked` and `unfinished` are looked at at the same time."""

    def __init__(self) -> None:
        self.asking, self.looked = asyncio.Event(), asyncio.Event()
        self.is_reported = False

    async def asked(self, _: Request) -> bool:
        self.asking.set()
        await self.looked.wait()
        return False

    async def unfinished(self) -> list[Request]:
        await self.asking.wait()
        asyncio.get_running_loop().call_soon(self.looked.set)
        return [] if self.is_reported else [_REQUEST]

    async def undo(self, _: Request) -> NothingToUndo:
        return NothingToUndo()

    async def reported(self, _: Request, *, again: bool) -> None:
        assert not again
        self.is_reported = True


class Telling:
    """A bot of which it is known that something was sent."""

    def __init__(self) -> None:
        self.told = asyncio.Event()

    async def send_message(self, *_: object, **__: object) -> None:
        self.told.set()


@pytest.mark.asyncio
async def test_a_request_that_comes_again_is_not_passed_over() -> None:
    edits, bot = LeftBehind(), Telling()
    handler = DocumentHandler(cast("Any", None), cast("Edits", edits), RecordingMemory(), cast("Any", None))
    resuming = asyncio.create_task(handler.resume(cast("Bot", bot), asyncio.sleep))
    await handler._once(cast("Bot", bot), _REQUEST)  # noqa: SLF001
    await asyncio.wait_for(bot.told.wait(), 5)
    resuming.cancel()
