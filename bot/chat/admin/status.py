"""/status: how the bot is, and which knowledge answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from telegram import Message

from bot.answering.answer import Outcome
from bot.chat.plain_text import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, texts

if TYPE_CHECKING:
    from bot.chat.library import Library
    from bot.chat.updates import Context, Handler
    from bot.storage import Health, Memory, Replica

    from .admins import Admins

_TIME: Final = "%Y-%m-%d %H:%M"
_LONGEST: Final = 200
_REPLICAS: Final = 20


@dataclass(frozen=True, slots=True)
class Vitals:
    """How this process is. `uptime`: since it started.

    `updates`: received from Telegram and not answered yet. `messages`: that wait for their turn to be sent.
    `errors`: updates of the last hour that could not be answered. `replica`: its name among the processes that share
    the database. `problem`: why the last reload failed, empty where it did not.
    """

    uptime: timedelta
    updates: int
    messages: int
    errors: int
    replica: str
    problem: str


class StatusHandler:
    """`vitals`: how the process is now."""

    def __init__(self, memory: Memory, library: Library, vitals: Callable[[], Vitals]) -> None:
        self._memory = memory
        self._library = library
        self._vitals = vitals

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command("status", self._status)]

    async def _status(self, message: Message, _: Context) -> None:
        reader = reader_of(message.from_user)
        vitals = self._vitals()
        health = await self._memory.check()
        parts = [
            *self._knowledge(vitals, reader),
            "",
            await self._questions(reader),
            *self._process(vitals, health, reader),
            *await self._replicas(vitals, reader),
        ]
        await send_below(message, Reply.plain("\n".join(parts)))

    def _knowledge(self, vitals: Vitals, locale: Locale) -> Iterator[str]:
        say = texts(locale)
        edition = self._library.now
        facts, reports = len(edition.knowledge.facts), len(edition.knowledge.reports)
        yield say("status-knowledge", version=edition.version, at=edition.read_at.strftime(_TIME))
        yield say("status-facts", facts=facts, reports=reports)
        if vitals.problem:
            yield say("status-problem", problem=cut(one_line(vitals.problem), _LONGEST))

    async def _questions(self, locale: Locale) -> str:
        counts = await self._memory.questions.outcomes(self._memory.utcnow().date())
        if counts is None:
            return texts(locale)("status-no-questions")
        by_name = {outcome.name.lower(): counts.get(outcome, 0) for outcome in Outcome}
        return texts(locale)("status-questions", **by_name)

    def _process(self, vitals: Vitals, health: Health, locale: Locale) -> Iterator[str]:
        say = texts(locale)
        yield say("status-queue", updates=vitals.updates, messages=vitals.messages, writes=self._memory.waiting)
        if health.healthy:
            yield say("status-database", at=health.since.strftime(_TIME))
        else:
            reason = cut(one_line(health.reason), _LONGEST)
            yield say("status-database-away", at=health.since.strftime(_TIME), reason=reason)
        yield say("status-errors", errors=vitals.errors)
        minutes = int(vitals.uptime.total_seconds()) // 60
        days, hours = minutes // 1440, minutes // 60 % 24
        yield say("status-uptime", days=days, hours=hours, minutes=minutes % 60)

    async def _replicas(self, vitals: Vitals, locale: Locale) -> Iterator[str]:
        replicas = await self._memory.cluster.all()
        if not replicas:
            return iter(())
        head = ["", texts(locale)("status-replicas", count=len(replicas))]
        # One that is started again has another name; those that have died must not push out those that live.
        living_first = sorted(replicas, key=lambda replica: not replica.alive)
        lines = (_replica(replica, vitals.replica, locale) for replica in living_first[:_REPLICAS])
        return iter([*head, *lines])


def _replica(replica: Replica, own: str, locale: Locale) -> str:
    say = texts(locale)
    line = say("status-replica", name=replica.name, version=replica.version, at=replica.since.strftime(_TIME))
    notes = [
        say("status-replica-own") if replica.name == own else "",
        "" if replica.alive else say("status-replica-silent", at=replica.seen.strftime(_TIME)),
        say("status-problem", problem=cut(one_line(replica.problem), _LONGEST)) if replica.problem else "",
    ]
    return " · ".join(filter(None, [line, *notes]))
