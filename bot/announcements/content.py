"""What an announcement says: taken from an admin's message, kept as JSON in the database, sent into a chat."""

from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal

from cachetools import LRUCache
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from telegram import Bot, LinkPreviewOptions, Message, MessageEntity
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.answering.answer import Outcome
from bot.answering.knowledge.model import Fact
from bot.chat.admin.admins import Admins
from bot.chat.library import Edition
from bot.chat.messages import Context, Handler, Reply, SendOutcome, outcome_of, reader_of, send_below
from bot.chat.rendering import facts, one_line, units
from bot.chat.texts import Locale, RequestError, locale_named, texts
from bot.storage.announcements import AlbumItem, Albums
from bot.storage.deliveries import Delivery, Failed, Sent
from bot.storage.writer import NoDatabaseError

# Documents may be reports, and are answered as such. python-telegram-bot takes a payment for an attachment.
_MEDIA = ~filters.SUCCESSFUL_PAYMENT & filters.ATTACHMENT & (~filters.Document.ALL | filters.ANIMATION)
# What can have a caption; one that has none can still be given one.
_CAPTIONED = ("animation", "audio", "document", "photo", "video", "voice")
# Telegram lets a bot delete its messages for 48 hours, by its own clock.
_DELETABLE = timedelta(hours=48) - timedelta(minutes=1)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class PayloadError(ValueError):
    """Something in the database is no payload that this version knows; the text is one line for people."""


class _Json:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    __slots__ = ()

    def to_json(self) -> str:
        return _ADAPTER.dump_json(self).decode()


@dataclass(frozen=True, slots=True)
class Text(_Json):
    """A text in Telegram's HTML, of at most 4,096 UTF-16 units once that is parsed."""

    html: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Copy(_Json):
    """Messages of a chat, copied as they are; several are an album. `editable`: what can be edited later."""

    chat_id: int
    messages: Annotated[tuple[int, ...], Field(min_length=1)]
    editable: Literal["text", "caption", ""]
    kind: Literal["copy"] = "copy"


@dataclass(frozen=True, slots=True)
class FactCard(_Json):
    """A fact of the knowledge, as a card in each language. `html`: by the name of the locale."""

    id: str
    html: dict[str, str]
    kind: Literal["fact"] = "fact"


@dataclass(frozen=True, slots=True)
class FigureOfTheDay(_Json):
    """Another fact each time; of schedules only, it becomes a `FactCard` when it is released."""

    kind: Literal["figure-of-the-day"] = "figure-of-the-day"


def card(fact: Fact) -> FactCard:
    """A fact as it is announced: figure, label, period and source sentence, for each chat in its own language."""
    return FactCard(fact.id, {str(locale): facts([fact], locale) for locale in Locale})


Payload = Text | Copy | FactCard | FigureOfTheDay

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Annotated[Payload, Field(discriminator="kind")])


def payload_of(text: str) -> Payload:
    """The payload that `to_json` made `text` of. Raises `PayloadError` for any other text."""
    try:
        payload: Payload = _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise PayloadError(f"no payload of an announcement: {place + ': ' if place else ''}{first['msg']}") from None
    return payload


async def wanted(message: Message, edition: Edition, albums: Albums) -> Payload:
    """What a message with /announce wants announced. Raises RequestError, and NoDatabaseError for an album."""
    text, entities = behind_command(message)
    if text:
        return _written(text, entities, message, edition)
    if message.reply_to_message is not None:
        return await _copied(message.reply_to_message, albums)
    raise RequestError("announce-how" if message.external_reply is None else "announce-elsewhere")


