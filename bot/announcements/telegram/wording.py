"""Announcements in words: how many chats, how long, how far, and what became of them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Final

from telegram.constants import ChatType

from bot.announcements.payload import Copy, Fact, PayloadError, Text, payload_of
from bot.chat.markup import cut, one_line
from bot.chat.texts import Locale, texts
from bot.storage import State

if TYPE_CHECKING:
    from bot.storage import Announcement

_BAR: Final = 12
_LONGEST: Final = 40
_LONGEST_REASON: Final = 100
_TAG: Final = re.compile(r"<[^>]*>")
# The first line of a report.
_HEADS: Final = {
    State.DRAFT: "announce-waiting",
    State.QUEUED: "announce-waiting",
    State.SENDING: "announce-under-way",
    State.DONE: "announce-has-ended",
    State.STOPPED: "announce-was-stopped",
    State.MISSED: "announce-was-missed",
}
# Why deliveries fail, in the words of the table; those of the first group end the subscription too.
_ENDING: Final = frozenset(
    {
        *("blocked", "kicked", "left", "deactivated", "deleted", "not found"),
        *("topic closed", "topic deleted", "no right to write"),
    }
)
_ERRORS: Final = _ENDING | {"too old to edit", "message gone", "unknown"}


def audience_line(audience: Mapping[str, int], locale: Locale) -> str:
    """How many chats an announcement goes to. `audience`: by kind."""
    return texts(locale)(
        "announce-to",
        chats=sum(audience.values()),
        groups=audience.get(ChatType.GROUP, 0) + audience.get(ChatType.SUPERGROUP, 0),
        private=audience.get(ChatType.PRIVATE, 0),
        channels=audience.get(ChatType.CHANNEL, 0),
    )


def takes_line(chats: int, rate: int, locale: Locale) -> str:
    return texts(locale)("announce-takes", time=duration(chats / rate, locale), rate=rate)


def duration(seconds: float, locale: Locale) -> str:
    """In the unit that people would use, rounded up."""
    say, whole = texts(locale), max(ceil(seconds), 1)
    minutes = ceil(whole / 60)
    if whole <= 60:
        return say("announce-seconds", count=whole)
    if minutes < 60:
        return say("announce-minutes", count=minutes)
    return say("announce-hours", hours=minutes // 60, minutes=minutes % 60)


def name(row: Announcement, locale: Locale) -> str:
    return texts(locale)(f"announce-name-{row.action}", id=str(row.id), target=str(row.target))


def state(row: Announcement, locale: Locale) -> str:
    return texts(locale)(f"announce-state-{row.state}")


def progress(row: Announcement, rate: int, locale: Locale) -> str:
    """How far it is. `rate`: messages a second."""
    lines = [_head(row, locale)]
    if row.state is State.SENDING:
        share = (row.total - row.left) / row.total if row.total else 1.0
        full = int(share * _BAR)
        lines += [f"{'▓' * full}{'░' * (_BAR - full)} {int(share * 100)}%", _counts(row, locale)]
        if row.left:
            lines.append(texts(locale)("announce-time-left", time=duration(row.left / rate, locale)))
    return "\n".join(lines)


def report(row: Announcement, reasons: Mapping[str, int], locale: Locale) -> str:
    """What became of one that has ended. `reasons`: how many deliveries failed, by the word for why."""
    say = texts(locale)
    lines = [_head(row, locale), _counts(row, locale)]
    if row.skipped:
        lines.append(say("announce-skipped", count=row.skipped))
    for reason, count in reasons.items():
        word = reason or "unknown"
        shown = cut(one_line(word), _LONGEST_REASON)
        if word in _ERRORS:
            shown = say(f"announce-error-{word.replace(' ', '-')}")
        lines.append(say("announce-reason", reason=shown, count=count))
    if ended := sum(count for reason, count in reasons.items() if reason in _ENDING):
        lines.append(say("announce-ended-subscriptions", count=ended))
    return "\n".join(lines)


def _head(row: Announcement, locale: Locale) -> str:
    return texts(locale)(_HEADS[row.state], name=name(row, locale))


def _counts(row: Announcement, locale: Locale) -> str:
    return texts(locale)("announce-counts", sent=row.sent, failed=row.failed, left=row.left)


def summary(payload: str, locale: Locale) -> str:
    say = texts(locale)
    try:
        given = payload_of(payload)
    except PayloadError:
        return say("announce-kind-unknown")
    match given:
        case Text():
            return cut(one_line(plain_text(given.html)), _LONGEST)
        case Fact():
            return cut(one_line(plain_text(given.html.get(str(locale), given.id))), _LONGEST)
        case Copy(messages=(_,)):
            return say("announce-kind-message")
        case Copy():
            return say("announce-kind-album", count=len(given.messages))
        case _:
            return say("announce-kind-unknown")


def plain_text(source: str) -> str:
    return html.unescape(_TAG.sub("", source))
