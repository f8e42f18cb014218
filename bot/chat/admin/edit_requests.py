"""What admins have asked to be changed in the knowledge, in files: a process that is killed leaves it to the next."""

import json
import os
import tempfile
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

from .reloads import Request

# Telegram brings an update again for a day.
_KEPT_SECONDS: Final = 2 * 86_400.0
_READABLE: Final = 0o644


class Requests:
    """One file a request, which is left empty once the admin knows what has become of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, key: str) -> bool:
        return self._path(key).exists()

    def keep(self, request: Request) -> bool:
        """False for one that is known already."""
        if self.has(request.key):
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(request)
        return True

    def begin(self, request: Request, entry: str) -> None:
        """Notes by which entry of the history the request can be known to be carried out."""
        self._write(replace(request, entry=entry))

    def end(self, request: Request) -> None:
        write_atomically(self._path(request.key), b"")

    def forget(self, request: Request) -> None:
        self._path(request.key).unlink(missing_ok=True)

    def unfinished(self) -> list[Request]:
        """Those that no admin was told the end of, the oldest first; forgets those that are long over."""
        paths = sorted(self.folder.glob("*.json"), key=_age, reverse=True)
        read = {path: _read(path) for path in paths}
        for path in paths:
            if read[path] is None and _age(path) > _KEPT_SECONDS:
                path.unlink(missing_ok=True)
        return [request for request in read.values() if request]

    def _path(self, key: str) -> Path:
        return self.folder / f"{blake2b(key.encode(), digest_size=16).hexdigest()}.json"

    def _write(self, request: Request) -> None:
        document = None if request.document is None else b64encode(request.document).decode()
        write_atomically(self._path(request.key), json.dumps({**asdict(request), "document": document}).encode())


def _read(path: Path) -> Request | None:
    """None for one that is over, and for what is no request."""
    with suppress(OSError, ValueError, TypeError):
        request = Request(**json.loads(path.read_bytes()))
        return request if request.document is None else replace(request, document=b64decode(request.document))
    return None


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


# ---- files that are written whole or not at all


def write_atomically(path: Path, content: bytes) -> None:
    """Whoever looks at `path`, after a power failure too, finds all of `content` or what was there before."""
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor has no path)
            file.write(content)
            file.flush()
            os.fchmod(descriptor, path.stat().st_mode & 0o777 if path.exists() else _READABLE)
            os.fsync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    sync(path.parent)


def sweep(folder: Path) -> None:
    """Takes away what a process has left that was killed while it wrote."""
    for path in folder.glob(".????????.tmp"):  # as `mkstemp` names them
        path.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Has what was renamed and deleted in `folder` reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems cannot do this, and need not.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
