"""Votes on answers: two buttons in a private chat, where all presses under a message are the same person's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.chat.buttons import key_of
from bot.chat.sending import answer_press, reader_of
from bot.chat.texts import texts
from bot.storage import Vote

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.chat.conversation import Context
    from bot.chat.library import Library
    from bot.storage.memory import Memory

_SIGNS: Final = {Vote.UP: "👍", Vote.DOWN: "👎"}
_CHOSEN: Final = " ✓"
_VOTES: Final = {"u": Vote.UP, "d": Vote.DOWN}
_LETTERS: Final = {vote: letter for letter, vote in _VOTES.items()}
# Version 1.0.0 wrote the vote before it in the third place.
_HEAD: Final = re.compile(r"v[ud][ud0]")
_LONGEST_DATA: Final = 64


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a button under an answer carries, `vu0:HASH:KEY KEY`, in at most 64 bytes.

    `vote`: what a press says. `question`: the hash of the question, empty where there was none. `keys`: of the facts
    that the answer states.
    """

    vote: Vote
    question: str
    keys: tuple[str, ...]

    @property
    def data(self) -> str:
        head = f"v{_LETTERS[self.vote]}0:{self.question}:"
        keys = list(self.keys)
        while len(keys) > 1 and len((head + " ".join(keys)).encode()) > _LONGEST_DATA:
            keys.pop()
        return head + " ".join(keys)

    @classmethod
    def read(cls, data: str) -> Ballot | None:
        """None for data that no such button carries."""
        head, _, rest = data.partition(":")
        question, _, keys = rest.partition(":")
        if not _HEAD.fullmatch(head) or not keys:
            return None
        return cls(_VOTES[head[1]], question, tuple(keys.split(" ")))

    def button(self, chosen: Vote | None = None) -> InlineKeyboardButton:
        sign = _SIGNS[self.vote] + (_CHOSEN if self.vote is chosen else "")
        return InlineKeyboardButton(sign, callback_data=self.data)


def vote_buttons(facts: Sequence[Fact], question: str) -> list[InlineKeyboardButton]:
    """A button for and one against an answer. `question`: its hash, at most 16 characters, or empty."""
    keys = tuple(map(key_of, facts))
    return [Ballot(vote, question, keys).button() for vote in Vote]


class Feedback:
    """Counts votes; the database tells whether a press under an answer is the first one or takes its place."""

    def __init__(self, library: Library, memory: Memory) -> None:
        self._library = library
        self._memory = memory

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [CallbackQueryHandler(self._press, rf"{_HEAD.pattern}:")]

    async def _press(self, update: Update, _: Context) -> None:
        query = update.callback_query
        if query is None:
            raise TypeError("a handler of presses was given another update")
        say = texts(reader_of(query.from_user))
        ballot = Ballot.read(query.data or "")
        ids = self._known(ballot.keys) if ballot else []
        message = query.message
        # Below a message whose buttons are not known, everything but the facts may be made up.
        if ballot is None or not ids or not (isinstance(message, Message) and message.is_accessible):
            await answer_press(query, say("gone"))
            return
        await self._memory.questions.voted(ids, ballot.question, ballot.vote, (message.chat.id, message.message_id))
        await answer_press(query, say("vote-counted"))
        await _show(message, ballot.vote)

    def _known(self, keys: Iterable[str]) -> list[str]:
        """The ids of the facts that there are, each once."""
        contents = self._library.now.contents
        return list(dict.fromkeys(fact.id for key in keys if (fact := contents.fact(key))))


async def _show(message: Message, vote: Vote) -> None:
    """Marks the vote on its button, unless it is marked already."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    marked = InlineKeyboardMarkup([[_marked(button, vote) for button in row] for row in rows])
    if marked != message.reply_markup:
        # The message may be deleted by now; the vote counts all the same.
        with suppress(BadRequest):
            await message.edit_reply_markup(marked)


def _marked(button: InlineKeyboardButton, vote: Vote) -> InlineKeyboardButton:
    ballot = Ballot.read(button.callback_data) if isinstance(button.callback_data, str) else None
    return ballot.button(chosen=vote) if ballot else button
