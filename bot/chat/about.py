"""/about: the reports, their publishers, and exactly which program and which knowledge answer."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from .markup import Piece, to_html
from .plain import cut
from .rendering import report_line
from .replies import Reply
from .texts import Locale, texts

if TYPE_CHECKING:
    from bot.answering.knowledge import Knowledge

_REPORTS: Final = 10
# Fluent fills in no value longer than 2500 characters.
_LONGEST_LIST: Final = 2000


def version_of(knowledge: Knowledge) -> str:
    """8 characters that are the same for the same reports, facts and lexicon, and others for any other."""
    # Its values are frozen dataclasses of text, numbers, tuples and mappings in the order of the files.
    return blake2b(repr(knowledge).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


class About:
    """Makes the reply; `source_url` is the address of the source code, if any."""

    def __init__(self, knowledge: Knowledge, source_url: str | None) -> None:
        self._knowledge = knowledge
        self._source_url = source_url

    def reply(self, locale: Locale) -> Reply:
        say = texts(locale)
        counts = Counter(fact.report.id for fact in self._knowledge.facts)
        reports = "\n".join(
            say("about-report", report=report_line(report, locale), facts=counts[report.id])
            for report in self._knowledge.reports[:_REPORTS]
        )
        text = say(
            "about",
            version=_program_version(),
            reports=cut(reports, _LONGEST_LIST),
            facts=len(self._knowledge.facts),
            knowledge=self._version,
        )
        return Reply(to_html([Piece(text)]), self._keyboard(locale))

    @cached_property
    def _version(self) -> str:
        return version_of(self._knowledge)

    def _keyboard(self, locale: Locale) -> InlineKeyboardMarkup | None:
        if not self._source_url:
            return None
        return InlineKeyboardMarkup([[InlineKeyboardButton(texts(locale)("about-source"), url=self._source_url)]])


def _program_version() -> str:
    try:
        return version("shushuo")
    except PackageNotFoundError:  # run from a folder that nothing has installed
        return "?"
