"""What commands do with the memory of a bot, whether it runs or not: `shushuo announce`, and `suggest`."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import structlog

from bot.announcements.content import FactCard, Text, card
from bot.announcements.reports import audience_line, state, summary, takes_line
from bot.announcements.schedule import moment, shown
from bot.answering.knowledge.folder import read_knowledge
from bot.chat.rendering import LIMIT, plain_text, to_html, units
from bot.chat.texts import Locale, RequestError
from bot.errors import UsageError
from bot.settings import MOST_DAYS, Settings
from bot.storage.announcements import AnnouncementDraft
from bot.storage.database import sqlite_file
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

# Whoever reads logs and tables of a shell's announcements reads English.
_LOCALE = Locale.ENGLISH

T = TypeVar("T")


def announce(
    settings: Settings, payload: FactCard | Text, at: str | None, *, silent: bool, dry_run: bool
) -> tuple[list[str], bool]:
    """Queues an announcement. Returns lines that say what was done, and whether anybody gets it. Raises UsageError.

    `at`: when, as people write it; None for now.
    """
    due = None
    if at is not None:
        try:
            due, _ = moment(at, settings.timezone, datetime.now(UTC))
        except RequestError as error:
            raise UsageError(f"--at {at!r}: {error}") from None
    when = f" for {shown(due, settings.timezone)}" if due else ""

    async def queue(memory: Memory) -> tuple[list[str], bool]:
        audience = await memory.chats.audience()
        chats = sum(audience.values())
        whom = [audience_line(audience, _LOCALE), takes_line(chats, settings.broadcast_rate, _LOCALE)]
        if dry_run:
            return [*_shown(payload), *whom, f"Nothing was queued{when}: this was a dry run."], bool(chats or due)
        if not chats and due is None:
            return ["nobody has subscribed yet, so that nothing was queued"], False
        draft = AnnouncementDraft(f"shell:{uuid4()}", 0, str(_LOCALE), payload.to_json(), silent=silent)
        row = await memory.announcements.draft(draft)
        await memory.announcements.queue(row.id, due)
        await memory.audit.note(None, f"announce {row.id}", f"queued from a shell{when}")
        return [f"Announcement {row.id} is queued{when}.", *whom], True

    return _with_memory(settings.database, queue)


def text_of(path: Path) -> str:
    """The text of a UTF-8 file. Raises UsageError, and OSError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; name the one that holds the text") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8 text; save it as UTF-8") from None


def fact_payload(settings: Settings, id_: str) -> FactCard:
    """The card of the fact with an id. Raises UsageError and KnowledgeError."""
    facts = {fact.id: fact for fact in read_knowledge(settings.knowledge_dir).facts}
    if id_ not in facts:
        raise UsageError(f"--fact: there is no fact {id_!r}; write the id of one, as /fact shows it")
    return card(facts[id_])


def text_payload(text: str) -> Text:
    """The payload of a plain text. Raises UsageError for one that cannot be announced."""
    text = text.strip()
    if not text:
        raise UsageError("the text is empty; write what is to be announced")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UsageError("--text: is not UTF-8 text")
    if units(text) > LIMIT:
        raise UsageError(f"the text has {units(text)} characters; Telegram takes {LIMIT} at most, so make it shorter")
    return Text(to_html(text))


def listed(settings: Settings) -> list[str]:
    """The last announcements, a line each, newest first. Raises UsageError."""
    lines = []
    for row in _with_memory(settings.database, lambda memory: memory.announcements.latest(20)):
        counts = f"sent {row.sent}, failed {row.failed}, skipped {row.skipped}, left {row.left}"
        action = row.action if row.target is None else f"{row.action} of {row.target}"
        at = shown(row.released or row.due_at, settings.timezone)
        columns = (row.id, action, state(row, _LOCALE), at, counts, summary(row.payload, _LOCALE))
        lines.append("  ".join(map(str, columns)))
    return lines or ["Nothing has been announced yet."]


def _shown(payload: FactCard | Text) -> Iterator[str]:
    """What chats would get, without its formatting."""
    if isinstance(payload, Text):
        yield plain_text(payload.html)
        return
    for locale, html in payload.html.items():
        yield f"[{locale}]"
        yield plain_text(html)


def asked_in_vain(url: str, days: int) -> Counter[str]:
    """How often each question was asked in vain in the last days, in the database at `url`. Raises UsageError."""
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"--days {days}: is no number of days; write one from 1 to {MOST_DAYS}")
    since = datetime.now(UTC).date() - timedelta(days=days - 1)
    counts: Counter[str] = Counter()
    for question in _with_memory(url, lambda memory: memory.questions.unanswered(since)):
        if question.text:
            counts[question.text] += question.count
    return counts


def _with_memory(url: str, work: Callable[[Memory], Awaitable[T]]) -> T:
    """Has `work` done with the memory of the bot that has run on the database at `url`, and returns its result.

    Raises UsageError where that cannot be used now.
    """
    # Whatever goes wrong is said in one line; the log would repeat it.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    file = sqlite_file(url)
    if file and not file.exists():
        raise UsageError(f"DATABASE_URL: there is no database at {file}; run this in the folder that the bot runs in")

    async def opened() -> T:
        memory = await Memory.open(url)
        try:
            if not memory.health.healthy:
                reason = memory.health.reason
                raise UsageError(f"DATABASE_URL: the database cannot be used ({reason}); see to that, and try again")
            return await work(memory)
        except NoDatabaseError:
            raise UsageError("DATABASE_URL: the database did not answer; see to that, and try again") from None
        finally:
            await memory.close()

    return asyncio.run(opened())
