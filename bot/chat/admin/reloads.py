"""The results of reading the knowledge again, and the interfaces by which admins have it read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.answering.worker import Stage

if TYPE_CHECKING:
    from bot.answering.knowledge.changes import Changes
    from bot.answering.knowledge.problem import Problem


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
    """A document could be applied: what would change then, and in which file it would stand.

    `warnings`: the first of them; `total`: of how many. `version` and `facts`: of the knowledge as it would be.
    `name`: of the file in the knowledge folder, made of the report's id, or that of the file which has the report now.
    `replaces`: whether there is such a file. `fingerprint`: of the folder as it was checked (`fingerprint()` of
    `bot.answering.knowledge.reading`); where it is another one by now, the check says nothing any more.
    """

    changes: Changes
    warnings: tuple[Problem, ...]
    total: int
    version: str
    facts: int
    name: str
    replaces: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The old knowledge stays in force. `problems`: the first of the errors; `total`: of how many."""

    problems: tuple[Problem, ...]
    total: int


@dataclass(frozen=True, slots=True)
class AlreadyReloading:
    """Another reload or check is at it."""


Progress: TypeAlias = Callable[[Stage], Awaitable[None]]


class Reloads(Protocol):
    """Reads the knowledge again; a Protocol, as `Reloader` belongs to serving, which chat may not import."""

    async def check(self, document: bytes) -> Checked | Refused | AlreadyReloading:
        """Checks a report file together with the folder as it would be with it; changes nothing, and never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Followers:
    """How many of the `others`, the other processes on the database, have read again and have the same version."""

    count: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class ClusterReloaded:
    """What a reload came to in this process, and who followed; None where the database does not say."""

    here: Reloaded | Refused | AlreadyReloading
    followers: Followers | None


class ClusterReloads(Protocol):
    """Reloads in all processes on the database; a Protocol, as `ClusterReload` belongs to serving."""

    async def reload(self, who: int | None, progress: Progress | None = None, *, wait: bool = False) -> ClusterReloaded:
        """Puts what the folder holds in force where it has no error; noted for /audit as done by `who`.

        `progress` is told each stage as it begins. `wait`: for a reload under way to end, instead of saying so.
        """
        ...
