"""/unanswered: what people asked in vain, for editors who decide what the knowledge lacks."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from .desk_clusters import Cluster, clusters
from .desk_days import days_in, first_of, today
from .desk_reading import Reading, core, reading
from .markup import LIMIT, Piece, to_html
from .plain import cut, one_line, units
from .rendering import figure, label
from .replies import Reply
from .sending import answer_press, reader_of, send_below
from .texts import Locale, texts

if TYPE_CHECKING:
    from bot.storage import Memory, Unanswered

    from .admins import Admins, Handler
    from .conversation import Context
    from .library import Edition, Library

_SHOWN: Final = 15
_LONGEST: Final = 80
_EXPORT: Final = "desk-csv:"
# Spreadsheets take a cell that begins so for a formula, and whoever asked a question has written it.
_FORMULA: Final = re.compile(r"\A[\s]*[=+\-@\t\r]")
_COLUMNS: Final = (
    "question",
    "outcome",
    "count",
    "first_day",
    "last_day",
    "like",
    "nearest_fact",
    "nearest_label",
    "not_understood",
    "answered_now",
)

Read = tuple[Cluster, Reading]


class DeskUnanswered:
    """`day`: today, in UTC."""

    def __init__(self, memory: Memory, library: Library, day: Callable[[], date] = today) -> None:
        self._memory = memory
        self._library = library
        self._day = day

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.command("unanswered", self.unanswered),
            admins.press(rf"{_EXPORT}[0-9]{{1,4}}$", self.export),
        ]

    async def unanswered(self, message: Message, context: Context) -> None:
        reader = reader_of(message.from_user)
        say = texts(reader)
        days = days_in(context.args or ())
        if days is None:
            await send_below(message, Reply(to_html([Piece(say("desk-days", command="/unanswered"))])))
            return
        questions = await self._memory.unanswered(first_of(days, self._day()))
        if not questions:
            key = "desk-no-database" if questions is None else "desk-unanswered-none"
            await send_below(message, Reply(to_html([Piece(say(key, days=days))])))
            return
        read = await asyncio.to_thread(_read, questions, self._library.now, _SHOWN)
        html = to_html(
            [Piece(text) for text in _page(read, sum(question.count for question in questions), days, reader)]
        )
        button = InlineKeyboardButton(say("desk-unanswered-export"), callback_data=f"{_EXPORT}{days}")
        await send_below(message, Reply(html, InlineKeyboardMarkup([[button]])))

    async def export(self, query: CallbackQuery, _: Context) -> None:
        """Sends the questions of as many days as the button says."""
        days = int((query.data or "").removeprefix(_EXPORT))
        say = texts(reader_of(query.from_user))
        day = self._day()
        questions = await self._memory.unanswered(first_of(max(days, 1), day))
        if questions is None:
            await answer_press(query, say("desk-no-database"))
            return
        await answer_press(query)
        document = await asyncio.to_thread(lambda: _csv(_read(questions, self._library.now)))
        name = f"unanswered-{first_of(max(days, 1), day)}-{day}.csv"
        await query.from_user.send_document(document, filename=name)


def _read(questions: Sequence[Unanswered], edition: Edition, most: int | None = None) -> list[Read]:
    """The greatest clusters, and how their first questions are read. Takes seconds for thousands of questions."""
    found = clusters(questions, partial(core, edition=edition))
    return [(cluster, reading(cluster.text, edition)) for cluster in found[:most]]


def _page(read: Iterable[Read], asked: int, days: int, locale: Locale) -> Iterator[str]:
    say = texts(locale)
    head = say("desk-unanswered", count=asked, days=days)
    yield head
    room = LIMIT - units(head)
    for place, (cluster, found) in enumerate(read, 1):
        entry = "\n\n" + "\n".join(_entry(place, cluster, found, locale))
        room -= units(entry)
        if room < 0:
            return
        yield entry


def _entry(place: int, cluster: Cluster, found: Reading, locale: Locale) -> Iterator[str]:
    say = texts(locale)
    yield say(
        "desk-unanswered-entry",
        place=place,
        question=cut(one_line(cluster.text), _LONGEST),
        count=cluster.count,
        refused=cluster.refused,
        choices=cluster.count - cluster.refused,
        wordings=cluster.wordings,
    )
    if found.unknown:
        yield say("desk-unanswered-unknown", words=cut(one_line(say("comma").join(found.unknown)), _LONGEST))
    if found.nearest is not None:
        name, stated = cut(label(found.nearest, locale), _LONGEST), cut(figure(found.nearest, locale), _LONGEST)
        yield say("desk-unanswered-now" if found.answered else "desk-unanswered-nearest", label=name, figure=stated)


def _csv(read: Iterable[Read]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows(row for cluster, found in read for row in _rows(cluster, found))
    return text.getvalue().encode("utf-8-sig")


def _rows(cluster: Cluster, found: Reading) -> Iterator[list[str | int]]:
    fact = found.nearest
    about = [fact.id if fact else "", _cell(fact.label) if fact else "", _cell(", ".join(found.unknown))]
    for question in cluster.questions:
        yield [
            _cell(question.text),
            str(question.outcome),
            question.count,
            question.first.isoformat(),
            question.last.isoformat(),
            _cell(cluster.text),
            *about,
            "yes" if found.answered else "no",
        ]


def _cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
