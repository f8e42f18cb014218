"""People: what they can do in Telegram, and what comes back to them."""

import time
from typing import Any, ClassVar

from .backend import Answer, Backend, CallbackAnswer, InlineAnswer
from .content import FormattedText, typed_by_person
from .message_methods import content_of
from .model import Account, Chat, Content, Message


class Person(Account):
    """Somebody who does things in Telegram.

    `patience`: seconds to wait for the answer to a press or an inline query.
    """

    patience: ClassVar[float] = 15.0

    def __init__(self, backend: Backend, chat: Chat, language_code: str | None) -> None:
        super().__init__(chat, language_code)
        self._backend = backend

    async def send(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        fields: dict[str, Any] | None = None,
    ) -> Message:
        """Types `text` into the private chat, or into `chat`, whose member the person becomes.

        `fields`: others that the message has, such as sender_chat; those of a medium make `text` its caption.
        Raises ValueError for a text that no client sends as one message, and for a topic that is not there.
        """
        place = chat or self.chat
        if thread_id is not None and thread_id not in (place.topics or {}):
            raise ValueError(f"chat {place.id} has no topic {thread_id}")
        content = Content(typed_by_person(text), text) if text or not fields else Content(FormattedText(""), "")
        message = self._added(place, content, thread_id, reply_to)
        message.fields = fields or {}
        self._backend.push_message("channel_post" if place.type == "channel" else "message", message)
        return message

    def _added(
        self, place: Chat, content: Content, thread_id: int | None = None, reply_to: Message | None = None
    ) -> Message:
        place.statuses.setdefault(self.id, "member")
        place.started = True
        return place.add(content, self, thread_id, reply_to)

    async def edit(self, message: Message, text: str) -> None:
        """Changes what a message of the person says."""
        message.edits.append(message.content)
        message.content = Content(typed_by_person(text), text)
        self._backend.signal.notify(message)
        self._backend.push_message("edited_message", message)

    async def press(self, message: Message, button: str) -> CallbackAnswer:
        """Presses the button with this text or data, and waits for what the bot answers.

        Raises LookupError where there is no such button, or none that tells the bot anything; AssertionError where
        the bot does not answer.
        """
        data = message.find_button(button).data
        if data is None:
            raise LookupError(f"the button {button!r} sends no callback query")
        return await self.forge_press(message, data)

    async def forge_press(self, message: Message, data: str) -> CallbackAnswer:
        """Presses as a client of somebody's own can: with any `data`, below a message as it is now."""
        query_id = self._backend.new_query(self._backend.callback_answers)
        self._backend.updates.push("callback_query", self.press_of(message, data, query_id))
        return await self._answer(self._backend.callback_answers, query_id)

    def press_of(self, message: Message, data: str, query_id: str = "1") -> dict[str, Any]:
        """A press as Telegram tells of it."""
        query = {"id": query_id, "from": self.to_json(), "chat_instance": str(message.chat.id), "data": data}
        return {**query, "message": message.to_json(self._backend.bot)}

    async def ask_inline(self, query: str, offset: str = "") -> InlineAnswer:
        """Types the bot's name and `query` in some chat. Raises AssertionError where the bot does not answer."""
        query_id = self._backend.new_query(self._backend.inline_answers)
        update = {"id": query_id, "from": self.to_json(), "query": query, "offset": offset, "chat_type": "sender"}
        self._backend.updates.push("inline_query", update)
        return await self._answer(self._backend.inline_answers, query_id)

    async def choose(self, result: dict[str, Any], chat: Chat | None = None) -> Message:
        """Sends a result of an inline query into the private chat with the bot, or into `chat`."""
        message = self._added(chat or self.chat, content_of(result))
        message.via_bot = True
        self._backend.updates.push("message", message.to_json(self._backend.bot))
        return message

    async def _answer(self, answers: dict[str, Answer | None], query_id: str) -> Answer:
        await self._backend.signal.wait(lambda: answers.get(query_id) is not None, self.patience)
        answer = answers.get(query_id)
        if answer is None:
            raise AssertionError(f"the bot did not answer the query of {self.id} within {self.patience} s")
        return answer

    def set_bot_status(self, chat: Chat, status: str) -> None:
        """Adds the bot to a chat (member, administrator), silences it (restricted), or removes it (kicked, left)."""
        before = self._backend.member(chat, self._backend.bot["id"])
        chat.bot_status = status
        after = self._backend.member(chat, self._backend.bot["id"])
        change = {"chat": chat.to_json(), "from": self.to_json(), "date": int(time.time())}
        self._backend.updates.push("my_chat_member", {**change, "old_chat_member": before, "new_chat_member": after})
