"""Runs a conversation over standard input and output: with line editing at a terminal, line by line in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .conversation import Conversation, locale_language
from .rendering import style_for
from .streams import input_lines, show

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.answering.knowledge.model import Knowledge


def chat(knowledge: Knowledge, answer: Callable[[str], Answer]) -> None:
    """Converses until /quit, the end of the input, or Ctrl-C."""
    conversation = Conversation(knowledge, answer, locale_language(), style_for(sys.stdout))
    try:
        for line in _lines(conversation):
            reply = conversation.reply(line)
            if reply is None:
                break
            _show(reply)
    except KeyboardInterrupt:
        _show([])


def _lines(conversation: Conversation) -> Iterator[str]:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return input_lines()
    from .prompting import typed_lines  # noqa: PLC0415 - line editing is slow to import, and a pipe needs none

    _show(conversation.greeting())
    return typed_lines(lambda: conversation.prompt)


def _show(lines: list[str]) -> None:
    if lines:
        show("\n".join([*lines, ""]))