def behind_command(message: Message) -> tuple[str, list[MessageEntity]]:
    """The text behind the command that a message begins with, and the marked stretches of it."""
    whole = message.text or ""
    command = next((entity for entity in message.entities if entity.type == MessageEntity.BOT_COMMAND), None)
    # A command has no letter that counts as two.
    rest = whole[command.length if command else 0 :].lstrip()
    text, start = rest.rstrip(), units(whole) - units(rest)
    marked = []
    for entity in message.entities:
        first, last = max(entity.offset, start), min(entity.offset + entity.length, start + units(text))
        if entity is not command and first < last:
            clipped = {**entity.to_dict(), "offset": first - start, "length": last - first}
            marked.append(MessageEntity.de_json(clipped, None))
    return text, marked


def _written(text: str, entities: list[MessageEntity], message: Message, edition: Edition) -> Payload:
    words = text.split()
    if words[0].lower() == "fact" and len(words) <= 2:
        id_ = words[1] if len(words) == 2 else ""
        fact = edition.contents.fact(id_) or edition.contents.fact(id_.lower())
        if fact is None:
            raise RequestError("announce-no-fact", id=one_line(id_, 60))
        return card(fact)
    if not text.startswith(("?", "？")):
        return Text(Message(message.message_id, message.date, message.chat, text=text, entities=entities).text_html)
    answer = edition.answerer.answer(text[1:].strip())
    found = [match.fact for match in answer.matches]
    if answer.outcome is Outcome.NONE:
        raise RequestError("announce-no-answer")
    if answer.outcome is Outcome.ANSWER and len(found) == 1:
        return card(found[0])
    raise RequestError("announce-choices", facts=" · ".join(f"/announce fact {fact.id}" for fact in found))


async def _copied(message: Message, albums: Albums) -> Copy:
    if message.has_protected_content:
        raise RequestError("announce-protected")
    chat = message.chat.id
    if message.media_group_id is None:
        caption: Literal["caption", ""] = "caption" if any(getattr(message, kind) for kind in _CAPTIONED) else ""
        return Copy(chat, (message.message_id,), caption if message.text is None else "text")
    items = await albums.items(chat, message.media_group_id)
    if message.message_id not in [item.message_id for item in items]:
        raise RequestError("announce-album-lost")
    # Of an album the text is with one message, and a correction is made to the first.
    return Copy(chat, tuple(item.message_id for item in items), "caption" if items[0].captioned else "")


class AdminMedia:
    """`noting` comes before all other handlers and leaves the message to them; `handlers` are among the others."""

    def __init__(self, albums: Albums) -> None:
        self._albums = albums
        self._hinted: MutableMapping[str, bool] = LRUCache(10_000)  # albums

    def noting(self, admins: Admins) -> Handler:
        return admins.message(filters.PHOTO | filters.VIDEO | filters.AUDIO | filters.Document.ALL, self.note)

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.message(_MEDIA, self.hint)]

    async def note(self, message: Message, _: Context) -> None:
        """Remembers that the message is one of an album, for Telegram tells of each by itself."""
        if message.media_group_id is not None:
            item = AlbumItem(message.message_id, captioned=message.caption is not None)
            with suppress(NoDatabaseError):
                await self._albums.seen(message.chat.id, message.media_group_id, item)

    async def hint(self, message: Message, _: Context) -> None:
        album = message.media_group_id or str(message.message_id)
        if album not in self._hinted:
            self._hinted[album] = True
            await send_below(message, Reply.plain(texts(reader_of(message.from_user))("announce-hint")))


