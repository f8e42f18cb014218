"""What people do on the page: write, press, choose, and make trouble."""

import asyncio
from dataclasses import asdict
from typing import Any, Final
from uuid import uuid4

from .bot_process import BotProcess
from .cast import Cast
from .feed import Feed
from .telegram_server import Chat, Message, Person, TelegramServer

_AWAY: Final = 10.0  # seconds
_LATER: Final = 3 * 24 * 3600
_GONE: Final = {"kicked", "left"}

Parameters = dict[str, Any]


class Actions:
    """Each public method is something that the page can ask for by its name; LookupError says that it cannot be.

    `parameters` names the person who acts (`as`), the chat, and what the action is about.
    """

    def __init__(self, server: TelegramServer, cast: Cast, bot: BotProcess, feed: Feed) -> None:
        self._server = server
        self._cast = cast
        self._bot = bot
        self._feed = feed

    async def do(self, name: str, parameters: Parameters) -> Any:  # noqa: ANN401 (what the page is told, as JSON)
        """Does what the page asks for, and returns what it is told. Raises LookupError and ValueError."""
        if name.startswith("_") or name == "do" or not hasattr(self, name):
            raise LookupError(f"there is no action {name!r}")
        return await getattr(self, name)(parameters)

    def _person(self, parameters: Parameters) -> Person:
        return {person.id: person for person in self._cast.people}[parameters["as"]]

    def _chat(self, parameters: Parameters) -> Chat:
        return {chat.id: chat for chat in self._cast.chats}[parameters["chat"]]

    def _message(self, parameters: Parameters) -> Message:
        return self._chat(parameters).messages[parameters["message"]]

    # ---- what one does in a messenger

    async def send(self, parameters: Parameters) -> None:
        """Sends a text, or files with that text as a caption, `files` with name, type and content each."""
        person, chat, text, thread = (
            self._person(parameters),
            self._chat(parameters),
            parameters["text"],
            parameters.get("thread"),
        )
        files = parameters["files"]
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

    async def edit(self, parameters: Parameters) -> None:
        await self._person(parameters).edit(self._message(parameters), parameters["text"])

    async def press(self, parameters: Parameters) -> Parameters:
        return asdict(await self._person(parameters).press(self._message(parameters), parameters["data"]))

    async def inline(self, parameters: Parameters) -> Parameters:
        return asdict(await self._person(parameters).ask_inline(parameters["query"], parameters.get("offset", "")))

    async def choose(self, parameters: Parameters) -> None:
        await self._person(parameters).choose(parameters["result"], self._chat(parameters), parameters["query"])

    async def menu(self, parameters: Parameters) -> Parameters:
        """The commands that the person is offered in the chat, and what the bot says of itself."""
        person, descriptions = self._person(parameters), self._server.backend.descriptions
        code = (person.language_code or "")[:2]
        description = descriptions.get(("description", code)) or descriptions.get(("description", ""), "")
        return {"commands": self._server.backend.menu(self._chat(parameters), person), "description": description}

    async def language(self, parameters: Parameters) -> None:
        self._person(parameters).language_code = parameters["code"]
        self._feed.show_state()

    # ---- what one cannot type

    async def remove(self, parameters: Parameters) -> None:
        """Blocks the bot in a private chat, or removes it from another; done again, it is let in again."""
        chat = self._chat(parameters)
        there = "administrator" if chat.type == "channel" else "member"
        who = self._person(parameters) if chat.type == "private" else self._cast.manager
        who.set_bot_status(chat, there if chat.bot_status in _GONE else "kicked")
        self._feed.show_state()

    async def upgrade(self, parameters: Parameters) -> None:
        self._cast.upgrade(self._chat(parameters))
        self._feed.show_state()

    async def network(self, _: Parameters) -> None:
        await self._server.stop()
        self._feed.show_state("network away")
        await asyncio.sleep(_AWAY)
        await self._server.start()
        self._feed.show_state("starting")

    async def flood(self, _: Parameters) -> None:
        self._server.flood(_AWAY)

    async def restart(self, _: Parameters) -> None:
        await self._bot.restart()

    async def later(self, _: Parameters) -> None:
        self._server.backend.pass_time(_LATER)
        self._feed.show_all()

    async def many(self, _: Parameters) -> None:
        await self._cast.add_many_groups()
        self._feed.show_state()
