"""The Telegram conversation: an update comes in, messages go out."""

from .conversation import UPDATES, App, Context, install

__all__ = ["UPDATES", "App", "Context", "install"]
