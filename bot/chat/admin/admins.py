"""The admins' commands and buttons, which work for their ids in private chats, and exist for nobody else."""

from collections.abc import Callable, Collection, MutableMapping
from functools import partial

import structlog
from cachetools import TTLCache
from telegram import CallbackQuery, Chat, Message, User
from telegram.constants import ChatType
from telegram.ext import filters

from bot.chat.buttons import Data
from bot.chat.messages import (
    Context,
    Handler,
    Matches,
    OnMessage,
    OnPress,
    Reply,
    answer_press,
    on_command,
    on_message,
    on_press,
    reader_of,
    send_below,
)
from bot.chat.texts import RequestError, texts
from bot.storage.writer import NoDatabaseError

# What is forwarded was written by somebody else, and an edit would do a second time what was done already.
_WRITTEN = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.VIA_BOT
_SENT = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
# Whoever tries again and again fills no log.
_SECONDS_BETWEEN_LINES = 60.0

log = structlog.get_logger(__name__)


class Admins:
    """Makes the handlers of what only admins may do; where one raises RequestError or NoDatabaseError, they read why.

    To everybody else, and to an admin in a group, a command is an unknown one and a button one that is gone.
    Each such attempt is counted by `count_denied`, and logged with the id, once a minute for each person.
    """

    def __init__(self, ids: Collection[int], count_denied: Callable[[], None]) -> None:
        self._ids = frozenset(ids)
        self._count_denied = count_denied
        self._logged: MutableMapping[int | None, bool] = TTLCache(10_000, _SECONDS_BETWEEN_LINES)

    def command(self, name: str, work: OnMessage) -> Handler:
        """The handler of the command /`name`, as an admin has typed it."""
        return on_command(name, _answering(work), _WRITTEN & Matches(partial(self._admits, name)))

    def message(self, wanted: filters.BaseFilter, work: OnMessage) -> Handler:
        """The handler of an admin's messages that `wanted` matches, forwarded ones too; others' are no attempt."""
        # By the id first: most who write are no admins, and nothing else is looked at for them.
        return on_message(_SENT & filters.User(self._ids) & wanted & Matches(self.includes), _answering(work))

    def press(self, kind: type[Data], work: OnPress[Data]) -> Handler:
        """The handler of buttons that carry a `kind`; `work` answers the query."""

        async def pressed(query: CallbackQuery, data: Data) -> None:
            chat = query.message.chat if query.message else None
            if self._is_admin(query.from_user, chat):
                try:
                    await work(query, data)
                except (RequestError, NoDatabaseError) as error:
                    await answer_press(query, _why(error, query.from_user))
                return
            self._deny(query.from_user.id, chat.id if chat else None, f"button {query.data}")
            await answer_press(query, texts(reader_of(query.from_user))("gone"))

        return on_press(kind, pressed)

    def includes(self, message: Message) -> bool:
        """Whether an admin has written `message` in the private chat with the bot."""
        return message.sender_chat is None and self._is_admin(message.from_user, message.chat)

    def _is_admin(self, person: User | None, chat: Chat | None) -> bool:
        """Whether an admin does something in the private chat with the bot, whose id is the person's."""
        if person is None or chat is None or chat.type != ChatType.PRIVATE:
            return False
        return person.id in self._ids and person.id == chat.id

    def _admits(self, name: str, message: Message) -> bool:
        if self.includes(message):
            return True
        # In a group, a command that names no bot is meant for whichever bot knows it.
        if message.chat.type == ChatType.PRIVATE or "@" in (message.text or message.caption or "").split()[0]:
            sender = message.sender_chat or message.from_user
            self._deny(sender.id if sender else None, message.chat.id, f"/{name}")
        return False

    def _deny(self, who: int | None, where: int | None, what: str) -> None:
        self._count_denied()
        if who not in self._logged:
            self._logged[who] = True
            log.warning("somebody tried what only an admin may do", who=who, chat=where, what=what)


def _answering(work: OnMessage) -> OnMessage:
    async def answered(message: Message, context: Context) -> None:
        try:
            await work(message, context)
        except (RequestError, NoDatabaseError) as error:
            await send_below(message, Reply.plain(_why(error, message.from_user)))

    return answered


def _why(error: RequestError | NoDatabaseError, person: User | None) -> str:
    reader = reader_of(person)
    return error.said(reader) if isinstance(error, RequestError) else texts(reader)("no-database")
