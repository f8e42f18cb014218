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

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import cut, one_line
from bot.chat.rendering import figure, label
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, texts

from .days import days_in, first_of, today
from .question_clusters import Cluster, clusters
from .question_reading import Reading, core, reading

if TYPE_CHECKING:
    from bot.chat.conversation import Context
    from bot.chat.library import Edition, Library
    from bot.storage import Memory, Unanswered

    from .admins import Admins, Handler

# So many fit one message, with texts of these lengths.
_SHOWN: Final = 10
_LONGEST: Final = 80
_LONGEST_NAME: Final = 60
_EXPORT: Final = "desk-csv:"
_PAGE: Final = "desk-unanswered:"
# Spreadsheets take a cell that begins so for a formula, and whoever asked a question has written it.
_FORMULA: Final = re.compile(r"(?:\A|(?<=；))(?=\s*[=+\-@＝＋－＠])")
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

_ALL: Final = slice(None)

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
            admins.press(rf"{_PAGE}[0-9]{{1,4}}:[0-9]{{1,4}}$", self.turn),
        ]

    async def unanswered(self, message: Message, context: Context) -> None:
        reader = reader_of(message.from_user)
        days = days_in(context.args or ())
        if days is None:
            reply = _reply([texts(reader)("desk-days", command="/unanswered")])
        else:
            reply = await self._page(days, 0, reader)
        await send_below(message, reply)

    async def turn(self, query: CallbackQuery, _: Context) -> None:
        """Makes the message the page that the button leads to."""
        days, first = map(int, (query.data or "").removeprefix(_PAGE).split(":"))
        await answer_press(query)
        await show(query, await self._page(max(days, 1), first, reader_of(query.from_user)))

    async def _page(self, days: int, first: int, locale: Locale) -> Reply:
        """The clusters from number `first` on, counted from 0."""
        say = texts(locale)
        questions = await self._memory.questions.unanswered(first_of(days, self._day()))
        if not questions:
            return _reply([say("desk-no-database" if questions is None else "desk-unanswered-none", days=days)])
        # One more tells whether another page follows.
        read = await asyncio.to_thread(_read, questions, self._library.now, slice(first, first + _SHOWN + 1))
        lines = [say("desk-unanswered", count=sum(question.count for question in questions), days=days)]
        lines += ["\n".join(_entry(place, *found, locale)) for place, found in enumerate(read[:_SHOWN], first + 1)]
        if unkept := sum(question.count for question in questions if not question.text):
            lines.append(say("desk-unanswered-unkept", count=unkept))
        leaf = {
            "browse-previous": f"{_PAGE}{days}:{max(first - _SHOWN, 0)}" if first else "",
            "browse-next": f"{_PAGE}{days}:{first + _SHOWN}" if len(read) > _SHOWN else "",
        }
        rows = [
            [InlineKeyboardButton(say(key), callback_data=data) for key, data in leaf.items() if data],
            [InlineKeyboardButton(say("desk-unanswered-export"), callback_data=f"{_EXPORT}{days}")],
        ]
        return _reply(lines, InlineKeyboardMarkup([row for row in rows if row]))

    async def export(self, query: CallbackQuery, _: Context) -> None:
        """Sends the questions of as many days as the button says."""
        days = int((query.data or "").removeprefix(_EXPORT))
        say = texts(reader_of(query.from_user))
        day = self._day()
        questions = await self._memory.questions.unanswered(first_of(max(days, 1), day))
        if questions is None:
            await answer_press(query, say("desk-no-database"))
            return
        await answer_press(query)
        document = await asyncio.to_thread(lambda: _csv(_read(questions, self._library.now)))
        name = f"unanswered-{first_of(max(days, 1), day)}-{day}.csv"
        await query.from_user.send_document(document, filename=name)


def _reply(paragraphs: Iterable[str], keyboard: InlineKeyboardMarkup | None = None) -> Reply:
    return Reply(to_html([Piece("\n\n".join(paragraphs))]), keyboard)


def _read(questions: Sequence[Unanswered], edition: Edition, which: slice = _ALL) -> list[Read]:
    """Those of the clusters, the greatest first, and how their first questions are read.

    Takes seconds for thousands of questions.
    """
    found = clusters([question for question in questions if question.text], partial(core, edition=edition))
    return [(cluster, reading(cluster.text, edition)) for cluster in found[which]]


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
        name, stated = (
            cut(text, _LONGEST_NAME) for text in (label(found.nearest, locale), figure(found.nearest, locale))
        )
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
    about = [fact.id if fact else "", _cell(fact.label) if fact else "", _cell(" ".join(found.unknown))]
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
    """`text` as no formula, in spreadsheets that split at semicolons, tabs and line breaks too."""
    return _FORMULA.sub("'", one_line(text).replace(";", "；"))
