"""The methods of the Bot API, as Telegram documents them."""

from . import message_methods  # noqa: F401 (importing it registers its methods)
from .bot_methods import FOLDER
from .registry import METHODS

__all__ = ["FOLDER", "METHODS"]
