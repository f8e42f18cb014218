"""Questions in, answers out: a new question is answered below, an edited one in the answer that it has already."""

import asyncio
from collections.abc import MutableMapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from time import perf_counter
from typing import NamedTuple, Self

from cachetools import LRUCache
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import filters

from bot.answering.answer import Answer, Outcome, Topic
from bot.answering.conversation import Conversation
from bot.answering.language.normalize import normalize
from bot.charting.chart import LEAST_BARS
from bot.metrics import Metrics
from bot.storage.memory import Memory
from bot.storage.questions import Vote, question_hash
from bot.storage.writer import NoDatabaseError

from .buttons import (
    MOST_BYTES,
    CallbackData,
    FactButton,
    ListPageButton,
    Placement,
    button,
    key_of,
    keyboard,
    keys_under,
    share_button,
    to_fact,
)
from .charts import chart_row
from .library import Edition, Library
from .messages import (
    Context,
    Handler,
    Reply,
    answer_press,
    asked_above,
    edit,
    on_message,
    on_press,
    reader_of,
    send_after,
    send_below,
    show,
    topic_of,
)
from .subscriptions import MembershipHandler
from .suggestions import Suggestions
from .texts import Locale, locale_for, locale_of_reply, texts

_TEXT = filters.TEXT | filters.CAPTION


class Sign(StrEnum):
    """A vote on an answer."""

    UP = "vu0"
    DOWN = "vd0"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # Version 1.0.0 wrote the vote before it in the third place.
        return {"vuu": cls.UP, "vud": cls.UP, "vdu": cls.DOWN, "vdd": cls.DOWN}.get(str(value))


class VoteButton(CallbackData):
    """Votes on an answer. `question`: its hash, empty for none. `keys`: of the facts stated, with spaces between."""

    sign: Sign
    question: str
    keys: str

    @classmethod
    def of(cls, sign: Sign, question: str, keys: list[str]) -> Self:
        """The vote on as many of the keys as there is room for, at least on the first."""
        room = MOST_BYTES - len(cls(sign, question, "").pack())
        while len(keys) > 1 and len(" ".join(keys).encode()) > room:
            keys = keys[:-1]
        return cls(sign, question, " ".join(keys))


_SIGNS = {Sign.UP: "👍", Sign.DOWN: "👎"}


def _vote_button(vote: VoteButton, chosen: Sign | None = None) -> InlineKeyboardButton:
    """A vote, marked where it is the one that was `chosen`."""
    return button(_SIGNS[vote.sign] + (" ✓" if vote.sign is chosen else ""), vote)


