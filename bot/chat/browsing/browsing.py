"""Browsing: /topics, /fact, /random, /about, links to a fact, and the buttons that lead to other pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.ext import filters

from bot.chat.buttons import PAYLOAD
from bot.chat.callback_data import FactButton, ListButton
from bot.chat.library import Library
from bot.chat.markup import cut
from bot.chat.rendering import report_line
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import locale_for, texts
from bot.chat.updates import Context, Handler, OnMessage, on_command, on_press
from bot.version import version

from .pages import Pages

# In a group, other bots know these commands too: they are this one's where they name it. A channel's post that Telegram
# brings into its discussion group speaks to nobody there.
_NEW: Final = (
    filters.UpdateType.MESSAGE
    & (filters.ChatType.PRIVATE | (filters.ChatType.GROUPS & filters.Regex(r"\A/\w+@")))
    & ~(filters.IS_AUTOMATIC_FORWARD | filters.VIA_BOT)
)
_REPORTS: Final = 10
# Fluent fills in no value longer than 2500 characters.
_LONGEST_LIST: Final = 2000


class BrowsingHandler:
    """Shows the pages of the reports. `source_url`: the address of the source code, for /about."""

    def __init__(self, library: Library, source_url: str | None) -> None:
        self._library = library
        self._source_url = source_url

    def handlers(self) -> list[Handler]:
        return [
            on_command("topics", self._shows(lambda pages, _: pages.topics()), _NEW),
            on_command("random", self._shows(lambda pages, _: pages.random()), _NEW),
            on_command("fact", self._shows(Pages.with_id), _NEW),
            on_command("start", self._shows(Pages.linked), _NEW & filters.Regex(PAYLOAD), has_args=1),
            on_command("about", self._about, _NEW),
            on_press(ListButton, self._pressed),
            on_press(FactButton, self._pressed, lambda button: button.placement.is_page),
        ]

    def _shows(self, page: Callable[[Pages, str], Reply]) -> OnMessage:
        """Work that sends a page; `page` makes it, given what stands behind the command."""

        async def send(message: Message, context: Context) -> None:
            pages = Pages(self._library.now, reader_of(message.from_user), message.get_bot())
            await send_below(message, page(pages, " ".join(context.args or ())))

        return send

    async def _pressed(self, query: CallbackQuery, button: ListButton | FactButton) -> None:
        """Makes the message with the pressed button the page; says so where the knowledge no longer has it."""
        locale = locale_for(button.language, reader_of(query.from_user))
        page = Pages(self._library.now, locale, query.get_bot()).behind(button)
        await answer_press(query, None if page else texts(locale)("gone"))
        if page is not None:
            await show(query, page)

    async def _about(self, message: Message, _: Context) -> None:
        """The reports, their publishers, and exactly which program and which knowledge answer."""
        locale = reader_of(message.from_user)
        say = texts(locale)
        edition = self._library.now
        knowledge = edition.knowledge
        counts = Counter(fact.report.id for fact in knowledge.facts)
        reports = "\n".join(
            say("about-report", report=report_line(report, locale), facts=counts[report.id])
            for report in knowledge.reports[:_REPORTS]
        )
        text = say(
            "about",
            version=version(),
            reports=cut(reports, _LONGEST_LIST),
            facts=len(knowledge.facts),
            knowledge=edition.version,
        )
        url = self._source_url
        source = InlineKeyboardMarkup([[InlineKeyboardButton(say("about-source"), url=url)]]) if url else None
        await send_below(message, Reply.plain(text, source))
