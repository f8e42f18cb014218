"""People: what they can do in Telegram, and what comes back to them."""

import time
from typing import Any

from .backend import Answer, Backend, CallbackAnswer, InlineAnswer
from .content.texts import FormattedText, typed_by_person
from .inline_results import content_of
from .model import PATIENCE, Chat, Content, Message


class Person:
    """Somebody with a Telegram account, and the private chat with the bot, with what waits for messages in it."""

    def __init__(self, backend: Backend, user_id: int, first_name: str, language_code: str | None) -> None:
        self._backend = backend
        self.id = user_id
        self.first_name = first_name
        self.language_code = language_code
        self.chat = Chat(user_id, "private", {"first_name": first_name}, backend.signal, started=False)
        self.next_message, self.next_edit = self.chat.next_message, self.chat.next_edit
        self.wait_for, self.hears = self.chat.wait_for, self.chat.says

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
        content = _typed(text) if text or not fields else Content(FormattedText(""), "")
        message = self._added(place, content, thread_id, reply_to)
        message.fields = fields or {}
        self._backend.push_message("channel_post" if place.type == "channel" else "message", message)
        return message

    async def send_document(
        self,
        content: bytes,
        name: str | None = "report.yaml",
        chat: Chat | None = None,
        *,
        caption: str = "",
        fields: dict[str, Any] | None = None,
    ) -> Message:
        """Sends a file into the private chat, or into `chat`. `fields`: others of the document; None takes one away."""
        document = {**self._backend.store(content), "file_name": name, "mime_type": "application/x-yaml"}
        given = {key: value for key, value in {**document, **(fields or {})}.items() if value is not None}
        return await self.send(caption, chat, fields={"document": given})

    def _added(
        self, place: Chat, content: Content, thread_id: int | None = None, reply_to: Message | None = None
    ) -> Message:
        place.statuses.setdefault(self.id, "member")
        place.started = True
        return place.add(content, self, thread_id, reply_to)

    async def edit(self, message: Message, text: str) -> None:
        """Changes what a message of the person says."""
        message.edits.append(message.content)
        message.content = _typed(text)
        self._backend.signal.notify(message)
        self._backend.push_message("edited_message", message)

    async def press(self, message: Message, button: str, timeout: float = PATIENCE) -> CallbackAnswer:  # noqa: ASYNC109
        """Presses the button with this text or data, and waits for what the bot answers.

        Raises LookupError where there is no such button, or none that tells the bot anything; AssertionError where
        the bot does not answer.
        """
        data = message.find_button(button).data
        if data is None:
            raise LookupError(f"the button {button!r} sends no callback query")
        return await self.forge_press(message, data, timeout)

    async def forge_press(self, message: Message, data: str, timeout: float = PATIENCE) -> CallbackAnswer:  # noqa: ASYNC109
        """Presses as a client of somebody's own can: with any `data`, below a message as it is now."""
        query_id = self._backend.new_query(self._backend.callback_answers)
        self._backend.updates.push("callback_query", self.press_of(message, data, query_id))
        return await self._answer(self._backend.callback_answers, query_id, timeout)

    def press_of(self, message: Message, data: str, query_id: str = "1") -> dict[str, Any]:
        """A press as Telegram tells of it."""
        query = {"id": query_id, "from": self.to_json(), "chat_instance": str(message.chat.id), "data": data}
        return {**query, "message": message.to_json(self._backend.bot)}

    async def ask_inline(self, query: str, offset: str = "", timeout: float = PATIENCE) -> InlineAnswer:  # noqa: ASYNC109
        """Types the bot's name and `query` in some chat. Raises AssertionError where the bot does not answer."""
        query_id = self._backend.new_query(self._backend.inline_answers)
        update = {"id": query_id, "from": self.to_json(), "query": query, "offset": offset, "chat_type": "sender"}
        self._backend.updates.push("inline_query", update)
        return await self._answer(self._backend.inline_answers, query_id, timeout)

    async def choose(self, result: dict[str, Any], chat: Chat | None = None, query: str = "") -> Message:
        """Sends a result of the inline query `query` into the private chat with the bot, or into `chat`."""
        message = self._added(chat or self.chat, content_of(result))
        message.via_bot = True
        chosen = {"result_id": result["id"], "from": self.to_json(), "query": query}
        self._backend.updates.push("chosen_inline_result", chosen)
        self._backend.updates.push("message", message.to_json(self._backend.bot))
        return message

    async def _answer(self, answers: dict[str, Answer | None], query_id: str, seconds: float) -> Answer:
        await self._backend.signal.wait(lambda: answers.get(query_id) is not None, seconds)
        answer = answers.get(query_id)
        if answer is None:
            raise AssertionError(f"the bot did not answer the query of {self.id} within {seconds} s")
        return answer

    async def ask(self, text: str, chat: Chat | None = None, **details: Any) -> Message:
        """Sends `text` as `send` does, and returns what the bot says next there."""
        await self.send(text, chat, **details)
        return await (chat or self.chat).next_message()

    def block(self) -> None:
        self.set_bot_status(self.chat, "kicked")

    def unblock(self) -> None:
        self.set_bot_status(self.chat, "member")

    def set_bot_status(self, chat: Chat, status: str) -> None:
        """Adds the bot to a chat (member, administrator), silences it (restricted), or removes it (kicked, left)."""
        before = self._backend.member(chat, self._backend.bot["id"])
        chat.bot_status = status
        after = self._backend.member(chat, self._backend.bot["id"])
        change = {"chat": chat.to_json(), "from": self.to_json(), "date": int(time.time())}
        self._backend.updates.push("my_chat_member", {**change, "old_chat_member": before, "new_chat_member": after})

    def to_json(self) -> dict[str, Any]:
        language = {"language_code": self.language_code} if self.language_code else {}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **language}


def _typed(text: str) -> Content:
    return Content(typed_by_person(text), text)
