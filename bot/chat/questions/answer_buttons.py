"""The buttons under an answer: votes, and sharing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from .votes import vote_buttons

if TYPE_CHECKING:
    from bot.chat.browsing.sharing import Sharing
    from bot.chat.replies import Reply
    from bot.chat.texts import Locale


class Below:
    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing

    def added(self, reply: Reply, locale: Locale, question: str = "", *, votes: bool) -> Reply:
        """`reply`, with the buttons of an answer where it states facts.

        `question`: the hash of what was asked, empty for a fact that was picked. `votes`: not where many people read.
        """
        if not reply.stated:
            return reply
        row = vote_buttons(reply.stated, question) if votes else []
        return replace(reply, keyboard=InlineKeyboardMarkup([[*row, self._sharing.button(reply.stated, locale)]]))
