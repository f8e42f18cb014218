"""The knowledge in force: one edition at a time, replaced by the next in one step."""

from __future__ import annotations

from datetime import datetime

from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Knowledge
from bot.chat.browsing.contents import Contents
from bot.chat.questions.conversations import Conversations
from bot.chat.questions.inline_search import Search

from .replies import Replies
from .suggestions import Suggestions


class Edition:
    """A knowledge, and all that is made of it once; to make one takes so long that it is to be done in a thread.

    `answerer`: answers questions from it. `version`: of `version_of(knowledge)`. `read_at`: in UTC.
    `fingerprint`: of the folder as it was read.
    """

    def __init__(
        self, knowledge: Knowledge, answerer: Answerer, version: str, read_at: datetime, fingerprint: str = ""
    ) -> None:
        self.knowledge = knowledge
        self.answerer = answerer
        self.version = version
        self.read_at = read_at
        self.fingerprint = fingerprint
        self.contents = Contents(knowledge)
        self.suggestions = Suggestions(answerer)
        self.replies = Replies(knowledge, self.contents, self.suggestions)
        self.conversations = Conversations(answerer)
        self.search = Search(self.contents, self.conversations.alone)


class Library:
    """Holds the edition in force, `now`, which a reload replaces.

    Whatever handles an update looks at `now` once and goes on with what it got, so that an update that a new edition
    overtakes is answered by one edition alone.
    """

    def __init__(self, edition: Edition) -> None:
        self.now = edition
