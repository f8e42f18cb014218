"""Whether the database can be used, and in which form its tables are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from bot.storage.database import SQLITE, Database, engine_url
from bot.storage.migrating import NewerDatabaseError, is_known, newest, usable_revision_of
from bot.storage.writer import reason_of

from .finding import Finding, error, ok, warning

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.settings import Settings

_SUBJECT: Final = "database"
_SECONDS: Final = 10.0
_READ_ONLY: Final = text("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean")
# Without a schema of one's own or `public`, there is none at all.
_MAKES_TABLES: Final = text("SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")
_WRITES_TABLES: Final = text(
    "SELECT coalesce(bool_and(has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT') "
    "AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')), true) "
    "FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
)


async def database(settings: Settings) -> list[Finding]:
    """One finding on the database at DATABASE_URL."""
    address = settings.database_url.get_secret_value()
    url = engine_url(address)
    looked = Database(address, looking=True)
    try:
        async with looked.limit(_SECONDS), looked.snapshot() as connection:
            revision = await connection.run_sync(usable_revision_of)
            refusal = _refusal_of_files(url) or await _refusal_of_server(connection, revision)
    except FileNotFoundError:
        return [_not_there(url)]
    except NewerDatabaseError as problem:
        return [error(_SUBJECT, f"{shown(url)}: {problem}", "or set DATABASE_URL to another database")]
    except Exception as problem:  # noqa: BLE001 (whatever a driver raises)
        return [error(_SUBJECT, f"{shown(url)} cannot be used ({reason_of(problem)})", _way_back(url))]
    finally:
        await looked.close()
    return [refusal or _form(url, revision)]


def shown(url: URL) -> str:
    """Where the database is, without a login."""
    if url.get_backend_name() == SQLITE:
        return str(url.database)
    return f"{url.database} at {url.host or url.query.get('host') or 'this machine'}"


def nearest(folder: Path) -> Path:
    """The folder itself, or the one that is there of those above it."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


def _form(url: URL, revision: str | None) -> Finding:
    if revision is None:
        return ok(_SUBJECT, f"{shown(url)} is empty; the start makes its tables")
    if not is_known(revision):
        advice = "bring this one up to date too"
        text = f"{shown(url)} has the newer form {revision}, which this version can use too"
        return warning(_SUBJECT, text, advice)
    if revision != newest():
        advice = "the next start brings it up to date: make a backup before"
        return warning(_SUBJECT, f"{shown(url)} has the older form {revision}, this version uses {newest()}", advice)
    return ok(_SUBJECT, f"{shown(url)} answers, its tables are up to date ({revision})")


def _not_there(url: URL) -> Finding:
    place = nearest(Path(url.database or "").parent)
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        advice = "give this user the right to write there, or set DATABASE_URL to another path"
        return error(_SUBJECT, f"{shown(url)} is not there, and cannot be made in {place}", advice)
    return ok(_SUBJECT, f"{shown(url)} is not there yet; the start makes it")


def _refusal_of_files(url: URL) -> Finding | None:
    """SQLite writes files beside that of the database, too."""
    if url.get_backend_name() != SQLITE:
        return None
    file = Path(url.database or "")
    if os.access(file, os.W_OK) and os.access(file.parent, os.W_OK | os.X_OK):
        return None
    advice = (
        "give this user the right to write the file and its folder; run the doctor as the user that the bot runs as"
    )
    return error(_SUBJECT, f"{shown(url)} cannot be written", advice)


async def _refusal_of_server(connection: AsyncConnection, revision: str | None) -> Finding | None:
    """What PostgreSQL does not let this user do, of what the start and the bot do."""
    if connection.dialect.name == SQLITE:
        return None
    url = connection.engine.url
    if (await connection.execute(_READ_ONLY)).scalar_one():
        return error(_SUBJECT, f"{shown(url)} is read-only", "set DATABASE_URL to the server that takes changes")
    if not (await connection.execute(_WRITES_TABLES)).scalar_one():
        return error(_SUBJECT, f"{shown(url)} has tables that this user may not write", "make it their owner")
    if revision is not None and (not is_known(revision) or revision == newest()):
        return None
    if not (await connection.execute(_MAKES_TABLES)).scalar_one():
        advice = f"make it the owner of the database, or GRANT CREATE ON SCHEMA public TO {url.username or 'it'}"
        return error(_SUBJECT, f"{shown(url)}: this user may not make tables there", advice)
    return None


def _way_back(url: URL) -> str:
    if url.get_backend_name() == SQLITE:
        return "check the path in DATABASE_URL; a damaged file is to be moved away, and a backup restored"
    return "check that PostgreSQL runs there, and name, password and host in DATABASE_URL"
