"""What people do on the page: write, press, choose, and make trouble."""

import asyncio
from typing import Any
from uuid import uuid4

from .bot_process import BotProcess
from .feed import Feed, Participants
from .telegram_server.model import Chat
from .telegram_server.people import Person
from .telegram_server.server import TelegramServer

_AWAY = 10.0  # seconds

Parameters = dict[str, Any]


class Actions:
    """Each public method is something that the page can ask for by its name; LookupError says that it cannot be.

    It is given the person who acts, the chat, and what else the page says of the action.
    """

    def __init__(self, server: TelegramServer, participants: Participants, bot: BotProcess, feed: Feed) -> None:
        self._server = server
        self._participants = participants
        self._bot = bot
        self._feed = feed

    async def do(self, name: str, parameters: Parameters) -> Any:  # noqa: ANN401 (what the page is told, as JSON)
        """Does what the page asks for, and returns what it is told. Raises LookupError and ValueError."""
        if name.startswith("_") or name == "do" or not hasattr(self, name):
            raise LookupError(f"there is no action {name!r}")
        person = {person.id: person for person in self._participants.people}[parameters["as"]]
        chat = {chat.id: chat for chat in self._participants.chats}[parameters["chat"]]
        return await getattr(self, name)(person, chat, parameters)

    # ---- what one does in a messenger

    async def send(self, person: Person, chat: Chat, parameters: Parameters) -> None:
        """Sends a text, or files with that text as a caption, `files` with name, type and content each."""
        text, thread, files = parameters["text"], parameters.get("thread"), parameters["files"]
        album = {"media_group_id": uuid4().hex} if len(files) > 1 else {}
        for number, file in enumerate(files):
            fields = {**self._medium(*file), **album}
            await person.send("" if number else text, chat, thread_id=thread, fields=fields)
        if not files:
            reply_to = chat.messages.get(parameters.get("reply_to") or 0)
            await person.send(text, chat, thread_id=thread, reply_to=reply_to)

    def _medium(self, name: str, mime_type: str, content: bytes) -> Parameters:
        """The field that a message has for a file: pictures are shown, and all else is a document."""
        stored = self._server.backend.store(content)
        if mime_type in {"image/jpeg", "image/png", "image/webp"}:
            return {"photo": [{**stored, "width": 640, "height": 480}]}
        return {"document": {**stored, "file_name": name, "mime_type": mime_type or "application/octet-stream"}}

    async def edit(self, person: Person, chat: Chat, parameters: Parameters) -> None:
        await person.edit(chat.messages[parameters["message"]], parameters["text"])

    async def press(self, person: Person, chat: Chat, parameters: Parameters) -> Parameters:
        return (await person.press(chat.messages[parameters["message"]], parameters["data"]))._asdict()

    async def inline(self, person: Person, _: Chat, parameters: Parameters) -> Parameters:
        return (await person.ask_inline(parameters["query"], parameters.get("offset", "")))._asdict()

    async def choose(self, person: Person, chat: Chat, parameters: Parameters) -> None:
        await person.choose(parameters["result"], chat)

    async def menu(self, person: Person, chat: Chat, _: Parameters) -> Parameters:
        """The commands that the person is offered in the chat, and what the bot says of itself."""
        code, descriptions = (person.language_code or "")[:2], self._server.backend.descriptions
        description = descriptions.get(("description", code)) or descriptions.get(("description", ""), "")
        return {"commands": self._server.backend.menu(chat, person), "description": description}

    async def language(self, person: Person, _: Chat, parameters: Parameters) -> None:
        person.language_code = parameters["code"]
        self._feed.show_state()

    # ---- what one cannot type

    async def remove(self, person: Person, chat: Chat, _: Parameters) -> None:
        """Blocks the bot in a private chat, or removes it from another; done again, it is let in again."""
        there = "administrator" if chat.type == "channel" else "member"
        who = person if chat.type == "private" else self._participants.manager
        who.set_bot_status(chat, there if chat.bot_status in {"kicked", "left"} else "kicked")
        self._feed.show_state()

    async def upgrade(self, _: Person, chat: Chat, __: Parameters) -> None:
        self._participants.upgrade(chat)
        self._feed.show_state()

    async def network(self, *_: object) -> None:
        await self._server.stop()
        self._feed.show_state("network away")
        await asyncio.sleep(_AWAY)
        await self._server.start()
        self._feed.show_state("starting")

    async def flood(self, *_: object) -> None:
        self._server.flood(_AWAY)

    async def restart(self, *_: object) -> None:
        await self._bot.restart()

    async def later(self, *_: object) -> None:
        self._server.backend.pass_time(3 * 24 * 3600)
        self._feed.show_all()

    async def many(self, *_: object) -> None:
        await self._participants.add_many_groups()
        self._feed.show_state()
