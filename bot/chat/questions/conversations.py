"""The conversations that are under way, in memory alone: what is lost makes the bot ask."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

from cachetools import LRUCache

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation

_UNDER_WAY: Final = 2_000  # of which one takes some 20 KB


class Conversations:
    """The conversations about one knowledge, one for each person in each chat; those of long ago are forgotten."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._under_way: MutableMapping[tuple[int, int], Conversation] = LRUCache(_UNDER_WAY)

    def of(self, chat_id: int, person_id: int) -> Conversation:
        """That of a person in a chat."""
        return self._under_way.setdefault((chat_id, person_id), Conversation(self._answerer))

    def alone(self, question: str) -> Answer:
        """The answer to a question that nothing was said before."""
        return Conversation(self._answerer).reply(question, 0.0)
