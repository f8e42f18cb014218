"""Announcements and schedules in words and buttons: what, to how many chats, when, how far, and what became of them."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from itertools import islice
from math import ceil
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, Message
from telegram.constants import ChatType

from bot.chat import buttons
from bot.chat.buttons import CallbackData
from bot.chat.messages import PERMANENT
from bot.chat.rendering import one_line, plain_text
from bot.chat.texts import Locale, RequestError, texts
from bot.storage.announcements import Announcement, Schedule, State

from .content import Copy, FactCard, FigureOfTheDay, PayloadError, Text, payload_of
from .schedule import MOST_MISSED, shown, upcoming, zone_named

_BAR = 12
# Why deliveries fail, in the words of the table; some reasons end the subscription, too.
_ENDING = frozenset(word for word, ends in PERMANENT.values() if ends)
_ERRORS = frozenset(word for word, _ in PERMANENT.values()) | {"unknown"}


class ButtonAction(StrEnum):
    """What a button does with the announcement that it carries."""

    SEND = "send"
    SEND_SILENTLY = "silently"
    PIN = "pin"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    STOP = "stop"
    LIST = "list"
    OPEN = "open"
    SEE = "see"
    CORRECT = "correct"
    NEVER_MIND = "nevermind"
    WITHDRAW = "withdraw"
    RESEND = "resend"


class AnnouncementButton(CallbackData, prefix="ann"):
    """The data of a button. `id`: of the announcement; of a list, of the newest that it does not show, or 0."""

    action: ButtonAction
    id: int = 0


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
    """A time in words, in the unit that people would use, rounded up."""
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
    """Lines that tell how far an announcement is. `rate`: messages a second."""
    lines = [_head(row, locale)]
    if row.state is State.SENDING:
        share = (row.total - row.left) / row.total if row.total else 1.0
        full = int(share * _BAR)
        lines += [f"{'▓' * full}{'░' * (_BAR - full)} {int(share * 100)}%", _counts(row, locale)]
        if row.left:
            lines.append(texts(locale)("announce-time-left", time=duration(row.left / rate, locale)))
    return "\n".join(lines)


def report(row: Announcement, reasons: Mapping[str, int], locale: Locale) -> str:
    """Lines that tell what became of an announcement. `reasons`: how many deliveries failed, by the word for why."""
    say = texts(locale)
    lines = [_head(row, locale), _counts(row, locale)]
    if row.skipped:
        lines.append(say("announce-skipped", count=row.skipped))
    for reason, count in reasons.items():
        word = reason or "unknown"
        shown = one_line(word, 100)
        if word in _ERRORS:
            shown = say(f"announce-error-{word.replace(' ', '-')}")
        lines.append(say("announce-reason", reason=shown, count=count))
    if ended := sum(count for reason, count in reasons.items() if reason in _ENDING):
        lines.append(say("announce-ended-subscriptions", count=ended))
    return "\n".join(lines)


def _head(row: Announcement, locale: Locale) -> str:
    return texts(locale)(f"announce-head-{row.state}", name=name(row, locale))


def _counts(row: Announcement, locale: Locale) -> str:
    return texts(locale)("announce-counts", sent=row.sent, failed=row.failed, left=row.left)


def summary(payload: str, locale: Locale) -> str:
    """What is announced, in a few words."""
    say, announced = texts(locale), None
    with suppress(PayloadError):
        announced = payload_of(payload)
    match announced:
        case Text():
            words = announced.html
        case FactCard():
            words = announced.html.get(str(locale), announced.id)
        case Copy(messages=(_,)):
            return say("announce-kind-message")
        case Copy():
            return say("announce-kind-album", count=len(announced.messages))
        case FigureOfTheDay():
            return say("schedule-figure")
        case _:
            return say("announce-kind-unknown")
    return one_line(plain_text(words), 40)


def once_line(payload: str, at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """An announcement that waits for its moment, as a line of a list."""
    return texts(locale)("schedule-once", at=shown(at, zone), what=summary(payload, locale))


def regular_lines(schedule: Schedule, now: datetime, locale: Locale) -> str:
    """A schedule with its next moments. Raises RequestError where it has none."""
    zone = zone_named(schedule.time_zone)
    moments = islice(upcoming(schedule.cron, zone, now), 3)
    listed = texts(locale)("comma").join(f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in moments)
    return texts(locale)(
        "schedule-regular",
        cron=schedule.cron,
        what=summary(schedule.payload, locale),
        moments=f"{listed} {schedule.time_zone}",
    )


def schedule_line(schedule: Schedule, announced: datetime | None, locale: Locale) -> str:
    """A schedule as a line of a list. `announced`: when it was announced last."""
    say = texts(locale)
    last = say("schedule-told", at=_shown(announced, schedule)) if announced else say("schedule-not-told")
    paused = schedule.paused
    next_ = say("schedule-next", at=_shown(schedule.next_at, schedule))
    when = next_ if paused is None else say("schedule-paused", at=_shown(paused, schedule))
    return say("schedule-entry", cron=schedule.cron, what=summary(schedule.payload, locale), when=when, told=last)


def missed(entry: Announcement, schedule: Schedule | None, zone: ZoneInfo, locale: Locale) -> str:
    """Tells that something was not sent. `schedule`: of the entry, while there is one. `zone`: where it has none."""
    say = texts(locale)
    said = summary(entry.payload, locale)
    if not entry.skipped:
        return say("schedule-missed-once", what=said, at=shown(entry.due_at, zone))
    times = say("schedule-times", count=entry.skipped) if entry.skipped < MOST_MISSED else say("schedule-many-times")
    at = _shown(entry.due_at, schedule) if schedule else shown(entry.due_at, zone)
    line = say("schedule-missed", what=said, times=times, at=at)
    if schedule is None or schedule.paused is not None:
        return line
    return f"{line} {say('schedule-missed-next', at=_shown(schedule.next_at, schedule))}"


def _shown(at: datetime, schedule: Schedule) -> str:
    """A moment by the clocks that the schedule goes by, or by UTC where this machine does not know them."""
    try:
        return shown(at, zone_named(schedule.time_zone))
    except RequestError:
        return shown(at, ZoneInfo("UTC"))


def button(text: str, action: ButtonAction, id_: int = 0) -> InlineKeyboardButton:
    return buttons.button(text, AnnouncementButton(action, id_))


def request_key(message: Message) -> str:
    """The key by which a command that Telegram delivers twice is known again."""
    return f"message:{message.chat.id}:{message.message_id}"


def draft_below(message: Message | None) -> int | None:
    """The id of the draft that the buttons of a message are for; None where it has no such buttons."""
    return _carried(message, ButtonAction.SEND, ButtonAction.CANCEL)


def correction_asked_in(message: Message | None) -> int | None:
    """The id of the announcement whose new text a message asks for."""
    return _carried(message, ButtonAction.NEVER_MIND)


def _carried(message: Message | None, *actions: ButtonAction) -> int | None:
    return next((press.id for press in buttons.carried(message, AnnouncementButton) if press.action in actions), None)
