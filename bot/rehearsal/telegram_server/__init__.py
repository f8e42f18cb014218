"""A small, strict Telegram Bot API server: real HTTP on loopback, and people to act as.

It checks more than Telegram does: what no correct bot does is an error in Telegram's words, too.
"""

from .backend import CallbackAnswer
from .content.texts import Entity
from .model import Chat, Message
from .people import Person
from .server import Request, TelegramServer

__all__ = ["CallbackAnswer", "Chat", "Entity", "Message", "Person", "Request", "TelegramServer"]
