"""The list of announcements, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.chat.texts import Locale, texts
from bot.storage import Action, State

from .buttons import ButtonAction, button, keyboard
from .drafts import reply
from .wording import name, report, state, summary

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton

    from bot.chat.replies import Reply
    from bot.storage import Announcement, Announcements

_PAGE: Final = 10
_ROW: Final = 5
_TIME: Final = "%Y-%m-%d %H:%M"


class AnnouncementPages:
    """Makes the pages. `zone`: the time zone that times are shown in."""

    def __init__(self, announcements: Announcements, zone: ZoneInfo) -> None:
        self._rows = announcements
        self._zone = zone

    async def list(self, before: int, locale: Locale) -> Reply:
        """The newest with ids below `before`, or the newest of all where that is 0; a button for each."""
        say = texts(locale)
        found = await self._rows.latest(_PAGE + 1, before or None)
        if not found:
            return reply([say("no-database" if found is None else "announce-list-none")])
        shown = found[:_PAGE]
        lines = [say("announce-list", zone=self._zone.key), *(self._line(row, locale) for row in shown)]
        numbers = [button(str(row.id), ButtonAction.OPEN, row.id) for row in shown]
        rows = [numbers[at : at + _ROW] for at in range(0, len(numbers), _ROW)]
        leaf = [button(say("announce-newest"), ButtonAction.LIST)] if before else []
        if len(found) > len(shown):
            leaf.append(button(say("announce-older"), ButtonAction.LIST, shown[-1].id))
        return reply(lines, keyboard([*rows, leaf]))

    async def one(self, row: Announcement, locale: Locale) -> Reply:
        """All that is known of an announcement, and what can be done with it."""
        say = texts(locale)
        reasons, afterwards = await self._rows.reasons(row.id), await self._rows.after(row.id)
        if reasons is None or afterwards is None:
            return reply([say("no-database")])
        past = self._rows.is_past(row)
        lines = [
            report(row, reasons, locale),
            self._times(row, locale),
            say("announce-silent", silent=_yes(row.silent, locale), pin=_yes(row.pin, locale)),
            *([say("announce-past")] if past else []),
            *(self._line(other, locale) for other in afterwards),
        ]
        changes = [] if past else self._changes(row, afterwards, locale)
        leaf = [button(say("announce-see"), ButtonAction.SEE, row.id), button(say("announce-back"), ButtonAction.LIST)]
        return reply(lines, keyboard([*changes, leaf]))

    def _line(self, row: Announcement, locale: Locale) -> str:
        say = texts(locale)
        what = summary(row.payload, locale) if row.action is Action.SEND else name(row, locale)
        return say(
            "announce-list-entry",
            id=str(row.id),
            at=self._time(row.released or row.due_at),
            state=state(row, locale),
            sent=row.sent,
            failed=row.failed,
            what=what,
        )

    def _times(self, row: Announcement, locale: Locale) -> str:
        say = texts(locale)
        due = self._time(row.due_at)
        if row.released is None:
            return say("announce-due", due=due, zone=self._zone.key)
        return say("announce-begun", at=self._time(row.released), due=due, zone=self._zone.key)

    def _time(self, at: datetime) -> str:
        return at.astimezone(self._zone).strftime(_TIME)

    @staticmethod
    def _changes(
        row: Announcement, afterwards: Sequence[Announcement], locale: Locale
    ) -> Iterator[Sequence[InlineKeyboardButton]]:
        say = texts(locale)
        # What is still under way would reach the rest uncorrected.
        if row.state in {State.QUEUED, State.SENDING}:
            yield [button(say("announce-stop"), ButtonAction.STOP, row.id)]
        elif row.action is Action.SEND and row.sent and not _is_withdrawn(afterwards):
            yield [
                button(say("announce-correct"), ButtonAction.CORRECT, row.id),
                button(say("announce-withdraw"), ButtonAction.WITHDRAW, row.id),
            ]
        if row.state in {State.DONE, State.STOPPED} and row.action is Action.SEND and row.failed:
            yield [button(say("announce-resend"), ButtonAction.RESEND, row.id)]


def _is_withdrawn(afterwards: Sequence[Announcement]) -> bool:
    return any(other.action is Action.WITHDRAW and other.state is not State.STOPPED for other in afterwards)


def _yes(value: bool, locale: Locale) -> str:
    return texts(locale)("announce-yes" if value else "announce-no")
