"""The bot in the test's own event loop, served by a `TelegramServer`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from small_report import GROWTH, KNOWLEDGE, OUTPUT, SCHOOLS, answered, offered, refused

from bot.answering.answer import Answer, Language, Reason
from bot.chat import install
from bot.serving.application import build_application
from bot.serving.service import serve
from bot.settings import Settings

if TYPE_CHECKING:
    from telegram_server import TelegramServer

    from bot.answering.knowledge import Knowledge

TOKEN = "123456:for-the-tests-own-server-only-x"

_ANSWERS: dict[str, Callable[[], Answer]] = {
    "产值": lambda: answered(OUTPUT),
    "output": lambda: answered(OUTPUT, language=Language.ENGLISH),
    "产值和小学": lambda: answered(OUTPUT, SCHOOLS),
    "增速": lambda: offered(GROWTH, OUTPUT),
    "growth": lambda: offered(GROWTH, OUTPUT, language=Language.ENGLISH),
    "山口镇产值": lambda: refused(OUTPUT, reason=Reason.PLACE, asked="山口镇"),
    "2019年产值": lambda: refused(OUTPUT, reason=Reason.PERIOD, asked="2019年"),
    "房价": refused,
}


def answer(question: str) -> Answer:
    """A fixed answer to each of a few questions; fails on "boom", as no answerer should."""
    if question == "boom":
        raise LookupError("an answerer that fails")
    return _ANSWERS.get(question, refused)()


@asynccontextmanager
async def running_bot(
    server: TelegramServer, knowledge: Knowledge = KNOWLEDGE, answer: Callable[[str], Answer] = answer
) -> AsyncIterator[asyncio.Task[None]]:
    """Serves `server` within the block; yields the task that serves, which has ended well after it."""
    settings = Settings(telegram_api_url=server.url)
    application = build_application(settings, server.token)
    install(application, knowledge, answer)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(application, stop))
    try:
        yield serving
    finally:
        stop.set()
        await serving
