"""The knowledge in force: one edition at a time, replaced by the next in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.chat.browsing.contents import Contents
from bot.chat.questions.inline_search import Search

from .replies import Replies

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer
    from bot.answering.knowledge.model import Knowledge


@dataclass(frozen=True)
class Edition:
    """A knowledge, and all that is made of it once.

    `answerer`: answers questions from it. `version`: of `version_of(knowledge)`. `read_at`: in UTC.
    """

    knowledge: Knowledge
    answerer: Answerer
    version: str
    read_at: datetime

    @cached_property
    def contents(self) -> Contents:
        return Contents(self.knowledge)

    @cached_property
    def replies(self) -> Replies:
        return Replies(self.knowledge, self.contents)

    @cached_property
    def search(self) -> Search:
        return Search(self.contents, self.answerer.answer)

    def prepare(self) -> None:
        """Makes all of that now, for which the first who need it would wait otherwise."""
        self.contents.prepare()
        self.search.prepare()
        _ = self.replies


class Library:
    """Holds the edition in force.

    Whatever handles an update looks at `now` once and goes on with what it got, so that an update that a new edition
    overtakes is answered by one edition alone.
    """

    def __init__(self, edition: Edition) -> None:
        self._now = edition

    @property
    def now(self) -> Edition:
        return self._now

    def swap(self, edition: Edition) -> None:
        """`edition` is in force from here on."""
        self._now = edition
