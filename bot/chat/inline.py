"""Inline mode: the bot's name and a few words typed in any chat bring up cited facts to send there."""

import re
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answering.answer import Answer
from bot.answering.knowledge.model import Fact, Report
from bot.chat import rendering

from .buttons import key_of, link
from .library import Edition, Found, Group, Library
from .messages import Context, part_of
from .rendering import cut, one_line, plain_text
from .texts import Locale, locale_of, texts


async def answer_query(library: Library, update: Update, _: Context) -> None:
    """Answers an inline query. What people send with the answers comes back as their messages, but is no question."""
    query = part_of(update.inline_query)
    edition = library.now
    found = edition.search.find(query.query, locale_of(query.from_user.language_code))
    # An offset that this bot has not given is that of the first page.
    start = int(query.offset) if re.fullmatch("[0-9]{1,6}", query.offset) else 0
    end = start + 10
    articles = [_article(group, found.locale, query.get_bot()) for group in found.groups[start:end]]
    if found.whole and not start:
        articles.insert(0, _whole(found.whole, edition, found.locale, query.get_bot()))
    # "Query is too old": the person has typed on, and that is the query to answer.
    with suppress(BadRequest):
        await query.answer(
            articles,
            # Long enough for somebody who types and deletes, short enough for knowledge that is loaded anew.
            cache_time=60,
            is_personal=True,
            next_offset=str(end) if end < len(found.groups) else None,
            button=_button(found, edition.knowledge.reports),
        )


def _article(group: Group, locale: Locale, bot: Bot) -> InlineQueryResultArticle:
    """The result for one fact, by its figure and label, with its sentence, or for several, by their figures."""
    (figures, labels), html = _figures_and_labels(group, locale), rendering.facts(group, locale)
    opening = _opening(group[0], locale, bot)
    if len(group) > 1:
        return _result(_id(*map(key_of, group)), figures, labels, html, opening)
    parts = (rendering.period(group[0], locale), one_line(group[0].sentence))
    return _result(key_of(group[0]), f"{figures} {labels}", " · ".join(filter(None, parts)), html, opening)


def _whole(answer: Answer, edition: Edition, locale: Locale, bot: Bot) -> InlineQueryResultArticle:
    """An answer just as a chat gets it: by yes or no or of how many, and its figures; or small talk."""
    reply, facts = edition.reply_to(answer, locale), [match.fact for match in answer.matches]
    if not facts:
        said = plain_text(reply.html)
        return _result(_id(said), said, "", reply.html, None)
    figures, labels = _figures_and_labels(facts, locale)
    title = " ".join([*rendering.opening_lines(answer, locale), figures])
    return _result(_id(title, labels), title, labels, reply.html, _opening(facts[0], locale, bot))


def _figures_and_labels(facts: Sequence[Fact], locale: Locale) -> tuple[str, str]:
    """The figures of some facts, and their labels."""
    figures = " · ".join(rendering.figure(fact, locale) for fact in facts)
    return figures, texts(locale)("comma").join(rendering.label(fact, locale) for fact in facts)


def _id(*parts: str) -> str:
    """An id of a result, which has at most 64 bytes."""
    return blake2b(" ".join(parts).encode(), digest_size=24).hexdigest()


def _opening(fact: Fact, locale: Locale, bot: Bot) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_button(InlineKeyboardButton(texts(locale)("open-bot"), url=link(fact, bot)))


def _result(
    id_: str, title: str, description: str, html: str, keyboard: InlineKeyboardMarkup | None
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=id_,
        title=one_line(title, 120),
        description=cut(description, 240),
        input_message_content=InputTextMessageContent(html, ParseMode.HTML),
        reply_markup=keyboard,
    )


def _button(found: Found, reports: Sequence[Report]) -> InlineQueryResultsButton | None:
    """Above the results: that the report does not say it, or some parts of it. Leads to the private chat."""
    if found.refusal:
        text = rendering.refusal(found.refusal, reports, found.locale)
    else:
        text = rendering.missing(found.missing, found.locale)
    return InlineQueryResultsButton(one_line(text, 60), start_parameter="inline") if text else None
