"""`shushuo doctor`: looks at all that the bot needs, and changes none of it."""

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies_environment

from aiohttp import ClientResponse
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from yarl import URL

from bot.answering.knowledge.folder import load
from bot.answering.knowledge.problem import Severity
from bot.http_client import Connection
from bot.settings import HISTORY, Settings, examine_settings, redactor, secrets_of
from bot.storage.database import Database, engine_url, sqlite_file
from bot.storage.migrating import NewerDatabaseError, is_known, newest, usable_revision_of
from bot.storage.writer import reason_of
from bot.terminal.streams import counted

_READ_ONLY = text("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean")
# Without a schema of one's own or `public`, there is none at all.
_MAKES_TABLES = text("SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")
_WRITES_TABLES = text(
    "SELECT coalesce(bool_and(has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT') "
    "AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')), true) "
    "FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
)


class Finding(NamedTuple):
    """`subject`: what was looked at. `text`: how it is. `advice`: what to do, where there is something to do."""

    level: Literal["ok", "warning", "error"]
    subject: str
    text: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.level:<8} {self.subject}: {'; '.join(filter(None, (self.text, self.advice)))}"


ok, warning, error = partial(Finding, "ok"), partial(Finding, "warning"), partial(Finding, "error")


def examine(knowledge_dir: Path | None) -> Iterator[Finding]:
    """What is found, as it is found. `knowledge_dir`: from the command line. Never raises; no finding has a secret."""
    settings, problems = examine_settings(knowledge_dir)
    redact = redactor(secrets_of(settings))
    for problem in problems.values():
        name, _, rest = problem.partition(": ")
        text, _, advice = rest.partition("; ")
        yield error("settings", f"{name}: {text}", advice)
    if not problems:
        yield ok("settings", f"{len(settings.model_fields_set)} are set, the others have their defaults")
    for examination, needed in _EXAMINATIONS.items():
        subject = examination.__name__
        if missing := [name for name in needed if name in problems]:
            yield warning(subject, "not examined", f"put {' and '.join(missing)} right first")
            continue
        try:
            findings = asyncio.run(examination(settings))
        except Exception as problem:  # noqa: BLE001 (one that fails must not keep the others from being made)
            kind = type(problem).__name__  # alone, as its text may have a secret in a form that nobody knows
            findings = [error(subject, f"could not be examined ({kind})", "look at the lines around this one")]
        for finding in findings:
            yield finding._replace(text=redact(finding.text), advice=redact(finding.advice))


async def proxy(settings: Settings) -> list[Finding]:
    """Finds out whether anything listens at TELEGRAM_PROXY; one finding."""
    if settings.proxy is None:
        schemes = sorted(getproxies_environment())
        return [ok("proxy", f"that of the environment ({', '.join(schemes)})" if schemes else "none")]
    address = URL(settings.proxy)
    host, port = address.host or "", address.port or 1080
    place = f"{host}:{port}"
    try:
        async with asyncio.timeout(5.0):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as problem:
        reason = os.strerror(problem.errno) if isinstance(problem, OSError) and problem.errno else "no answer"
        return [error("proxy", f"{place} cannot be reached ({reason})", "start the proxy, or correct TELEGRAM_PROXY")]
    writer.close()
    return [ok("proxy", f"{place} can be reached")]


async def knowledge(settings: Settings) -> list[Finding]:
    loaded = load(settings.knowledge_dir)
    if loaded.knowledge is None:
        errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
        text = f"{counted(len(errors), 'error')}, the first: {errors[0]}"
        return [error("knowledge", text, "run `shushuo check`, and put them right")]
    counts = f"{counted(len(loaded.knowledge.facts), 'fact')} of {counted(len(loaded.knowledge.reports), 'report')}"
    if loaded.problems:
        text = f"{counts}, {counted(len(loaded.problems), 'warning')}, the first: {loaded.problems[0]}"
        return [warning("knowledge", text, "`shushuo check` tells them all")]
    return [ok("knowledge", counts)]


async def disk(settings: Settings) -> list[Finding]:
    file = sqlite_file(settings.database)
    folders = {folder.absolute(): folder for folder in (*([file.parent] if file else []), HISTORY.parent)}
    return [_room(folder) for folder in folders.values()]


def _room(folder: Path) -> Finding:
    subject = f"disk of {folder}"
    place, is_writable = _nearest(folder)
    if not is_writable:
        advice = "give the user that the bot runs as the right to write there"
        return error(subject, f"{place} cannot be written", advice)
    free = shutil.disk_usage(place).free // 1024**2
    text = f"{free:,} MB free"
    if free < 50:
        return error(subject, text, "make room before the database cannot be written any more")
    if free < 500:
        return warning(subject, text, "make room soon")
    return ok(subject, text)


async def database(settings: Settings) -> list[Finding]:
    url, file = engine_url(settings.database), sqlite_file(settings.database)
    # Where it is, without a login.
    place = str(file) if file else f"{url.database} at {url.host or url.query.get('host') or 'this machine'}"
    looked = Database(settings.database, looking=True)
    try:
        async with looked.limit(10.0), looked.snapshot() as connection:
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


def _nearest(folder: Path) -> tuple[Path, bool]:
    """The folder itself, or the one that is there of those above it; and whether it can be written to."""
    place = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return place, place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _not_there(file: Path) -> Finding:
    place, is_writable = _nearest(file.parent)
    if is_writable:
        return ok("database", f"{file} is not there yet; the start makes it")
    advice = "give this user the right to write there, or set DATABASE_URL to another path"
    return error("database", f"{file} is not there, and cannot be made in {place}", advice)


