"""What it comes to when the knowledge is read again, or its files are changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.answering.knowledge.changes import Changes
from bot.answering.knowledge.problem import Problem
from bot.answering.worker import Candidate, Read


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The knowledge that was read is in force.

    `warnings`: the first of them; `total`: of how many. `facts`: how many it has.
    """

    changes: Changes
    warnings: tuple[Problem, ...]
    total: int
    version: str
    facts: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A document could be applied. `read`: the folder as it would be with it, which `changes` the knowledge in force.

    Where the fingerprint of the folder is another one by now, the check says nothing any more.
    """

    changes: Changes
    read: Read


@dataclass(frozen=True, slots=True)
class Refused:
    """The old knowledge stays in force. `problems`: the first of the errors; `total`: of how many."""

    problems: tuple[Problem, ...]
    total: int


def summary(result: Reloaded | Refused) -> str:
    """What a reload has changed, or why it failed, in one line of English."""
    if isinstance(result, Refused):
        return f"{result.problems[0]}" + (f" (and {result.total - 1} more)" if result.total > 1 else "")
    found = result.changes
    return f"{result.version}: +{len(found.added)} -{len(found.removed)} ~{len(found.changed)}"


@dataclass(frozen=True, slots=True)
class Followers:
    """How many of the `others`, the other processes on the database, have read again and have the same version."""

    count: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class ClusterReloaded:
    """What a reload came to in this process, and who followed; None where the database does not say."""

    here: Reloaded | Refused
    followers: Followers | None


Check: TypeAlias = Callable[[Candidate], Awaitable[Checked | Refused]]
# For the admin with an id.
Reload: TypeAlias = Callable[[int | None], Awaitable[ClusterReloaded]]
# The name of a file that was written or taken away, and what came of the reload after that.
Edit: TypeAlias = tuple[str, ClusterReloaded]
