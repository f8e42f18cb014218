"""`shushuo migrate-database`: copies a database to another one, of SQLite or PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import OperatingError, UsageError
from bot.secrets import passwords_in, redactor
from bot.storage.activity.cluster import replicas
from bot.storage.copying import CopyError, copy
from bot.storage.database import Database, DatabaseUrlError
from bot.storage.migrating import NewerDatabaseError
from bot.storage.tables import REPLICAS
from bot.storage.writer import reason_of

from .stopping import stoppable

# Seconds that others may keep a command waiting. SQLite lets whoever comes by chance write next, and bots write often.
_PATIENCE: Final = 10.0


def migrate_database(source: str, target: str) -> list[str]:
    """Copies all that the database at the address `source` holds to the empty one at `target`.

    Returns what was done, in lines. Raises OperatingError, and KeyboardInterrupt when it was stopped; the database at
    `target` is then as it was.
    """
    if source == target:
        raise UsageError("FROM and TO are the same database")
    redact = redactor(secret for url in (source, target) for secret in passwords_in(url))
    try:
        with stoppable() as check:
            counts, names = asyncio.run(_copy(source, target, check))
    except (CopyError, NewerDatabaseError) as error:
        raise OperatingError(str(error)) from None
    except (SQLAlchemyError, OverflowError) as error:
        raise OperatingError(f"the database cannot be used: {redact(reason_of(error))}") from None
    lines = [f"{name}: {count:,}" for name, count in counts.items()]
    copied = f"copied {sum(counts.values()):,} rows of {len(counts)} tables; each row was compared"
    late = f"warning: a bot still uses the old database ({', '.join(names)}); what it notes from now on is not copied"
    return [*lines, f"{copied}. Now set DATABASE_URL to the new address", *([late] if names else [])]


async def _copy(source: str, target: str, check: Callable[[], None]) -> tuple[dict[str, int], list[str]]:
    """The numbers of rows by table, and the names of the bots that use `source`. `check`: see `stoppable`."""
    async with _open(source, "FROM", looking=True) as old, _open(target, "TO") as new:
        try:
            async with old.snapshot() as giving, new.replacing() as taking:
                counts = await taking.run_sync(copy, await giving.run_sync(lambda connection: connection), check)
                there = REPLICAS.name in counts  # as in no older form
                using = await replicas(datetime.now(UTC))(giving) if there else []
        except FileNotFoundError as error:
            place = error.filename
            raise UsageError(f"FROM: there is no database at {place}; name one that a bot has used") from None
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
