"""/about: the reports, their publishers, and exactly which program and which knowledge answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import cut
from bot.chat.rendering import report_line
from bot.chat.replies import Reply
from bot.chat.texts import Locale, texts
from bot.version import version

if TYPE_CHECKING:
    from bot.chat.library import Edition

_REPORTS: Final = 10
# Fluent fills in no value longer than 2500 characters.
_LONGEST_LIST: Final = 2000


class About:
    """Makes the reply; `source_url` is the address of the source code, if any."""

    def __init__(self, source_url: str | None) -> None:
        self._source_url = source_url

    def reply(self, edition: Edition, locale: Locale) -> Reply:
        say = texts(locale)
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
        return Reply(to_html([Piece(text)]), self._keyboard(locale))

    def _keyboard(self, locale: Locale) -> InlineKeyboardMarkup | None:
        if not self._source_url:
            return None
        return InlineKeyboardMarkup([[InlineKeyboardButton(texts(locale)("about-source"), url=self._source_url)]])
