"""Changing the files of the knowledge: `Editor` is the `Edits` that the admins' desk is given."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from bot.answering.knowledge.text_file import shown
from bot.answering.knowledge.reading import fingerprint as fingerprint_of
from bot.chat.edits import ChangedSince, Edited, NothingToUndo, Stale, Unwritable
from bot.chat.reloads import AlreadyReloading, Refused

if TYPE_CHECKING:
    from bot.chat.reloads import ReloadsEverywhere

HISTORY: Final = Path("data") / "knowledge-history"

# When something was replaced, the digest of what replaced it, and the name; `.none` where there was no such file.
_ENTRY: Final = re.compile(r"\d{8}T\d{12}Z\.([0-9a-f]{16})\.(.+\.ya?ml)(\.none)?")
_READABLE: Final = 0o644

log = structlog.get_logger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a document has replaced: the file `name`, or nothing where `absent`. `digest`: of the document."""

    path: Path
    name: str
    digest: str
    absent: bool

    def content(self) -> bytes | None:
        return None if self.absent else self.path.read_bytes()


class Editor:
    """Writes files of `folder`, and keeps those that it replaces in `history`. One change at a time."""

    def __init__(
        self, folder: Path, reloads: ReloadsEverywhere, history: Path = HISTORY, clock: Callable[[], datetime] = _now
    ) -> None:
        self._folder = folder
        self._reloads = reloads
        self._history = history
        self._clock = clock
        self._turn = asyncio.Lock()

    async def trouble(self) -> str:
        """Why the folder cannot be written, in one line; empty where it can."""
        try:
            await asyncio.to_thread(self._try_to_write)
        except OSError as error:
            return self._why(error)
        return ""

    async def apply(
        self, who: int, name: str, document: bytes, fingerprint: str
    ) -> Edited | Refused | Stale | Unwritable:
        """Writes a checked document into the folder and reloads. `name` and `fingerprint` are those of `Checked`."""
        async with self._turn:
            try:
                kept = await asyncio.to_thread(self._replace, name, document, fingerprint)
                if kept is None:
                    return Stale()
                result = await self._reloaded(who, name)
                if isinstance(result, Refused):
                    await asyncio.to_thread(self._withdraw, kept)
            except OSError as error:
                return Unwritable(self._why(error))
            return result

    async def undo(self, who: int) -> Edited | Refused | NothingToUndo | ChangedSince | Unwritable:
        """Puts back what the last document replaced that is not undone yet, and reloads."""
        async with self._turn:
            try:
                last = await asyncio.to_thread(self._last)
                if not isinstance(last, Kept):
                    return last
                applied = await asyncio.to_thread(self._put_back, last)
                result = await self._reloaded(who, last.name)
                if isinstance(result, Refused):
                    await asyncio.to_thread(self._put, last.name, applied)
                else:
                    await asyncio.to_thread(last.path.unlink, missing_ok=True)
            except OSError as error:
                return Unwritable(self._why(error))
            return result

    async def _reloaded(self, who: int, name: str) -> Edited | Refused:
        result = await self._reloads.reload(who, wait=True)
        if isinstance(result.here, AlreadyReloading):
            raise TypeError("a reload that waits for others was not made")
        return result.here if isinstance(result.here, Refused) else Edited(name, result.here, result.others)

    # ---- in threads

    def _try_to_write(self) -> None:
        self._history.mkdir(parents=True, exist_ok=True)
        for place in (self._folder, self._history):
            # Permissions do not tell it: file systems can be full or mounted read-only.
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"?")

    def _replace(self, name: str, document: bytes, fingerprint: str) -> Kept | None:
        """Keeps the file `name` and writes it anew; None where the folder is another one by now."""
        if fingerprint_of(self._folder) != fingerprint:
            return None
        kept = self._keep(name, document)
        self._put(name, document)
        return kept

    def _keep(self, name: str, document: bytes) -> Kept:
        self._history.mkdir(parents=True, exist_ok=True)
        before = self._content(name)
        digest = digest_of(document)
        absent = ".none" if before is None else ""
        path = self._history / f"{self._clock():%Y%m%dT%H%M%S%fZ}.{digest}.{name}{absent}"
        write_atomically(path, before or b"")
        return Kept(path, name, digest, before is None)

    def _withdraw(self, kept: Kept) -> None:
        self._put_back(kept)
        kept.path.unlink(missing_ok=True)

    def _put_back(self, kept: Kept) -> bytes | None:
        """Puts back what was replaced, unless somebody has changed the file since; returns what the file held."""
        now = self._content(kept.name)
        if now is not None and digest_of(now) == kept.digest:
            self._put(kept.name, kept.content())
        else:
            log.warning("a file was changed by somebody else and is left alone", file=kept.name)
        return now

    def _last(self) -> Kept | NothingToUndo | ChangedSince:
        """What is to be undone next. Entries that a crash has left behind are cleared away."""
        for kept in self._entries():
            now = self._content(kept.name)
            if now == kept.content():
                kept.path.unlink()
            elif now is None or digest_of(now) != kept.digest:
                return ChangedSince(kept.name, shown(kept.path))
            else:
                return kept
        return NothingToUndo()

    def _entries(self) -> Iterator[Kept]:
        """Newest first."""
        there = self._history.iterdir() if self._history.is_dir() else ()
        names = sorted((path.name for path in there), reverse=True)
        for match in filter(None, map(_ENTRY.fullmatch, names)):
            yield Kept(self._history / match[0], match[2], match[1], absent=bool(match[3]))

    def _content(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def _put(self, name: str, content: bytes | None) -> None:
        if content is None:
            (self._folder / name).unlink(missing_ok=True)
            _sync(self._folder)
        else:
            write_atomically(self._folder / name, content)

    def _why(self, error: OSError) -> str:
        # A temporary file has a name that tells nobody anything; and its path is absolute.
        place = Path(os.fsdecode(error.filename or ""))
        folder = self._history if place.absolute().is_relative_to(self._history.absolute()) else self._folder
        return f"{shown(folder)}: {error.strerror or type(error).__name__}"


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Whoever looks at `path`, after a power failure too, finds all of `content` or what was there before."""
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor has no path)
            file.write(content)
            file.flush()
            os.fchmod(descriptor, _mode(path))
            os.fsync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    _sync(path.parent)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return _READABLE


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems cannot do this, and need not.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
