"""What changing the files of the knowledge comes to, as the admins are told it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .desk_replicas import Others
    from .reloads import Refused, Reloaded


@dataclass(frozen=True, slots=True)
class Edited:
    """The file `name` was written or taken away, and the knowledge with it is in force; `others`: elsewhere too."""

    name: str
    reloaded: Reloaded
    others: Others


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written: the folder is not the one any more that a document was checked with."""


@dataclass(frozen=True, slots=True)
class Unwritable:
    """Nothing was written; `reason` is one line that says where and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class NothingToUndo:
    """No document was applied, or all of them are undone."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """Nothing was undone: somebody has changed the file `name` since. `kept`: where its earlier content is."""

    name: str
    kept: str


class Edits(Protocol):
    """Changes the files of the knowledge; `bot.serving.editing.Editor` is one. Nothing here raises for a folder."""

    async def trouble(self) -> str:
        """Why the folder cannot be written, in one line; empty where it can."""
        ...

    async def apply(
        self, who: int, name: str, document: bytes, fingerprint: str
    ) -> Edited | Refused | Stale | Unwritable:
        """Writes a checked document into the folder and reloads. `name` and `fingerprint` are those of `Checked`.

        `who`: the admin's id. The file that it replaces is kept. Where the reload refuses the folder, it is as before.
        """
        ...

    async def undo(self, who: int) -> Edited | Refused | NothingToUndo | ChangedSince | Unwritable:
        """Puts back what the last document replaced that is not undone yet, and reloads."""
        ...
