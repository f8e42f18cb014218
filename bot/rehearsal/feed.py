"""Who takes part in a rehearsal, and what the pages show of it: all when one opens, and every change from then on."""

import asyncio
from typing import Any

from bot.rehearsal.telegram_server.requests import Refusal

from .telegram_server.model import Chat, Message, ShownAction
from .telegram_server.server import Request, TelegramServer

Event = dict[str, Any]


class Participants:
    """`person`, `manager` (administers the groups and the channel) and `admin` (of the bot); `chats`, as listed."""

    def __init__(self, server: TelegramServer, admin_id: int) -> None:
        self._server = server
        self.person = server.user(first_name="Person", language_code="zh-hans")
        self.manager = server.user(first_name="Group administrator", language_code="zh-hans")
        self.admin = server.user(admin_id, first_name="Bot’s admin", language_code="zh-hans")
        self.people = [self.person, self.manager, self.admin]
        # As whoever runs a bot does, the admin has written to it before it learns of its admins.
        self.admin.chat.started = True
        self.chats = [
            self.person.chat,
            self._joined(server.group(title="Group")),
            self._joined(server.supergroup(title="Forum", topics={2: "Figures", 3: "Everything else"})),
            self._joined(server.channel(title="Channel")),
            self.manager.chat,
            self.admin.chat,
        ]

    def _joined(self, chat: Chat) -> Chat:
        chat.statuses = {self.person.id: "member", self.manager.id: "creator", self.admin.id: "member"}
        return chat

    def upgrade(self, group: Chat) -> None:
        """The group makes room for the supergroup that it becomes."""
        self.chats[self.chats.index(group)] = self._server.upgrade(group)

    async def add_many_groups(self) -> None:
        """Forty groups, which their administrators subscribe: forty people, as one alone would soon be too fast."""
        for number in range(1, 41):
            group = self._joined(self._server.group(title=f"Group {number}"))
            administrator = self._server.user(first_name=f"Administrator {number}", language_code="zh-hans")
            group.statuses[administrator.id] = "creator"
            self.chats.append(group)
            await administrator.send(f"/subscribe@{self._server.bot['username']}", group)


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
    pinned = message.message_id in message.chat.pinned
    return {**message.to_json(server.bot), "pinned": pinned, "deleted": message.deleted}
