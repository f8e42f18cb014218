"""The rehearsal's Bot API server for tests: with webhooks, faults, and people and chats that can be waited for.

What no correct bot does is a violation, which fails the test at the end of `async with TelegramServer()`.
"""

from bot.rehearsal.telegram_server.backend import CallbackAnswer
from bot.rehearsal.telegram_server.content import Entity
from bot.rehearsal.telegram_server.server import Request

from .chats import Chat, Message, Person
from .server import TelegramServer

__all__ = ["CallbackAnswer", "Chat", "Entity", "Message", "Person", "Request", "TelegramServer"]
