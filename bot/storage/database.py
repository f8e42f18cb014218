"""Connections to the database, as SQLite and PostgreSQL each want them."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Table, event, func, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only, greenlet_spawn

from .migrating import upgrade, usable_revision_of
from .tables import TIME

SQLITE = "sqlite"
_DRIVERS = {SQLITE: "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
# Seconds that another process may hold what is wanted here.
BUSY = 2.0
_TRANSACTION = 6.0  # seconds
# Any number that no other program takes for its own lock in the same database.
_WRITERS_LOCK = 0x5348_5553
_CONNECTING = 2  # seconds; the least that libpq takes
# In one statement, which PostgreSQL works on from left to right: the limits hold for the lock as well.
_LOCK = text(
    "SELECT set_config('lock_timeout', :lock, true), set_config('statement_timeout', :statement, true), "
    f"set_config('idle_in_transaction_session_timeout', :statement, true), pg_advisory_xact_lock({_WRITERS_LOCK})"
)
_WAY_BACK = "put it back or restore a backup; a restart of the bot begins a new one"


# A query is a function of a connection, to be called within a transaction.
Result = TypeVar("Result")
Query = Callable[[AsyncConnection], Awaitable[Result]]
Change = Query[object]
Values = dict[str, Any]


class DatabaseUrlError(ValueError):
    """An address names no database that can be used here; the text is one line for people."""


def engine_url(url: str) -> URL:
    """The address with the driver used here. Raises `DatabaseUrlError`."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise DatabaseUrlError("is not an address of a database") from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None or not parsed.database or parsed.database == ":memory:":
        raise DatabaseUrlError("names no database of SQLite or PostgreSQL")
    return parsed.set(drivername=driver)


def sqlite_file(url: str) -> Path | None:
    """The file that an address of SQLite names; None for PostgreSQL. Raises `DatabaseUrlError`."""
    address = engine_url(url)
    return Path(address.database or "") if address.get_backend_name() == SQLITE else None


class DatabaseGoneError(Exception):
    """A database that was there is not; the text is one line for people."""


