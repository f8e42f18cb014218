"""Whether the database can be used, and in which form its tables are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from bot.storage.database import Database, engine_url, sqlite_file
from bot.storage.migrating import NewerDatabaseError, is_known, newest, usable_revision_of
from bot.storage.writer import reason_of

from .finding import Finding, error, ok, warning

if TYPE_CHECKING:
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
    url, file = engine_url(address), sqlite_file(address)
    # Where it is, without a login.
    place = str(file) if file else f"{url.database} at {url.host or url.query.get('host') or 'this machine'}"
    looked = Database(address, looking=True)
    try:
        async with looked.limit(_SECONDS), looked.snapshot() as connection:
            revision = await connection.run_sync(usable_revision_of)
            refusal = _refusal_of_file(file) if file else await _refusal_of_server(connection, place, revision)
    except FileNotFoundError:
        return [_not_there(Path(place))]
    except NewerDatabaseError as problem:
        return [error(_SUBJECT, f"{place}: {problem}", "or set DATABASE_URL to another database")]
    except Exception as problem:  # noqa: BLE001 (whatever a driver raises)
        advice = "check that PostgreSQL runs there, and name, password and host in DATABASE_URL"
        if file:
            advice = "check the path in DATABASE_URL; a damaged file is to be moved away, and a backup restored"
        return [error(_SUBJECT, f"{place} cannot be used ({reason_of(problem)})", advice)]
    finally:
        await looked.close()
    return [refusal or _form(place, revision)]


def nearest(folder: Path) -> tuple[Path, bool]:
    """The folder itself, or the one that is there of those above it; and whether it can be written to."""
    place = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return place, place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _not_there(file: Path) -> Finding:
    place, is_writable = nearest(file.parent)
    if is_writable:
        return ok(_SUBJECT, f"{file} is not there yet; the start makes it")
    advice = "give this user the right to write there, or set DATABASE_URL to another path"
    return error(_SUBJECT, f"{file} is not there, and cannot be made in {place}", advice)


def _refusal_of_file(file: Path) -> Finding | None:
    """SQLite writes files beside that of the database, too."""
    if os.access(file, os.W_OK) and nearest(file.parent)[1]:
        return None
    advice = "give this user the right to write the file and its folder"
    advice = f"{advice}; run the doctor as the user that the bot runs as"
    return error(_SUBJECT, f"{file} cannot be written", advice)


async def _refusal_of_server(connection: AsyncConnection, place: str, revision: str | None) -> Finding | None:
    """What PostgreSQL does not let this user do, of what the start and the bot do."""
    if (await connection.execute(_READ_ONLY)).scalar_one():
        return error(_SUBJECT, f"{place} is read-only", "set DATABASE_URL to the server that takes changes")
    if not (await connection.execute(_WRITES_TABLES)).scalar_one():
        return error(_SUBJECT, f"{place} has tables that this user may not write", "make it their owner")
    is_to_be_made = revision is None or (is_known(revision) and revision != newest())
    if is_to_be_made and not (await connection.execute(_MAKES_TABLES)).scalar_one():
        user = connection.engine.url.username or "it"
        advice = f"make it the owner of the database, or GRANT CREATE ON SCHEMA public TO {user}"
        return error(_SUBJECT, f"{place}: this user may not make tables there", advice)
    return None


def _form(place: str, revision: str | None) -> Finding:
    if revision is None:
        return ok(_SUBJECT, f"{place} is empty; the start makes its tables")
    if not is_known(revision):
        text = f"{place} has the newer form {revision}, which this version can use too"
        return warning(_SUBJECT, text, "bring this one up to date too")
    if revision != newest():
        text = f"{place} has the older form {revision}, this version uses {newest()}"
        return warning(_SUBJECT, text, "the next start brings it up to date: make a backup before")
    return ok(_SUBJECT, f"{place} answers, its tables are up to date ({revision})")
