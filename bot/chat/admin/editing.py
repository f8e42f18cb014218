"""Changing the files of the knowledge: what a process that is killed has begun, the next brings to its end."""

import asyncio
import os
import re
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar, cast

import structlog

from bot.answering.knowledge.snapshot import fingerprint
from bot.answering.knowledge.text_file import shown

from .edit_requests import Requests, sweep, sync, write_atomically
from .reloads import (
    ChangedSince,
    ClusterReloaded,
    Edited,
    NothingToUndo,
    Refused,
    Reloaded,
    Request,
    Stale,
    Unwritable,
)

# When something was replaced, the digest of what replaced it, and the name; `.none` where there was no such file.
_ENTRY: Final = re.compile(r"\d{8}T\d{12}Z\.([0-9a-f]{16})\.(.+\.ya?ml)(\.none)?")

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a document has replaced: the file `name`, or nothing where `absent`. `digest`: of the document."""

    path: Path
    name: str
    digest: str
    absent: bool

    @property
    def is_gone(self) -> bool:
        """Whether it was put back, and need not be kept any more."""
        return not self.path.exists()

    def content(self) -> bytes | None:
        return None if self.absent else self.path.read_bytes()


class Editor:
    """Writes files of `folder`, and keeps those that it replaces in `history`. One change at a time.

    What is asked of it is kept beside the history until it is told what has become of it.
    """

    def __init__(self, folder: Path, reload: Callable[[int], Awaitable[ClusterReloaded]], history: Path) -> None:
        """`reload`: reloads the folder once no other reload is under way, as done by an admin."""
        self._folder = folder
        self._reload = reload
        self._history = history
        self._requests = Requests(history.with_name("knowledge-requests"))
        self._turn = asyncio.Lock()

    async def trouble(self) -> str:
        """Why the folder cannot be written, in one line; empty where it can."""
        tried = await self._alone(lambda: asyncio.to_thread(self._try_to_write))
        return tried.reason if isinstance(tried, Unwritable) else ""

    async def asked(self, request: Request) -> bool | Unwritable:
        """Keeps a request; False where it was asked before."""
        return await self._alone(lambda: asyncio.to_thread(self._requests.keep, request))

    async def knows(self, key: str) -> bool:
        """Whether a request with this key was asked before."""
        return await asyncio.to_thread(self._requests.has, key)

    async def reported(self, request: Request, *, again: bool = False) -> None:
        """The admin knows what has become of it. `again`: it was not done, and may be asked once more."""
        ended = self._requests.forget if again else self._requests.end
        await self._alone(lambda: asyncio.to_thread(ended, request))

    async def unfinished(self) -> list[Request]:
        """What a process before this one was asked and has not told the end of; clears away what it has left behind."""
        left = await self._alone(lambda: asyncio.to_thread(self._left_behind))
        if isinstance(left, Unwritable):
            log.warning("what was left behind cannot be cleared away", reason=left.reason)
            return []
        return left

    async def written(self, request: Request) -> str:
        """The name of the file that the document of a request is in already, or was; empty where there is none."""
        kept = await asyncio.to_thread(self._written, request)
        return kept.name if kept else ""

    async def apply(self, request: Request, name: str) -> Edited | Refused | Stale | Unwritable:
        """Writes the checked document of a request into the folder, unless that is done, and reloads."""
        return await self._alone(lambda: self._apply(request, name))

    async def undo(self, request: Request) -> Edited | Refused | NothingToUndo | ChangedSince | Unwritable:
        """Puts back what the last document replaced that is not undone yet, unless the request has, and reloads."""
        return await self._alone(lambda: self._undo(request))

    async def _alone(self, work: Callable[[], Awaitable[T]]) -> T | Unwritable:
        async with self._turn:
            try:
                return await work()
            except OSError as error:
                return Unwritable(self._why(error))

    async def _apply(self, request: Request, name: str) -> Edited | Refused | Stale:
        kept = await asyncio.to_thread(self._replace, request, name)
        if kept is None:
            return Stale()
        result = await self._reloaded(request.who, kept.name)
        if isinstance(result, Refused):
            await asyncio.to_thread(self._put_back, kept)
            await asyncio.to_thread(kept.path.unlink, missing_ok=True)
        return result

    async def _undo(self, request: Request) -> Edited | Refused | NothingToUndo | ChangedSince:
        last = await asyncio.to_thread(self._to_undo, request)
        if not isinstance(last, Kept):
            return last
        if last.is_gone:
            return await self._reloaded(request.who, last.name)
        applied = await asyncio.to_thread(self._put_back, last)
        result = await self._reloaded(request.who, last.name)
        if isinstance(result, Refused):
            await asyncio.to_thread(self._put, last.name, applied)
        else:
            await asyncio.to_thread(last.path.unlink, missing_ok=True)
        return result

    async def _reloaded(self, who: int, name: str) -> Edited | Refused:
        result = await self._reload(who)
        here = cast("Reloaded | Refused", result.here)
        return here if isinstance(here, Refused) else Edited(name, here, result.followers)

    # ---- in threads

    def _try_to_write(self) -> None:
        self._history.mkdir(parents=True, exist_ok=True)
        for place in (self._folder, self._history):
            # Permissions do not tell it: file systems can be full or mounted read-only.
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"?")

    def _left_behind(self) -> list[Request]:
        for place in (self._folder, self._history, self._requests.folder):
            sweep(place)
        return self._requests.unfinished()

    def _replace(self, request: Request, name: str) -> Kept | None:
        """Keeps the file `name` and writes it anew; None where the folder is another one by now."""
        if written := self._written(request):
            return written
        if fingerprint(self._folder) != request.fingerprint:
            return None
        self._history.mkdir(parents=True, exist_ok=True)
        document, before = request.document or b"", self._content(name)
        digest, absent = digest_of(document), ".none" if before is None else ""
        path = self._history / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.{digest}.{name}{absent}"
        self._requests.begin(request, path.name)
        write_atomically(path, before or b"")
        self._put(name, document)
        return Kept(path, name, digest, before is None)

    def _written(self, request: Request) -> Kept | None:
        """What the document of a request has replaced, where it has; somebody may have changed the file since."""
        kept = self._entry(request.entry)
        return kept if kept and not kept.is_gone and not self._is_back(kept) else None

    def _put_back(self, kept: Kept) -> bytes | None:
        """Puts back what was replaced, unless somebody has changed the file since; returns what the file held."""
        now = self._content(kept.name)
        if self._is_applied(kept):
            self._put(kept.name, kept.content())
        elif not self._is_back(kept):
            log.warning("a file was changed by somebody else and is left alone", file=kept.name)
        return now

    def _to_undo(self, request: Request) -> Kept | NothingToUndo | ChangedSince:
        """What the request has begun to undo, or else what is to be undone next."""
        begun = self._entry(request.entry)
        if begun is not None:
            return begun if begun.is_gone or self._is_back(begun) or self._is_applied(begun) else _changed_since(begun)
        last = self._last()
        if isinstance(last, Kept):
            self._requests.begin(request, last.path.name)
        return last

    def _is_back(self, kept: Kept) -> bool:
        return self._content(kept.name) == kept.content()

    def _is_applied(self, kept: Kept) -> bool:
        """Whether the file is still the document that has replaced what is kept."""
        now = self._content(kept.name)
        return now is not None and digest_of(now) == kept.digest

    def _last(self) -> Kept | NothingToUndo | ChangedSince:
        """What is to be undone next. Entries that a crash has left behind are cleared away."""
        names = sorted((path.name for path in self._history.glob("*")), reverse=True)
        for kept in filter(None, map(self._entry, names)):
            if not self._is_back(kept):
                return kept if self._is_applied(kept) else _changed_since(kept)
            kept.path.unlink()
        return NothingToUndo()

    def _entry(self, name: str) -> Kept | None:
        """None for a file that is no entry."""
        match = _ENTRY.fullmatch(name)
        return Kept(self._history / name, match[2], match[1], absent=bool(match[3])) if match else None

    def _content(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def _put(self, name: str, content: bytes | None) -> None:
        if content is None:
            (self._folder / name).unlink(missing_ok=True)
            sync(self._folder)
        else:
            write_atomically(self._folder / name, content)

    def _why(self, error: OSError) -> str:
        # A temporary file has a name that tells nobody anything; and its path is absolute.
        place = Path(os.fsdecode(error.filename or ""))
        ours = (self._history, self._requests.folder)
        folder = next((one for one in ours if place.absolute().is_relative_to(one.absolute())), self._folder)
        return f"{shown(folder)}: {error.strerror or type(error).__name__}"


def _changed_since(kept: Kept) -> ChangedSince:
    return ChangedSince(kept.name, shown(kept.path))


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()
