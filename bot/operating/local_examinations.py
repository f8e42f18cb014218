"""What the bot needs besides Telegram: the database, the knowledge, room on the disk, the way to the proxy."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Final
from urllib.request import getproxies_environment

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from yarl import URL

from bot.answering.knowledge.folder import load
from bot.answering.knowledge.problem import Severity
from bot.settings import HISTORY, Settings
from bot.storage.database import Database, engine_url, sqlite_file
from bot.storage.migrating import NewerDatabaseError, is_known, newest, usable_revision_of
from bot.storage.writer import reason_of
from bot.terminal.streams import counted

from .finding import Finding, error, ok, warning

_MEGABYTE: Final = 1024 * 1024
_TOO_LITTLE: Final = 50  # MB
_LITTLE: Final = 500
_SOCKS_PORT: Final = 1080
_CONNECTING: Final = 5.0  # seconds
_ANSWERING: Final = 10.0  # seconds
_READ_ONLY: Final = text("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean")
# Without a schema of one's own or `public`, there is none at all.
_MAKES_TABLES: Final = text("SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")
_WRITES_TABLES: Final = text(
    "SELECT coalesce(bool_and(has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT') "
    "AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')), true) "
    "FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
)


async def proxy(settings: Settings) -> list[Finding]:
    """One finding on TELEGRAM_PROXY: whether anything listens there."""
    subject = "proxy"
    if settings.telegram_proxy is None:
        schemes = sorted(getproxies_environment())
        return [ok(subject, f"that of the environment ({', '.join(schemes)})" if schemes else "none")]
    address = URL(settings.telegram_proxy.get_secret_value())
    host, port = address.host or "", address.port or _SOCKS_PORT
    place = f"{host}:{port}"
    try:
        async with asyncio.timeout(_CONNECTING):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as problem:
        reason = os.strerror(problem.errno) if isinstance(problem, OSError) and problem.errno else "no answer"
        return [error(subject, f"{place} cannot be reached ({reason})", "start the proxy, or correct TELEGRAM_PROXY")]
    writer.close()
    return [ok(subject, f"{place} can be reached")]


async def knowledge(settings: Settings) -> list[Finding]:
    subject = "knowledge"
    loaded = load(settings.knowledge_dir)
    if loaded.knowledge is None:
        errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
        text = f"{counted(len(errors), 'error')}, the first: {errors[0]}"
        return [error(subject, text, "run `shushuo check`, and put them right")]
    counts = f"{counted(len(loaded.knowledge.facts), 'fact')} of {counted(len(loaded.knowledge.reports), 'report')}"
    if loaded.problems:
        text = f"{counts}, {counted(len(loaded.problems), 'warning')}, the first: {loaded.problems[0]}"
        return [warning(subject, text, "`shushuo check` tells them all")]
    return [ok(subject, counts)]


async def disk(settings: Settings) -> list[Finding]:
    file = sqlite_file(settings.database_url.get_secret_value())
    folders = {folder.absolute(): folder for folder in (*([file.parent] if file else []), HISTORY.parent)}
    return [_room(folder) for folder in folders.values()]


def _room(folder: Path) -> Finding:
    subject = f"disk of {folder}"
    place, is_writable = nearest(folder)
    if not is_writable:
        advice = "give the user that the bot runs as the right to write there"
        return error(subject, f"{place} cannot be written", advice)
    free = shutil.disk_usage(place).free // _MEGABYTE
    text = f"{free:,} MB free"
    if free < _TOO_LITTLE:
        return error(subject, text, "make room before the database cannot be written any more")
    if free < _LITTLE:
        return warning(subject, text, "make room soon")
    return ok(subject, text)


# ---- the database


async def database(settings: Settings) -> list[Finding]:
    address = settings.database_url.get_secret_value()
    url, file = engine_url(address), sqlite_file(address)
    # Where it is, without a login.
    place = str(file) if file else f"{url.database} at {url.host or url.query.get('host') or 'this machine'}"
    looked = Database(address, looking=True)
    try:
        async with looked.limit(_ANSWERING), looked.snapshot() as connection:
            revision = await connection.run_sync(usable_revision_of)
            refusal = _refusal_of_file(file) if file else await _refusal_of_server(connection, place, revision)
    except FileNotFoundError:
        return [_not_there(Path(place))]
    except NewerDatabaseError as problem:
        return [error("database", f"{place}: {problem}", "or set DATABASE_URL to another database")]
    except Exception as problem:  # noqa: BLE001 (whatever a driver raises)
        advice = "check that PostgreSQL runs there, and name, password and host in DATABASE_URL"
        if file:
            advice = "check the path in DATABASE_URL; a damaged file is to be moved away, and a backup restored"
        return [error("database", f"{place} cannot be used ({reason_of(problem)})", advice)]
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
        return ok("database", f"{file} is not there yet; the start makes it")
    advice = "give this user the right to write there, or set DATABASE_URL to another path"
    return error("database", f"{file} is not there, and cannot be made in {place}", advice)


def _refusal_of_file(file: Path) -> Finding | None:
    """The finding that this user may not write the file, or its folder, where SQLite has more files; None if he may."""
    if os.access(file, os.W_OK) and nearest(file.parent)[1]:
        return None
    advice = (
        "give this user the right to write the file and its folder; run the doctor as the user that the bot runs as"
    )
    return error("database", f"{file} cannot be written", advice)


async def _refusal_of_server(connection: AsyncConnection, place: str, revision: str | None) -> Finding | None:
    """What PostgreSQL does not let this user do, of what the start and the bot do."""
    if (await connection.execute(_READ_ONLY)).scalar_one():
        return error("database", f"{place} is read-only", "set DATABASE_URL to the server that takes changes")
    if not (await connection.execute(_WRITES_TABLES)).scalar_one():
        return error("database", f"{place} has tables that this user may not write", "make it their owner")
    is_to_be_made = revision is None or (is_known(revision) and revision != newest())
    if is_to_be_made and not (await connection.execute(_MAKES_TABLES)).scalar_one():
        user = connection.engine.url.username or "it"
        advice = f"make it the owner of the database, or GRANT CREATE ON SCHEMA public TO {user}"
        return error("database", f"{place}: this user may not make tables there", advice)
    return None


def _form(place: str, revision: str | None) -> Finding:
    if revision is None:
        return ok("database", f"{place} is empty; the start makes its tables")
    if not is_known(revision):
        text = f"{place} has the newer form {revision}, which this version can use too"
        return warning("database", text, "bring this one up to date too")
    if revision != newest():
        text = f"{place} has the older form {revision}, this version uses {newest()}"
        return warning("database", text, "the next start brings it up to date: make a backup before")
    return ok("database", f"{place} answers, its tables are up to date ({revision})")
