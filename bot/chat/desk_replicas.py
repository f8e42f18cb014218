"""What admins are told of the other processes that share the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .plain import cut, one_line
from .texts import texts

if TYPE_CHECKING:
    from bot.storage import Replica

    from .texts import Locale

_LONGEST_PROBLEM = 200


@dataclass(frozen=True, slots=True)
class Others:
    """How the other processes followed a request to reload.

    `took`: they have the version that this one has. `failed`: their own folder could not be read, or was wrong.
    `differ`: they have another version; their folder holds something else, or they have not followed in time.
    `known`: whether the database could say so.
    """

    took: tuple[Replica, ...] = ()
    failed: tuple[Replica, ...] = ()
    differ: tuple[Replica, ...] = ()
    known: bool = True


def told(others: Others, locale: Locale) -> Iterator[str]:
    """Lines of plain text; none where there are no other processes."""
    say = texts(locale)
    if not others.known:
        yield say("desk-replicas-unknown")
    if others.took:
        names = say("comma").join(replica.name for replica in others.took)
        yield say("desk-replicas-took", names=names)
    for replica in others.failed:
        problem = cut(one_line(replica.problem), _LONGEST_PROBLEM)
        yield say("desk-replicas-failed", name=replica.name, version=replica.version, problem=problem)
    for replica in others.differ:
        yield say("desk-replicas-differ", name=replica.name, version=replica.version)
