"""`shushuo announce`: queues an announcement through the database, whether the bot runs or not, and lists them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import structlog

from bot.announcements.schedule.moments import moment, shown
from bot.announcements.telegram.content import card
from bot.announcements.telegram.wording import audience_line, plain_text, state, summary, takes_line
from bot.answering.knowledge.folder import read_knowledge
from bot.chat.markup import LIMIT, units
from bot.chat.texts import Locale, RequestError
from bot.storage import Draft, Memory, NoDatabaseError, known
from bot.storage.database import sqlite_file

from .payload import Fact, Text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

# Whoever reads logs and tables of a shell's announcements reads English.
_LOCALE: Final = Locale.ENGLISH
_LISTED: Final = 20
_NOBODY: Final = "nobody has subscribed yet, so that nothing was queued"
_NOT_THERE: Final = "DATABASE_URL: there is no database at {}; run this in the folder that the bot runs in"
_NO_USE: Final = "DATABASE_URL: the database cannot be used ({}); see to that, and try again"
_NO_ANSWER: Final = "DATABASE_URL: the database did not answer; see to that, and try again"


class AnnounceError(Exception):
    """An announcement cannot be queued as it was asked for; the text is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be announced: the fact with an id, or a text. `at`: when, as people write it; None for now."""

    fact: str | None
    text: str | None
    at: str | None
    silent: bool
    dry_run: bool


def announce(settings: Settings, wish: Wish) -> tuple[list[str], bool]:
    """Queues it. Lines that say what was done, and whether anybody gets it. Raises AnnounceError and KnowledgeError."""
    payload, due = _payload(settings, wish), None
    if wish.at is not None:
        try:
            due, _ = moment(wish.at, settings.timezone, datetime.now(UTC))
        except RequestError as error:
            raise AnnounceError(f"--at {wish.at!r}: {error}") from None
    return asyncio.run(_announce(settings, wish, payload, due))


def listed(settings: Settings) -> list[str]:
    """The last announcements, a line each, newest first. Raises AnnounceError."""
    return asyncio.run(_listed(settings))


def text_of(path: Path) -> str:
    """The text of a UTF-8 file. Raises AnnounceError, and OSError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AnnounceError(f"{path}: there is no such file; name the one that holds the text") from None
    except UnicodeDecodeError:
        raise AnnounceError(f"{path}: is not UTF-8 text; save it as UTF-8") from None


def _payload(settings: Settings, wish: Wish) -> Fact | Text:
    if wish.fact is not None:
        facts = {fact.id: fact for fact in read_knowledge(settings.knowledge_dir).facts}
        if wish.fact not in facts:
            raise AnnounceError(f"--fact: there is no fact {wish.fact!r}; write the id of one, as /fact shows it")
        return card(facts[wish.fact])
    text = (wish.text or "").strip()
    if not text:
        raise AnnounceError("the text is empty; write what is to be announced")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise AnnounceError("--text: is not UTF-8 text")
    if units(text) > LIMIT:
        raise AnnounceError(
            f"the text has {units(text)} characters; Telegram takes {LIMIT} at most, so make it shorter"
        )
    return Text(escape(text, quote=False))


async def _announce(
    settings: Settings, wish: Wish, payload: Fact | Text, due: datetime | None
) -> tuple[list[str], bool]:
    async with _memory(settings) as memory:
        audience = known(await memory.subscriptions.audience())
        chats = sum(audience.values())
        when = f" for {shown(due, settings.timezone)}" if due else ""
        whom = [audience_line(audience, _LOCALE), takes_line(chats, settings.broadcast_rate, _LOCALE)]
        if wish.dry_run:
            return [*_shown(payload), *whom, f"Nothing was queued{when}: this was a dry run."], bool(chats or due)
        if not chats and due is None:
            return [_NOBODY], False
        draft = Draft(f"shell:{uuid4()}", 0, str(_LOCALE), payload.to_json(), silent=wish.silent)
        row = await memory.announcements.put(draft, due)
        await memory.audit.note(None, f"announce {row.id}", f"queued from a shell{when}")
        return [f"Announcement {row.id} is queued{when}.", *whom], True


async def _listed(settings: Settings) -> list[str]:
    async with _memory(settings) as memory:
        rows = await memory.announcements.latest(_LISTED)
    lines = []
    for row in rows:
        counts = f"sent {row.sent}, failed {row.failed}, skipped {row.skipped}, left {row.left}"
        action = row.action if row.target is None else f"{row.action} of {row.target}"
        at = shown(row.released or row.due_at, settings.timezone)
        columns = (row.id, action, state(row, _LOCALE), at, counts, summary(row.payload, _LOCALE))
        lines.append("  ".join(map(str, columns)))
    return lines or ["Nothing has been announced yet."]


def _shown(payload: Fact | Text) -> Iterator[str]:
    """What chats would get, without its formatting."""
    if isinstance(payload, Text):
        yield plain_text(payload.html)
        return
    for locale, html in payload.html.items():
        yield f"[{locale}]"
        yield plain_text(html)


@asynccontextmanager
async def _memory(settings: Settings) -> AsyncIterator[Memory]:
    # Whatever goes wrong is said in one line; the log would repeat it.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    url = settings.database_url.get_secret_value()
    file = sqlite_file(url)
    if file and not file.exists():
        raise AnnounceError(_NOT_THERE.format(file))
    memory = await Memory.open(url, settings.question_log_days)
    try:
        if not memory.healthy:
            raise AnnounceError(_NO_USE.format(memory.health.reason))
        yield memory
    except NoDatabaseError:
        raise AnnounceError(_NO_ANSWER) from None
    finally:
        await memory.close()
