"""What happens when a handler fails: a line in the log, a word to the person, a report to the admins."""

import secrets
import traceback
from collections import deque
from collections.abc import Callable, Sequence

import structlog
from telegram import Bot, Message, Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat.messages import App, Context, Reply, reader_of, send_below, tell_admin
from bot.chat.rendering import to_html
from bot.chat.texts import texts
from bot.clock import Clock
from bot.metrics import Metrics

from .limits import Allowance, DroppedError

# Of a report, in UTF-16 units at most, with room for its head; the end of a trace says most.
_LONGEST_TRACE = 1800

log = structlog.get_logger(__name__)


class ErrorHandler:
    """Handles the errors of all handlers; `redact` takes the secrets out of what the admins are told."""

    def __init__(self, admins: Sequence[int], redact: Callable[[str], str], metrics: Metrics, clock: Clock) -> None:
        self._times: deque[float] = deque(maxlen=10_000)  # more of them say no more
        self._admins = admins
        self._redact = redact
        self._metrics = metrics
        self._clock = clock
        self._words = Allowance(60.0, 1)  # seconds between two to a chat
        self._reports = Allowance(600.0, 1)  # seconds between two on the same

    @property
    def lately(self) -> int:
        """How many updates of the last hour could not be answered."""
        return sum(time > self._clock.now() - 3600.0 for time in self._times)

    async def handle(self, update: object, context: Context) -> None:
        """Deals with `context.error`, which the handler of `update` has raised."""
        match context.error:
            case None | DroppedError():
                pass
            case RetryAfter() | NetworkError() as error if not isinstance(error, BadRequest | InvalidToken):
                log.warning("a reply could not be sent", reason=error.message)
            case error:
                await self._failed(update, error, context.application)

    async def _failed(self, update: object, error: Exception, application: App) -> None:
        number, now = secrets.token_hex(4), self._clock.now()
        self._metrics.errors.inc()
        self._times.append(now)
        log.error("an update could not be answered", id=number, exc_info=error)
        update = update if isinstance(update, Update) else Update(0)
        # Whose sender waits for a reply, as nobody does who has posted in a channel. Below a button it is the bot's own
        # message, and who pressed it is the reader.
        message = update.message or update.edited_message or (update.callback_query and update.callback_query.message)
        if isinstance(message, Message) and self._words.passes(message.chat_id, now):
            said = texts(reader_of(update.effective_user))("trouble", id=number)
            try:
                await send_below(message, Reply(said))
            except TelegramError as problem:
                log.info("nor could the person be told", id=number, reason=problem.message)
        await self._report(number, error, application.bot)

    async def _report(self, number: str, error: Exception, bot: Bot) -> None:
        # One of the same type, raised in the same place, is the same.
        places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)[-1:]]
        if not self._admins or not self._reports.passes((type(error), *places), self._clock.now()):
            return
        trace = self._redact("".join(traceback.format_exception(error)))
        end = trace if len(trace) <= _LONGEST_TRACE else f"…{trace[-_LONGEST_TRACE:]}"
        text = f"⚠️ <b>{number}</b>\n{to_html(end, 'pre')}"
        for admin in self._admins:
            await tell_admin(bot, admin, text, f"error {number}")
