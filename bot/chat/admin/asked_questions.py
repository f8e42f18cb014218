"""What people ask: /unanswered, where facts are taught to answer it, /popular, and /try, which explains an answer."""

import asyncio
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.ext import filters

from bot.answering.answer import Outcome
from bot.answering.knowledge.model import Fact
from bot.answering.teaching import Lesson
from bot.chat.buttons import CallbackData, button, buttons_of, carried, key_of, keyboard, name, page_buttons
from bot.chat.library import Library
from bot.chat.messages import (
    Context,
    Handler,
    Matches,
    Reply,
    answer_press,
    answer_with,
    reader_of,
    send_after,
    send_below,
    show,
)
from bot.chat.rendering import LIMIT, cut, figure, label, one_line, safe, to_html, units
from bot.chat.texts import Locale, RequestError, locale_of_reply, texts
from bot.settings import MOST_DAYS
from bot.storage.memory import Memory
from bot.storage.questions import question_hash
from bot.storage.writer import NoDatabaseError

from .admins import Admins
from .documents import DocumentHandler
from .question_clusters import QuestionCluster, read, read_one

# So many fit one message, with texts of these lengths.
_SHOWN = 10
_SHOWN_OF_ONE = 8  # wordings, and facts that are found by words
_LONGEST = 80
_LONGEST_NAME = 60
# Spreadsheets take a cell that begins so for a formula, and whoever asked a question has written it.
_FORMULA = re.compile(r"(?:\A|(?<=；))(?=\s*[=+\-@＝＋－＠])")
_COLUMNS = (
    "question outcome count first_day last_day like nearest_fact nearest_label not_understood answered_now".split()
)


class UnansweredPageButton(CallbackData, prefix="desk-unanswered"):
    """Leads to a page of /unanswered. `first`: the number of its first entry, counted from 0."""

    days: int
    first: int


class UnansweredFileButton(CallbackData, prefix="desk-csv"):
    """Sends what was asked in vain in the last days as a file."""

    days: int


class TeachStep(StrEnum):
    """What a button below a question that was asked in vain does."""

    FACT = "tf"  # has a fact tried that is to answer it
    OPEN = "to"  # shows it, and what can be done, below
    SEARCH = "tw"  # asks for words of another fact
    ASIDE = "ta"  # sets it aside: it is not in the report
    RELIST = "tr"  # takes that back, and shows what can be done


class TeachButton(CallbackData):
    """Deals with a question that was asked in vain. `question`: its hash. `key`: of the fact that is to answer it."""

    step: TeachStep
    question: str
    key: str = ""


def days_in(words: Sequence[str], command: str) -> int:
    """The number of days in the words behind a command: 7 where there are none. Raises RequestError for any others."""
    number = " ".join(words) or "7"
    days = int(number[:5]) if number.isascii() and number.isdigit() else 0
    if not 1 <= days <= MOST_DAYS:
        raise RequestError("days", command=command, most=str(MOST_DAYS))
    return days


def first_of(days: int, day: date) -> date:
    """The first of `days` days that end with `day`; a number that is too large, as a button may carry, is the most."""
    return day - timedelta(days=min(max(days, 1), MOST_DAYS) - 1)


