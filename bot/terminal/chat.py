"""Runs a conversation over standard input and output: with line editing at a terminal, line by line in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING

from bot.answering.conversation import Conversation

from .asking import answer_json
from .rendering import style_for
from .session import Session, locale_language
from .streams import input_lines, show, write_utf_8

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.answering.answerer import Answerer
    from bot.answering.knowledge.model import Fact
    from bot.chat.texts import Locale


def chat(answerer: Answerer) -> None:
    """Converses until /quit, the end of the input, or Ctrl-C."""
    session = Session(Conversing(answerer), locale_language(), style_for(sys.stdout))
    try:
        for line in _lines(session):
            reply = session.reply(line)
            if reply is None:
                break
            _show(reply)
    except KeyboardInterrupt:
        _show([])


def chat_json(answerer: Answerer) -> None:
    """Answers each line of standard input in a line of JSON, until it ends."""
    write_utf_8()
    partner = Conversing(answerer)
    for line in input_lines():
        show(answer_json(partner.answer(line), partner.knowledge, partner.examples))


class Conversing:
    """A partner who converses from one knowledge."""

    def __init__(self, answerer: Answerer) -> None:
        self.knowledge = answerer.knowledge
        self._answerer = answerer
        self._conversation = Conversation(answerer)

    def answer(self, text: str) -> Answer:
        return self._conversation.reply(text, monotonic())

    def chosen(self, fact: Fact) -> None:
        self._conversation.chosen(fact.id, monotonic())

    def examples(self, locale: Locale) -> Iterable[str]:
        from bot.chat.suggestions import Suggestions  # noqa: PLC0415 - answers with figures do not wait for it

        return Suggestions(self._answerer).examples(locale)


def _lines(session: Session) -> Iterator[str]:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return input_lines()
    from .prompting import typed_lines  # noqa: PLC0415 - line editing is slow to import, and a pipe needs none

    _show(session.greeting())
    return typed_lines(lambda: session.prompt)


def _show(lines: list[str]) -> None:
    if lines:
        show("\n".join([*lines, ""]))
