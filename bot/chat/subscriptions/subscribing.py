"""/subscribe, /unsubscribe and the button that subscribes: for oneself, a group or a topic of it, and a channel."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

from cachetools import LRUCache
from telegram import CallbackQuery, Chat, ChatMember, Message
from telegram.constants import ChatID
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.chat.callback_data import SubscribeButton
from bot.chat.refusals import Failed, outcome_of
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, locale_of, texts
from bot.chat.updates import Context, Handler, on_command, on_press, topic_of
from bot.storage import UNSUBSCRIBED, Subscriptions

# In a group, a command without the bot's name is taken too: that it is an administrator's is asked of Telegram.
_COMMANDS: Final = (
    (filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS))
    | filters.UpdateType.CHANNEL_POST
) & ~(filters.FORWARDED | filters.IS_AUTOMATIC_FORWARD | filters.VIA_BOT)
_GROUPS: Final = (Chat.GROUP, Chat.SUPERGROUP)
_ADMINISTRATORS: Final = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
_UNSUBSCRIBED: Final = {None: "subscribe-trouble", True: "unsubscribed", False: "unsubscribed-already"}
_REMEMBERED: Final = 10_000


class SubscriptionHandler:
    """Subscribes chats. In a group it works for administrators; a channel's posts are by administrators anyway."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions
        # Who has read in which group that this is for administrators: once is enough.
        self._informed: MutableMapping[tuple[int, int], bool] = LRUCache(_REMEMBERED)

    def handlers(self) -> list[Handler]:
        return [
            on_command("subscribe", self._subscribe, _COMMANDS),
            on_command("unsubscribe", self._unsubscribe, _COMMANDS),
            on_press(SubscribeButton, self._press),
        ]

    async def _subscribe(self, message: Message, _: Context) -> None:
        locale = await self._locale(message)
        if not await self._may(message, locale):
            return
        said = await self._subscribed(message.chat, locale, topic_of(message))
        try:
            await _say(message, said or "subscribe-trouble", locale)
        except TelegramError as error:
            # Where this cannot be said, nothing can be announced.
            match outcome_of(error):
                case Failed(because, ends) if ends:
                    await self._subscriptions.unsubscribe(message.chat.id, because)
            raise

    async def _unsubscribe(self, message: Message, _: Context) -> None:
        locale = await self._locale(message)
        if await self._may(message, locale):
            done = await self._subscriptions.unsubscribe(message.chat.id, UNSUBSCRIBED)
            await _say(message, _UNSUBSCRIBED[done], locale)

    async def _press(self, query: CallbackQuery, _: SubscribeButton) -> None:
        reader = reader_of(query.from_user)
        say = texts(reader)
        chat = query.message.chat if query.message else None
        # For a channel, its administrators decide by a post: anybody may press what is below one.
        if chat is None or chat.type not in (Chat.PRIVATE, *_GROUPS):
            await answer_press(query, say("gone"))
            return
        in_group = chat.type in _GROUPS
        # What the answer says depends on this, so that it cannot come first.
        if in_group and not await _is_administrator(chat, query.from_user.id):
            await answer_press(query, say("subscribe-administrators"), alert=True)
            return
        topic = topic_of(query.message) if isinstance(query.message, Message) else None
        said = await self._subscribed(chat, reader, topic)
        if said is None:
            await answer_press(query, say("subscribe-trouble"), alert=True)
            return
        await answer_press(query)
        introduction = f"{say('subscribe-introduction')}\n\n" if in_group else ""
        await show(query, Reply(introduction + say(said)))

    async def _subscribed(self, chat: Chat, locale: Locale, topic: int | None) -> str | None:
        """The key of what to say; None where the database did not take it."""
        done = await self._subscriptions.subscribe(chat.id, chat.type, chat.title or "", locale, topic)
        if not done:
            return None if done is None else "subscribed-already"
        return "subscribed" if topic is None else "subscribed-topic"

    async def _may(self, message: Message, locale: Locale) -> bool:
        """Whether the sender may decide for the chat; whoever may not reads so, once in each group."""
        if message.chat.type not in _GROUPS or await _is_by_administrator(message):
            return True
        sender = message.sender_chat or message.from_user
        who = (message.chat.id, sender.id if sender else 0)
        if who not in self._informed:
            self._informed[who] = True
            await _say(message, "subscribe-administrators", locale)
        return False

    async def _locale(self, message: Message) -> Locale:
        """The sender's, or where a chat speaks for itself the one that it is known by."""
        if message.sender_chat is None:
            return reader_of(message.from_user)
        known = await self._subscriptions.known(message.chat.id)
        return locale_of(known.language if known else None)


async def _is_by_administrator(message: Message) -> bool:
    person = message.from_user
    if person is None:
        return False
    if message.sender_chat is not None:
        # Telegram itself writes so for anonymous administrators, and for nobody else.
        return message.sender_chat.id == message.chat.id and person.id == ChatID.ANONYMOUS_ADMIN
    return not person.is_bot and await _is_administrator(message.chat, person.id)


async def _is_administrator(chat: Chat, person: int) -> bool:
    """Whether Telegram says that the person with this id is an administrator of the group. Raises TelegramError."""
    try:
        member = await chat.get_member(person)
    except BadRequest:
        # Only a bot that is an administrator itself is promised an answer on others; anybody may see this list.
        return person in {administrator.user.id for administrator in await chat.get_administrators()}
    return member.status in _ADMINISTRATORS


async def _say(message: Message, key: str, locale: Locale) -> None:
    await send_below(message, Reply(texts(locale)(key)))
