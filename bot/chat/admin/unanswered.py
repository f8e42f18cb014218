"""/unanswered: what people asked in vain, for editors who decide what the knowledge lacks."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from telegram import CallbackQuery, InlineKeyboardButton, Message

from bot.answering.answer import Outcome
from bot.chat.buttons import button, key_of, keyboard, page_buttons
from bot.chat.callback_data import TeachButton, TeachStep, UnansweredFileButton, UnansweredPageButton
from bot.chat.library import Library
from bot.chat.markup import cut, one_line
from bot.chat.rendering import figure, label
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, texts
from bot.chat.updates import Context, Handler
from bot.storage import Memory, question_hash

from .admins import Admins
from .question_clusters import Cluster, Interpretation, read
from .questions import MOST_DAYS, days_in, first_of

# So many fit one message, with texts of these lengths.
_SHOWN: Final = 10
_LONGEST: Final = 80
_LONGEST_NAME: Final = 60
_LONGEST_LABEL: Final = 30  # on a button beside others
_OFFERED: Final = 2  # facts, in a row of buttons
# Spreadsheets take a cell that begins so for a formula, and whoever asked a question has written it.
_FORMULA: Final = re.compile(r"(?:\A|(?<=；))(?=\s*[=+\-@＝＋－＠])")
_COLUMNS: Final = (
    "question outcome count first_day last_day like nearest_fact nearest_label not_understood answered_now".split()
)


class UnansweredHandler:
    def __init__(self, memory: Memory, library: Library) -> None:
        self._memory = memory
        self._library = library

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.command("unanswered", self._unanswered),
            admins.press(UnansweredPageButton, self._turn_page),
            admins.press(UnansweredFileButton, self._export),
        ]

    async def _unanswered(self, message: Message, context: Context) -> None:
        reader = reader_of(message.from_user)
        days = days_in(context.args or ())
        how = Reply.plain(texts(reader)("days", command="/unanswered"))
        await send_below(message, how if days is None else await self._page(days, 0, reader))

    async def _turn_page(self, query: CallbackQuery, button: UnansweredPageButton) -> None:
        """Makes the message the page that the button leads to."""
        await answer_press(query)
        await show(query, await self._page(_days(button.days), button.first, reader_of(query.from_user)))

    async def _page(self, days: int, first: int, locale: Locale) -> Reply:
        """The clusters from number `first` on, counted from 0."""
        say = texts(locale)
        questions = await self._memory.questions.unanswered(first_of(days, self._memory.utcnow().date()))
        if not questions:
            return Reply.plain(say("no-database" if questions is None else "unanswered-none", days=days))
        # One more tells whether another page follows.
        read_ = await asyncio.to_thread(read, questions, self._library.now, slice(first, first + _SHOWN + 1))
        paragraphs = [say("unanswered", count=sum(question.count for question in questions), days=days)]
        paragraphs += [entry(place, *found, locale) for place, found in enumerate(read_[:_SHOWN], first + 1)]
        if unkept := sum(question.count for question in questions if not question.text):
            paragraphs.append(say("unanswered-unkept", count=unkept))
        teaching = [_teaching(place, *found, locale) for place, found in enumerate(read_[:_SHOWN], first + 1)]
        to = partial(UnansweredPageButton, days)
        turning = page_buttons(to, first - _SHOWN, first + _SHOWN, first + len(read_), locale)
        export = button(say("unanswered-export"), UnansweredFileButton(days))
        return Reply.plain("\n\n".join(paragraphs), keyboard([*teaching, turning, [export]]))

    async def _export(self, query: CallbackQuery, button: UnansweredFileButton) -> None:
        """Sends the questions of as many days as the button says."""
        last = self._memory.utcnow().date()
        first = first_of(_days(button.days), last)
        questions = await self._memory.questions.unanswered(first)
        if questions is None:
            await answer_press(query, texts(reader_of(query.from_user))("no-database"))
            return
        await answer_press(query)
        document = await asyncio.to_thread(lambda: _csv(read(questions, self._library.now)))
        await query.from_user.send_document(document, filename=f"unanswered-{first}-{last}.csv")


def _days(carried: int) -> int:
    """A number of days as there may be, whatever a button carries."""
    return min(max(carried, 1), MOST_DAYS)


def entry(place: int, cluster: Cluster, found: Interpretation, locale: Locale) -> str:
    """Lines of plain text: a cluster with its number, and how its question is read."""
    say = texts(locale)
    lines = [
        say(
            "unanswered-entry",
            place=place,
            question=cut(one_line(cluster.text), _LONGEST),
            count=cluster.count,
            refused=cluster.times(Outcome.NONE),
            choices=cluster.times(Outcome.CHOICES),
            disliked=cluster.times(Outcome.ANSWER),
            wordings=cluster.wordings,
        )
    ]
    if found.unknown:
        lines.append(say("unanswered-unknown", words=cut(one_line(say("comma").join(found.unknown)), _LONGEST)))
    if found.nearest is not None:
        name, stated = (cut(text(found.nearest, locale), _LONGEST_NAME) for text in (label, figure))
        lines.append(say("unanswered-now" if found.answered else "unanswered-nearest", label=name, figure=stated))
    return "\n".join(lines)


def _teaching(place: int, cluster: Cluster, found: Interpretation, locale: Locale) -> list[InlineKeyboardButton]:
    """Buttons that have one of the nearest facts taught to answer a cluster, and one to whatever else can be done."""
    if found.answered:
        return []
    say, asked = texts(locale), question_hash(cluster.text)
    facts = [
        button(
            say("unanswered-teach", place=place, label=cut(label(fact, locale), _LONGEST_LABEL)),
            TeachButton(TeachStep.FACT, asked, key_of(fact)),
        )
        for fact in found.candidates[:_OFFERED]
    ]
    return [*facts, button(say("unanswered-more", place=place), TeachButton(TeachStep.OPEN, asked))]


def _csv(read: Iterable[tuple[Cluster, Interpretation]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows(row for cluster, found in read for row in _rows(cluster, found))
    return text.getvalue().encode("utf-8-sig")


def _rows(cluster: Cluster, found: Interpretation) -> Iterator[list[str | int]]:
    fact = found.nearest
    about = [fact.id if fact else "", _cell(fact.label) if fact else "", _cell(" ".join(found.unknown))]
    for question in cluster.questions:
        asked: list[str | int] = [_cell(question.text), str(question.outcome), question.count]
        days = [question.first.isoformat(), question.last.isoformat()]
        yield [*asked, *days, _cell(cluster.text), *about, "yes" if found.answered else "no"]


def _cell(text: str) -> str:
    """`text` as no formula, in spreadsheets that split at semicolons, tabs and line breaks too."""
    return _FORMULA.sub("'", one_line(text).replace(";", "；"))
