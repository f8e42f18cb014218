"""The results of changing the files of the knowledge, and the interface by which admins change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .reloads import Followers, Refused, Reloaded


@dataclass(frozen=True, slots=True)
class Edited:
    """The file `name` was written or taken away, and the knowledge with it is in force.

    `followers`: as those of `ClusterReloaded`.
    """

    name: str
    reloaded: Reloaded
    followers: Followers | None


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


@dataclass(frozen=True, slots=True)
class Request:
    """A change that an admin has asked for, kept from before it begins until the admin knows what has become of it.

    `key`: of what has asked, so that it is done once although Telegram brings it twice. `message`: in the chat with
    the admin, the one that is to tell the end, or the command. `document`: what is to be applied, None for an undo.
    `fingerprint`: of the folder that it was checked with. `entry`: of the history, once the files are touched.
    """

    key: str
    who: int
    message: int
    language: str
    document: bytes | None = None
    fingerprint: str = ""
    entry: str = ""


class Edits(Protocol):
    """Changes the files of the knowledge; a Protocol, as `Editor` belongs to serving, which chat may not import.

    `Editor` says what each method does. Nothing here raises for a folder.
    """

    async def asked(self, request: Request) -> bool | Unwritable: ...

    async def knows(self, key: str) -> bool: ...

    async def reported(self, request: Request, *, again: bool = False) -> None: ...

    async def unfinished(self) -> list[Request]: ...

    async def written(self, request: Request) -> str: ...

    async def trouble(self) -> str: ...

    async def apply(self, request: Request, name: str) -> Edited | Refused | Stale | Unwritable: ...

    async def undo(self, request: Request) -> Edited | Refused | NothingToUndo | ChangedSince | Unwritable: ...
