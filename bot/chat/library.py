"""The knowledge in force: one edition at a time, replaced by the next in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from .contents import Contents
from .replies import Replies
from .searching import Search

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.answering.matching.explaining import Wording
    from bot.answering.knowledge.model import Knowledge


class Beside(Protocol):
    """Answers beside the event loop, which `Edition.answer` holds up."""

    @property
    def is_helped(self) -> bool: ...

    async def __call__(self, question: str) -> Answer: ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Edition:
    """A knowledge, and all that is made of it once.

    `answer`, `explain` and `wording` take a question. `version`: of `version_of(knowledge)`. `read_at`: in UTC.
    """

    knowledge: Knowledge
    answer: Callable[[str], Answer]
    explain: Callable[[str], str]
    wording: Callable[[str], Wording]
    version: str
    read_at: datetime
    beside: Beside | None = None

    @property
    def is_helped(self) -> bool:
        """Whether a second process answers at present."""
        return self.beside is not None and self.beside.is_helped

    async def ask(self, question: str) -> Answer:
        """As `answer`, for the questions that come in crowds."""
        return await self.beside(question) if self.beside else self.answer(question)

    async def close(self) -> None:
        """Ends what is beside; the edition can be asked all the same."""
        if self.beside:
            await self.beside.close()

    @cached_property
    def contents(self) -> Contents:
        return Contents(self.knowledge)

    @cached_property
    def replies(self) -> Replies:
        return Replies(self.knowledge, self.contents)

    @cached_property
    def search(self) -> Search:
        return Search(self.contents, self.answer)

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
