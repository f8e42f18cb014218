"""`shushuo announce`: queues an announcement through the database, whether the bot runs or not, and lists them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bot.announcements.content import FactCard, Text, card
from bot.announcements.reports import audience_line, state, summary, takes_line
from bot.announcements.schedule import moment, shown
from bot.answering.knowledge.folder import read_knowledge
from bot.chat.rendering import LIMIT, plain_text, to_html, units
from bot.chat.texts import Locale, RequestError
from bot.errors import UsageError
from bot.settings import Settings
from bot.storage.announcements import AnnouncementDraft
from bot.storage.memory import Memory

from .bot_memory import with_memory

# Whoever reads logs and tables of a shell's announcements reads English.
_LOCALE = Locale.ENGLISH


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
        audience = await memory.subscriptions.audience()
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

    return with_memory(settings.database, queue)


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
    for row in with_memory(settings.database, lambda memory: memory.announcements.latest(20)):
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
