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

Given = dict[str, Any]


class Actions:
    """Each public method is something that the page can ask for by its name; LookupError says that it cannot be.

    `given` names the person who acts (`as`), the chat, and what the action is about.
    """

    def __init__(self, server: TelegramServer, cast: Cast, bot: BotProcess, feed: Feed) -> None:
        self._server = server
        self._cast = cast
        self._bot = bot
        self._feed = feed

    async def do(self, name: str, given: Given) -> Any:  # noqa: ANN401 (what the page is told, as JSON)
        """Does what the page asks for, and returns what it is told. Raises LookupError and ValueError."""
        if name.startswith("_") or name == "do" or not hasattr(self, name):
            raise LookupError(f"there is no action {name!r}")
        return await getattr(self, name)(given)

    def _person(self, given: Given) -> Person:
        return {person.id: person for person in self._cast.people}[given["as"]]

    def _chat(self, given: Given) -> Chat:
        return {chat.id: chat for chat in self._cast.chats}[given["chat"]]

    def _message(self, given: Given) -> Message:
        return self._chat(given).messages[given["message"]]

    # ---- what one does in a messenger

    async def send(self, given: Given) -> None:
        """Sends a text, or files with that text as a caption, `files` with name, type and content each."""
        person, chat, text, thread = self._person(given), self._chat(given), given["text"], given.get("thread")
        files = given["files"]
        album = {"media_group_id": uuid4().hex} if len(files) > 1 else {}
        for number, file in enumerate(files):
            fields = {**self._medium(*file), **album}
            await person.send("" if number else text, chat, thread_id=thread, fields=fields)
        if not files:
            reply_to = chat.messages.get(given.get("reply_to") or 0)
            await person.send(text, chat, thread_id=thread, reply_to=reply_to)

    def _medium(self, name: str, mime_type: str, content: bytes) -> Given:
        """The field that a message has for a file: pictures are shown, and all else is a document."""
        stored = self._server.backend.store(content)
        if mime_type in {"image/jpeg", "image/png", "image/webp"}:
            return {"photo": [{**stored, "width": 640, "height": 480}]}
        return {"document": {**stored, "file_name": name, "mime_type": mime_type or "application/octet-stream"}}

    async def edit(self, given: Given) -> None:
        await self._person(given).edit(self._message(given), given["text"])

    async def press(self, given: Given) -> Given:
        return asdict(await self._person(given).press(self._message(given), given["data"]))

    async def inline(self, given: Given) -> Given:
        return asdict(await self._person(given).ask_inline(given["query"], given.get("offset", "")))

    async def choose(self, given: Given) -> None:
        await self._person(given).choose(given["result"], self._chat(given), given["query"])

    async def menu(self, given: Given) -> Given:
        """The commands that the person is offered in the chat, and what the bot says of itself."""
        person, descriptions = self._person(given), self._server.backend.descriptions
        code = (person.language_code or "")[:2]
        description = descriptions.get(("description", code)) or descriptions.get(("description", ""), "")
        return {"commands": self._server.backend.menu(self._chat(given), person), "description": description}

    async def language(self, given: Given) -> None:
        self._person(given).language_code = given["code"]
        self._feed.show_state()

    # ---- what one cannot type

    async def remove(self, given: Given) -> None:
        """Blocks the bot in a private chat, or removes it from another; done again, it is let in again."""
        chat = self._chat(given)
        there = "administrator" if chat.type == "channel" else "member"
        who = self._person(given) if chat.type == "private" else self._cast.manager
        who.set_bot_status(chat, there if chat.bot_status in _GONE else "kicked")
        self._feed.show_state()

    async def upgrade(self, given: Given) -> None:
        self._cast.upgrade(self._chat(given))
        self._feed.show_state()

    async def network(self, _: Given) -> None:
        await self._server.stop()
        self._feed.show_state("network away")
        await asyncio.sleep(_AWAY)
        await self._server.start()
        self._feed.show_state("starting")

    async def flood(self, _: Given) -> None:
        self._server.flood(_AWAY)

    async def restart(self, _: Given) -> None:
        await self._bot.restart()

    async def later(self, _: Given) -> None:
        self._server.backend.pass_time(_LATER)
        self._feed.show_all()

    async def many(self, _: Given) -> None:
        await self._cast.add_many_groups()
        self._feed.show_state()
