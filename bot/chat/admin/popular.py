"""/popular: the facts that people ask for, and those that they vote on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from telegram import Message

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import cut
from bot.chat.rendering import label
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, texts

from .days import days_in, first_of, today

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.chat.conversation import Context
    from bot.chat.library import Library
    from bot.storage import Memory, Popular

    from .admins import Admins, Handler

_ASKED: Final = 15
_VOTED: Final = 5
_LONGEST: Final = 60


class DeskPopular:
    """`day`: today, in UTC."""

    def __init__(self, memory: Memory, library: Library, day: Callable[[], date] = today) -> None:
        self._memory = memory
        self._library = library
        self._day = day

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command("popular", self.popular)]

    async def popular(self, message: Message, context: Context) -> None:
        reader = reader_of(message.from_user)
        days = days_in(context.args or ())
        await send_below(message, Reply(to_html([Piece(await self._text(days, reader))])))

    async def _text(self, days: int | None, locale: Locale) -> str:
        if days is None:
            return texts(locale)("desk-days", command="/popular")
        figures = await self._memory.questions.popular(first_of(days, self._day()))
        if figures is None:
            return texts(locale)("desk-no-database")
        facts = {fact.id: fact for fact in self._library.now.knowledge.facts}
        return "\n".join(_lines(figures, facts, days, locale))


def _lines(figures: Popular, facts: Mapping[str, Fact], days: int, locale: Locale) -> Iterator[str]:
    say = texts(locale)

    def entry(key: str, fact_id: str) -> str:
        fact = facts.get(fact_id)
        name = cut(label(fact, locale) if fact else fact_id, _LONGEST)
        up, down = figures.up.get(fact_id, 0), figures.down.get(fact_id, 0)
        return say(key, label=name, count=figures.asked.get(fact_id, 0), up=up, down=down)

    yield say("desk-popular" if figures.asked else "desk-popular-none", days=days)
    yield from (entry("desk-popular-asked", fact_id) for fact_id in _most(figures.asked, _ASKED))
    for key, votes in (("desk-popular-up", figures.up), ("desk-popular-down", figures.down)):
        if best := list(_most(votes, _VOTED)):
            yield ""
            yield say(key)
            yield from (entry("desk-popular-voted", fact_id) for fact_id in best)


def _most(counts: Mapping[str, int], most: int) -> Iterator[str]:
    counted = [fact_id for fact_id, count in counts.items() if count > 0]
    yield from sorted(counted, key=lambda fact_id: (-counts[fact_id], fact_id))[:most]