class PopularFacts:
    """Looks up in the database what people ask for most, every ten minutes at most and while somebody wants it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._found: Sequence[str] = ()
        self._next: datetime | None = None

    async def ids(self) -> Sequence[str]:
        """The ids of up to 20 facts, most often asked for first; empty as long as the database has not told."""
        now = self._memory.utcnow()
        if self._next is None or now >= self._next:
            self._next = now + timedelta(minutes=10)
            with suppress(NoDatabaseError):
                counts = await self._memory.questions.popular((now - timedelta(days=30)).date())
                self._found = sorted(counts.asked, key=lambda id_: (-counts.asked[id_], id_))[:20]
        return self._found


class Answered(NamedTuple):
    """A question that has an answer, by its hash. `stated`: the id of the fact that this states first, if any."""

    asked: int
    message_id: int
    stated: str


class QuestionHandler:
    """Answers the questions of private chats and of groups, knows which message answers which, and takes votes."""

    def __init__(
        self, library: Library, memberships: MembershipHandler, memory: Memory, metrics: Metrics, popular: PopularFacts
    ) -> None:
        self._library = library
        self._popular = popular
        self._memberships = memberships
        self._memory = memory
        self._metrics = metrics
        self._beginning = asyncio.Lock()
        # By chat and message; an edited question finds its answer in it.
        self._answered: MutableMapping[tuple[int, int], Answered] = LRUCache(10_000)
        # By chat and message: the list of which it shows a page.
        self._lists: MutableMapping[tuple[int, int], Answer] = LRUCache(1_000)

    def handlers(self) -> list[Handler]:
        return [
            on_message(filters.UpdateType.MESSAGE & _TEXT, self._asked),
            on_message(filters.UpdateType.EDITED_MESSAGE & _TEXT, self._edited),
            on_press(FactButton, self._picked, lambda button: not button.placement.is_page),
            on_press(ListPageButton, self._turned),
            on_press(VoteButton, self._voted),
        ]

    async def note(self, message: Message, _: Context) -> None:
        """Remembers a private chat, whatever is written in it; of groups, those that ask are remembered."""
        await self._memory.chats.seen(message.chat.id, message.chat.type, "", reader_of(message.from_user))

    async def _asked(self, message: Message, context: Context) -> None:
        """Answers what a message asks; where it asks nothing, tells how to ask."""
        if context.question is not None:
            reply = await self._reply(message, context.question)
            self._remember(message, context.question, await self._sent(message, reply), reply)
        elif message.chat.type == ChatType.PRIVATE and not message.via_bot:
            await send_below(message, Reply(texts(reader_of(message.from_user))("unknown-command")))

    async def _edited(self, message: Message, context: Context) -> None:
        """Answers an edited question in the answer that it has; an edit that changes nothing is none.

        A message without an answer is left as it is: it was not meant for the bot, or is long past.
        """
        question, answered = context.question, self._answered.get((message.chat.id, message.message_id))
        if question is None or answered is None or answered.asked == hash(question):
            return
        reply, answer_id = await self._reply(message, question), answered.message_id
        if not await edit(message.get_bot(), message.chat.id, answer_id, reply):
            answer_id = await self._sent(message, reply)
        self._remember(message, question, answer_id, reply)

    async def _picked(self, query: CallbackQuery, button: FactButton) -> None:
        """Shows the fact that a button stands for."""
        locale, edition = locale_for(button.language, reader_of(query.from_user)), self._library.now
        reply = edition.reply_with(button.key, locale)
        if reply is None:
            await answer_press(query, texts(locale)("gone"))
            return
        # Telegram takes an answer to a press for some seconds only, so it comes before the work.
        await answer_press(query)
        if isinstance(query.message, Message):
            conversation = edition.conversation(query.message.chat.id, query.from_user.id)
            conversation.chosen(reply.stated[0].id, self._now())
        private = query.message is not None and query.message.chat.type == ChatType.PRIVATE
        reply = _with_buttons(reply, edition.suggestions, locale, query.get_bot(), "" if private else None)
        await (send_after if button.placement is Placement.BELOW else show)(query, reply)

    async def _turned(self, query: CallbackQuery, button: ListPageButton) -> None:
        """Turns to another page of a list, unless that is forgotten or the knowledge says something else by now."""
        locale, edition = locale_for(button.language, reader_of(query.from_user)), self._library.now
        message = query.message
        shown = self._lists.get((message.chat.id, message.message_id)) if message else None
        page = shown.page(button.first) if shown else None
        if page and any(edition.contents.fact(key_of(match.fact)) != match.fact for match in page.matches):
            page = None
        await answer_press(query, None if page else texts(locale)("list-gone"))
        if page:
            await show(query, _with_chart(edition.reply_to(page, locale), page, edition, locale))

    async def _voted(self, query: CallbackQuery, button: VoteButton) -> None:
        """Counts a vote; the database tells whether a press under an answer is the first one or takes its place."""
        say = texts(reader_of(query.from_user))
        message, facts = query.message, map(self._library.now.contents.fact, button.keys.split(" "))
        ids = list(dict.fromkeys(fact.id for fact in facts if fact))
        # Below a message whose buttons are not known, everything but the facts may be made up.
        if not ids or not (isinstance(message, Message) and message.is_accessible):
            await answer_press(query, say("gone"))
            return
        place = message.chat.id, message.message_id
        await self._memory.questions.voted(ids, button.question, Vote[button.sign.name], place)
        await answer_press(query, say("vote-counted"))
        rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
        marked = InlineKeyboardMarkup([[_marked(each, button.sign) for each in row] for row in rows])
        if marked != message.reply_markup:
            # The message may be deleted by now; the vote counts all the same.
            with suppress(BadRequest):
                await message.edit_reply_markup(marked)

    async def _reply(self, message: Message, question: str) -> Reply:
        reader = reader_of(message.from_user)
        if not question:
            await self._seen(message, reader)
            return Reply(texts(reader)("how-to-ask"))
        # An answer is on its way before the next one is worked out, however many questions come at once.
        async with self._beginning:
            await asyncio.sleep(0)
        private = message.chat.type == ChatType.PRIVATE
        edition = self._library.now
        answer = await self._answer(message, question, edition)
        locale = locale_of_reply(answer, reader)
        await self._seen(message, locale)
        popular = await self._popular.ids() if answer.outcome is Outcome.NONE else ()
        reply = edition.reply_to(answer, locale, popular, brief=not private)
        hashed = question_hash(normalize(question)) if private else None
        reply = _with_buttons(reply, edition.suggestions, locale, message.get_bot(), hashed)
        return _with_chart(reply, answer, edition, locale)

    async def _answer(self, message: Message, question: str, edition: Edition) -> Answer:
        """The answer, timed and counted; "you are wrong" counts as a vote against what was stated."""
        begun, place = perf_counter(), (message.chat.id, message.message_id)
        conversation = edition.conversation(message.chat.id, message.from_user.id if message.from_user else 0)
        self._go_on_from_above(message, question, conversation, edition)
        answer = conversation.reply(question, self._now())
        self._metrics.answer_seconds.observe(perf_counter() - begun)
        self._metrics.answers.labels(answer.outcome, answer.language).inc()
        if answer.topic is Topic.WRONG and answer.nearest:
            await self._memory.questions.voted([fact.id for fact in answer.nearest], "", Vote.DOWN, place)
        facts = [match.fact.id for match in answer.matches]
        await self._memory.questions.asked(normalize(question), answer.outcome, facts, self._memory.utcnow().date())
        return answer

    def _go_on_from_above(self, message: Message, question: str, conversation: Conversation, edition: Edition) -> None:
        """Takes the message that a question replies to as what was said before, whoever has written it."""
        above, bot = message.reply_to_message, message.get_bot().bot
        if above is None:
            return
        # By the bot, or sent by a person through it.
        is_ours = bot.id in {by.id for by in (above.from_user, above.via_bot) if by}
        keys = keys_under(above) if is_ours else []
        fact = next(filter(None, map(edition.contents.fact, keys)), None)
        answered = self._answered.get((message.chat.id, above.message_id))
        if stated := fact.id if fact else answered and answered.stated:
            conversation.chosen(stated, self._now())
        elif (asked := asked_above(message, bot)) and asked != question and not above.via_bot:
            conversation.reply(asked, self._now())

    async def _sent(self, message: Message, reply: Reply) -> int:
        """Sends an answer, wherever the chat has moved to; the id of the message."""
        try:
            return await send_below(message, reply)
        except ChatMigrated as error:
            # The question has another number in the supergroup, so that nothing can be a reply to it there.
            await self._memberships.moved(message.chat.id, error.new_chat_id)
            bot, chat = message.get_bot(), error.new_chat_id
            sent = await bot.send_message(chat, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)
            return sent.message_id

    def _remember(self, message: Message, question: str, answer_id: int, reply: Reply) -> None:
        stated = reply.stated[0].id if reply.stated else ""
        self._answered[message.chat.id, message.message_id] = Answered(hash(question), answer_id, stated)
        if reply.pages:
            self._lists[message.chat.id, answer_id] = reply.pages

    def _now(self) -> float:
        return self._memory.utcnow().timestamp()

    async def _seen(self, message: Message, locale: Locale) -> None:
        """Remembers a group that asks."""
        chat = message.chat
        if chat.type != ChatType.PRIVATE:
            await self._memory.chats.seen(chat.id, chat.type, chat.title or "", locale, topic_of(message))


def _marked(button: InlineKeyboardButton, chosen: Sign) -> InlineKeyboardButton:
    """The button, marked where it is that of the vote that was chosen."""
    vote = VoteButton.unpack(button.callback_data)
    return _vote_button(vote, chosen) if vote else button


def _with_buttons(reply: Reply, suggestions: Suggestions, locale: Locale, bot: Bot, question: str | None) -> Reply:
    """`reply`, with what to go on to, votes and sharing where it states facts. `question`: None where nobody votes."""
    if not reply.stated:
        return reply
    more = suggestions.after(reply.stated[0], locale.language) if len(reply.stated) == 1 else ()
    keys = [key_of(fact) for fact in reply.stated]
    votes = [_vote_button(VoteButton.of(sign, question, keys)) for sign in Sign] if question is not None else []
    following = [to_fact(fact, text, locale) for fact, text in more]
    return replace(reply, keyboard=keyboard([following, [*votes, share_button(reply.stated, locale, bot)]]))


def _with_chart(reply: Reply, answer: Answer, edition: Edition, locale: Locale) -> Reply:
    """`reply`, with a button for the chart of the facts that an answer states, where they can be compared."""
    if answer.outcome is not Outcome.ANSWER or len(answer.matches) < LEAST_BARS:
        return reply
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    row = chart_row([match.fact for match in answer.matches], edition.answerer, locale)
    return replace(reply, keyboard=keyboard([*rows, row]))
