"""A memory that keeps what it was told, for tests of those who tell it."""

from collections.abc import Iterable
from datetime import date

from bot.storage import Vote
from tests.support.storage.no_memory import NoMemory


class RecordingMemory(NoMemory):
    """`told`: the calls in their order, each with its arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.told = []
        # Methods of this one object alone: what nobody looks at goes on as without a database.
        chats = self.chats
        subscriptions = self.subscriptions
        questions = self.questions
        chats.seen, chats.ended, chats.moved = self._seen, self._recorder("ended"), self._recorder("moved")
        subscriptions.ended = self._recorder("unsubscribed")
        questions.asked, questions.voted = self._asked, self._voted

    def _recorder(self, name: str):
        async def record(*arguments: object) -> None:
            self.told.append((name, *arguments))

        return record

    async def _seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        self.told.append(("seen", chat_id, kind, title, language, topic))

    async def _asked(self, text: str, outcome: str, _facts: Iterable[str], day: date) -> None:
        self.told.append(("asked", text, outcome, day))

    async def _voted(self, facts: Iterable[str], question_hash: str, vote: Vote, message: tuple[int, int]) -> None:
        self.told.append(("voted", " ".join(facts), question_hash, vote, message))

    def of(self, name: str):
        """The arguments of the calls with this name."""
        return [call[1:] for call in self.told if call[0] == name]
