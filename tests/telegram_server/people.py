"""People: what they can do in Telegram, and what comes back to them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from .files import store
from .inline_results import content_of
from .media import fields_of
from .model import PATIENCE, Chat, Content, Message
from .texts import FormattedText, typed_by_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to the press of a button."""

    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answered to an inline query; the results as it sent them."""

    results: list[dict[str, Any]]
    cache_time: int = 300
    is_personal: bool = False
    next_offset: str = ""
    button: dict[str, Any] | None = None


class Person:
    """Somebody with a Telegram account, and the private chat with the bot."""

    def __init__(self, backend: Backend, user_id: int, names: dict[str, str], language_code: str | None) -> None:
        self._backend = backend
        self.id = user_id
        self.language_code = language_code
        self._names = names
        self.chat = Chat(user_id, "private", names, backend.signal, started=False)

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

        `fields`: others that the message has, such as sender_chat; a photo makes `text` its caption.
        Raises ValueError for a text that no client sends as one message, and for a topic that is not there.
        """
        place = chat or self.chat
        if thread_id is not None and thread_id not in (place.topics or {}):
            raise ValueError(f"chat {place.id} has no topic {thread_id}")
        content = Content(typed_by_person(text), text)
        place.statuses.setdefault(self.id, "member")
        place.started = True
        message = place.add(content, self, thread_id, reply_to)
        message.fields = fields or {}
        self._backend.push_message("message", message)
        return message

    async def post(self, text: str, channel: Chat) -> Message:
        """Types `text` as a post of a channel, which names nobody as its writer."""
        message = channel.add(Content(typed_by_person(text), text), self, None, None)
        self._backend.push_message("channel_post", message)
        return message

    async def send_media(
        self, kind: str, *, caption: str = "", album: str | None = None, fields: dict[str, Any] | None = None
    ) -> Message:
        """Sends something of a kind of `media` into the private chat. `album`: the album that it is one of.

        `fields`: others that the message has.
        """
        self.chat.started = True
        content = Content(typed_by_person(caption), caption) if caption else Content(FormattedText(""), "")
        message = self.chat.add(content, self, None, None)
        message.fields = {**fields_of(kind, album), **(fields or {})}
        self._backend.push_message("message", message)
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
        place = chat or self.chat
        place.statuses.setdefault(self.id, "member")
        place.started = True
        written = Content(typed_by_person(caption), caption) if caption else Content(FormattedText(""), "")
        message = place.add(written, self, None, None)
        document = {
            **store(self._backend, content),
            "file_name": name,
            "mime_type": "application/x-yaml",
            **(fields or {}),
        }
        message.fields = {"document": {key: value for key, value in document.items() if value is not None}}
        self._backend.push_message("message", message)
        return message

    async def edit(self, message: Message, text: str) -> None:
        """Changes what a message of the person says."""
        message.edits.append(message.content)
        message.content = Content(typed_by_person(text), text)
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
        query = {"from": self.to_json(), "message": message.to_json(self._backend.bot), "data": data}
        self._backend.push("callback_query", {"id": query_id, "chat_instance": str(message.chat.id), **query})
        return await self._answer(self._backend.callback_answers, query_id, timeout)

    async def ask_inline(self, query: str, offset: str = "", timeout: float = PATIENCE) -> InlineAnswer:  # noqa: ASYNC109
        """Types the bot's name and `query` in some chat. Raises AssertionError where the bot does not answer."""
        query_id = self._backend.new_query(self._backend.inline_answers)
        update = {"id": query_id, "from": self.to_json(), "query": query, "offset": offset, "chat_type": "sender"}
        self._backend.push("inline_query", update)
        return await self._answer(self._backend.inline_answers, query_id, timeout)

    async def choose(self, result: dict[str, Any], chat: Chat | None = None, query: str = "") -> Message:
        """Sends a result of the inline query `query` into the private chat with the bot, or into `chat`."""
        place = chat or self.chat
        place.statuses.setdefault(self.id, "member")
        place.started = True
        message = place.add(content_of(result), self, None, None)
        message.via_bot = True
        chosen = {"result_id": result["id"], "from": self.to_json(), "query": query}
        self._backend.push("chosen_inline_result", chosen)
        self._backend.push("message", message.to_json(self._backend.bot))
        return message

    async def _answer(self, answers: dict[str, Answer | None], query_id: str, seconds: float) -> Answer:
        await self._backend.signal.wait(lambda: answers[query_id] is not None, seconds)
        answer = answers[query_id]
        if answer is None:
            raise AssertionError(f"the bot did not answer the query of {self.id} within {seconds} s")
        return answer

    async def ask(self, text: str) -> Message:
        """Sends `text` to the bot, and returns what it says next."""
        await self.send(text)
        return await self.next_message()

    async def next_message(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """`Chat.next_message` of the private chat."""
        return await self.chat.next_message(timeout)

    async def next_edit(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """`Chat.next_edit` of the private chat."""
        return await self.chat.next_edit(timeout)

    async def wait_for(self, predicate: Callable[[Message], bool], timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """`Chat.wait_for` of the private chat."""
        return await self.chat.wait_for(predicate, timeout)

    def block(self) -> None:
        self.set_bot_status(self.chat, "kicked")

    def unblock(self) -> None:
        self.set_bot_status(self.chat, "member")

    def set_bot_status(self, chat: Chat, status: str) -> None:
        """Adds the bot to a chat (member, administrator), silences it (restricted), or removes it (kicked, left)."""
        before = self._backend.bot_member(chat)
        chat.bot_status = status
        after = self._backend.bot_member(chat)
        change = {"chat": chat.to_json(), "from": self.to_json(), "date": int(time.time())}
        self._backend.push("my_chat_member", {**change, "old_chat_member": before, "new_chat_member": after})

    def to_json(self) -> dict[str, Any]:
        language = {"language_code": self.language_code} if self.language_code else {}
        return {"id": self.id, "is_bot": False, **self._names, **language}
