"""Brings the tables of a database to the form that this version uses."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS: Final = Path(__file__).with_name("migrations")
NEWEST: Final = "head"

log = structlog.get_logger(__name__)
# At INFO it tells every step; one line below tells the whole.
logging.getLogger("alembic").setLevel(logging.WARNING)


class NewerDatabaseError(Exception):
    """The tables have a form that only a newer version of the program knows; the text is one line for people."""


def upgrade(connection: Connection) -> None:
    """Applies all migrations that are missing, and logs that it did; else as `migrate`."""
    before = migrate(connection)
    now = newest()
    if before != now:
        log.info("the database was brought up to date", before=before or "empty", now=now)


def migrate(connection: Connection, revision: str = NEWEST) -> str | None:
    """Applies the migrations that are missing up to `revision`, within the transaction that the caller has begun.

    Returns the revision before, as `revision_of`. Raises `NewerDatabaseError`.
    """
    before = revision_of(connection)
    if before != newest():
        command.upgrade(_config(connection), revision)
    return before


def revision_of(connection: Connection) -> str | None:
    """The form that the tables have; None where there are none yet. Raises `NewerDatabaseError`."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and not is_known(revision):
        raise NewerDatabaseError("it was last used by a newer version of Shushuo; install that version here too")
    return revision


def is_known(revision: str) -> bool:
    """Whether this version has a migration that leads to `revision`."""
    return revision in {known.revision for known in _script().walk_revisions()}


def newest() -> str:
    """The revision that this version uses."""
    return _script().get_current_head() or ""


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
