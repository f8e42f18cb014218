"""What it comes to when the knowledge is read again, or its files are changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.answering.knowledge.changes import Changes
from bot.answering.knowledge.snapshot import Snapshot
from bot.answering.worker import Candidate, Read


@dataclass(frozen=True, slots=True)
class KnowledgeUpdate:
    """The knowledge as it was read, from the folder or with a candidate, and how it changes the one in force.

    One that has errors is refused: the knowledge in force stays. What a check has read says nothing any more where the
    fingerprint of the folder is another one by now.
    """

    read: Read
    changes: Changes = field(default_factory=Changes)

    @property
    def snapshot(self) -> Snapshot:
        return self.read.snapshot

    @property
    def is_refused(self) -> bool:
        return self.snapshot.knowledge is None

    def __str__(self) -> str:
        """What it has changed, or why it was refused, in one line of English."""
        found, snapshot = self.changes, self.snapshot
        if self.is_refused:
            return f"{snapshot.problems[0]}" + (f" (and {snapshot.total - 1} more)" if snapshot.total > 1 else "")
        return f"{snapshot.version}: +{len(found.added)} -{len(found.removed)} ~{len(found.changed)}"


@dataclass(frozen=True, slots=True)
class Followers:
    """How many of the `others`, the other processes on the database, have read again and have the same version."""

    count: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class ClusterReloaded:
    """What a reload came to in this process, and who followed; None where the database does not say."""

    here: KnowledgeUpdate
    followers: Followers | None


Check: TypeAlias = Callable[[Candidate], Awaitable[KnowledgeUpdate]]
# For the admin with an id.
Reload: TypeAlias = Callable[[int | None], Awaitable[ClusterReloaded]]
# The name of a file that was written or taken away, and what came of the reload after that.
Edit: TypeAlias = tuple[str, ClusterReloaded]