class AskedQuestions:
    """Shows admins what was asked in vain, which facts are asked for, and how a question is read.

    What was asked in vain is set aside, or a fact is taught to answer it: `documents` offers the file that this makes.
    """

    def __init__(self, memory: Memory, library: Library, documents: DocumentHandler) -> None:
        self._memory = memory
        self._library = library
        self._documents = documents

    def handlers(self, admins: Admins) -> list[Handler]:
        answers_prompt = Matches(lambda message: _asked_in(message.reply_to_message) is not None)
        return [
            admins.message(filters.TEXT & ~filters.COMMAND & answers_prompt, self._searched),
            admins.press(TeachButton, self._decide),
            admins.command("unanswered", self._unanswered),
            admins.press(UnansweredPageButton, self._turn_page),
            admins.press(UnansweredFileButton, self._export),
            admins.command("popular", self._popular),
            admins.command("try", self._try),
        ]

    async def _unanswered(self, message: Message, context: Context) -> None:
        days = days_in(context.args or (), "/unanswered")
        await send_below(message, await self._page(days, 0, reader_of(message.from_user)))

    async def _turn_page(self, query: CallbackQuery, button: UnansweredPageButton) -> None:
        """Makes the message the page that the button leads to."""
        await answer_with(query, await self._page(button.days, button.first, reader_of(query.from_user)))

    async def _page(self, days: int, first: int, locale: Locale) -> Reply:
        """The clusters from number `first` on, counted from 0."""
        say = texts(locale)
        questions = await self._memory.questions.unanswered(first_of(days, self._memory.utcnow().date()))
        if not questions:
            return Reply.plain(say("unanswered-none", days=days))
        # One more tells whether another page follows.
        read_ = await asyncio.to_thread(read, questions, self._library.now, slice(first, first + _SHOWN + 1))
        paragraphs = [say("unanswered", count=sum(question.count for question in questions), days=days)]
        paragraphs += [_entry(place, cluster, locale) for place, cluster in enumerate(read_[:_SHOWN], first + 1)]
        if unkept := sum(question.count for question in questions if not question.text):
            paragraphs.append(say("unanswered-unkept", count=unkept))
        teaching = [_teaching(place, cluster, locale) for place, cluster in enumerate(read_[:_SHOWN], first + 1)]
        to = partial(UnansweredPageButton, days)
        pages_row = page_buttons(to, first - _SHOWN, first + _SHOWN, first + len(read_), locale)
        export = button(say("unanswered-export"), UnansweredFileButton(days))
        return Reply.plain("\n\n".join(paragraphs), keyboard([*teaching, pages_row, [export]]))

    async def _export(self, query: CallbackQuery, button: UnansweredFileButton) -> None:
        """Sends the questions of as many days as the button says."""
        last = self._memory.utcnow().date()
        first = first_of(button.days, last)
        questions = await self._memory.questions.unanswered(first)
        await answer_press(query)
        document = await asyncio.to_thread(lambda: _csv(read(questions, self._library.now)))
        await query.from_user.send_document(document, filename=f"unanswered-{first}-{last}.csv")

    async def _decide(self, query: CallbackQuery, press: TeachButton) -> None:
        """Does what a button says with its cluster as it is now, unless nothing is kept of that any more."""
        reader = reader_of(query.from_user)
        say = texts(reader)
        await answer_press(query, say("teach-trying") if press.step is TeachStep.FACT else None)
        try:
            await self._deal_with(query, press, reader)
        except NoDatabaseError:
            await send_after(query, Reply.plain(say("no-database")))

    async def _deal_with(self, query: CallbackQuery, press: TeachButton, reader: Locale) -> None:
        """Does what the button says, of which the press is answered already. Raises NoDatabaseError."""
        say = texts(reader)
        if press.step is TeachStep.RELIST:
            await self._memory.questions.take_back(press.question)
        questions = await self._memory.questions.unanswered(first_of(MOST_DAYS, self._memory.utcnow().date()))
        cluster = await asyncio.to_thread(read_one, questions, self._library.now, press.question)
        fact = self._library.now.contents.fact(press.key)
        if cluster is None or (fact is None and press.step is TeachStep.FACT):
            await send_after(query, Reply.plain(say("teach-gone")))
            return
        asked = one_line(cluster.text, _LONGEST)
        match press.step:
            case TeachStep.OPEN:
                await send_after(query, _card(cluster, reader))
            case TeachStep.RELIST:
                await show(query, _card(cluster, reader))
            case TeachStep.SEARCH:
                back = button(say("teach-back"), TeachButton(TeachStep.RELIST, press.question))
                await show(query, Reply.plain(say("teach-words", question=asked), keyboard([[back]])))
            case TeachStep.ASIDE:
                await self._set_aside(query, cluster, reader)
            case TeachStep.FACT if fact:
                # What the fact would have to be called to answer the question is tried, and offered.
                wordings = dict.fromkeys(question.text for question in cluster.questions[:30])
                await self._documents.offer(query.from_user, Lesson(fact.id, tuple(wordings)))

    async def _searched(self, message: Message, _: Context) -> None:
        """Shows the facts that have an admin's words."""
        reader, asked = reader_of(message.from_user), _asked_in(message.reply_to_message) or ""
        found = await asyncio.to_thread(self._library.now.search.find, message.text or "", reader)
        facts = [group[0] for group in found.groups if len(group) == 1][:_SHOWN_OF_ONE]
        text = texts(reader)("teach-found" if facts else "teach-none")
        await send_below(message, Reply.plain(text, _choices(asked, facts, reader)))

    async def _set_aside(self, query: CallbackQuery, cluster: QuestionCluster, reader: Locale) -> None:
        say, asked = texts(reader), one_line(cluster.text, _LONGEST)
        hashes = list(dict.fromkeys(question_hash(question.text) for question in cluster.questions))
        await self._memory.questions.set_aside(hashes)
        await self._memory.audit.note(query.from_user.id, "set aside", f"{cluster.text} ({len(hashes)})")
        again = button(say("teach-relist"), TeachButton(TeachStep.RELIST, hashes[0]))
        await show(query, Reply.plain(say("teach-aside", question=asked), keyboard([[again]])))

    async def _popular(self, message: Message, context: Context) -> None:
        reader, days = reader_of(message.from_user), days_in(context.args or (), "/popular")
        figures = await self._memory.questions.popular(first_of(days, self._memory.utcnow().date()))
        facts = {fact.id: fact for fact in self._library.now.knowledge.facts}
        say = texts(reader)

        def line(key: str, fact_id: str) -> str:
            fact = facts.get(fact_id)
            called = cut(label(fact, reader) if fact else fact_id, _LONGEST_NAME)
            up, down = figures.up.get(fact_id, 0), figures.down.get(fact_id, 0)
            return say(key, label=called, count=figures.asked.get(fact_id, 0), up=up, down=down)

        lines = [say("popular" if figures.asked else "popular-none", days=days)]
        lines += [line("popular-asked", fact_id) for fact_id in _most(figures.asked, 15)]
        for key, votes in (("popular-up", figures.up), ("popular-down", figures.down)):
            if best := _most(votes, 5):
                lines += ["", say(key), *(line("popular-voted", fact_id) for fact_id in best)]
        await send_below(message, Reply.plain("\n".join(lines)))

    async def _try(self, message: Message, context: Context) -> None:
        reader = reader_of(message.from_user)
        question = " ".join(context.args or ())
        if not question:
            await send_below(message, Reply(texts(reader)("try-how")))
            return
        edition = self._library.now
        answer = edition.answerer.answer(question)
        reply = edition.reply_to(answer, locale_of_reply(answer, reader))
        # A vote on what the buttons lead to would count, so that they are only shown.
        await send_below(message, Reply(reply.html))
        buttons = [f"▫️ {button.text}" for button in buttons_of(reply.keyboard)]
        why = texts(reader)("try-why", outcome=answer.outcome, version=edition.version)
        head = "\n".join([*buttons, why, ""])
        explanation = "\n".join(map(safe, edition.answerer.explain(question).splitlines()))
        await send_below(message, Reply(to_html(head) + to_html(cut(explanation, LIMIT - units(head)), "pre")))


