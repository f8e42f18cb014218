"""/unanswered: what people asked in vain, for editors who decide what the knowledge lacks."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from bot.answering.answer import Outcome
from bot.answering.knowledge.model import Fact
from bot.chat.buttons import button, keyboard
from bot.chat.callback_data import UnansweredFileButton, UnansweredPageButton
from bot.chat.library import Edition, Library
from bot.chat.plain_text import cut, one_line
from bot.chat.rendering import figure, label
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, texts
from bot.chat.updates import Context, Handler
from bot.storage import Memory, Unanswered

from .admins import Admins
from .question_clusters import Cluster, clusters
from .questions import MOST_DAYS, days_in, first_of

# So many fit one message, with texts of these lengths.
_SHOWN: Final = 10
_LONGEST: Final = 80
_LONGEST_NAME: Final = 60
# Spreadsheets take a cell that begins so for a formula, and whoever asked a question has written it.
_FORMULA: Final = re.compile(r"(?:\A|(?<=；))(?=\s*[=+\-@＝＋－＠])")
_COLUMNS: Final = (
    "question outcome count first_day last_day like nearest_fact nearest_label not_understood answered_now".split()
)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the knowledge in force reads a question, for editors who want to help it.

    `unknown`: the words that no fact explains. `nearest`: the fact that comes nearest, if any does. `answered`: whether
    the question would be answered now.
    """

    unknown: tuple[str, ...]
    nearest: Fact | None
    answered: bool


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
        read = await asyncio.to_thread(_read, questions, self._library.now, slice(first, first + _SHOWN + 1))
        paragraphs = [say("unanswered", count=sum(question.count for question in questions), days=days)]
        paragraphs += [_entry(place, *found, locale) for place, found in enumerate(read[:_SHOWN], first + 1)]
        if unkept := sum(question.count for question in questions if not question.text):
            paragraphs.append(say("unanswered-unkept", count=unkept))
        turning = []
        if first:
            turning.append(button(say("browse-previous"), UnansweredPageButton(days, max(first - _SHOWN, 0))))
        if len(read) > _SHOWN:
            turning.append(button(say("browse-next"), UnansweredPageButton(days, first + _SHOWN)))
        export = button(say("unanswered-export"), UnansweredFileButton(days))
        return Reply.plain("\n\n".join(paragraphs), keyboard([turning, [export]]))

    async def _export(self, query: CallbackQuery, button: UnansweredFileButton) -> None:
        """Sends the questions of as many days as the button says."""
        last = self._memory.utcnow().date()
        first = first_of(_days(button.days), last)
        questions = await self._memory.questions.unanswered(first)
        if questions is None:
            await answer_press(query, texts(reader_of(query.from_user))("no-database"))
            return
        await answer_press(query)
        document = await asyncio.to_thread(lambda: _csv(_read(questions, self._library.now)))
        await query.from_user.send_document(document, filename=f"unanswered-{first}-{last}.csv")


def _days(carried: int) -> int:
    """A number of days as there may be, whatever a button carries."""
    return min(max(carried, 1), MOST_DAYS)


def _read(
    questions: Sequence[Unanswered], edition: Edition, which: slice = slice(None)
) -> list[tuple[Cluster, Interpretation]]:
    """Those of the clusters, the greatest first, and how their first questions are read.

    Takes seconds for thousands of questions.
    """
    kept = [question for question in questions if question.text]
    found = clusters(kept, lambda question: core(question, edition))
    return [(cluster, interpretation(cluster.text, edition)) for cluster in found[which]]


def core(question: str, edition: Edition) -> str:
    """The words of a question that say what it asks for; the question itself where it has none."""
    return " ".join(edition.answerer.wording(question).said) or question


def interpretation(question: str, edition: Edition) -> Interpretation:
    """How `edition` reads a question."""
    answer = edition.answerer.answer(question)
    unknown = (answer.asked,) if answer.asked else edition.answerer.wording(question).unexplained
    facts = [*(match.fact for match in answer.matches), *answer.nearest]
    return Interpretation(unknown, facts[0] if facts else None, answer.outcome is Outcome.ANSWER)


def _entry(place: int, cluster: Cluster, found: Interpretation, locale: Locale) -> str:
    say = texts(locale)
    lines = [
        say(
            "unanswered-entry",
            place=place,
            question=cut(one_line(cluster.text), _LONGEST),
            count=cluster.count,
            refused=cluster.refused,
            choices=cluster.count - cluster.refused,
            wordings=cluster.wordings,
        )
    ]
    if found.unknown:
        lines.append(say("unanswered-unknown", words=cut(one_line(say("comma").join(found.unknown)), _LONGEST)))
    if found.nearest is not None:
        name, stated = (cut(text(found.nearest, locale), _LONGEST_NAME) for text in (label, figure))
        lines.append(say("unanswered-now" if found.answered else "unanswered-nearest", label=name, figure=stated))
    return "\n".join(lines)


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
