"""Chats, and the messages in them."""

import time
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from .content import Button, Entity, FormattedText, Keyboard
from .updates import Signal

CAPTIONED = frozenset({"animation", "audio", "document", "photo", "video", "voice"})
_WITHOUT_TEXT = CAPTIONED | {"contact", "dice", "location", "poll", "sticker", "video_note"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: as people see it (`formatted`), as it was sent (`source`), and what hangs below it."""

    formatted: FormattedText
    source: str
    buttons: Keyboard = ()


class Account:
    """Somebody with a Telegram account, who has a private chat with the bot."""

    def __init__(self, chat: "Chat", language_code: str | None) -> None:
        self.id = chat.id
        self.first_name = chat.names["first_name"]
        self.language_code = language_code
        self.chat = chat

    def to_json(self) -> dict[str, Any]:
        language = {"language_code": self.language_code} if self.language_code else {}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **language}


@dataclass(slots=True, eq=False)
class Message:
    """A message in its chat, from a person, or from the bot (`sender` is None).

    `edits` holds what it said before each edit, oldest first. `via_bot`: the person has sent it through the bot.
    `fields`: others that it has, such as sender_chat; they win. Of a photo, a document and the like, the text is the
    caption.
    """

    chat: "Chat"
    message_id: int
    content: Content
    sender: Account | None = None
    thread_id: int | None = None
    reply_to: "Message | None" = None
    edits: list[Content] = field(default_factory=list)
    deleted: bool = False
    via_bot: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    date: int = field(default_factory=lambda: int(time.time()))

    @property
    def text(self) -> str:
        return self.content.formatted.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.content.formatted.entities

    @property
    def has_caption(self) -> bool:
        """Whether it can have a caption, by the medium among its fields."""
        return not CAPTIONED.isdisjoint(self.fields)

    @property
    def has_text(self) -> bool:
        """Whether it is a text."""
        return _WITHOUT_TEXT.isdisjoint(self.fields)

    def text_of(self, entity: Entity) -> str:
        """The part of the text that `entity` marks."""
        units = self.text.encode("utf-16-le", "surrogatepass")[2 * entity.offset : 2 * (entity.offset + entity.length)]
        return units.decode("utf-16-le", "surrogatepass")

    @property
    def buttons(self) -> Keyboard:
        """The rows of its inline keyboard."""
        return self.content.buttons

    def find_button(self, text_or_data: str) -> Button:
        """A button that it has, or had before an edit: a person's app may still show it. Raises LookupError."""
        for content in (self.content, *reversed(self.edits)):
            for button in (button for row in content.buttons for button in row):
                if text_or_data in (button.text, button.data):
                    return button
        raise LookupError(f"no button {text_or_data!r} below {self!r}; it has {self.buttons!r}")

    def to_json(self, bot: dict[str, Any]) -> dict[str, Any]:
        """The message as updates and replies carry it; `bot` is the sender of the bot's own ones."""
        text, entities = ("caption", "caption_entities") if self.has_caption else ("text", "entities")
        rows = [[{"text": item.text, item.action: item.value} for item in row] for row in self.buttons]
        optional = {
            "message_thread_id": self._thread,
            "is_topic_message": self.thread_id is not None or None,
            "reply_to_message": self.reply_to and self.reply_to.to_json(bot) | {"reply_to_message": None},
            "edit_date": int(time.time()) if self.edits else None,
            "via_bot": bot if self.via_bot else None,
            entities: [item.to_json() for item in self.entities] or None,
            "reply_markup": {"inline_keyboard": rows} if rows else None,
            text: self.text or None,
            **self.fields,
        }
        author = {"from": self.sender.to_json() if self.sender else bot}
        return {
            "message_id": self.message_id,
            **({"sender_chat": self.chat.to_json()} if self.chat.type == "channel" else author),
            "chat": self.chat.to_json(),
            "date": self.date,
            **{name: value for name, value in optional.items() if value is not None},
        }

    @property
    def _thread(self) -> int | None:
        """Its topic; outside of one, the first message of a chain of replies in a supergroup, which is no topic."""
        if self.thread_id is not None or self.reply_to is None or self.chat.type != "supergroup":
            return self.thread_id
        return self.reply_to._thread or self.reply_to.message_id  # noqa: SLF001 (the same of another message)

    def __repr__(self) -> str:
        return f"<message {self.message_id} in chat {self.chat.id}: {self.text!r}>"


class ShownAction(NamedTuple):
    """What the bot shows that it is doing, such as typing."""

    chat: "Chat"
    name: str


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's), a group, a supergroup or a channel.

    `topics`: of a forum, the ids of its topics with their names, without General; None for any other chat.
    `bot_status`: creator, administrator, member, restricted, left or kicked; in a private chat kicked means blocked.
    `statuses`: the same for people. `closed`: the topics that are closed. `pinned`: the messages that the bot has
    pinned, in this order. `became`: the id of the supergroup that a group became. `last_id`: of the newest message.
    """

    message_type: ClassVar[type[Message]] = Message

    id: int
    type: str
    names: dict[str, str]
    signal: Signal
    topics: dict[int, str] | None = None
    bot_status: str = "member"
    started: bool = True
    closed: set[int] = field(default_factory=set)
    became: int | None = None
    statuses: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0

    @property
    def may_write(self) -> bool:
        """Whether the bot may, while it is there; in a channel, only an administrator may."""
        may_not = {"channel": ("member", "restricted")}.get(self.type, ("restricted",))
        return self.bot_status not in may_not

    def add(self, content: Content, sender: Account | None, thread_id: int | None, reply_to: Message | None) -> Message:
        self.last_id += 1
        message = self.message_type(self, self.last_id, content, sender, thread_id, reply_to)
        self.messages[message.message_id] = message
        self.signal.notify(message)
        return message

    def edit(self, message: Message, content: Content) -> None:
        message.edits.append(message.content)
        message.content = content
        self.signal.notify(message)

    def to_json(self) -> dict[str, Any]:
        forum = {"is_forum": True} if self.topics is not None else {}
        return {"id": self.id, "type": self.type, **self.names, **forum}
