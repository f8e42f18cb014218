"""Logging: one line an event, as text or JSON, on standard error, and never with a secret in it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import structlog
from structlog.stdlib import ProcessorFormatter

from bot.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from structlog.typing import Processor

    from bot.settings import Settings

# At INFO, httpx logs the address of every request, which has the token in it; below that it logs little else.
_TALKATIVE: Final = ("httpx", "httpcore")
_REDACTED: Final = "[secret]"
# A shorter one would take innocent text with it.
_SHORTEST_SECRET: Final = 8


def configure_logging(settings: Settings) -> None:
    """Sends all records, of structlog and of the standard library, to standard error as `settings` say."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.PositionalArgumentsFormatter(), ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(secrets_of(settings), shared, _renderers(settings.log_format)))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # At INFO, python-telegram-bot says in three lines what `service` says in two.
    logging.getLogger("telegram").setLevel(
        logging.WARNING if settings.log_level is LogLevel.INFO else settings.log_level
    )


def secrets_of(settings: Settings) -> frozenset[str]:
    """What must appear in no log: the token, its secret half alone, and the password of the proxy."""
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else ""
    half = token.partition(":")[2]
    password = urlsplit(proxy).password or ""
    return frozenset(filter(None, (token, half if len(half) >= _SHORTEST_SECRET else "", password)))


class RedactingFormatter(ProcessorFormatter):
    """Formats a record, and then takes the secrets out of the whole of it: message, values, exception and traceback."""

    def __init__(self, secrets: Iterable[str], foreign: list[Processor], renderers: list[Processor]) -> None:
        super().__init__(
            processors=[ProcessorFormatter.remove_processors_meta, *renderers],
            foreign_pre_chain=[*foreign, structlog.stdlib.ExtraAdder()],
        )
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _REDACTED)
        return line


def _renderers(form: LogFormat) -> list[Processor]:
    if form is LogFormat.JSON:
        return [
            structlog.processors.format_exc_info,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain, pad_event_to=0)]
