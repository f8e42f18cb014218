"""How the bot is and which knowledge answers: /status, /reload, /audit, and what admins are told of outages."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.answering.answer import Outcome
from bot.answering.worker import Stage
from bot.chat.library import Library
from bot.chat.messages import Context, Handler, Reply, edit, reader_of, send_below, tell_admin
from bot.chat.rendering import one_line
from bot.chat.texts import Locale, Texts, texts
from bot.storage.cluster import Replica
from bot.storage.memory import Memory
from bot.storage.writer import Health, NoDatabaseError

from .admins import Admins
from .knowledge_changes import Reload, reloaded

_LONGEST = 200
# Telegram takes about one message a second in a chat, and the result is not to wait behind what leads to it.
_BETWEEN_NOTICES = 1.0


class Vitals(NamedTuple):
    """How this process is."""

    uptime: timedelta
    updates: int  # received from Telegram and not answered yet
    messages: int  # that wait for their turn to be sent
    errors: int  # updates of the last hour that could not be answered
    replica: str  # its name among the processes on the database
    stage: Stage  # how far the last reading of the knowledge is
    problem: str  # why the last reload failed, empty where it did not


class StatusHandler:
    """`reload`: reloads in all processes on the database, for the admin with an id. `vitals`: how this one is now."""

    def __init__(self, memory: Memory, library: Library, reload: Reload, vitals: Callable[[], Vitals]) -> None:
        self._memory = memory
        self._library = library
        self._reload = reload
        self._vitals = vitals

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.command("status", self._status),
            admins.command("reload", self._reload_command),
            admins.command("audit", self._audit),
        ]

    async def _status(self, message: Message, _: Context) -> None:
        say, vitals = texts(reader_of(message.from_user)), self._vitals()
        health = await self._memory.check()
        counts, replicas = None, list[Replica]()
        with suppress(NoDatabaseError):
            counts = await self._memory.questions.outcomes(self._memory.utcnow().date())
            replicas = await self._memory.cluster.all()
        lines = [*self._lines(vitals, health, counts, say), *_replicas(replicas, vitals.replica, say)]
        await send_below(message, Reply.plain("\n".join(lines)))

    def _lines(self, vitals: Vitals, health: Health, counts: Mapping[str, int] | None, say: Texts) -> Iterator[str]:
        """The knowledge, the questions of today by their outcomes, and this process."""
        edition = self._library.now
        facts, reports = len(edition.knowledge.facts), len(edition.knowledge.reports)
        yield say("status-knowledge", version=edition.version, at=_time(edition.read_at))
        yield say("status-facts", facts=facts, reports=reports)
        if vitals.problem:
            yield say("status-problem", problem=one_line(vitals.problem, _LONGEST))
        yield ""
        if counts is None:
            yield say("status-no-questions")
        else:
            yield say("status-questions", **{outcome.name.lower(): counts.get(outcome, 0) for outcome in Outcome})
        yield say("status-queue", updates=vitals.updates, messages=vitals.messages, writes=self._memory.waiting)
        if health.healthy:
            yield say("status-database", at=_time(health.since))
        else:
            yield say("status-database-away", at=_time(health.since), reason=one_line(health.reason, _LONGEST))
        yield say("status-errors", errors=vitals.errors)
        minutes = int(vitals.uptime.total_seconds()) // 60
        yield say("status-uptime", days=minutes // 1440, hours=minutes // 60 % 24, minutes=minutes % 60)

    async def _reload_command(self, message: Message, _: Context) -> None:
        bot, chat, say = message.get_bot(), message.chat.id, texts(reader_of(message.from_user))
        shown = Stage.READING
        notice = await send_below(message, Reply.plain(say(f"reload-{shown}")))
        reloading = asyncio.ensure_future(self._reload(message.from_user.id if message.from_user else None))
        try:
            while not (await asyncio.wait([reloading], timeout=_BETWEEN_NOTICES))[0]:
                if (stage := self._vitals().stage) is not shown:
                    shown = stage
                    with suppress(TelegramError):  # the result is sent in any case
                        await edit(bot, chat, notice, Reply.plain(say(f"reload-{shown}")))
        finally:
            reloading.cancel()
        result, version = reloading.result(), self._library.now.version
        refusal = say("reload-refused", version=version, total=result.here.snapshot.total)
        reply = Reply.plain("\n".join(reloaded(result, (), refusal, say)))
        if not await edit(bot, chat, notice, reply):
            await send_below(message, reply)

    async def _audit(self, message: Message, _: Context) -> None:
        say, noted = texts(reader_of(message.from_user)), await self._memory.audit.latest(20)
        lines = [say("audit" if noted else "audit-none")]
        for entry in noted:
            who = say("audit-program") if entry.who is None else str(entry.who)
            what, result = (one_line(text, 80) for text in (entry.what, entry.result))
            lines.append(say("audit-entry", at=_time(entry.at), who=who, what=what, result=result))
        await send_below(message, Reply.plain("\n".join(lines)))


def _replicas(replicas: list[Replica], own: str, say: Texts) -> Iterator[str]:
    if replicas:
        yield ""
        yield say("status-replicas", count=len(replicas))
    # One that is started again has another name; those that have died must not push out those that live.
    for replica in sorted(replicas, key=lambda replica: not replica.alive)[:20]:
        parts = [say("status-replica", name=replica.name, version=replica.version, at=_time(replica.since))]
        if replica.name == own:
            parts.append(say("status-replica-own"))
        if not replica.alive:
            parts.append(say("status-replica-silent", at=_time(replica.seen)))
        if replica.problem:
            parts.append(say("status-problem", problem=one_line(replica.problem, _LONGEST)))
        yield " · ".join(parts)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


async def tell_of_outages(
    memory: Memory, bot: Bot, admins: Collection[int], sleep: Callable[[float], Awaitable[None]]
) -> None:
    """Tells the admins that the database is away, and that it is back, until it is cancelled."""
    informed: set[int] = set()
    while True:
        before = memory.health
        # Seconds that an outage of the database has to last, so that a restart of the server is none.
        await sleep(5.0)
        now = memory.health
        at = _time(now.since)
        if now.healthy:
            for admin in sorted(informed):
                await _tell(bot, admin, "outage-over", at=at)
            informed.clear()
        elif not before.healthy:
            reason = one_line(now.reason, 300)
            for admin in sorted(set(admins) - informed):
                if await _tell(bot, admin, "outage", at=at, reason=reason):
                    informed.add(admin)


async def _tell(bot: Bot, admin: int, key: str, **values: str) -> bool:
    """Sends an admin a text in each language; whether Telegram has taken it."""
    # Who reads which language is in the database.
    text = "\n\n".join(texts(language)(key, **values) for language in (Locale.ENGLISH, Locale.SIMPLIFIED))
    return await tell_admin(bot, admin, Reply.plain(text).html, "the database")
