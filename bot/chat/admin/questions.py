"""/popular: what people ask for and vote on; and /try: what they would be answered, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from telegram import Message

from bot.answering.knowledge.model import Fact
from bot.chat.library import Library
from bot.chat.markup import Piece, cut, safe, to_html
from bot.chat.rendering import label
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, locale_for, texts
from bot.chat.updates import Context, Handler
from bot.storage import Memory, Popular

from .admins import Admins

_DAYS: Final = 7
MOST_DAYS: Final = 3650  # QUESTION_LOG_DAYS allows no more
_ASKED: Final = 15
_VOTED: Final = 5
_LONGEST: Final = 60


def days_in(words: Sequence[str]) -> int | None:
    """The number of days in a command's words: 7 where there are none, None where they are no number of days."""
    if not words:
        return _DAYS
    number = words[0] if len(words) == 1 and words[0].isascii() and words[0].isdigit() else "0"
    days = int(number[:5])
    return days if 1 <= days <= MOST_DAYS else None


def first_of(days: int, day: date) -> date:
    """The first of `days` days that end with `day`."""
    return day - timedelta(days=days - 1)


class QuestionCommands:
    """Shows admins which facts are asked for, and how a question is read; that is counted for nothing."""

    def __init__(self, memory: Memory, library: Library) -> None:
        self._memory = memory
        self._library = library

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command("popular", self._popular), admins.command("try", self._try)]

    async def _popular(self, message: Message, context: Context) -> None:
        reader, days = reader_of(message.from_user), days_in(context.args or ())
        if days is None:
            text = texts(reader)("days", command="/popular")
        elif figures := await self._memory.questions.popular(first_of(days, self._memory.utcnow().date())):
            facts = {fact.id: fact for fact in self._library.now.knowledge.facts}
            text = "\n".join(_popular_lines(figures, facts, days, reader))
        else:
            text = texts(reader)("no-database")
        await send_below(message, Reply.plain(text))

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
        rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
        buttons = [f"▫️ {button.text}" for row in rows for button in row]
        why = texts(reader)("try-why", outcome=answer.outcome, version=edition.version)
        explanation = "\n".join(map(safe, edition.answerer.explain(question).splitlines()))
        pieces = [Piece("\n".join([*buttons, why, ""])), Piece(explanation, ("pre",))]
        await send_below(message, Reply(to_html(pieces)))


def _popular_lines(figures: Popular, facts: Mapping[str, Fact], days: int, locale: Locale) -> Iterator[str]:
    say = texts(locale)

    def entry(key: str, fact_id: str) -> str:
        fact = facts.get(fact_id)
        name = cut(label(fact, locale) if fact else fact_id, _LONGEST)
        up, down = figures.up.get(fact_id, 0), figures.down.get(fact_id, 0)
        return say(key, label=name, count=figures.asked.get(fact_id, 0), up=up, down=down)

    yield say("popular" if figures.asked else "popular-none", days=days)
    yield from (entry("popular-asked", fact_id) for fact_id in _most(figures.asked, _ASKED))
    for key, votes in (("popular-up", figures.up), ("popular-down", figures.down)):
        if best := _most(votes, _VOTED):
            yield f"\n{say(key)}"
            yield from (entry("popular-voted", fact_id) for fact_id in best)


def _most(counts: Mapping[str, int], most: int) -> list[str]:
    counted = [fact_id for fact_id, count in counts.items() if count > 0]
    return sorted(counted, key=lambda fact_id: (-counts[fact_id], fact_id))[:most]
