"""What the bot remembers: chats, counts of questions and of votes, and which updates it has handled.

Nothing here raises, and nothing waits for the database: what is told is written soon after, in the order it was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from bot.storage.activity.cluster import Cluster
from bot.storage.activity.handled import HandledUpdates
from bot.storage.activity.pending import PendingUpdates
from bot.storage.activity.recent import RecentUpdates
from bot.storage.activity.wording import ballot_hash, question_hash, question_text
from bot.storage.announcements.albums import Albums
from bot.storage.announcements.announcements import Announcements
from bot.storage.announcements.schedules import Schedules

from . import statements, upkeep
from .activity import figures
from .database import BUSY, Database
from .health import Health, HealthLog
from .statements import Change, Vote
from .subscriptions import Subscriptions
from .writer import Writer

if TYPE_CHECKING:
    from bot.answering.answer import Answer, Outcome
    from bot.storage.activity.figures import Audited, Popular, Unanswered

    from .statements import Query, Result

DEFAULT_QUESTION_DAYS: Final = 90
# Seconds. A database that does not answer is not waited for at the start either.
_OPENING: Final = 5.0
_CLOSING: Final = 0.5
_ANSWERING: Final = 0.5
_READING: Final = 1.0
_COUNTING: Final = 10.0
_PAUSES: Final = (0.5, 1.0, 2.0, 5.0)
_PRIVATE: Final = "private"


def _now() -> datetime:
    return datetime.now(UTC)


class Memory:
    """One for the process, made by `Memory.open` or `Memory.none`, ended by `close`. `utcnow`: its clock.

    While the database is away, full, read-only or locked, what is told is kept (up to 10,000 things) and written
    when it is back. One line is logged when it goes, and one when it is back.
    """

    def __init__(self, writer: Writer | None, keep_days: int, clock: Callable[[], datetime], health: HealthLog) -> None:
        """Use `open` or `none`."""
        self._writer = writer
        self._keep_days = keep_days
        self.utcnow = clock
        self._health = health
        self._recent = RecentUpdates()
        self._handled = HandledUpdates(writer) if writer is not None else None
        self.cluster = Cluster(writer, clock)
        self.announcements = Announcements(writer, clock)
        self.albums = Albums(writer, clock)
        self.pending = PendingUpdates(writer, clock)
        self.schedules = Schedules(writer, clock)
        self.subscriptions = Subscriptions(writer, clock)

    @classmethod
    def none(cls) -> Memory:
        """Remembers nothing but the updates handled lately; always healthy."""
        return cls(None, 0, _now, HealthLog(_now))

    @classmethod
    async def open(
        cls,
        url: str,
        keep_days: int = DEFAULT_QUESTION_DAYS,
        *,
        clock: Callable[[], datetime] = _now,
        pauses: Sequence[float] = _PAUSES,
        busy: float = BUSY,
    ) -> Memory:
        """Opens the database at `url` (sqlite:///PATH or postgresql://…) and brings its tables up to date.

        `keep_days`: for how long questions are kept; 0 means that none is noted. `clock`: tells the time in UTC.
        `pauses`: seconds between attempts to reach a database that is away; the last one repeats.
        `busy`: seconds for which other processes may keep this one from writing before the database counts as locked.
        A database that cannot be used does not stop the start: it is logged, and tried again.
        """
        health = HealthLog(clock)
        writer = Writer(Database(url, busy), health, pauses, busy + _ANSWERING)
        writer.start()
        await writer.first_attempt(_OPENING)
        return cls(writer, keep_days, clock, health)

    @property
    def database(self) -> Database | None:
        """For those that wait for it, and bear what it raises; None where nothing is kept."""
        return self._writer.database if self._writer is not None else None

    # ---- health

    @property
    def healthy(self) -> bool:
        """Whether the database took what was written last."""
        return self._health.now.healthy

    @property
    def health(self) -> Health:
        """The same, with since when, and why not."""
        return self._health.now

    async def check(self) -> Health:
        """Tries to write, unless it is known already that this is in vain, and returns the health after that.

        For /readyz: takes 2.5 seconds at most.
        """
        if self._writer is not None and self.healthy:
            await self._writer.probe()
        return self._health.now

    # ---- chats

    async def chat_seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        """Notes a chat that the bot can write to, or what has changed of it; safe to call for every message.

        `kind`: private, group, supergroup or channel. `title`: not kept of private chats, where it is a person's name.
        `language`: of its interface. `topic`: the forum topic to write to; without one, an earlier topic stays.
        A chat that had ended has come back, without the subscription that it may have had. A group that is subscribed
        keeps the language of its subscription.
        """
        kept = "" if kind == _PRIVATE else title
        self._tell(statements.chat_seen(chat_id, kind, kept, language, topic, self.utcnow()))

    async def chat_ended(self, chat_id: int, because: str) -> None:
        """Notes that the bot can no longer write to the chat, which ends its subscription too.

        `because`: a word for it, such as blocked or kicked.
        """
        self._tell(statements.chat_ended(chat_id, because, self.utcnow()))

    async def subscription_ended(self, chat_id: int, because: str) -> None:
        """Notes that announcements can no longer go to the chat. `because`: a word for it."""
        self._tell(statements.subscription_ended(chat_id, because))

    async def chat_moved(self, old: int, new: int) -> None:
        """Carries all that is known of a group, its subscription too, over to the supergroup that it became.

        Safe to call twice.
        """
        self._tell(statements.chat_moved(old, new))

    # ---- questions and votes

    async def asked(self, text: str, answer: Answer, day: date) -> None:
        """Counts a question on a day: its normalised text, the outcome, and the facts stated or offered.

        Neither the person nor the chat is noted. Of more than 5,000 different ones a day, the rest is counted without
        their texts. Nothing is noted where questions are kept for 0 days.
        """
        if self._keep_days > 0:
            facts = _joined(match.fact.id for match in answer.matches)
            self._tell(statements.asked(day, question_text(text), question_hash(text), answer.outcome, facts))

    async def voted(self, facts: Iterable[str], question_hash: str, vote: Vote, message: tuple[int, int]) -> None:
        """Counts a vote on an answer. `facts`: the ids that the answer stated. `question_hash`: of `question_hash()`.

        `message`: the chat and the number of the answer; a later vote on it takes the place of this one.
        """
        question = question_hash if self._keep_days > 0 else ""
        stated = list(dict.fromkeys(facts))
        ballot = ballot_hash(message, question_hash, stated)
        # What is not of a question is kept for ever, and so there are no more such rows than facts.
        counted = [_joined(stated)] if question else stated
        self._tell(statements.voted(ballot, self.utcnow().date(), counted, question, vote))

    # ---- updates

    async def first_time(self, update_id: int) -> bool:
        """Whether an update is to be handled: it was not handled before, nor is it being handled now.

        After True, tell the end by `handled` or `abandoned`. Where several processes share the database, it knows the
        updates that the others handled, but an update whose handling a crash broke off is handled again.
        """
        if not self._recent.begin(update_id):
            return False
        known = self._handled is not None and self.healthy and await self._handled.contains(update_id)
        return not known

    async def handled(self, update_id: int) -> None:
        """Notes that the update needs no further handling, by no process."""
        self._tell(statements.handled(update_id, self.utcnow().date()))

    async def abandoned(self, update_id: int) -> None:
        """Notes that the handling broke off, and that the update is to be handled when it comes again."""
        self._recent.forget(update_id)

    # ---- for admins; None where the database does not say

    async def audited(self, who: int | None, what: str, result: str) -> None:
        """Notes what an admin did. `who`: the id, None where the program did it by itself.

        `what`: a word such as reload, and what it was done to. `result`: one line; both are cut after 500 characters.
        """
        self._tell(figures.audited(self.utcnow(), who, what, result))

    async def audit(self, most: int) -> list[Audited] | None:
        """What was noted last, newest first."""
        return await self._read(figures.audit(most))

    async def outcomes(self, day: date) -> dict[Outcome, int] | None:
        """How many questions of a day had each outcome."""
        return await self._read(figures.outcomes(day))

    async def unanswered(self, since: date) -> list[Unanswered] | None:
        """The questions since a day that were refused or got choices, the most frequent first, 3,000 at most.

        Takes a second for half a million of them.
        """
        return await self._read(figures.unanswered(since), _COUNTING)

    async def popular(self, since: date) -> Popular | None:
        """The facts that were stated since a day, and those that were voted on."""
        return await self._read(figures.popular(since))

    @property
    def waiting(self) -> int:
        """How much was told that is not written yet."""
        return self._writer.waiting if self._writer is not None else 0

    # ---- upkeep

    async def prune(self, today: date, days: int) -> bool:
        """Forgets questions that are older than `days` (0: all), and updates that Telegram sends no more.

        Votes of a forgotten question still count for the facts of its answer. What admins did, and which way messages
        were voted on, is forgotten after 400 days, and so are chats that ended; of announcements, drafts that were not
        sent and albums after 30 days, and 400 days after their end what each chat has got of them. Call it at least
        once a day; returns whether that is done, or has to be tried again, because the database does not take it.
        """
        if self._writer is None:
            return True
        done = True
        for forget in upkeep.pieces(self.utcnow(), today, days):
            while more := await self._writer.confirm(forget):
                pass
            done = done and more is not None
        return done

    async def written(self) -> None:
        """Returns when everything told so far is in the database; while that is away, when it is back."""
        if self._writer is not None:
            await self._writer.written()

    async def close(self) -> None:
        """Writes what is left, for up to half a second, and closes the database."""
        if self._writer is not None:
            with suppress(TimeoutError):
                await self._writer.written(_CLOSING)
            await self._writer.close()

    async def _read(self, query: Query[Result], seconds: float = _READING) -> Result | None:
        return await self._writer.read(query, seconds) if self._writer is not None and self.healthy else None

    def _tell(self, change: Change) -> None:
        if self._writer is not None:
            self._writer.put(change)


def _joined(facts: Iterable[str]) -> str:
    return " ".join(facts)
