"""The desk's figures: /status, /unanswered, /popular and /audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .audit import DeskAudit
from .popular import DeskPopular
from .status import DeskStatus, Vitals
from .unanswered import DeskUnanswered

if TYPE_CHECKING:
    from bot.chat.library import Library
    from bot.storage import Memory

    from .admins import Admins, Handler


def figures(admins: Admins, memory: Memory, library: Library, vitals: Callable[[], Vitals]) -> list[Handler]:
    """The handlers, for the desk of a conversation. `vitals`: how the process is now."""
    parts = (
        DeskStatus(memory, library, vitals),
        DeskUnanswered(memory, library),
        DeskPopular(memory, library),
        DeskAudit(memory),
    )
    return [handler for part in parts for handler in part.handlers(admins)]
