"""What people ask for the pictures, and what the bot answers with the repository's own knowledge."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from running_bot import TOKEN, running_bot
from telegram_server import TelegramServer

from bot.answering.answerer import Answerer
from bot.answering.knowledge.folder import read_knowledge
from bot.chat.library import Edition, Library

if TYPE_CHECKING:
    from telegram_server import Button, Person
    from telegram_server.model import Content

_KNOWLEDGE: Final = Path(__file__).parents[2] / "knowledge"


@dataclass(frozen=True, slots=True)
class Question:
    """`press`: the row of the button under the reply that the person presses then, from 0; None presses none."""

    text: str
    press: int | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """What one side says, as people see it. `pressed`: the button under it that the person presses then."""

    content: Content
    by_person: bool = False
    pressed: Button | None = None


# In each language two columns: a question with a typo, a follow-up and a claim; choices, and what the report does not
# say.
LANGUAGES: Final = {
    "en": (
        (Question("How big was the econmy?"), Question("and the growth?"), Question("over 15%, right?")),
        (Question("What about the countryside?", press=1), Question("What was the GDP in 2019?")),
    ),
    "zh": (
        (Question("技术交意额是多少"), Question("超过一百亿了吧"), Question("占全市呢")),
        (Question("企业有多少家", press=2), Question("青岛的GDP是多少")),
    ),
}


async def held() -> dict[str, list[list[Saying]]]:
    """The conversations of all languages, each by its columns."""
    knowledge = read_knowledge(_KNOWLEDGE)
    library = Library(Edition(knowledge, Answerer(knowledge), "1", datetime.now(UTC)))
    async with TelegramServer(token=TOKEN) as server, running_bot(server, library=library):
        talks = [_talk(server.user(language_code=language), language) for language in LANGUAGES]
        return dict(zip(LANGUAGES, await asyncio.gather(*talks), strict=True))


async def _talk(person: Person, language: str) -> list[list[Saying]]:
    return [
        [saying for question in column for saying in await _exchange(person, question)]
        for column in LANGUAGES[language]
    ]


async def _exchange(person: Person, question: Question) -> list[Saying]:
    asked = await person.send(question.text)
    reply = await person.next_message()
    said = [Saying(asked.content, by_person=True)]
    if question.press is not None:
        button = reply.buttons[question.press][0]
        said.append(Saying(reply.content, pressed=button))
        await person.press(reply, button.text)
        await person.next_edit()
    return [*said, Saying(reply.content)]
