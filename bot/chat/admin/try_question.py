"""/try: what people would be answered, and why; nothing of it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import safe
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import locale_for, texts

if TYPE_CHECKING:
    from telegram import Message

    from bot.chat.library import Library
    from bot.chat.updates import Context, Handler

    from .admins import Admins

COMMAND: Final = "try"


class TryHandler:
    def __init__(self, library: Library) -> None:
        self._library = library

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command(COMMAND, self._try)]

    async def _try(self, message: Message, context: Context) -> None:
        reader = reader_of(message.from_user)
        question = " ".join(context.args or ())
        if not question:
            await send_below(message, Reply(texts(reader)("try-how")))
            return
        edition = self._library.now
        answer = edition.answerer.answer(question)
        reply = edition.replies.to_answer(answer, locale_for(answer.language, reader))
        # A vote on what the buttons lead to would count, so that they are only shown.
        await send_below(message, Reply(reply.html))
        why = texts(reader)("try-why", outcome=answer.outcome, version=edition.version)
        head = "\n".join([*_buttons(reply), why, ""])
        explanation = "\n".join(map(safe, edition.answerer.explain(question).splitlines()))
        await send_below(message, Reply(to_html([Piece(head), Piece(explanation, ("pre",))])))


def _buttons(reply: Reply) -> list[str]:
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    return [f"▫️ {button.text}" for row in rows for button in row]
