"""An answerer whose answers tell which question they answer, and what tests look for afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from small_report import OUTPUT, answered

if TYPE_CHECKING:
    from structlog.typing import EventDict
    from telegram_server import Chat, Message

    from bot.answering.answer import Answer


def echo(question: str) -> Answer:
    """The question as the figure of a fact, with which the reply begins."""
    return answered(replace(OUTPUT, figure=question), question=question)


def figure(message: Message) -> str:
    """The figure of a reply, so the question that it answers."""
    return message.text.split()[0]


def figures(chat: Chat) -> list[str]:
    """What the bot has answered in a chat, oldest first."""
    return [figure(message) for message in chat.bot_messages]


def events(logs: list[EventDict], *levels: str) -> list[str]:
    """What the log says at these levels, at first at warning and above."""
    return [record["event"] for record in logs if record["log_level"] in (levels or ("warning", "error", "critical"))]