class Database:
    """A database that is reached when it is first used; `prepare` comes before all else. Raises what the drivers do.

    `busy`: seconds to wait for other processes. `looking`: for `snapshot` alone; nothing is set up, no file is made.
    """

    def __init__(self, url: str, busy: float = BUSY, *, looking: bool = False) -> None:
        address = engine_url(url)
        self.busy = busy
        # A SQLite file is one process's; with PostgreSQL, which has none, several may serve.
        self.file = sqlite_file(url)
        # What it was when it was prepared last: of a SQLite file, the device and the number that tell it from others.
        self._prepared = False
        self._place: tuple[int, int] | None = None
        self._open: set[asyncio.Task[Any]] = set()
        self._engine = _sqlite(address, looking=looking) if self.file else _postgresql(address)
        # In SQLite, whoever comes first is not served first, and may be passed by for seconds.
        self._turns: AbstractAsyncContextManager[None] = asyncio.Lock() if self.file else nullcontext()

    async def prepare(self) -> None:
        """Makes what is missing, and brings the tables up to date. Raises DatabaseGoneError where one was there."""
        # A connection from before an outage may lead to a file that is there no more.
        await self._engine.dispose()
        place = self._found() if self._prepared else None
        async with self.replacing() as connection:
            if self._prepared and await connection.run_sync(usable_revision_of) is None:
                raise DatabaseGoneError(f"the database is empty, and was not before: {_WAY_BACK}")
            await connection.run_sync(upgrade)
        self._prepared, self._place = True, place or self._found()

    @asynccontextmanager
    async def replacing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may change the tables and take as long as it likes; nobody else writes meanwhile."""
        if self.file and not self._prepared:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            # SQLite would let more people read the file, and -wal and -shm with it; what keeps it from being made is
            # SQLite's to tell. A file that is there is not opened: to close it again would take from the process all
            # locks that SQLite holds on it.
            with suppress(OSError):
                os.close(os.open(self.file, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))
        async with self._engine.begin() as connection:
            await _lock(connection, self.busy, statement=0)
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction. One process writes at a time, so that no two wait for each other."""
        async with self._turns, self.reading() as connection:
            # An open file that was deleted can be written all the same, in vain.
            if self._prepared and self._found() != self._place:
                raise DatabaseGoneError(f"{self.file} was replaced by another file")
            async with connection.begin():
                await _lock(connection, self.busy, statement=2 * self.busy)
                yield connection

    def _found(self) -> tuple[int, int] | None:
        """What is in the place of a SQLite file; None for PostgreSQL. Raises DatabaseGoneError."""
        if self.file is None:
            return None
        try:
            found = self.file.stat()
        except OSError as error:
            raise DatabaseGoneError(f"{self.file} is gone ({error.strerror}): {_WAY_BACK}") from None
        return found.st_dev, found.st_ino

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        pool = self._engine.pool
        try:
            async with self._engine.connect() as connection:
                yield connection
        finally:
            if self._engine.pool is not pool:
                # `prepare` came in between: the connection has gone back to a pool from which nobody takes any more.
                await greenlet_spawn(pool.dispose)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees the database as at one moment. Raises FileNotFoundError where there is no file."""
        if self.file:
            self.file.stat()
        async with self._engine.connect() as connection:
            if self.file:
                await connection.exec_driver_sql("BEGIN")
            else:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    def limit(self, seconds: float | None) -> asyncio.Timeout:
        """Gives up what is done within it after `seconds`, where that is safe.

        Not on SQLite: it ends by itself, and aiosqlite may hang for ever after it was cancelled.
        """
        return asyncio.timeout(None if self.file else seconds)

    async def read(self, query: Query[Result], seconds: float = _TRANSACTION) -> Result:
        """The result of `query`. Raises TimeoutError after `seconds`, where giving up is safe."""
        return await self._carried_out(self.reading(), query, seconds)

    async def write(self, change: Query[Result], seconds: float = _TRANSACTION) -> Result:
        """The result of `change` once it is committed; limited in time as `read` is."""
        return await self._carried_out(self.writing(), change, seconds)

    async def _carried_out(
        self, place: AbstractAsyncContextManager[AsyncConnection], query: Query[Result], seconds: float
    ) -> Result:
        """Carries `query` to its end although whoever waits for it is cancelled."""

        async def work() -> Result:
            async with self.limit(seconds), place as connection:
                return await query(connection)

        task = asyncio.create_task(work())
        self._open.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._open.discard(task)
        if not task.cancelled():
            task.exception()  # asyncio complains of one that nobody looked at

    async def ended(self, seconds: float | None = None) -> None:
        """Returns when nothing that was begun by `read` and `write` is open, or after so long."""
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)

    async def close(self) -> None:
        """Ends the connections that are not in use; whoever comes after that gets new ones."""
        await self._engine.dispose()


async def _lock(connection: AsyncConnection, busy: float, *, statement: float) -> None:
    """Waits until no other process writes. `statement`: seconds that PostgreSQL may work on one; 0 for no limit."""
    if connection.dialect.name == SQLITE:
        await connection.exec_driver_sql(f"PRAGMA busy_timeout={busy * 1000:.0f}")
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # For the transaction alone: poolers such as PgBouncer refuse such settings of a connection, or mix them up.
    await connection.execute(_LOCK, {"lock": f"{busy * 1000:.0f}ms", "statement": f"{statement * 1000:.0f}ms"})


def _sqlite(url: URL, *, looking: bool) -> AsyncEngine:
    # SQLite makes no file by itself.
    query = {**url.query, "mode": "rw", "uri": "true"}
    url = url.set(database=f"file:{quote(url.database or '')}", query=query)
    # Without an isolation level the driver begins no transactions of its own, which it would do too late.
    engine = create_async_engine(url, hide_parameters=True, connect_args={"isolation_level": None, "timeout": BUSY})
    if not looking:
        event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    try:
        cursor = connection.cursor()
        _log_ahead(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
    except BaseException:
        # The pool forgets it, and its thread would outlive the event loop.
        connection.close()
        raise


def _log_ahead(cursor: DBAPICursor) -> None:
    """Has SQLite write a log ahead of the file. While others open a new file, it refuses that without waiting."""
    end = monotonic() + BUSY
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            await_only(asyncio.sleep(0.01))
        else:
            return


def _postgresql(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # after a restart of the server, the first use is a new connection, no error
        pool_recycle=1800,  # seconds; firewalls forget connections that are idle for longer
        connect_args={
            "connect_timeout": _CONNECTING,
            "tcp_user_timeout": _CONNECTING * 1000,
            "keepalives_idle": 30,
            "prepare_threshold": None,  # prepared statements and poolers do not go together
            "client_encoding": "utf8",  # where the database has no encoding of its own, psycopg gives bytes for text
        },
    )


# ---- what queries are made with


async def time_of(connection: AsyncConnection, now: datetime) -> datetime:
    """The time of the database where machines share it, whose own clocks differ; else `now`."""
    if not is_shared(connection):
        return now
    there: datetime = (await connection.execute(select(func.now(type_=TIME)))).scalar_one()
    return there


def is_shared(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "postgresql"


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if is_shared(connection) else sqlite.insert(table)


def storable(text: str) -> str:
    """The text cut to 500 characters, without NUL, which PostgreSQL does not take, and halves of surrogate pairs."""
    return text[:500].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
