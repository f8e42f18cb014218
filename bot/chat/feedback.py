"""Votes on answers: two buttons in a private chat, where all presses under a message are the same person's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.storage import Vote

from .buttons import key_of
from .recent import Recent
from .sending import answer_press, reader_of
from .texts import texts

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.storage.memory import Memory

    from .conversation import Context
    from .library import Library

_SIGNS: Final = {Vote.UP: "👍", Vote.DOWN: "👎"}
_CHOSEN: Final = " ✓"
_CODES: Final = {"u": Vote.UP, "d": Vote.DOWN, "0": None}
_LETTERS: Final = {vote: code for code, vote in _CODES.items()}
_LONGEST_DATA: Final = 64


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a button under an answer carries, `vu0:HASH:KEY KEY`, in at most 64 bytes.

    `vote`: what a press says. `previous`: what a press has said before, as far as the message shows it.
    `question`: the hash of the question, empty where there was none. `keys`: of the facts that the answer states.
    """

    vote: Vote
    previous: Vote | None
    question: str
    keys: tuple[str, ...]

    @property
    def data(self) -> str:
        head = f"v{_LETTERS[self.vote]}{_LETTERS[self.previous]}:{self.question}:"
        keys = list(self.keys)
        while len(keys) > 1 and len((head + " ".join(keys)).encode()) > _LONGEST_DATA:
            keys.pop()
        return head + " ".join(keys)

    @classmethod
    def read(cls, data: str) -> Ballot | None:
        """None for data that no such button carries."""
        head, _, rest = data.partition(":")
        question, _, keys = rest.partition(":")
        if len(head) != 3 or head[0] != "v" or head[1] not in _CODES or head[2] not in _CODES or not keys:
            return None
        vote = _CODES[head[1]]
        return cls(vote, _CODES[head[2]], question, tuple(keys.split(" "))) if vote else None

    def button(self) -> InlineKeyboardButton:
        sign = _SIGNS[self.vote] + (_CHOSEN if self.vote is self.previous else "")
        return InlineKeyboardButton(sign, callback_data=self.data)


def vote_buttons(facts: Sequence[Fact], question: str) -> list[InlineKeyboardButton]:
    """A button for and one against an answer. `question`: its hash, at most 16 characters, or empty."""
    keys = tuple(map(key_of, facts))
    return [Ballot(vote, None, question, keys).button() for vote in Vote]


class Feedback:
    """Counts votes; a second press of the same person under the same answer takes the place of the first."""

    def __init__(self, library: Library, memory: Memory) -> None:
        self._library = library
        self._memory = memory
        # Two quick presses both come from a message that shows no vote yet.
        self._votes: Recent[tuple[int, int, str, tuple[str, ...]], Vote] = Recent()

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [CallbackQueryHandler(self._press, r"v[ud][ud0]:")]

    async def _press(self, update: Update, _: Context) -> None:
        query = update.callback_query
        if query is None:
            raise TypeError("a handler of presses was given another update")
        say = texts(reader_of(query.from_user))
        ballot = Ballot.read(query.data or "")
        # Whoever writes a client of their own sends whatever data they like.
        ids = self._known(ballot.keys) if ballot else []
        if ballot is None or not ids or query.message is None:
            await answer_press(query, say("gone"))
            return
        place = (query.message.chat.id, query.message.message_id, ballot.question, ballot.keys)
        previous = self._votes.get(place) or ballot.previous
        self._votes.put(place, ballot.vote)
        await self._memory.voted(ids, ballot.question, ballot.vote, previous)
        await answer_press(query, say("vote-counted"))
        if ballot.vote is not previous and isinstance(query.message, Message):
            await _show(query.message, ballot.vote)

    def _known(self, keys: Iterable[str]) -> list[str]:
        """The ids of the facts that there are, each once."""
        contents = self._library.now.contents
        return list(dict.fromkeys(fact.id for key in keys if (fact := contents.fact(key))))


async def _show(message: Message, vote: Vote) -> None:
    """Marks the vote on its button; a restart of the bot finds it there."""
    if message.reply_markup is None:
        return
    rows = [[_marked(button, vote) for button in row] for row in message.reply_markup.inline_keyboard]
    # The message may be deleted by now; the vote counts all the same.
    with suppress(BadRequest):
        await message.edit_reply_markup(InlineKeyboardMarkup(rows))


def _marked(button: InlineKeyboardButton, vote: Vote) -> InlineKeyboardButton:
    ballot = Ballot.read(button.callback_data) if isinstance(button.callback_data, str) else None
    return replace(ballot, previous=vote).button() if ballot else button
