"""What is on this machine: the knowledge, the room on the disk, the way to the proxy."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import getproxies_environment

from yarl import URL

from bot.answering.knowledge.folder import load
from bot.answering.knowledge.problem import Severity
from bot.settings import HISTORY
from bot.storage.database import sqlite_file

from .database_examination import nearest
from .finding import Finding, error, ok, warning

if TYPE_CHECKING:
    from bot.settings import Settings

_MEGABYTE: Final = 1024 * 1024
_TOO_LITTLE: Final = 50  # MB
_LITTLE: Final = 500
_SOCKS_PORT: Final = 1080
_SECONDS: Final = 5.0


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
        async with asyncio.timeout(_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as problem:
        reason = os.strerror(problem.errno) if isinstance(problem, OSError) and problem.errno else "no answer"
        return [error(subject, f"{place} cannot be reached ({reason})", "start the proxy, or correct TELEGRAM_PROXY")]
    writer.close()
    return [ok(subject, f"{place} can be reached")]


async def knowledge(settings: Settings) -> list[Finding]:
    """One finding on the knowledge folder: what `shushuo check` says."""
    subject = "knowledge"
    loaded = load(settings.knowledge_dir)
    if loaded.knowledge is None:
        errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
        text = f"{_several(len(errors), 'error')}, the first: {errors[0]}"
        return [error(subject, text, "run `shushuo check`, and put them right")]
    counts = f"{_several(len(loaded.knowledge.facts), 'fact')} of {_several(len(loaded.knowledge.reports), 'report')}"
    if loaded.problems:
        text = f"{counts}, {_several(len(loaded.problems), 'warning')}, the first: {loaded.problems[0]}"
        return [warning(subject, text, "`shushuo check` tells them all")]
    return [ok(subject, counts)]


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


async def disk(settings: Settings) -> list[Finding]:
    """A finding on each folder that the bot writes to."""
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
