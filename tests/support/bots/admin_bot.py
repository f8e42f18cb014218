"""A bot with a knowledge folder of its own and an admin, for tests of the admins' desk."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from bot.answering.answerer import Answerer
from bot.answering.knowledge.snapshot import read_folder
from bot.answering.worker import Candidate, Read, Stage, checked
from bot.chat.library import Library
from bot.metrics import Metrics
from bot.serving.reloading import edition_of
from bot.storage.memory import Memory
from bot.storage.writer import Writer
from tests.support.bots.running_bot import running_bot
from tests.support.clocks import FastClock
from tests.support.reports.small_report import YAML, write_report
from tests.support.storage.databases import SqliteTrial
from tests.support.telegram_server import Message, Person, TelegramServer

HOME = "hewan.yaml"
APPLY = "Apply"
QUESTION = "小学数量"
NEW_REPORT = (
    YAML.replace("hewan-2021", "shankou-2021")
    .replace("id: output", "id: mountain-output")
    .replace("id: schools", "id: mountain-schools")
)


@dataclass(frozen=True, slots=True)
class AdminBot:
    """`folder`: of the knowledge. `history`: where replaced files are kept."""

    server: TelegramServer
    admin: Person
    library: Library
    memory: Memory
    folder: Path
    history: Path

    async def offered(self, content: str, name: str = "anything.yml") -> Message:
        """Sends a document, and returns what the bot says of it."""
        await self.admin.send_document(content.encode(), name)
        return await self.admin.next_message()

    def push_press(self, message: Message, button: str) -> None:
        """Presses a button, and waits for no answer."""
        data = message.find_button(button).data
        self.server.push_update({"callback_query": self.admin.press_of(message, data)})

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in self.folder.iterdir()}

    def kept(self) -> list[str]:
        paths = sorted(path for path in self.history.glob("*") if ".undone-" not in path.name)
        return [path.read_text(encoding="utf-8") for path in paths]

    async def audit(self) -> list[tuple[int | None, str, str]]:
        """Newest first."""
        await self.memory.written()
        return [(entry.who, entry.what, entry.result) for entry in await self.memory.audit.latest(20)]


def library_of(folder: Path) -> Library:
    reading = read_folder(folder)
    return Library(edition_of(reading, Answerer(reading.knowledge)))


def utcnow() -> datetime:
    return datetime.now(UTC)


_within = Writer._within  # noqa: SLF001 (nobody else can tell it to be patient)


async def _patiently(writer: Writer, seconds: float | None, work):
    """What writes slowly, as a busy machine does, is no outage here."""
    return await _within(writer, seconds and 10 * seconds, work)


@asynccontextmanager
async def admin_bot(  # noqa: PLR0913 (each test changes one or two of these)
    server: TelegramServer,
    place: Path,
    language: str = "en",
    more_admins: tuple[int, ...] = (),
    *,
    admin: Person | None = None,
    utcnow: Callable[[], datetime] = utcnow,
    **settings,
) -> AsyncIterator[AdminBot]:
    """`place`: the working directory of the bot, which the test has gone to. `more_admins`: beside the one it has.

    `admin`: of a bot before this one, at the same place, whose database and knowledge this one finds.
    `utcnow`: the time of day. Time goes 8 times as fast.
    """
    folder = place / "knowledge"
    if not folder.exists():
        write_report(folder)
    admin = admin or server.user(language_code=language)
    database = SqliteTrial(place)
    database.prepare()
    memory = await Memory.open(database.url, clock=utcnow)
    library = library_of(folder)
    given = {"admin_ids": (admin.id, *more_admins), "knowledge_dir": folder, "clock": FastClock(8), **settings}
    try:
        with patch.object(Writer, "_within", _patiently):
            async with running_bot(server, library=library, memory=memory, **given):
                yield AdminBot(server, admin, library, memory, folder, place / "data" / "knowledge-history")
    finally:
        await memory.close()


async def figure(at: AdminBot, question: str) -> str:
    return (await at.admin.ask(question)).text.splitlines()[0]


async def apply(at: AdminBot, offer: Message) -> None:
    """Presses the button below an offer, until it is in force."""
    await at.admin.press(offer, APPLY)
    await offer.becomes("In force")


async def applied(at: AdminBot, content: str) -> str:
    """What the bot says once the document is in force."""
    offer = await at.offered(content)
    await apply(at, offer)
    return offer.text


def restarted(at: AdminBot) -> AbstractAsyncContextManager[AdminBot]:
    """Another bot in place of one that has ended, which finds its folder and its database."""
    at.server.backend.callback_answers.clear()  # too old by then
    return admin_bot(at.server, at.folder.parent, admin=at.admin)


class Hanging:
    """Where the bot gets no further, until it is ended; `reached`: that it has come so far."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()

    async def __call__(self, *_: object) -> None:
        self.reached.set()
        await asyncio.Event().wait()


def figures(library: Library) -> list[str]:
    return [match.fact.figure for match in library.now.answerer.answer(QUESTION).matches]


def samples(metrics: Metrics) -> dict[str, float]:
    return {sample.name: sample.value for family in metrics.registry.collect() for sample in family.samples}


class ReadingInProcess:
    """As `ReadingProcess`, in the thread that reads, but that the answerer is not prepared."""

    def __init__(self, folder: Path, candidate: Candidate | None) -> None:
        self._folder = folder
        self._candidate = candidate

    def read(self, tell: Callable[[Stage], None]) -> Read:
        tell(Stage.READING)
        read = Read(read_folder(self._folder)) if self._candidate is None else checked(self._candidate, self._folder)
        if self._candidate is None and read.snapshot.knowledge is not None:
            tell(Stage.INDEXING)
            read = Read(read.snapshot, Answerer(read.snapshot.knowledge))
        tell(Stage.TAKING_OVER)
        return read

    def end(self) -> None:
        pass
