"""People and groups that ask faster than the bot can serve everybody: one notice, then silence until they calm down.

The time is that at which a question was sent, not that at which it is handled: who floods waits in a queue of his own
making, and what people asked while the bot was away comes all at once.
"""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

import structlog
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.chat.groups import question_in
from bot.chat.recent import Recent
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import texts

from .allowance import Allowance

if TYPE_CHECKING:
    from bot.chat import App
    from bot.chat.conversation import Context

    from .metrics import Metrics

# Both may ask 20 questions a minute. Many people may write at the same time in a group, so that one of them who floods
# must not use up what the others have.
_INTERVAL: Final = 3.0
_PERSONS_BURST: Final = 5
_GROUPS_BURST: Final = 20
# Before all other handlers.
_FIRST: Final = -1

log = structlog.get_logger(__name__)


class Verdict(Enum):
    ANSWER = auto()
    NOTICE = auto()
    IGNORE = auto()


class Patience:
    """How often each of many may ask; who asks faster is ignored until the whole `burst` is free again."""

    def __init__(self, burst: int) -> None:
        self.calm_seconds = math.ceil(burst * _INTERVAL)
        self._allowance = Allowance(_INTERVAL, burst)
        self._muted: set[int] = set()
        self._latest: Recent[int, float] = Recent()

    def asked(self, who: int, sent: float) -> Verdict:
        """`sent`: in seconds from any moment on."""
        # What was sent first may be heard last, where it was sent to another chat.
        now = max(sent, self._latest.get(who) or sent)
        self._latest.put(who, now)
        if self._allowance.sweep(now):
            self._muted = {other for other in self._muted if not self._allowance.is_full(other, now)}
        if who in self._muted and not self._allowance.is_full(who, now):
            self._allowance.overdraw(who, now)
            return Verdict.IGNORE
        self._muted.discard(who)
        if self._allowance.wait(who, now):
            self._muted.add(who)
            self._allowance.overdraw(who, now)
            return Verdict.NOTICE
        self._allowance.take(who, now)
        return Verdict.ANSWER


class FloodGate:
    """Stands before the conversation."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._persons = Patience(_PERSONS_BURST)
        self._groups = Patience(_GROUPS_BURST)

    def install(self, application: App) -> None:
        application.add_handler(TypeHandler(Update, self.handle), group=_FIRST)

    async def handle(self, update: Update, context: Context) -> None:
        """Stops an update that is not to be answered; raises ApplicationHandlerStop for that."""
        message = _question(update, context)
        if message is None:
            return
        verdict, seconds = self._judge(message)
        if verdict is Verdict.ANSWER:
            return
        self._metrics.flooded()
        if verdict is Verdict.NOTICE:
            log.info("somebody asks too fast and is ignored for a while", chat=message.chat.type)
            await _tell(message, seconds)
        raise ApplicationHandlerStop

    def _judge(self, message: Message) -> tuple[Verdict, int]:
        """The verdict, and after how many quiet seconds it ends. What a person is refused counts for no group."""
        sent = (message.edit_date or message.date).timestamp()
        sender = message.sender_chat or message.from_user
        verdict = self._persons.asked(sender.id, sent) if sender else Verdict.ANSWER
        if verdict is Verdict.ANSWER and message.chat.type != ChatType.PRIVATE:
            return self._groups.asked(message.chat_id, sent), self._groups.calm_seconds
        return verdict, self._persons.calm_seconds


def _question(update: Update, context: Context) -> Message | None:
    """The message that wants an answer, if the update is one; in a group, most messages want none."""
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.PRIVATE:
        return message
    return message if question_in(message, context.bot.bot) is not None else None


async def _tell(message: Message, seconds: int) -> None:
    try:
        await send_below(message, Reply(texts(reader_of(message.from_user))("too-fast", seconds=seconds)))
    except TelegramError as error:
        log.info("nor could this be said", reason=error.message)
