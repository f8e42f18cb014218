"""What it comes to when the knowledge is read again, or its files are changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.answering.evaluation import Trial
from bot.answering.knowledge.changes import Changes
from bot.answering.knowledge.problem import Problem
from bot.answering.teaching import Taught
from bot.answering.worker import Candidate


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
class Checked(Reloaded):
    """A document could be applied; all that `Reloaded` has is of the knowledge as it would be then.

    `name`: of the file in the knowledge folder, made of the report's id, or that of the file which has the report now.
    `replaces`: whether there is such a file. `fingerprint`: of the folder as it was checked (`fingerprint()` of
    `bot.answering.knowledge.snapshot`); where it is another one by now, the check says nothing any more.
    `document`: what was checked; `taught`: how it was made of a lesson, None for one that was sent. `trial`: what would
    be answered otherwise.
    """

    name: str
    replaces: bool
    fingerprint: str
    document: bytes
    taught: Taught | None
    trial: Trial


@dataclass(frozen=True, slots=True)
class Refused:
    """The old knowledge stays in force. `problems`: the first of the errors; `total`: of how many."""

    problems: tuple[Problem, ...]
    total: int


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
