"""Carries out announcements in chats: one job, one attempt, and what came of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.announcements.payload import Copy, FactCard, FigureOfTheDay, Payload, Text, payload_of
from bot.chat.sending import SendOutcome, outcome_of
from bot.chat.texts import Locale, locale_named, texts
from bot.storage.announcements.deliveries import Delivery, Failed, Sent

# Telegram lets a bot delete its messages for 48 hours, by its own clock.
_DELETABLE = timedelta(hours=48) - timedelta(minutes=1)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


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
