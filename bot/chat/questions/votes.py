"""Votes on answers, by the buttons below them."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.chat.buttons import vote_button
from bot.chat.callback_data import Sign, VoteButton
from bot.chat.library import Library
from bot.chat.sending import answer_press, reader_of
from bot.chat.texts import texts
from bot.chat.updates import Handler, on_press
from bot.storage import Memory, Vote

_VOTES: Final = {Sign.UP: Vote.UP, Sign.DOWN: Vote.DOWN}


class VoteHandler:
    """Counts votes; the database tells whether a press under an answer is the first one or takes its place."""

    def __init__(self, library: Library, memory: Memory) -> None:
        self._library = library
        self._memory = memory

    def handlers(self) -> list[Handler]:
        return [on_press(VoteButton, self._vote)]

    async def _vote(self, query: CallbackQuery, button: VoteButton) -> None:
        say = texts(reader_of(query.from_user))
        contents, message = self._library.now.contents, query.message
        facts = filter(None, map(contents.fact, button.keys.split(" ")))
        ids = list(dict.fromkeys(fact.id for fact in facts))
        # Below a message whose buttons are not known, everything but the facts may be made up.
        if not ids or not (isinstance(message, Message) and message.is_accessible):
            await answer_press(query, say("gone"))
            return
        place = message.chat.id, message.message_id
        await self._memory.questions.voted(ids, button.question, _VOTES[button.sign], place)
        await answer_press(query, say("vote-counted"))
        await _mark(message, button.sign)


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
    return vote_button(vote, chosen) if vote else button
