"""`shushuo backup`, `shushuo restore` and `shushuo migrate-database`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.serving.secrets import passwords_in, redactor
from bot.storage.backup_file import BackupError, BackupFile, write_backup
from bot.storage.copying import CopyError, NotEmptyError, Snapshot, fill, holds
from bot.storage.database import Database, DatabaseUrlError
from bot.storage.migrating import NewerDatabaseError
from bot.storage.roster import running
from bot.storage.tables import REPLICAS
from bot.storage.writer import reason_of

from .exceptions import AddressError, OperatingError
from .stopping import StoppableSource, stoppable

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.copying import Counts, Source

_SETTING: Final = "DATABASE_URL"
_WHAT_TO_WRITE: Final = "write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
# Seconds that others may keep a command waiting. SQLite lets whoever comes by chance write next, and bots write often.
_PATIENCE: Final = 10.0
T = TypeVar("T")
Stoppable: TypeAlias = "Callable[[Source], StoppableSource]"


def backup(url: str, file: Path) -> str:
    """Writes all that the database at `url` holds to `file`, also while bots use it. What was done, in one line.

    Raises OperatingError, and OSError where the file cannot be written.
    """
    counts = _done(partial(_backup, url=url, file=file), url)
    return f"{file}: {_counted(counts)}, {file.stat().st_size:,} bytes"


def restore(url: str, file: Path, *, replace: bool) -> str:
    """Brings what `file` holds into the database at `url`. What was done, in one line.

    `replace`: what the database holds is dropped; without it, it must be empty. Either way no bot may use it.
    Raises OperatingError, and OSError where the file cannot be read; the database is then as it was.
    """
    saved = _whole(file)
    counts = _done(partial(_restore, url=url, saved=saved, replace=replace), url)
    return f"restored {_counted(counts)}, as of {saved.made:%Y-%m-%d %H:%M} UTC; each row was compared"


def move(source: str, target: str) -> list[str]:
    """Copies all that the database at the address `source` holds to the empty one at `target`.

    Returns what was done, in lines. Raises OperatingError; the database at `target` is then as it was.
    """
    if source == target:
        raise AddressError("FROM and TO are the same database")
    counts, names = _done(partial(_move, source=source, target=target), source, target)
    lines = [f"{name}: {count:,}" for name, count in counts.items()]
    done = f"copied {_counted(counts)}; each row was compared. Now set DATABASE_URL to the new address"
    late = f"warning: a bot still uses the old database ({', '.join(names)}); what it notes from now on is not copied"
    return [*lines, done, *([late] if names else [])]


def _whole(file: Path) -> BackupFile:
    try:
        return BackupFile(file)
    except BackupError as error:
        raise OperatingError(str(error)) from None


async def _backup(until_stopped: Stoppable, url: str, file: Path) -> Counts:
    async with _open(url, _SETTING, looking=True) as database, _snapshot(database, _SETTING) as connection:
        snapshot = until_stopped(await connection.run_sync(Snapshot))
        return await connection.run_sync(lambda _: write_backup(file, snapshot, datetime.now(UTC)))


async def _restore(until_stopped: Stoppable, url: str, saved: BackupFile, *, replace: bool) -> Counts:
    async with _open(url, _SETTING) as database, database.replacing() as connection:
        if names := await _using(connection):
            raise OperatingError(
                f"a bot uses this database ({', '.join(names)}): stop it first "
                "(one that was killed is forgotten after 30 seconds)"
            )
        try:
            return await connection.run_sync(fill, until_stopped(saved), replace=replace)
        except NotEmptyError as error:
            raise OperatingError(f"{error}: add --replace to lose what it holds, after a backup of that") from None


async def _move(until_stopped: Stoppable, source: str, target: str) -> tuple[Counts, list[str]]:
    async with (
        _open(source, "FROM", looking=True) as old,
        _open(target, "TO") as new,
        _snapshot(old, "FROM") as giving,
        new.replacing() as taking,
    ):
        snapshot = until_stopped(await giving.run_sync(Snapshot))
        try:
            return await taking.run_sync(fill, snapshot), await _using(giving)
        except NotEmptyError as error:
            raise OperatingError(f"TO: {error}: name an empty one") from None


async def _using(connection: AsyncConnection) -> list[str]:
    """The names of the bots that use the database."""
    there = await connection.run_sync(holds, REPLICAS.name)
    return await running(datetime.now(UTC))(connection) if there else []


def _done(work: Callable[[Stoppable], Coroutine[Any, Any, T]], *urls: str) -> T:
    """The result of `work`, whose troubles are told as OperatingError, without the passwords of `urls`.

    Raises KeyboardInterrupt when it was stopped.
    """
    redact = redactor(secret for url in urls for secret in passwords_in(url))
    try:
        with stoppable() as until_stopped:
            return asyncio.run(work(until_stopped))
    except (CopyError, BackupError, NewerDatabaseError) as error:
        raise OperatingError(str(error)) from None
    except (SQLAlchemyError, OverflowError) as error:
        raise OperatingError(f"the database cannot be used: {redact(reason_of(error))}") from None


@asynccontextmanager
async def _open(url: str, name: str, *, looking: bool = False) -> AsyncIterator[Database]:
    """`name`: of the setting or argument that `url` comes from."""
    try:
        database = Database(url, _PATIENCE, looking=looking)
    except DatabaseUrlError as error:
        raise AddressError(f"{name}: {error}; {_WHAT_TO_WRITE}") from None
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _snapshot(database: Database, name: str) -> AsyncIterator[AsyncConnection]:
    try:
        async with database.snapshot() as connection:
            yield connection
    except FileNotFoundError as error:
        raise AddressError(f"{name}: there is no database at {error.filename}; name one that a bot has used") from None


def _counted(counts: Counts) -> str:
    return f"{sum(counts.values()):,} rows of {len(counts)} tables"
