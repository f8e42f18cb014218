"""Teaches facts to answer what was asked in vain, and sets aside what no report says."""

import asyncio
from collections.abc import Iterable

from telegram import CallbackQuery, InlineKeyboardMarkup, Message
from telegram.ext import filters

from bot.answering.knowledge.model import Fact
from bot.answering.teaching import Lesson
from bot.chat.buttons import button, carried, key_of, keyboard, name
from bot.chat.callback_data import TeachButton, TeachStep
from bot.chat.library import Library
from bot.chat.markup import cut, one_line
from bot.chat.sending import Reply, answer_press, reader_of, send_after, send_below, show
from bot.chat.texts import Locale, texts
from bot.chat.updates import Context, Handler, Matches
from bot.settings import MOST_DAYS
from bot.storage import Memory, NoDatabaseError, question_hash

from .admins import Admins
from .asked_questions import entry, first_of
from .documents import DocumentHandler
from .question_clusters import QuestionCluster, read_one

_SHOWN = 8  # wordings, and facts that are found by words
_LONGEST = 80


class TeachHandler:
    """The buttons below /unanswered that deal with one cluster; `documents` offers the file that teaching makes."""

    def __init__(self, memory: Memory, library: Library, documents: DocumentHandler) -> None:
        self._memory = memory
        self._library = library
        self._documents = documents

    def handlers(self, admins: Admins) -> list[Handler]:
        answers_prompt = Matches(lambda message: _asked_in(message.reply_to_message) is not None)
        return [
            admins.message(filters.TEXT & ~filters.COMMAND & answers_prompt, self._searched),
            admins.press(TeachButton, self._pressed),
        ]

    async def _pressed(self, query: CallbackQuery, press: TeachButton) -> None:
        """Does what a button says with its cluster as it is now, unless nothing is kept of that any more."""
        reader = reader_of(query.from_user)
        say = texts(reader)
        await answer_press(query, say("teach-trying") if press.step is TeachStep.FACT else None)
        try:
            await self._deal_with(query, press, reader)
        except NoDatabaseError:
            await send_after(query, Reply.plain(say("no-database")))

    async def _deal_with(self, query: CallbackQuery, press: TeachButton, reader: Locale) -> None:
        """Raises NoDatabaseError, where the press is answered already."""
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
        facts = [group[0] for group in found.groups if len(group) == 1][:_SHOWN]
        text = texts(reader)("teach-found" if facts else "teach-none")
        await send_below(message, Reply.plain(text, _choices(asked, facts, reader)))

    async def _set_aside(self, query: CallbackQuery, cluster: QuestionCluster, reader: Locale) -> None:
        say, asked = texts(reader), one_line(cluster.text, _LONGEST)
        hashes = list(dict.fromkeys(question_hash(question.text) for question in cluster.questions))
        await self._memory.questions.set_aside(hashes)
        await self._memory.audit.note(query.from_user.id, "set aside", f"{cluster.text} ({len(hashes)})")
        again = button(say("teach-relist"), TeachButton(TeachStep.RELIST, hashes[0]))
        await show(query, Reply.plain(say("teach-aside", question=asked), keyboard([[again]])))


def _asked_in(message: Message | None) -> str | None:
    """The hash of the question for which a message asks for words."""
    presses = carried(message, TeachButton)
    return next((press.question for press in presses if press.step is TeachStep.RELIST), None)


def _card(cluster: QuestionCluster, locale: Locale) -> Reply:
    """A cluster with its wordings, and what can be done with it."""
    say = texts(locale)
    wordings = list(dict.fromkeys(one_line(question.text) for question in cluster.questions))
    lines = [entry(1, cluster, locale), *(f"• {cut(text, _LONGEST)}" for text in wordings[1:_SHOWN])]
    asked = question_hash(cluster.text)
    return Reply.plain("\n".join([*lines, "", say("teach-which")]), _choices(asked, cluster.read.candidates, locale))


def _choices(asked: str, facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup | None:
    say = texts(locale)
    rows = [[button(name(fact, locale), TeachButton(TeachStep.FACT, asked, key_of(fact)))] for fact in facts]
    another = button(say("teach-another"), TeachButton(TeachStep.SEARCH, asked))
    aside = button(say("teach-set-aside"), TeachButton(TeachStep.ASIDE, asked))
    return keyboard([*rows, [another, aside]])
