"""`shushuo doctor`: looks at all that the bot needs, and changes none of it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.secrets import redactor, secrets_of
from bot.settings import Settings, examine_settings

from .finding import Finding, error, ok, warning
from .local_examinations import database, disk, knowledge, proxy
from .telegram_examinations import telegram

Examination: TypeAlias = Callable[[Settings], Coroutine[Any, Any, list[Finding]]]

_TOKEN: Final = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE")
# What is looked at, the settings that it depends on, and how it is examined; in the order of the lines.
_EXAMINATIONS: Final[Sequence[tuple[str, tuple[str, ...], Examination]]] = (
    ("proxy", ("TELEGRAM_PROXY",), proxy),
    ("telegram", (*_TOKEN, "TELEGRAM_API_URL", "TELEGRAM_PROXY", "WEBHOOK_URL"), telegram),
    ("database", ("DATABASE_URL",), database),
    ("knowledge", ("KNOWLEDGE_DIR",), knowledge),
    ("disk", ("DATABASE_URL",), disk),
)


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
    for subject, needed, examination in _EXAMINATIONS:
        missing = [name for name in needed if name in problems]
        if missing:
            yield warning(subject, "not examined", f"put {' and '.join(missing)} right first")
            continue
        try:
            findings = asyncio.run(examination(settings))
        except Exception as problem:  # noqa: BLE001 (one that fails must not keep the others from being made)
            kind = type(problem).__name__
            findings = [error(subject, f"could not be examined ({kind})", "look at the lines around this one")]
        for finding in findings:
            yield replace(finding, text=redact(finding.text), advice=redact(finding.advice))
