"""Announcements and schedules in words and buttons, and the reports to the admin who announced something."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from itertools import islice
from math import ceil
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot, InlineKeyboardButton, Message
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat import buttons
from bot.chat.buttons import CallbackData, keyboard
from bot.chat.messages import PERMANENT, Reply, edit
from bot.chat.rendering import one_line, plain_text
from bot.chat.texts import Locale, RequestError, locale_named, texts
from bot.clock import Clock
from bot.settings import Settings
from bot.storage.announcements import Announcement, Schedule, State
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

from .content import Copy, FactCard, FigureOfTheDay, PayloadError, Text, payload_of
from .schedule import MOST_MISSED, shown, upcoming, zone_named
from .sender import Sender

_BAR = 12
# Why deliveries fail, in the words of the table; some reasons end the subscription, too.
_ENDING = frozenset(word for word, ends in PERMANENT.values() if ends)
_ERRORS = frozenset(word for word, _ in PERMANENT.values()) | {"unknown"}
# Seconds: a message is edited at most as often, and looked for more often, so that a stop is reported soon.
_BETWEEN_EDITS = 3.0
_BETWEEN_LOOKS = 0.5
_ENDED = frozenset({State.DONE, State.STOPPED, State.MISSED})

log = structlog.get_logger(__name__)


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


class Progress:
    """Sends the reports: one message, edited as it goes, and one on what was missed.

    `run` is for every process; the one that sends announcements reports.
    """

    def __init__(self, bot: Bot, memory: Memory, settings: Settings, sender: Sender, clock: Clock) -> None:
        self._bot = bot
        self._memory = memory
        self._settings = settings
        self._sender = sender
        self._clock = clock
        # By announcement: when it was reported last, and what; the message that was sent, as the database may not know.
        self._shown: dict[int, tuple[float, str]] = {}
        self._messages: dict[int, int | None] = {}
        # By admin: Telegram takes about one message a second in a chat, so that no second one waits behind the first.
        self._reporting: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        try:
            while True:
                with suppress(NoDatabaseError):
                    if self._sender.leading:
                        await self._look()
                await self._clock.sleep(_BETWEEN_LOOKS)
        finally:
            for task in self._reporting.values():
                task.cancel()

    async def _look(self) -> None:
        rows = await self._memory.announcements.unreported()
        # What has been reported by now, by this process or by another that has sent since, is forgotten.
        ids = {row.id for row in rows}
        self._shown = {id_: shown for id_, shown in self._shown.items() if id_ in ids}
        self._messages = {id_: message for id_, message in self._messages.items() if id_ in ids}
        # What has ended comes first, then what was reported longest ago.
        for row in sorted(rows, key=lambda row: (row.state not in _ENDED, self._shown.get(row.id, (0.0, ""))[0])):
            if row.who not in self._reporting and self._is_time(row):
                self._reporting[row.who] = asyncio.create_task(self._report(row))

    def _is_time(self, row: Announcement) -> bool:
        if row.state not in _ENDED and not row.who:  # from a shell: there is nobody to tell, and the log tells the end
            return False
        if row.state is State.STOPPED and self._sender.is_sending(row.id):
            return False  # what was on its way then counts too
        now = self._clock.now()
        at, shown = self._shown.get(row.id, (now - _BETWEEN_EDITS, ""))
        return now - at >= _BETWEEN_EDITS and (row.state in _ENDED or shown != self._under_way(row).html)

    async def _report(self, row: Announcement) -> None:
        try:
            if row.state is State.STOPPED:  # the last of it may have been noted since it was read
                row = await self._memory.announcements.get(row.id) or row
            reply = await self._over(row) if row.state in _ENDED else self._under_way(row)
            self._shown[row.id] = (self._clock.now(), reply.html)
            await self._tell(row, reply)
        except NoDatabaseError:
            pass  # looked at again soon
        except Exception:
            log.exception("an announcement could not be told of", id=row.id)
        finally:
            del self._reporting[row.who]

    async def _tell(self, row: Announcement, reply: Reply) -> None:
        message = self._messages.get(row.id, row.report_message)
        try:
            if row.who and (message is None or not await edit(self._bot, row.who, message, reply)):
                sent = await self._bot.send_message(row.who, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)
                message = sent.message_id
        except (Forbidden, BadRequest) as error:
            log.warning("an admin could not be told", who=row.who, what=f"announcement {row.id}", reason=error.message)
        except TelegramError as error:
            log.warning("telling of an announcement is tried again", who=row.who, id=row.id, reason=error.message)
            return
        self._messages[row.id] = message
        ended = row.state in _ENDED
        is_news = ended or message != row.report_message
        if is_news and await self._memory.announcements.reported(row.id, message, last=ended):
            if row.state is State.MISSED:
                log.warning("an announcement was missed", id=row.id, due=row.due_at.isoformat())
            elif ended:
                counts = {"sent": row.sent, "failed": row.failed, "skipped": row.skipped}
                log.info("an announcement has ended", id=row.id, state=str(row.state), **counts)

    def _under_way(self, row: Announcement) -> Reply:
        locale = locale_named(row.language)
        stop = button(texts(locale)("announce-stop"), ButtonAction.STOP, row.id)
        return Reply.plain(progress(row, self._settings.broadcast_rate, locale), keyboard([[stop]]))

    async def _over(self, row: Announcement) -> Reply:
        locale = locale_named(row.language)
        if row.state is State.MISSED:
            schedule = await self._memory.schedules.get(row.schedule) if row.schedule is not None else None
            return Reply.plain(missed(row, schedule, self._settings.timezone, locale))
        reasons = await self._memory.announcements.reasons(row.id)
        more = button(texts(locale)("announce-more"), ButtonAction.OPEN, row.id)
        return Reply.plain(report(row, reasons, locale), keyboard([[more]]))
