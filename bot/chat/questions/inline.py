"""Inline mode: the bot's name and a few words typed in any chat bring up cited facts to send there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Final

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
from telegram.ext import InlineQueryHandler

from bot.answering.knowledge.model import Report
from bot.chat import rendering
from bot.chat.buttons import key_of, link
from bot.chat.library import Library
from bot.chat.markup import to_html
from bot.chat.plain_text import cut, one_line
from bot.chat.texts import Locale, locale_of, texts
from bot.chat.updates import Context, Handler

from .inline_search import Found, Group

_PAGE: Final = 10
# Long enough for somebody who types and deletes, short enough for knowledge that is loaded anew.
_CACHE_SECONDS: Final = 60
_LONGEST_TITLE: Final = 120
_LONGEST_DESCRIPTION: Final = 240
_LONGEST_BUTTON: Final = 60
_MOST_DIGITS: Final = 6


class InlineHandler:
    """Answers inline queries. What people send with the answers comes back as their messages, but is no question."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def handlers(self) -> list[Handler]:
        return [InlineQueryHandler(self._query)]

    async def _query(self, update: Update, _: Context) -> None:
        query = update.inline_query
        if query is None:
            raise TypeError("a handler of inline queries was given another update")
        edition = self._library.now
        found = edition.search.find(query.query, locale_of(query.from_user.language_code))
        start = _start(query.offset)
        results = [_article(group, found.locale, query.get_bot()) for group in found.groups[start : start + _PAGE]]
        more = start + _PAGE < len(found.groups)
        # "Query is too old": the person has typed on, and that is the query to answer.
        with suppress(BadRequest):
            await query.answer(
                results,
                cache_time=_CACHE_SECONDS,
                is_personal=True,
                next_offset=str(start + _PAGE) if more else None,
                button=_button(found, edition.knowledge.reports),
            )


def _article(group: Group, locale: Locale, bot: Bot) -> InlineQueryResultArticle:
    opening = InlineKeyboardButton(texts(locale)("open-bot"), url=link(group[0], bot))
    return InlineQueryResultArticle(
        id=_id(group),
        title=cut(_title(group, locale), _LONGEST_TITLE),
        description=cut(_description(group, locale), _LONGEST_DESCRIPTION),
        input_message_content=InputTextMessageContent(to_html(rendering.facts(group, locale)), ParseMode.HTML),
        reply_markup=InlineKeyboardMarkup.from_button(opening),
    )


def _button(found: Found, reports: Sequence[Report]) -> InlineQueryResultsButton | None:
    """Above the results: that the report does not say it, or some parts of it. Leads to the private chat."""
    if found.refusal:
        unsaid = rendering.refusal(found.refusal, reports, found.locale)
    else:
        unsaid = rendering.missing(found.missing, found.locale)
    if not unsaid:
        return None
    text = "".join(piece.text for piece in unsaid)
    return InlineQueryResultsButton(cut(one_line(text), _LONGEST_BUTTON), start_parameter="inline")


def _id(group: Group) -> str:
    """At most 64 bytes: the fact's key, or a hash of those of several."""
    if len(group) == 1:
        return key_of(group[0])
    return blake2b(" ".join(map(key_of, group)).encode(), digest_size=24).hexdigest()


def _title(group: Group, locale: Locale) -> str:
    figures = " · ".join(rendering.figure(fact, locale) for fact in group)
    return f"{figures} {_labels(group, locale)}" if len(group) == 1 else figures


def _labels(group: Group, locale: Locale) -> str:
    return texts(locale)("comma").join(rendering.label(fact, locale) for fact in group)


def _description(group: Group, locale: Locale) -> str:
    if len(group) > 1:
        return _labels(group, locale)
    period = rendering.period(group[0], locale)
    return " · ".join(filter(None, (period, one_line(group[0].sentence))))


def _start(offset: str) -> int:
    """Where a page begins; the beginning for an offset that this bot has not given."""
    return int(offset) if offset.isascii() and offset.isdecimal() and len(offset) <= _MOST_DIGITS else 0
