"""What the pages show: all of it when one opens, and every change from then on."""

import asyncio
from typing import Any

from .participants import Participants
from .telegram_server import Request, TelegramServer
from .telegram_server.errors import Refusal
from .telegram_server.model import Message, ShownAction

Event = dict[str, Any]


class Feed:
    """A queue of events for each page that is open; `status`: starting, serving, network away or ended."""

    def __init__(self, server: TelegramServer, participants: Participants) -> None:
        self._server = server
        self._participants = participants
        self._pages: set[asyncio.Queue[Event]] = set()
        self._changed: dict[int, object] = {}
        self._problems: list[Event] = []
        self.status = "starting"
        server.backend.signal.listeners.append(self._hear)

    def open(self) -> asyncio.Queue[Event]:
        """The events for one page, of which the first ones tell all that there is."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._pages.add(queue)
        queue.put_nowait(self._whole())
        return queue

    def close(self, queue: asyncio.Queue[Event]) -> None:
        self._pages.discard(queue)

    def show_state(self, status: str | None = None) -> None:
        """Tells how the bot and the chats are now."""
        self.status = status or self.status
        self._send(self._state())

    def show_all(self) -> None:
        """Tells everything again: what is there has changed."""
        self._send(self._whole())

    def _hear(self, what: object) -> None:
        # A message is told of once whoever is changing it has done so: nothing waits in between.
        if not self._changed:
            asyncio.get_running_loop().call_soon(self._tell)
        self._changed[id(what)] = what

    def _tell(self) -> None:
        changed, self._changed = self._changed, {}
        for what in changed.values():
            match what:
                case Message():
                    self._send({"event": "message", "message": _shown(what, self._server)})
                case ShownAction():
                    self._send({"event": "action", "chat": what.chat.id})
                case Request(method="getUpdates") if self.status != "serving":
                    self.show_state("serving")
                case Refusal():
                    chat, thread = map(what.parameters.get, ("chat_id", "message_thread_id"))
                    text = f"{what.method}: {what.error}"
                    self._problems.append({"event": "problem", "chat": chat, "thread": thread, "text": text})
                    self._send(self._problems[-1])

    def _send(self, event: Event) -> None:
        for queue in self._pages:
            queue.put_nowait(event)

    def _whole(self) -> Event:
        messages = [
            message for chat in self._participants.chats for message in chat.messages.values() if not message.deleted
        ]
        shown = [_shown(message, self._server) for message in messages]
        return {**self._state(), "messages": shown, "problems": self._problems}

    def _state(self) -> Event:
        people = [
            {"id": person.id, "name": person.first_name, "language": person.language_code}
            for person in self._participants.people
        ]
        chats = []
        for chat in self._participants.chats:
            topics = [(None, "General"), *chat.topics.items()] if chat.topics else []
            there = {"present": chat.bot_status not in {"kicked", "left"}}  # the bot
            chats.append({**chat.to_json(), **there, "topics": [{"id": id_, "name": name} for id_, name in topics]})
        return {"event": "state", "status": self.status, "bot": self._server.bot, "people": people, "chats": chats}


def _shown(message: Message, server: TelegramServer) -> Event:
    pinned, keyboard = message.message_id in message.chat.pinned, message.content.markup.reply
    return {**message.to_json(server.bot), "pinned": pinned, "keyboard": keyboard, "deleted": message.deleted}
