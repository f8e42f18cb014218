"""The buttons under an answer: sharing it, and in a private chat, where all presses are one person's, votes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.chat.browsing.sharing import Sharing
from bot.chat.buttons import key_of
from bot.chat.callback_data import Sign, VoteButton
from bot.chat.library import Library
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of
from bot.chat.texts import Locale, texts
from bot.chat.updates import Handler, on_press
from bot.storage import Vote
from bot.storage.memory import Memory

_LABELS: Final = {Sign.UP: "👍", Sign.DOWN: "👎"}
_VOTES: Final = {Sign.UP: Vote.UP, Sign.DOWN: Vote.DOWN}
_CHOSEN: Final = " ✓"


def with_answer_buttons(
    reply: Reply, sharing: Sharing, locale: Locale, question: str = "", *, votes: bool = True
) -> Reply:
    """`reply`, with the buttons of an answer where it states facts.

    `question`: the hash of what was asked, empty for a fact that was picked. `votes`: not where many people read.
    """
    if not reply.stated:
        return reply
    keys = [key_of(fact) for fact in reply.stated]
    row = [_button(VoteButton.of(sign, question, keys)) for sign in Sign] if votes else []
    return replace(reply, keyboard=InlineKeyboardMarkup([[*row, sharing.button(reply.stated, locale)]]))


class VoteHandler:
    """Counts votes; the database tells whether a press under an answer is the first one or takes its place."""

    def __init__(self, library: Library, memory: Memory) -> None:
        self._library = library
        self._memory = memory

    def handlers(self) -> list[Handler]:
        return [on_press(VoteButton, self._vote)]

    async def _vote(self, query: CallbackQuery, button: VoteButton) -> None:
        say = texts(reader_of(query.from_user))
        ids = self._known(button.keys.split(" "))
        message = query.message
        # Below a message whose buttons are not known, everything but the facts may be made up.
        if not ids or not (isinstance(message, Message) and message.is_accessible):
            await answer_press(query, say("gone"))
            return
        place = message.chat.id, message.message_id
        await self._memory.questions.voted(ids, button.question, _VOTES[button.sign], place)
        await answer_press(query, say("vote-counted"))
        await _mark(message, button.sign)

    def _known(self, keys: Iterable[str]) -> list[str]:
        """The ids of the facts that there are, each once."""
        contents = self._library.now.contents
        return list(dict.fromkeys(fact.id for key in keys if (fact := contents.fact(key))))


async def _mark(message: Message, sign: Sign) -> None:
    """Marks the vote on its button, unless it is marked already."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    marked = InlineKeyboardMarkup([[_marked(button, sign) for button in row] for row in rows])
    if marked != message.reply_markup:
        # The message may be deleted by now; the vote counts all the same.
        with suppress(BadRequest):
            await message.edit_reply_markup(marked)


def _marked(button: InlineKeyboardButton, chosen: Sign) -> InlineKeyboardButton:
    vote = VoteButton.unpack(button.callback_data)
    return _button(vote, chosen) if vote else button


def _button(vote: VoteButton, chosen: Sign | None = None) -> InlineKeyboardButton:
    label = _LABELS[vote.sign] + (_CHOSEN if vote.sign is chosen else "")
    return InlineKeyboardButton(label, callback_data=vote.pack())
