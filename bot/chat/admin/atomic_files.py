"""Files that are written whole or not at all, and reach the disk."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

_READABLE: Final = 0o644


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
