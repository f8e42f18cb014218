"""People, chats and messages that tell when the bot has written. What does not come is an AssertionError."""

from collections.abc import Callable

from bot.rehearsal.telegram_server import model, people

PATIENCE = 120.0  # seconds; a poll whose connection is lost in silence takes 35, on a machine that is not busy


class Message(model.Message):
    @property
    def html(self) -> str:
        return self.content.source

    async def becomes(self, words: str) -> model.Message:
        """Returns it once its text has these words."""
        return await self.chat.wait_for(lambda message: message is self and words in message.text)


class Chat(model.Chat):
    """`writable`: whether the bot has the right to write. `edited`: the messages that it has edited, one an edit."""

    message_type = Message

    def __init__(self, *args, **more) -> None:
        super().__init__(*args, **more)
        self.writable, self.edited = True, list[model.Message]()
        self._messages_seen = self._edits_seen = 0

    @property
    def may_write(self) -> bool:
        return self.writable and super().may_write

    def edit(self, message: model.Message, content: model.Content) -> None:
        self.edited.append(message)
        super().edit(message, content)

    @property
    def bot_messages(self) -> list[model.Message]:
        """What the bot has sent, oldest first, deleted ones too."""
        return [message for message in self.messages.values() if message.sender is None]

    async def next_message(self) -> model.Message:
        """The bot's oldest message that this has not returned yet."""
        seen = self._messages_seen
        await self._wait(lambda: len(self.bot_messages) > seen, "no new message")
        self._messages_seen += 1
        return self.bot_messages[seen]

    async def next_edit(self) -> model.Message:
        """The message of the oldest edit that this has not returned yet."""
        seen = self._edits_seen
        await self._wait(lambda: len(self.edited) > seen, "no new edit")
        self._edits_seen += 1
        return self.edited[seen]

    async def wait_for(self, predicate: Callable[[model.Message], bool]) -> model.Message:
        """The newest message of the bot, as it is now, that fits `predicate`."""

        def fitting() -> list[model.Message]:
            return [message for message in self.bot_messages if not message.deleted and predicate(message)]

        await self._wait(lambda: bool(fitting()), "no message that fits")
        return fitting()[-1]

    async def says(self, words: str) -> model.Message:
        """The newest message of the bot that has these words."""
        return await self.wait_for(lambda message: words in message.text)

    async def _wait(self, condition: Callable[[], bool], complaint: str) -> None:
        if not await self.signal.wait(condition, PATIENCE):
            raise AssertionError(f"{complaint} in chat {self.id} within {PATIENCE} s; it has {self.bot_messages!r}")


class Person(people.Person):
    """Somebody who waits for messages in the private chat, too."""

    patience = PATIENCE

    def __init__(self, *args) -> None:
        super().__init__(*args)
        self.next_message, self.next_edit = self.chat.next_message, self.chat.next_edit
        self.wait_for, self.hears = self.chat.wait_for, self.chat.says

    async def ask(self, text: str, chat: Chat | None = None, **details) -> model.Message:
        """Sends `text` as `send` does, and returns what the bot says next there."""
        await self.send(text, chat, **details)
        return await (chat or self.chat).next_message()

    async def send_document(
        self,
        content: bytes,
        name: str | None = "report.yaml",
        chat: Chat | None = None,
        *,
        caption: str = "",
        fields=None,
    ) -> model.Message:
        """Sends a file into the private chat, or into `chat`. `fields`: others of the document; None takes one away."""
        document = {**self._backend.store(content), "file_name": name, "mime_type": "application/x-yaml"}
        given = {key: value for key, value in {**document, **(fields or {})}.items() if value is not None}
        return await self.send(caption, chat, fields={"document": given})

    def block(self) -> None:
        self.set_bot_status(self.chat, "kicked")

    def unblock(self) -> None:
        self.set_bot_status(self.chat, "member")
