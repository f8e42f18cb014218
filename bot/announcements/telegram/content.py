"""What an admin wants announced: the message that /announce replies to, or what is written behind it; and albums."""

from collections.abc import MutableMapping
from contextlib import suppress
from typing import Literal

from cachetools import LRUCache
from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.announcements.payload import Copy, Payload, Text, card
from bot.answering.answer import Outcome
from bot.chat.admin.admins import Admins
from bot.chat.library import Edition
from bot.chat.rendering import one_line, units
from bot.chat.sending import Reply, reader_of, send_below
from bot.chat.texts import RequestError, texts
from bot.chat.updates import Context, Handler
from bot.storage import AlbumItem, Albums, NoDatabaseError

# Documents may be reports, and are answered as such. python-telegram-bot takes a payment for an attachment.
_MEDIA = ~filters.SUCCESSFUL_PAYMENT & filters.ATTACHMENT & (~filters.Document.ALL | filters.ANIMATION)
# What can have a caption; one that has none can still be given one.
_CAPTIONED = ("animation", "audio", "document", "photo", "video", "voice")


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
