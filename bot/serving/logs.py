"""Logging: one line an event, as text or JSON, on standard error, and never with a secret in it."""

import logging
import re
import sys
from collections.abc import Iterable

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from bot.settings import Settings, redactor, secrets_of

# Controls, line separators and marks of direction, which people write, and terminals and readers of lines obey.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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
    renderers: list[Processor] = [
        structlog.processors.format_exc_info,
        structlog.processors.EventRenamer("message"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    if settings.log_format != "json":
        plain, colors = structlog.dev.plain_traceback, sys.stderr.isatty()
        renderers = [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain, pad_event_to=0)]
    handler.setFormatter(RedactingFormatter(secrets_of(settings), shared, renderers))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # At INFO, python-telegram-bot says in three lines what `service` says in two.
    logging.getLogger("telegram").setLevel("WARNING" if settings.log_level == "INFO" else settings.log_level)


class RedactingFormatter(ProcessorFormatter):
    """Formats a record, and then takes the secrets out of the whole of it: message, values, exception and traceback."""

    def __init__(self, secrets: Iterable[str], foreign: list[Processor], renderers: list[Processor]) -> None:
        super().__init__(
            processors=[ProcessorFormatter.remove_processors_meta, *renderers],
            foreign_pre_chain=[*foreign, structlog.stdlib.ExtraAdder()],
        )
        self._redact = redactor(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", self._redact(super().format(record)))
