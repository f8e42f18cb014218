"""`shushuo backup` and `migrate-database`: copy a database to a file while a bot writes to it, or to another one."""

import asyncio
import os
import signal
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from sqlalchemy import Column, Connection, Row, Table, Text, collate, false, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bot.chat.admin.editing import sync
from bot.errors import OperatingError, UsageError
from bot.settings import passwords_in, redactor
from bot.storage.cluster import replicas
from bot.storage.database import Database, DatabaseUrlError, sqlite_file
from bot.storage.migrating import REVISIONS, NewerDatabaseError, migrate, revision_of
from bot.storage.tables import METADATA, PASSING, REPLICAS
from bot.storage.writer import reason_of

# The "application id" in the header of each backup, which tells it from files of other programs.
_MARK = 0x5348_5553
# Seconds that others may keep a command waiting. SQLite lets whoever comes by chance write next, and bots write often.
_PATIENCE = 10.0
_PAGES = 1000  # that are copied before it is asked whether to stop
# Rows that are in memory at a time.
PAGE = 1000


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
    except NewerDatabaseError as error:
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


def copy(target: Connection, source: Connection, check: Callable[[], None]) -> dict[str, int]:
    """Copies all rows but those of `PASSING`, and compares them; their number by the tables that `source` has.

    One of an older version may have fewer tables and columns. `check`: called again and again; what it raises ends the
    copying. Raises OperatingError, NewerDatabaseError, and whatever the drivers and `check` raise; roll back then.
    """
    if revision_of(source) is None:
        raise OperatingError("there is nothing to take: no bot has used this database yet")
    _prepare(target)
    there = inspect(source)
    tables = [table for table in METADATA.sorted_tables if there.has_table(table.name)]
    counts = {table.name: 0 for table in tables}
    for table in tables:
        if table.name not in PASSING:
            names = {column["name"] for column in there.get_columns(table.name)}
            columns = [column for column in table.columns if column.name in names]
            counts[table.name] = _copy_table(target, source, table, columns, check)
            _continue_numbers(target, table)
    return counts


def _prepare(target: Connection) -> None:
    """Makes missing tables. Raises OperatingError where others have these names, or have rows that are to last."""
    ours = METADATA.sorted_tables
    if revision_of(target) is None:
        there = inspect(target)
        if strange := [table.name for table in ours if there.has_table(table.name)]:
            names = ", ".join(strange)
            raise OperatingError(f"the database has tables of another program ({names}); name another database")
    migrate(target)
    lasting = [table for table in ours if table.name not in PASSING]
    if filled := [table.name for table in lasting if target.execute(select(table).limit(1)).first()]:
        raise OperatingError(
            f"TO: the database is not empty (there are rows in {', '.join(filled)}): name an empty one"
        )


def _copy_table(
    target: Connection, source: Connection, table: Table, columns: Sequence[Column[Any]], check: Callable[[], None]
) -> int:
    """Returns the number of rows. Raises OperatingError where one of them is another one by now."""
    count = 0
    with closing(_rows(source, table, columns)) as rows:
        while page := list(islice(rows, PAGE)):
            check()
            target.execute(insert(table), [row._asdict() for row in page])
            count += len(page)
    with closing(_rows(source, table, columns)) as sent, closing(_rows(target, table, columns)) as arrived:
        for number, (wanted, row) in enumerate(zip_longest(sent, arrived), start=1):
            check()
            if row != wanted:
                raise OperatingError(f"row {number} of the table {table.name} did not arrive as it was sent")
    return count


def _rows(connection: Connection, table: Table, columns: Sequence[Column[Any]]) -> Generator[Row[Any], None, None]:
    """The rows of a table in the order of its key, the same on every database, read in pages."""
    # PostgreSQL sorts texts as a language does; SQLite, by their bytes.
    by_language = connection.dialect.name == "postgresql"
    key = (collate(one, "C") if by_language and isinstance(one.type, Text) else one for one in table.primary_key)
    with connection.execute(select(*columns).order_by(*key), execution_options={"yield_per": PAGE}) as result:
        yield from result


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a sequence, which knows nothing of rows that brought their numbers along."""
    if connection.dialect.name != "postgresql" or len(table.primary_key) != 1:
        return
    (key,) = table.primary_key
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, key.name))).scalar()
    if sequence is not None:
        last = func.max(key)
        # Greater than the last one where there is one, else 1.
        connection.execute(select(func.setval(sequence, func.greatest(last, 1), func.coalesce(last >= 1, false()))))