class Attempts:
    """Calls Telegram with `bot`, which is to have nothing between it and Telegram: neither pacing nor repetition."""

    def __init__(self, bot: Bot, utcnow: Callable[[], datetime]) -> None:
        self._bot = bot
        self._utcnow = utcnow

    async def __call__(self, delivery: Delivery) -> SendOutcome:
        """Carries out a delivery, and returns what came of it; raises nothing that Telegram or the network leads to."""
        try:
            match delivery.announcement.action:
                case "correct":
                    payload = payload_of(delivery.announcement.payload)
                    return await self._edit(delivery, _html(payload, locale_named(delivery.language)))
                case "withdraw":
                    return await self._withdraw(delivery)
                case _:
                    return await self._send(delivery)
        except TelegramError as error:
            outcome = outcome_of(error)
            is_not_found = isinstance(outcome, Failed) and outcome.error == "not found"
            if is_not_found and isinstance(payload_of(delivery.announcement.payload), Copy):
                # Telegram says "chat not found" of the chat that is copied from as well, in the same words.
                with suppress(TelegramError):
                    await self._bot.get_chat(delivery.chat_id)
                    return Failed("message gone")
            return outcome

    async def _send(self, delivery: Delivery) -> SendOutcome:
        announcement, chat = delivery.announcement, delivery.chat_id
        how: dict[str, Any] = {"disable_notification": announcement.silent, "message_thread_id": delivery.topic}
        payload = payload_of(announcement.payload)
        messages = await send_payload(self._bot, chat, payload, locale_named(delivery.language), **how)
        if not messages:
            return Failed("message gone")
        if announcement.pin:
            with suppress(TelegramError):  # it has arrived; where the bot may not pin, it stays as it is
                await self._bot.pin_chat_message(chat, messages[0], disable_notification=announcement.silent)
        return Sent(messages)

    async def _edit(self, delivery: Delivery, html: str) -> SendOutcome:
        """Makes `html` what the chat has. Of an album, the first message has the caption."""
        if not delivery.messages:
            return Failed("message gone")
        original = payload_of(delivery.announcement.original or delivery.announcement.payload)
        chat, message = delivery.chat_id, delivery.messages[0]
        try:
            if not isinstance(original, Copy) or original.editable == "text":
                await self._bot.edit_message_text(
                    html, chat, message, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW
                )
            elif original.editable == "caption":
                await self._bot.edit_message_caption(chat, message, caption=html, parse_mode=ParseMode.HTML)
            else:
                return Failed("too old to edit")
        except BadRequest as error:
            # An attempt before this one did arrive.
            if "not modified" not in error.message.lower():
                raise
        return Sent(delivery.messages)

    async def _withdraw(self, delivery: Delivery) -> SendOutcome:
        if delivery.messages and (delivery.at is None or self._utcnow() - delivery.at < _DELETABLE):
            try:
                if len(delivery.messages) == 1:
                    await self._bot.delete_message(delivery.chat_id, delivery.messages[0])
                else:
                    await self._bot.delete_messages(delivery.chat_id, delivery.messages)
            except BadRequest as error:
                reason = error.message.lower()
                if "to delete not found" in reason:
                    return Sent(delivery.messages)
                if "can't be deleted" not in reason:
                    raise
            else:
                return Sent(delivery.messages)
        return await self._edit(delivery, texts(locale_named(delivery.language))("announcement-withdrawn"))


async def send_payload(bot: Bot, chat_id: int, payload: Payload, locale: Locale, **how: Any) -> tuple[int, ...]:  # noqa: ANN401 (what Telegram's methods take)
    """Sends what is announced into a chat; the ids of its messages, but of those of an album that are not found."""
    if not isinstance(payload, Copy):
        html = _html(payload, locale)
        sent = await bot.send_message(chat_id, html, ParseMode.HTML, link_preview_options=_NO_PREVIEW, **how)
        return (sent.message_id,)
    if len(payload.messages) == 1:
        return ((await bot.copy_message(chat_id, payload.chat_id, payload.messages[0], **how)).message_id,)
    album = await bot.copy_messages(chat_id, payload.chat_id, sorted(payload.messages), **how)
    return tuple(message.message_id for message in album)


def _html(payload: Payload, locale: Locale) -> str:
    if isinstance(payload, Text):
        return payload.html
    if isinstance(payload, FactCard):
        return payload.html[locale]
    is_chosen = isinstance(payload, FigureOfTheDay)
    raise BadRequest("it is chosen when it is sent" if is_chosen else "it has no text of its own")
