"""The state of this small Telegram: people, chats, updates, and what the bot has done."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from telegram import ChatAdministratorRights, ChatPermissions

from .model import Account, Chat, Message
from .requests import ApiError, MisuseError, bad_request
from .updates import Signal, UnconfirmedUpdates

_GONE = {"kicked": "bot was kicked from the {0} chat", "left": "bot is not a member of the {0} chat"}
_ADMIN_RIGHTS = {"can_be_edited": True, **ChatAdministratorRights.all_rights().to_dict(), "is_anonymous": False}
ADMINISTRATORS = {"creator", "administrator"}
Answer = TypeVar("Answer")
MEMBER_RIGHTS = tuple(ChatPermissions.all_permissions().to_dict())


class CallbackAnswer(NamedTuple):
    """What the bot answered to the press of a button."""

    text: str = ""
    show_alert: bool = False


class InlineAnswer(NamedTuple):
    """What the bot answered to an inline query; the results as it sent them."""

    results: list[dict[str, Any]]
    cache_time: int = 300
    is_personal: bool = False
    next_offset: str = ""
    button: dict[str, Any] | None = None


@dataclass
class Backend:
    """Everything that outlives a connection; `commands` by scope and language, `descriptions` by kind and language.

    `files`: what people have sent, by file id; what is taken out of it cannot be fetched any more.
    `bot`: the bot as a user. `privacy`: whether it hears only what is meant for bots in a group.
    """

    bot: dict[str, Any]
    privacy: bool = False
    signal: Signal = field(default_factory=Signal)
    people: dict[int, Account] = field(default_factory=dict)
    groups: dict[int, Chat] = field(default_factory=dict)
    callback_answers: dict[str, CallbackAnswer | None] = field(default_factory=dict)
    inline_answers: dict[str, InlineAnswer | None] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    updates: UnconfirmedUpdates = field(init=False)
    _query_ids: Iterator[int] = field(default_factory=lambda: itertools.count(4_000_000_001))

    def __post_init__(self) -> None:
        self.updates = UnconfirmedUpdates(self.signal)

    def push_message(self, kind: str, message: Message) -> None:
        """Queues a new or edited message, unless the bot is not there, or privacy mode keeps it from the bot."""
        status, name = message.chat.bot_status, f"@{self.bot['username']}".lower()
        marked = {(entity.type, message.text_of(entity).lower()) for entity in message.entities}
        commands = [text for type_, text in marked if type_ == "bot_command"]
        replies = message.reply_to is not None and message.reply_to.sender is None
        is_for_bots = replies or ("mention", name) in marked or any("@" not in one or name in one for one in commands)
        hears = not self.privacy or status == "administrator" or is_for_bots
        if message.chat.type == "private" or (hears and status not in _GONE):
            self.updates.push(kind, message.to_json(self.bot))

    def store(self, content: bytes) -> dict[str, Any]:
        """Keeps a file that somebody sends; returns what messages say of it."""
        file_id = f"FILE-{len(self.files) + 1}"
        self.files[file_id] = content
        return self.known(file_id)

    def known(self, file_id: str) -> dict[str, Any]:
        """What messages say of a file that is kept."""
        number = file_id.removeprefix("FILE-")
        return {"file_id": file_id, "file_unique_id": f"UNIQUE-{number}", "file_size": len(self.files[file_id])}

    def new_query(self, answers: dict[str, Answer | None]) -> str:
        """The id of a query that `answers` has no answer to yet."""
        query_id = str(next(self._query_ids))
        answers[query_id] = None
        return query_id

    def chat(self, chat_id: int) -> Chat:
        """The chat with an id. Raises the 400 for one that the bot cannot know."""
        person = self.people.get(chat_id)
        chat = person.chat if person else self.groups.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: int, thread_id: int | None = None) -> Chat:
        """A chat that the bot may write to. Raises what Telegram says where it may not."""
        chat = self.chat(chat_id)
        if not chat.started:
            raise MisuseError(403, "Forbidden: bot can't initiate conversation with a user")
        if chat.bot_status in _GONE:
            private = "bot was blocked by the user" if chat.type == "private" else ""
            raise ApiError(403, f"Forbidden: {private or _GONE[chat.bot_status].format(chat.type)}")
        if chat.became is not None:
            upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, upgraded, {"migrate_to_chat_id": chat.became})
        if not chat.may_write:
            raise bad_request("not enough rights to send text messages to the chat")
        if thread_id in chat.closed:
            raise bad_request("TOPIC_CLOSED")
        if thread_id == 1:
            raise MisuseError(400, "Bad Request: message thread not found")
        if thread_id is not None and thread_id not in (chat.topics or {}):
            raise bad_request("message thread not found")
        return chat

    def menu(self, chat: Chat, person: Account) -> list[dict[str, str]]:
        """The commands of the narrowest scope that has any, in the person's language or else in none."""
        # Narrowest first, in the order of Telegram's documentation.
        scopes: list[dict[str, object]] = [
            {"type": "chat", "chat_id": chat.id},
            {"type": "all_chat_administrators"},
            {"type": "all_private_chats" if chat.type == "private" else "all_group_chats"},
            {"type": "default"},
        ]
        administers = chat.statuses.get(person.id) in ADMINISTRATORS
        for scope in scopes:
            for language in ((person.language_code or "")[:2], ""):
                commands = self.commands.get((json.dumps(scope, sort_keys=True), language))
                if commands and (administers or not str(scope["type"]).endswith("administrators")):
                    return commands
        return []

    def pass_time(self, seconds: int) -> None:
        """Lets time go by: all that is there becomes older, as the clock of the bot cannot be moved.

        Messages are dated earlier, updates that nobody has fetched for a day are gone, and no query can be answered any
        more.
        """
        for chat in (*self.groups.values(), *(person.chat for person in self.people.values())):
            for message in chat.messages.values():
                message.date -= seconds
        if seconds > 24 * 3600:
            self.updates.pending.clear()
        self.callback_answers.clear()
        self.inline_answers.clear()
        self.signal.notify()

    def message(self, chat: Chat, message_id: int, purpose: str) -> Message:
        """A message of the chat that is still there. Raises the 400 "message to `purpose` not found"."""
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise bad_request(f"message to {purpose} not found")
        return message

    def member(self, chat: Chat, user_id: int) -> dict[str, Any]:
        """The membership of a user or of the bot. Raises the 400 for one whom nobody has seen."""
        if user_id == self.bot["id"]:
            user, status = self.bot, chat.bot_status
        elif user_id in self.people:
            user, status = self.people[user_id].to_json(), chat.statuses.get(user_id, "left")
        else:
            raise bad_request("user not found")
        posting = {"can_post_messages": chat.may_write} if chat.type == "channel" else {}
        details: dict[str, dict[str, Any]] = {
            "creator": {"is_anonymous": False},
            "administrator": {**_ADMIN_RIGHTS, **posting},
            "restricted": dict.fromkeys(MEMBER_RIGHTS, False) | {"is_member": True, "until_date": 0},
            "kicked": {"until_date": 0},
        }
        return {"user": user, "status": status, **details.get(status, {})}
