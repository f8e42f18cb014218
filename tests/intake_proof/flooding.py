"""One who floods, and another one who asks. Each proof returns in words for how long the other one waited."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interrupting import QUESTION, serving, telegram

if TYPE_CHECKING:
    from telegram_server import Person, TelegramServer

Flood: TypeAlias = Callable[["TelegramServer", "Person", int], Awaitable[None]]

_BOT: Final = {"id": 123456, "is_bot": True, "first_name": "Test bot", "username": "shushuo_test_bot"}
_MOST_SECONDS: Final = 2.0


async def presses(server: TelegramServer, person: Person, count: int) -> None:
    """In the private chat, all of one button."""
    message = await person.ask("增速")
    _press(server, person, message.to_json(_BOT), message.buttons[0][0].data or "", count)


async def in_a_group(server: TelegramServer, person: Person, count: int) -> None:
    """A third each: presses, questions, and another command."""
    group = server.supergroup()
    await person.send(f"/topics@{_BOT['username']}", group)
    message = await group.next_message()
    _press(server, person, message.to_json(_BOT), message.buttons[0][0].data or "", count // 3)
    for number in range(count - count // 3):
        await person.send(f"/ask {QUESTION}" if number % 2 else "/subscribe", group)


async def held_back(server: TelegramServer, person: Person, count: int) -> None:
    """Telegram asks to wait for 40 seconds with the first answer."""
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 40", {"retry_after": 40})
    for _ in range(count):
        await person.send(QUESTION)


async def flooded(flood: Flood, count: int) -> str:
    """The other one asks after them, three times. Raises AssertionError for more than two seconds."""
    async with telegram() as (server, folder), serving(server, folder):
        await flood(server, server.user(), count)
        waits = []
        for _ in range(3):
            asked = monotonic()
            await server.user().ask(QUESTION)
            waits.append(monotonic() - asked)
    assert max(waits) <= _MOST_SECONDS, f"another one waited for {max(waits):.1f} s"
    return f"{count}, another one waited for {max(waits):.2f} s at most"


def _press(server: TelegramServer, person: Person, message: dict[str, Any], data: str, count: int) -> None:
    for number in range(count):
        query = {"id": str(number), "from": person.to_json(), "chat_instance": "1", "data": data, "message": message}
        server.push_update({"callback_query": query})