def _refusal_of_file(file: Path) -> Finding | None:
    """The finding that this user may not write the file, or its folder, where SQLite has more files; None if he may."""
    if os.access(file, os.W_OK) and _nearest(file.parent)[1]:
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


class _TimedConnection(Connection):
    """Remembers by how many seconds the clock of who replied is ahead of this one; None where no reply says it."""

    ahead: float | None = None

    def received(self, response: ClientResponse) -> None:
        try:
            there = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        self.ahead = (there - datetime.now(UTC)).total_seconds()


async def telegram(settings: Settings) -> list[Finding]:
    """Findings on the token, the webhook, groups, inline mode and the clock."""
    if settings.telegram_bot_token is None:
        advice = "write the token that @BotFather gives you into .env; without it only the terminal answers"
        return [error("token", "TELEGRAM_BOT_TOKEN is not set", advice)]
    calls, base = _TimedConnection(1, settings.proxy), f"{settings.telegram_api_url}/bot"
    async with calls:
        findings = await _asked(Bot(settings.token, base, request=calls, get_updates_request=calls), settings)
    return [*findings, _clock(calls.ahead)]


async def _asked(bot: Bot, settings: Settings) -> list[Finding]:
    try:
        me = await bot.get_me()
    except InvalidToken:
        advice = "copy it again from @BotFather (with a server of your own, check TELEGRAM_API_URL too)"
        return [error("token", "Telegram refuses it", advice)]
    except TelegramError as problem:
        advice = "check the network, TELEGRAM_PROXY and TELEGRAM_API_URL"
        return [error("token", f"Telegram cannot be asked ({problem.message})", advice)]
    return [ok("token", f"@{me.username} (id {me.id})"), await _webhook(bot, settings), *_rights(me)]


async def _webhook(bot: Bot, settings: Settings) -> Finding:
    try:
        info = await bot.get_webhook_info()
    except TelegramError as problem:
        return warning("webhook", f"Telegram does not say ({problem.message})", "try again")
    setting = _setting(info, settings.webhook_url)
    if not info.url or not info.last_error_date or datetime.now(UTC) - info.last_error_date >= timedelta(hours=1):
        return setting
    when = f"{info.last_error_date:%H:%M} UTC"
    text = f"Telegram could not deliver to {_host(info.url)} at {when}: {info.last_error_message}"
    advice = f"check the reverse proxy and HTTP_LISTEN; {info.pending_update_count} updates wait"
    return warning("webhook", text, "; ".join(filter(None, (advice, setting.advice))))


def _setting(info: WebhookInfo, wanted: str | None) -> Finding:
    if info.url == (wanted or ""):
        text = f"set to {_host(info.url)}, {info.pending_update_count} updates wait" if wanted else "none; polling"
        return ok("webhook", text)
    if wanted is None:
        advice = "the start of this bot removes it: stop the other deployment that uses this token, or set WEBHOOK_URL"
        return warning("webhook", f"set to {_host(info.url)}, but WEBHOOK_URL is not set", advice)
    there = f"set to {_host(info.url)}, another address than WEBHOOK_URL" if info.url else "not set, WEBHOOK_URL is"
    return warning("webhook", there, "the start of this bot sets it; once it runs, this must be gone")


def _host(url: str) -> str:
    """The host of an address, without the path, in which some keep a secret."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _rights(me: User) -> list[Finding]:
    if not me.can_join_groups:
        advice = "send /setjoingroups to @BotFather for that"
        groups = warning("groups", "the bot cannot be added to groups", advice)
    elif me.can_read_all_group_messages:
        text = "privacy mode is off: every message comes here, and the bot needs few of them"
        advice = "send /setprivacy to @BotFather to turn it on, then add the bot to its groups anew"
        groups = warning("groups", text, advice)
    else:
        groups = ok("groups", "privacy mode is on: commands, mentions and replies come here")
    advice = "send /setinline to @BotFather, then restart the bot"
    inline = ok("inline mode", "on") if me.supports_inline_queries else warning("inline mode", "off", advice)
    return [groups, inline]


def _clock(ahead: float | None) -> Finding:
    if ahead is None:
        return warning("clock", "not examined: nobody at TELEGRAM_API_URL told the time", "put the lines above right")
    seconds = round(abs(ahead))
    # Seconds between the clocks. The reply says no fraction of a second, and takes a while.
    if seconds <= 5:
        return ok("clock", "agrees with Telegram's")
    side = "behind" if ahead > 0 else "ahead of"
    finding = error if seconds > 60 else warning
    return finding("clock", f"{seconds:,} seconds {side} Telegram's", "have the system keep its time (NTP)")


# How each thing is examined, and the settings that it depends on; in the order of the lines.
_EXAMINATIONS: dict[Callable[[Settings], Coroutine[Any, Any, list[Finding]]], Sequence[str]] = {
    proxy: ["TELEGRAM_PROXY"],
    telegram: "TELEGRAM_BOT_TOKEN TELEGRAM_BOT_TOKEN_FILE TELEGRAM_API_URL TELEGRAM_PROXY WEBHOOK_URL".split(),
    database: ["DATABASE_URL"],
    knowledge: ["KNOWLEDGE_DIR"],
    disk: ["DATABASE_URL"],
}
