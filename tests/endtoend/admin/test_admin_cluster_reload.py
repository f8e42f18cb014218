"""Two processes on one PostgreSQL database, each with a folder of its own: what one reloads, the other reloads too.

tests/serving/test_cluster_reload.py proves the same on SQLite, without processes.
"""

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.processes.bot_process import TOKEN, serving, settings
from tests.support.reports.small_report import RICHER, YAML, write_report
from tests.support.telegram_server import Person, TelegramServer
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

ADMIN = 42
REPLICAS = "SELECT count(*) FROM replicas"
BOTH = "\nOther processes with this version: 1 of 1"
BEHIND = "\nOther processes with this version: 0 of 1\n/status tells which version the rest have, and why."


@dataclass(frozen=True, slots=True)
class Replica:
    """A running bot with its knowledge folder, and the admin as its Telegram knows the admin."""

    server: TelegramServer
    folder: Path
    admin: Person

    def write(self, text: str) -> None:
        (self.folder / "hewan.yaml").write_text(text, encoding="utf-8")

    async def reload(self) -> str:
        """What the bot says in the end."""
        word = await self.admin.ask("/reload")
        await word.becomes("In force: ")
        return word.text

    async def figure(self) -> str:
        """Asked by somebody new, since whoever asks much is not answered for a while."""
        return (await self.server.user().ask("小学数量")).text.partition("\n")[0]


@asynccontextmanager
async def replica(place: Path, database: str):
    folder = write_report(place / "knowledge")
    more = {"DATABASE_URL": database, "ADMIN_IDS": str(ADMIN)}
    async with TelegramServer(token=TOKEN) as server, serving(place, settings(server, **more)) as bot:
        yield Replica(server, folder, server.user(id=ADMIN, language_code="en"))
        bot.process.terminate()
        assert await bot.ended() == 0


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_reload_document_and_undo_are_followed(database, tmp_path_factory) -> None:
    places = [tmp_path_factory.mktemp(name) for name in "ab"]
    async with replica(places[0], database.url) as one:
        async with replica(places[1], database.url) as other:
            await until(lambda: database.rows(REPLICAS) == [(2,)], pause=0.1)
            assert "Processes on this database: 2" in (await one.admin.ask("/status")).text
            one.write(RICHER)
            other.write(RICHER)
            assert (await one.reload()).endswith(BOTH)
            assert (await one.figure(), await other.figure()) == ("6所", "6所")

            other.write(YAML)
            await one.admin.send_document(YAML.encode(), "hewan.yaml")
            offer = await one.admin.next_message()
            await one.admin.press(offer, "Apply")
            await one.admin.wait_for(lambda message: message is offer and message.text.endswith(BOTH))
            assert (await one.figure(), await other.figure()) == ("5所", "5所")

            other.write("report: [")
            assert (await one.admin.ask("/undo")).text.endswith(BEHIND)
            assert re.search(r"The last reload failed: .*hewan\.yaml:2:1: ", (await one.admin.ask("/status")).text)
            assert (await one.figure(), await other.figure()) == ("6所", "5所")
        await until(lambda: database.rows(REPLICAS) == [(1,)], pause=0.1)
        [(version,)] = database.rows("SELECT version FROM replicas")
        assert await one.reload() == f"In force: version {version}, 2 facts.\nNothing is different."
