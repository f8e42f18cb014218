"""The knowledge in force, with the conversations about it: one edition, replaced by the next in one step."""

from collections.abc import MutableMapping
from datetime import datetime

from cachetools import LRUCache

from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation, last_answer
from bot.chat.browsing.contents import Contents
from bot.chat.questions.inline_search import Search

from .replies import Replies
from .suggestions import Suggestions


class Edition:
    """A knowledge, and all that is made of it once, in a thread. `fingerprint`: of the folder as it was read."""

    def __init__(self, answerer: Answerer, version: str, read_at: datetime, fingerprint: str = "") -> None:
        self.knowledge = knowledge = answerer.knowledge
        self.answerer = answerer
        self.version = version
        self.read_at = read_at
        self.fingerprint = fingerprint
        self.contents = Contents(knowledge)
        self.suggestions = Suggestions(answerer)
        self.replies = Replies(knowledge, self.contents, self.suggestions)
        # No method of this object, as a cycle would keep it for longer than it is used.
        self.search = Search(self.contents, lambda question: last_answer(answerer, [question]))
        # By chat and person, in memory alone: what is lost makes the bot ask. One takes some 20 KB.
        self._conversations: MutableMapping[tuple[int, int], Conversation] = LRUCache(2_000)

    def conversation(self, chat_id: int, person_id: int) -> Conversation:
        """The conversation of a person in a chat; those of long ago are forgotten."""
        return self._conversations.setdefault((chat_id, person_id), Conversation(self.answerer))


class Library:
    """Holds the edition in force, `now`, which a reload replaces; whatever handles an update looks at it once only."""

    def __init__(self, edition: Edition) -> None:
        self.now = edition
