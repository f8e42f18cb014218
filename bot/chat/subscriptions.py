"""Which chats announcements go to: what they subscribe, and what changes of the bot's membership mean for that."""

from collections.abc import Awaitable, MutableMapping

import structlog
from cachetools import LRUCache
from telegram import CallbackQuery, Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Message, Update
from telegram.constants import ChatID, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ApplicationHandlerStop, ChatMemberHandler, filters

from bot.storage.chats import UNSUBSCRIBED, Chats
from bot.storage.deliveries import Failed, Moved
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

from .buttons import CallbackData, button, keyboard
from .messages import (
    Context,
    Handler,
    Reply,
    answer_press,
    on_command,
    on_message,
    on_press,
    outcome_of,
    part_of,
    reader_of,
    send_below,
    show,
    topic_of,
)
from .texts import Locale, locale_of, texts

_REMEMBERED = 10_000  # chats, and people in them
# In a group, a command without the bot's name is taken too: that it is an administrator's is asked of Telegram.
_COMMANDS = (
    (filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS))
    | filters.UpdateType.CHANNEL_POST
) & ~(filters.FORWARDED | filters.IS_AUTOMATIC_FORWARD | filters.VIA_BOT)
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_TROUBLE = "subscribe-trouble"

log = structlog.get_logger(__name__)


class SubscribeButton(CallbackData, prefix="sub"):
    """Subscribes the chat to announcements; there is no other `change`."""

    change: str = "on"


def is_present(member: ChatMember) -> bool:
    """Whether whoever has this membership is in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


def may_write(chat: Chat, member: ChatMember) -> bool:
    """Whether whoever has this membership of `chat` may send texts there, as far as that depends on the membership."""
    if chat.type == Chat.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return is_present(member)


class MembershipHandler:
    """Has `memory` note when a chat begins, moves and ends."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        # What the log has on a chat already: people go on asking where the bot may not answer.
        self._logged: MutableMapping[int, str] = LRUCache(_REMEMBERED)

    def handlers(self) -> list[Handler]:
        return [
            ChatMemberHandler(self._changed, ChatMemberHandler.MY_CHAT_MEMBER),
            on_message(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, self._migrated),
        ]

    async def on_error(self, update: object, context: Context) -> None:
        """Logs the error that the bot may not write to a chat, and raises ApplicationHandlerStop then."""
        chat = update.effective_chat if isinstance(update, Update) else None
        error = context.error
        if chat is not None and isinstance(error, TelegramError) and await self.explains(error, chat.id):
            raise ApplicationHandlerStop

    async def explains(self, error: TelegramError, chat_id: int) -> bool:
        """Notes that the bot may not write to the chat, or is another now; returns whether the error says so."""
        match outcome_of(error):
            case Moved(new_id):
                await self.moved(chat_id, new_id)
            case Failed(because, ends="chat"):
                await self._ended(chat_id, because)
            case Failed(ends="subscription"):
                self._log("the bot may not write to a chat", chat_id, error.message)
            case _:
                return False
        return True

    async def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup."""
        self._log("a group has become a supergroup", old, f"it is {new} now")
        await self._memory.chats.moved(old, new)

    async def _changed(self, update: Update, _: Context) -> None:
        change = part_of(update.my_chat_member)
        chat, before, now = change.chat, change.old_chat_member, change.new_chat_member
        if not is_present(now):
            left = "left" if now.status == ChatMember.LEFT else "kicked"
            await self._ended(chat.id, "blocked" if chat.type == Chat.PRIVATE else left)
            return
        if not is_present(before):
            self._log("a chat has begun", chat.id, chat.type)
        reader = reader_of(change.from_user)
        await self._memory.chats.seen(chat.id, chat.type, chat.title or "", reader)
        if not may_write(chat, now):
            # Why a subscription has ended, where a chat goes on in which the bot cannot speak.
            await self._memory.chats.subscription_ended(chat.id, "no right to write")
        elif not may_write(chat, before):
            await self._offer_subscription(chat, reader)

    async def _offer_subscription(self, chat: Chat, reader: Locale) -> None:
        """Offers announcements to a group, and to whoever lost them by blocking the bot, unless they have them."""
        known = await self._memory.chats.known(chat.id)
        lost = known is not None and known.ended not in (None, UNSUBSCRIBED)
        # In a channel, the offer would be a post that all its readers get.
        if chat.type == Chat.CHANNEL or (known and known.subscribed) or (chat.type == Chat.PRIVATE and not lost):
            return
        say = texts(reader)
        text = say("subscribe-back" if chat.type == Chat.PRIVATE else "subscribe-introduction")
        subscribe = button(say("subscribe-button"), SubscribeButton())
        await chat.send_message(text, ParseMode.HTML, reply_markup=keyboard([[subscribe]]))

    async def _ended(self, chat_id: int, because: str) -> None:
        self._log("a chat has ended", chat_id, because)
        await self._memory.chats.ended(chat_id, because)

    async def _migrated(self, message: Message, _: Context) -> None:
        # The old group and the supergroup both get a message of the move; each names the other.
        if message.migrate_from_chat_id is not None:
            await self.moved(message.migrate_from_chat_id, message.chat.id)
        elif message.migrate_to_chat_id is not None:
            await self.moved(message.chat.id, message.migrate_to_chat_id)

    def _log(self, event: str, chat_id: int, reason: str) -> None:
        if self._logged.get(chat_id) != event:
            log.info(event, chat=chat_id, reason=reason)
        self._logged[chat_id] = event


class SubscriptionHandler:
    """Subscribes chats. In a group it works for administrators; a channel's posts are by administrators anyway."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
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
            await _say(message, said, locale)
        except TelegramError as error:
            # Where this cannot be said, nothing can be announced.
            match outcome_of(error):
                case Failed(because, ends) if ends:
                    await self._chats.subscription_ended(message.chat.id, because)
            raise

    async def _unsubscribe(self, message: Message, _: Context) -> None:
        locale = await self._locale(message)
        if await self._may(message, locale):
            ending = self._chats.unsubscribe(message.chat.id, UNSUBSCRIBED)
            await _say(message, await _outcome(ending, "unsubscribed", "unsubscribed-already"), locale)

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
        if said == _TROUBLE:
            await answer_press(query, say(said), alert=True)
            return
        await answer_press(query)
        introduction = f"{say('subscribe-introduction')}\n\n" if in_group else ""
        await show(query, Reply(introduction + say(said)))

    async def _subscribed(self, chat: Chat, locale: Locale, topic: int | None) -> str:
        """The key of what to say."""
        subscribing = self._chats.subscribe(chat.id, chat.type, chat.title or "", locale, topic)
        return await _outcome(subscribing, "subscribed" if topic is None else "subscribed-topic", "subscribed-already")

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
        known = await self._chats.known(message.chat.id)
        return locale_of(known.language if known else None)


async def _outcome(change: Awaitable[bool], done: str, already: str) -> str:
    """The key of what to say of a change: that it is done, or was already, or that the database does not answer."""
    try:
        return done if await change else already
    except NoDatabaseError:
        return _TROUBLE


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
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def _say(message: Message, key: str, locale: Locale) -> None:
    await send_below(message, Reply(texts(locale)(key)))
