"""Changing the files of the knowledge: what a process that is killed has begun is done once when it is asked again."""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import structlog

from bot.answering.knowledge.snapshot import fingerprint
from bot.answering.knowledge.text_file import shown
from bot.chat.rendering import one_line
from bot.chat.texts import RequestError

from .knowledge_changes import ClusterReloaded, Edit

# When something was replaced, the digest of what replaced it, the fingerprint of the folder (earlier versions left it
# out) and the name; `.none` where there was no such file; and the digest of what has asked to put it back.
_ENTRY = re.compile(
    r"\d{8}T\d{12}Z\.([0-9a-f]{16})(?:-([0-9a-f]{32}))?\.(.+\.ya?ml)(\.none)?(?:\.undone-([0-9a-f]{16}))?"
)
# Telegram brings an update again for a day.
_KEPT_SECONDS = 2 * 86_400.0

log = structlog.get_logger(__name__)


class Kept(NamedTuple):
    """What a document has replaced: the file `name`, or nothing where `absent`."""

    path: Path
    digest: str  # of the document
    fingerprint: str  # of the folder before
    name: str
    absent: bool
    undone: str  # the digest of what has asked to put it back, empty where nothing has

    def content(self) -> bytes | None:
        return None if self.absent else self.path.read_bytes()


class Editor:
    """Writes files of `folder`, and keeps those that it replaces in `history`. One change at a time.

    One that is asked for again is brought to its end and not made twice. Raises RequestError where nothing can be.
    """

    def __init__(self, folder: Path, reload: Callable[[int], Awaitable[ClusterReloaded]], history: Path) -> None:
        """`reload`: reloads the folder, as done by an admin."""
        self._folder = folder
        self._reload = reload
        self._history = history
        self._turn = asyncio.Lock()

    def clear_away(self) -> None:
        """Takes away what processes that were killed have left half written."""
        for place in (self._folder, self._history):
            with suppress(OSError):
                for path in place.glob(".????????.tmp"):  # as `mkstemp` names them
                    path.unlink(missing_ok=True)

    async def trouble(self) -> RequestError | None:
        """The error that says why the folder cannot be written; None where it can."""
        try:
            async with self._changing():
                await asyncio.to_thread(self._try_to_write)
        except RequestError as error:
            return error
        return None

    async def written(self, digest: str, fingerprint: str) -> str:
        """The name of the file that a document is written to already, whoever has changed it since; empty for none."""
        kept = await asyncio.to_thread(self._written, digest, fingerprint)
        return kept.name if kept else ""

    async def apply(self, who: int, document: bytes | None, check: tuple[str, str], name: str) -> Edit:
        """Writes a document that was checked, unless that is done, and reloads.

        `document`: None for one that is `written`. `check`: its digest and the fingerprint, as for `written`.
        """
        async with self._changing():
            kept = await asyncio.to_thread(self._replace, document, *check, name)
            result = await self._reload(who)
            if result.here.is_refused:
                await asyncio.to_thread(self._put_back, kept)
                await asyncio.to_thread(kept.path.unlink, missing_ok=True)
            return kept.name, result

    async def undo(self, who: int, key: str) -> Edit:
        """Puts back what the last document replaced that is not undone yet, and reloads.

        `key`: of what asks for it; where that was begun before, it is that which is brought to its end.
        """
        async with self._changing():
            last = await asyncio.to_thread(self._begin_to_undo, digest_of(key.encode()))
            applied = await asyncio.to_thread(self._put_back, last)
            result = await self._reload(who)
            if result.here.is_refused:
                await asyncio.to_thread(self._keep_applied, last, applied)
            return last.name, result

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[None]:
        async with self._turn:
            try:
                yield
            except OSError as error:
                raise RequestError("document-unwritable", reason=one_line(self._why(error))) from error

    # ---- in threads

    def _try_to_write(self) -> None:
        self._history.mkdir(parents=True, exist_ok=True)
        for place in (self._folder, self._history):
            # Permissions do not tell it: file systems can be full or mounted read-only.
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"?")

    def _replace(self, document: bytes | None, digest: str, before: str, name: str) -> Kept:
        """Keeps the file `name` and writes it anew."""
        if written := self._written(digest, before):
            return written
        if document is None or fingerprint(self._folder) != before:
            raise RequestError("document-stale")
        self._history.mkdir(parents=True, exist_ok=True)
        content = self._content(name)
        absent = ".none" if content is None else ""
        path = self._history / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.{digest}-{before}.{name}{absent}"
        write_atomically(path, content or b"")
        self._put(name, document)
        return Kept(path, digest, before, name, content is None, "")

    def _written(self, digest: str, before: str) -> Kept | None:
        """What a document has replaced; None where it has replaced nothing that is still so."""
        entries = (kept for kept in self._entries() if (kept.digest, kept.fingerprint) == (digest, before))
        return next((kept for kept in entries if not (kept.undone or self._is_back(kept))), None)

    def _put_back(self, kept: Kept) -> bytes | None:
        """Puts back what was replaced, unless somebody has changed the file since; returns what the file held."""
        now = self._content(kept.name)
        if self._is_applied(kept):
            self._put(kept.name, kept.content())
        elif not self._is_back(kept):
            log.warning("a file was changed by somebody else and is left alone", file=kept.name)
        return now

    def _begin_to_undo(self, asker: str) -> Kept:
        """What `asker` has begun to undo, or what is to be undone next."""
        begun = next((kept for kept in self._entries() if kept.undone == asker), None)
        if begun and self._is_back(begun):
            return begun
        last = begun or self._last()
        if not self._is_applied(last):
            raise RequestError("undo-changed", name=one_line(last.name), kept=one_line(shown(last.path)))
        marked = last.path if begun else last.path.rename(f"{last.path}.undone-{asker}")
        return last._replace(path=marked, undone=asker)

    def _last(self) -> Kept:
        """What is to be undone next. Entries that a crash has left behind are cleared away, and those long undone."""
        for kept in self._entries():
            if not (kept.undone or self._is_back(kept)):
                return kept
            if not kept.undone or time.time() - kept.path.stat().st_ctime > _KEPT_SECONDS:
                kept.path.unlink()
        raise RequestError("undo-nothing")

    def _keep_applied(self, kept: Kept, applied: bytes | None) -> None:
        """Writes the document again that was taken back, as the reload has refused what it had replaced."""
        self._put(kept.name, applied)
        kept.path.rename(str(kept.path).removesuffix(f".undone-{kept.undone}"))

    def _is_back(self, kept: Kept) -> bool:
        return self._content(kept.name) == kept.content()

    def _is_applied(self, kept: Kept) -> bool:
        """Whether the file is still the document that has replaced what is kept."""
        now = self._content(kept.name)
        return now is not None and digest_of(now) == kept.digest

    def _entries(self) -> Iterator[Kept]:
        """What documents have replaced, the latest first."""
        for name in sorted((path.name for path in self._history.glob("*")), reverse=True):
            if match := _ENTRY.fullmatch(name):
                digest, before, of, absent, undone = match.groups("")
                yield Kept(self._history / name, digest, before, of, bool(absent), undone)

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
        folder = self._history if place.absolute().is_relative_to(self._history.absolute()) else self._folder
        return f"{shown(folder)}: {error.strerror or type(error).__name__}"


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Writes `content` so that `path` holds, after a power failure too, all of it or what was there before."""
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor has no path)
            file.write(content)
            file.flush()
            os.fchmod(descriptor, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.fsync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Has what was renamed and deleted in `folder` reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems cannot do this, and need not.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
