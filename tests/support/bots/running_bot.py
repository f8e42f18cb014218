"""The bot in the test's own event loop, served by a `TelegramServer`."""

import asyncio
import atexit
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from unittest.mock import Mock, patch

import aiohttp
from structlog.typing import EventDict

from bot.answering.answer import Answer, Language, Reason
from bot.answering.answerer import Answerer
from bot.answering.explaining import Wording
from bot.answering.knowledge.model import Fact, Knowledge
from bot.answering.knowledge.snapshot import version_of
from bot.answering.matching.index import Index
from bot.chat.library import Contents, Edition, Library, Search
from bot.chat.texts import Locale
from bot.clock import Clock
from bot.serving.limits import Kind
from bot.serving.service import Service, serve
from bot.settings import Settings
from bot.storage.memory import Memory
from tests.support.reports.small_report import GROWTH, KNOWLEDGE, OUTPUT, SCHOOLS, answered, offered, refused
from tests.support.storage.no_memory import NoMemory
from tests.support.telegram_server import Chat, Message, TelegramServer

TOKEN = "123456:for-the-tests-own-server-only-x"

_NO_LIMITS = {
    "limits._LIMITS": dict.fromkeys(Kind, (1, 0.0)),
    "limits._CHAT_INTERVAL": 0.0,
    "limits._GROUP_INTERVAL": 0.0,
    "receiving.MOST_OF_ONE": 1_000_000,
}
_ANSWERS: dict[str, Callable[[], Answer]] = {
    "产值": lambda: answered(OUTPUT),
    "output": lambda: answered(OUTPUT, language=Language.ENGLISH),
    "产值和小学": lambda: answered(OUTPUT, SCHOOLS),
    "产值和<b>": lambda: answered(OUTPUT, missing=("<b>",)),
    "output and <b>": lambda: answered(OUTPUT, missing=("<b>",), language=Language.ENGLISH),
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


def echo(question: str) -> Answer:
    """The question as the figure of a fact, with which the reply begins."""
    return answered(replace(OUTPUT, figure=question), question=question)


def free_port() -> int:
    """A port on which nothing listens, and which nobody else is given before these tests end."""
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port = int(probe.getsockname()[1])
    if sys.platform == "linux":  # where others can listen on a port that is bound so
        atexit.register(probe.close)  # which keeps it, too
    else:
        probe.close()
    return port


def listening(path: str | None = None) -> dict[str, str]:
    """Settings of a bot that listens on a free port; with `path`, for the webhook too."""
    place = f"127.0.0.1:{free_port()}"
    webhook = {} if path is None else {"webhook_url": f"http://{place}{path}"}
    return {"http_listen": place, **webhook}


async def metric(address: str, name: str) -> float:
    """The sum of a metric over its labels, as a bot that listens at `address` tells it."""
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}/metrics") as response:
        lines = (await response.text()).splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


class FixedAnswerer:
    """Answers by `answer` alone, and explains nothing; reads the facts as they are."""

    def __init__(self, knowledge: Knowledge, answer: Callable[[str], Answer]) -> None:
        self.knowledge = knowledge
        self.answer = answer

    @cached_property
    def index(self) -> Index:
        return Answerer(self.knowledge).index

    @staticmethod
    def explain(question: str) -> str:
        return f"read as: {question}"

    @staticmethod
    def wording(question: str) -> Wording:
        return Wording((question,), (question,))

    @staticmethod
    def nearest(_question: str, _most: int) -> tuple[Fact, ...]:
        return ()


class FixedSuggestions:
    """A question for each fact by its label, and nothing to go on to."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._sections = Contents(knowledge).sections

    def question(self, fact: Fact, _locale: Locale) -> str:
        return f"{fact.label}是多少？"

    def examples(self, locale: Locale, popular: Sequence[str] = ()) -> dict[str, Fact]:
        return {self.question(section.notable, locale): section.notable for section in self._sections}

    @staticmethod
    def after(_fact: Fact, _language: Language) -> tuple[tuple[Fact, str], ...]:
        return ()


def edition(knowledge: Knowledge = KNOWLEDGE, answer: Callable[[str], Answer] = answer) -> Edition:
    answerer = FixedAnswerer(knowledge, answer)
    made = Edition(answerer, version_of(knowledge), datetime.now(UTC))
    # Each message is answered by `answer` alone, and nothing is remembered.
    made.conversation = lambda *_: Mock(reply=lambda text, _now: answer(text))
    made.search = Search(made.contents, answer)
    made.suggestions = FixedSuggestions(knowledge)
    return made


@asynccontextmanager
async def running_bot(  # noqa: PLR0913 (each test changes one or two of these)
    server: TelegramServer,
    knowledge: Knowledge = KNOWLEDGE,
    answer: Callable[[str], Answer] = answer,
    memory: Memory | None = None,
    clock: Clock | None = None,
    *,
    fair: bool = False,
    library: Library | None = None,
    **settings,
) -> AsyncIterator[asyncio.Task[None]]:
    """Serves `server` within the block; yields the task that serves, which has ended well after it.

    `fair`: with the limits of people, groups and chats, which would make most tests wait. `settings` by their names.
    `library`: in place of `knowledge` and `answer`.
    """
    given = {"telegram_bot_token": server.token, "telegram_api_url": server.url, "http_listen": ""}
    library = library or Library(edition(knowledge, answer))
    memory = memory or NoMemory()
    with nullcontext() if fair else without_limits():
        rate = {} if fair else {"reply_rate": 0}
        service = Service(Settings(**{**given, **rate, **settings}), library, memory, clock or Clock())
        if isinstance(memory, NoMemory):
            service.announcing = ()  # which need a database
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(service, stop))
        try:
            yield serving
        finally:
            stop.set()
            await serving


@contextmanager
def without_limits() -> Iterator[None]:
    """Of people, groups and chats."""
    with ExitStack() as patched:
        for name, value in _NO_LIMITS.items():
            patched.enter_context(patch(f"bot.serving.{name}", value))
        yield


def figure(message: Message) -> str:
    """The figure of a reply, so the question that it answers."""
    return message.text.split()[0]


def figures(chat: Chat) -> list[str]:
    """What the bot has answered in a chat, oldest first."""
    return [figure(message) for message in chat.bot_messages]


def events(logs: list[EventDict], *levels: str) -> list[str]:
    """What the log says at these levels, at first at warning and above."""
    return [record["event"] for record in logs if record["log_level"] in (levels or ("warning", "error", "critical"))]
