"""Runs a conversation over standard input and output: with line editing at a terminal, line by line in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .asking import answer_json
from .rendering import style_for
from .session import Partner, Session, locale_language
from .streams import input_lines, show, write_utf_8

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer


def chat(answerer: Answerer) -> None:
    """Converses until /quit, the end of the input, or Ctrl-C."""
    session = Session(Partner(answerer), locale_language(), style_for(sys.stdout))
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
    partner = Partner(answerer)
    for line in input_lines():
        show(answer_json(partner.answer(line), partner.knowledge, partner.examples))


def _lines(session: Session) -> Iterator[str]:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return input_lines()
    from .prompting import typed_lines  # noqa: PLC0415 - line editing is slow to import, and a pipe needs none

    _show(session.greeting())
    return typed_lines(lambda: session.prompt)


def _show(lines: list[str]) -> None:
    if lines:
        show("\n".join([*lines, ""]))
