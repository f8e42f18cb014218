"""The Telegram conversation: an update comes in, messages go out."""

from .handlers import install
from .updates import UPDATES, App, Context, Handler

__all__ = ["UPDATES", "App", "Context", "Handler", "install"]