def _most(counts: Mapping[str, int], most: int) -> list[str]:
    counted = [fact_id for fact_id, count in counts.items() if count > 0]
    return sorted(counted, key=lambda fact_id: (-counts[fact_id], fact_id))[:most]


def _entry(place: int, cluster: QuestionCluster, locale: Locale) -> str:
    """Lines of plain text: a cluster with its number, and how its question is read."""
    say, found = texts(locale), cluster.read
    lines = [
        say(
            "unanswered-entry",
            place=place,
            question=one_line(cluster.text, _LONGEST),
            count=cluster.count,
            refused=cluster.times(Outcome.NONE),
            choices=cluster.times(Outcome.CHOICES),
            disliked=cluster.times(Outcome.ANSWER),
            wordings=cluster.wordings,
        )
    ]
    if found.unknown:
        lines.append(say("unanswered-unknown", words=one_line(say("comma").join(found.unknown), _LONGEST)))
    if found.nearest is not None:
        called, stated = (cut(text(found.nearest, locale), _LONGEST_NAME) for text in (label, figure))
        lines.append(say("unanswered-now" if found.answered else "unanswered-nearest", label=called, figure=stated))
    return "\n".join(lines)


def _teaching(place: int, cluster: QuestionCluster, locale: Locale) -> list[InlineKeyboardButton]:
    """Buttons that have one of the nearest facts taught to answer a cluster, and one to whatever else can be done."""
    if cluster.read.answered:
        return []
    say, asked = texts(locale), question_hash(cluster.text)
    facts = [
        button(
            say("unanswered-teach", place=place, label=cut(label(fact, locale), 30)),  # on a button beside others
            TeachButton(TeachStep.FACT, asked, key_of(fact)),
        )
        for fact in cluster.read.candidates[:2]
    ]
    return [*facts, button(say("unanswered-more", place=place), TeachButton(TeachStep.OPEN, asked))]


def _asked_in(message: Message | None) -> str | None:
    """The hash of the question for which a message asks for words."""
    presses = carried(message, TeachButton)
    return next((press.question for press in presses if press.step is TeachStep.RELIST), None)


def _card(cluster: QuestionCluster, locale: Locale) -> Reply:
    """A cluster with its wordings, and what can be done with it."""
    say = texts(locale)
    wordings = list(dict.fromkeys(one_line(question.text) for question in cluster.questions))
    lines = [_entry(1, cluster, locale), *(f"• {cut(text, _LONGEST)}" for text in wordings[1:_SHOWN_OF_ONE])]
    asked = question_hash(cluster.text)
    return Reply.plain("\n".join([*lines, "", say("teach-which")]), _choices(asked, cluster.read.candidates, locale))


def _choices(asked: str, facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup | None:
    say = texts(locale)
    rows = [[button(name(fact, locale), TeachButton(TeachStep.FACT, asked, key_of(fact)))] for fact in facts]
    another = button(say("teach-another"), TeachButton(TeachStep.SEARCH, asked))
    aside = button(say("teach-set-aside"), TeachButton(TeachStep.ASIDE, asked))
    return keyboard([*rows, [another, aside]])


def _csv(clusters: Iterable[QuestionCluster]) -> bytes:
    """A row for each question, in CSV with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for cluster in clusters:
        found, fact = cluster.read, cluster.read.nearest
        about = [fact.id if fact else "", _cell(fact.label) if fact else "", _cell(" ".join(found.unknown))]
        for question in cluster.questions:
            asked = [_cell(question.text), question.outcome, question.count, question.first, question.last]
            writer.writerow([*asked, _cell(cluster.text), *about, "yes" if found.answered else "no"])
    return text.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    """A cell that holds `text` and no formula, in spreadsheets that split at semicolons, tabs and line breaks too."""
    return _FORMULA.sub("'", one_line(text).replace(";", "；"))
