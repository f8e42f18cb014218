"""`shushuo backup`: copies an SQLite database to a file while a bot writes to it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from bot.chat.admin.atomic_files import sync
from bot.errors import OperatingError, UsageError
from bot.storage.database import sqlite_file
from bot.storage.migrating import REVISIONS
from bot.storage.tables import PASSING

from .stopping import stoppable

# The "application id" in the header of each backup, which tells it from files of other programs.
_MARK: Final = 0x5348_5553
_PATIENCE: Final = 10.0  # seconds that another process may keep the whole database locked
_PAGES: Final = 1000  # that are copied before it is asked whether to stop


def backup(url: str, file: Path) -> str:
    """Copies the SQLite database at `url` to `file`, and returns in one line what was done.

    The file appears once it is whole and checked, and only its owner can read it. An older backup is replaced.
    Raises OperatingError, OSError where the file cannot be written, and KeyboardInterrupt where it was stopped.
    """
    source = sqlite_file(url)
    if source is None:
        raise UsageError("DATABASE_URL: this is PostgreSQL; make its backups with pg_dump, see deploy/README.md")
    if not source.is_file():
        raise UsageError(f"DATABASE_URL: there is no database at {source}; name one that a bot has used")
    if not file.parent.is_dir():
        raise OperatingError(f"{file}: there is no folder {file.parent}; make it first")
    if os.path.lexists(file) and not _is_backup(file):
        raise OperatingError(f"{file}: is there already, and is no backup; name another file")
    try:
        with stoppable() as check, TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
            part = Path(folder) / file.name
            part.touch(mode=0o600)
            _copy(source, part, check)
            part.replace(file)
        sync(file.parent)
    except sqlite3.Error as error:
        raise OperatingError(f"{source} cannot be copied to {file}: {error}") from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    return f"{file}: {file.stat().st_size:,} bytes; its integrity was checked"


def _copy(source: Path, target: Path, check: Callable[[], None]) -> None:
    """Copies what `source` holds at one moment into the empty file `target`, without `PASSING` rows."""
    address = f"file:{quote(str(source))}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        # Without a transaction that lasts, each write of a bot would have the copying begin anew.
        old.execute("BEGIN")
        tables = {name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if REVISIONS not in tables:
            raise OperatingError(f"{source}: there is nothing to copy: no bot has used this database yet")
        old.backup(new, pages=_PAGES, progress=lambda *_: check())
        new.execute("PRAGMA journal_mode=DELETE")  # a single file, with no log of writes beside it
        new.execute("PRAGMA secure_delete=ON")
        for name in PASSING & tables:
            new.execute(f"DELETE FROM {name}")  # noqa: S608 (names of our own tables)
        new.execute(f"PRAGMA application_id={_MARK}")
        [(found,)] = new.execute("PRAGMA integrity_check(1)")
        if found != "ok":
            raise OperatingError(f"{source} is damaged ({' '.join(found.split())}): put an older backup in its place")
        check()


def _is_backup(file: Path) -> bool:
    """Whether `file` is a backup that no bot uses as its database: the bot would have it log writes ahead."""
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        header = opened.read(100)
    logs_ahead = header[18:20] == b"\2\2"
    return header.startswith(b"SQLite format 3\0") and not logs_ahead and header[68:72] == _MARK.to_bytes(4, "big")
