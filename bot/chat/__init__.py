"""The Telegram conversation: an update comes in, messages go out."""

from .conversation import UPDATES, App, install

__all__ = ["UPDATES", "App", "install"]
