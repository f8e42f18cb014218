"""The button below comparable values, and the picture that it sends."""

from asyncio import Lock, to_thread
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from hashlib import blake2b

from cachetools import LRUCache
from telegram import CallbackQuery, InlineKeyboardButton, Message
from telegram.constants import ChatAction, ParseMode

from bot.answering.answer import Language
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact
from bot.charting.chart import Chart, comparable

from .buttons import CallbackData, button
from .library import Edition, Library
from .messages import Handler, answer_press, on_press, part_of, reader_of, topic_of
from .rendering import caption, chart_of
from .texts import Locale, locale_for, texts

_KEY = 4  # characters, so that twelve have room in a button


class ChartButton(CallbackData, prefix="chart"):
    """Sends a chart. `keys`: of the facts in it, of `short_key_of`, one after the other."""

    language: Language
    keys: str


def chart_row(facts: Sequence[Fact], answerer: Answerer, locale: Locale) -> list[InlineKeyboardButton]:
    """The button that sends the chart of some facts; none where they make none."""
    keys = "".join(short_key_of(value.entry.fact) for value in comparable(facts, answerer.index))
    return [button(texts(locale)("chart"), ChartButton(locale.language, keys))] if keys else []


def short_key_of(fact: Fact) -> str:
    """A hash of the fact's id, so short that another one of 17 million may have the same."""
    return urlsafe_b64encode(blake2b(fact.id.encode(), digest_size=3).digest()).decode()


class ChartHandler:
    """Sends charts: one at a time, as the updates of a chat are handled, and none again that Telegram has already."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # By the version of the knowledge, the facts and the locale: the file's id.
        self._sent: MutableMapping[tuple[str, str, Locale], str] = LRUCache(1_000)
        # Drawing takes a whole core, which those who answer need as well.
        self._drawing = Lock()

    def handlers(self) -> list[Handler]:
        return [on_press(ChartButton, self._pressed)]

    async def _pressed(self, query: CallbackQuery, button: ChartButton) -> None:
        locale, message = locale_for(button.language, reader_of(query.from_user)), part_of(query.message)
        edition = self._library.now
        chart = await to_thread(_chart, edition, button.keys, locale)
        # Telegram takes an answer to a press for some seconds only, so it comes before the picture.
        await answer_press(query, None if chart else texts(locale)("gone"))
        if chart is None:
            return
        key, topic = (edition.version, button.keys, locale), None
        send: Callable[..., Awaitable[Message]] = message.chat.send_photo
        if isinstance(message, Message):
            topic, send = topic_of(message), message.reply_photo
        picture: str | bytes | None = self._sent.get(key)
        if picture is None:
            await message.chat.send_action(ChatAction.UPLOAD_PHOTO, topic)
            async with self._drawing:
                picture = await to_thread(_picture, chart)
        sent = await send(
            picture,
            caption(chart),
            parse_mode=ParseMode.HTML,
            reply_to_message_id=message.message_id,
            allow_sending_without_reply=True,
        )
        self._sent[key] = sent.photo[-1].file_id


def _chart(edition: Edition, keys: str, locale: Locale) -> Chart | None:
    """The chart of the facts that a button names; None where the knowledge no longer has enough of them."""
    wanted: dict[str, list[Fact]] = {keys[at : at + _KEY]: [] for at in range(0, len(keys), _KEY)}
    for fact in edition.knowledge.facts:
        wanted.get(short_key_of(fact), []).append(fact)
    # Which of two facts with the same key was meant, nobody knows.
    facts = [found[0] for found in wanted.values() if len(found) == 1]
    values = comparable(facts, edition.answerer.index)
    return chart_of(values, locale) if values else None


def _picture(chart: Chart) -> bytes:
    from bot.charting.drawing import draw  # noqa: PLC0415 - most processes never draw

    return draw(chart)
