"""`shushuo backup` and `migrate-database`: copy a database to a file while a bot writes to it, or to another one."""

import asyncio
import os
import signal
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError

from bot.chat.admin.editing import sync
from bot.errors import OperatingError, UsageError
from bot.secrets import passwords_in, redactor
from bot.storage.cluster import replicas
from bot.storage.copying import CopyError, copy
from bot.storage.database import Database, DatabaseUrlError, sqlite_file
from bot.storage.migrating import REVISIONS, NewerDatabaseError
from bot.storage.tables import PASSING, REPLICAS
from bot.storage.writer import reason_of

# The "application id" in the header of each backup, which tells it from files of other programs.
_MARK = 0x5348_5553
# Seconds that others may keep a command waiting. SQLite lets whoever comes by chance write next, and bots write often.
_PATIENCE = 10.0
_PAGES = 1000  # that are copied before it is asked whether to stop


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Within the block, the function raises KeyboardInterrupt once SIGINT or SIGTERM came.

    By itself, asyncio would cancel what runs, and the driver of SQLite may hang after that.
    """
    stopped = threading.Event()

    def check() -> None:
        if stopped.is_set():
            raise KeyboardInterrupt

    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():  # signals come there alone
        before = {number: signal.signal(number, lambda *_: stopped.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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


def migrate_database(source: str, target: str) -> list[str]:
    """Copies all that the database at the address `source` holds to the empty one at `target`; says what was done.

    Raises OperatingError, and KeyboardInterrupt when it was stopped; the database at `target` is then as it was.
    """
    if source == target:
        raise UsageError("FROM and TO are the same database")
    redact = redactor(secret for url in (source, target) for secret in passwords_in(url))
    try:
        with stoppable() as check:
            counts, names = asyncio.run(_copy_rows(source, target, check))
    except (CopyError, NewerDatabaseError) as error:
        raise OperatingError(str(error)) from None
    except (SQLAlchemyError, OverflowError) as error:
        raise OperatingError(f"the database cannot be used: {redact(reason_of(error))}") from None
    lines = [f"{name}: {count:,}" for name, count in counts.items()]
    copied = f"copied {sum(counts.values()):,} rows of {len(counts)} tables; each row was compared"
    late = f"warning: a bot still uses the old database ({', '.join(names)}); what it notes from now on is not copied"
    return [*lines, f"{copied}. Now set DATABASE_URL to the new address", *([late] if names else [])]


async def _copy_rows(source: str, target: str, check: Callable[[], None]) -> tuple[dict[str, int], list[str]]:
    """The numbers of rows by table, and the names of the bots that use `source`. `check`: see `stoppable`."""
    async with _open(source, "FROM", looking=True) as old, _open(target, "TO") as new:
        try:
            async with old.snapshot() as giving, new.replacing() as taking:
                counts = await taking.run_sync(copy, await giving.run_sync(lambda connection: connection), check)
                there = REPLICAS.name in counts  # as in no older form
                using = await replicas(datetime.now(UTC))(giving) if there else []
        except FileNotFoundError as error:
            raise UsageError(f"FROM: there is no database at {error.filename}; name one that a bot has used") from None
    return counts, [replica.name for replica in using if replica.alive]


@asynccontextmanager
async def _open(url: str, name: str, *, looking: bool = False) -> AsyncIterator[Database]:
    """The database at `url`, within the block. `name`: of the argument that `url` comes from."""
    try:
        database = Database(url, _PATIENCE, looking=looking)
    except DatabaseUrlError as error:
        write = "write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
        raise UsageError(f"{name}: {error}; {write}") from None
    try:
        yield database
    finally:
        await database.close()
