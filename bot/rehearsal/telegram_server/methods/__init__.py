"""The methods of the Bot API, as Telegram documents them."""

from . import bot_methods, message_methods  # noqa: F401 (importing them registers their methods)
from .files import download
from .registry import METHODS

__all__ = ["METHODS", "download"]
