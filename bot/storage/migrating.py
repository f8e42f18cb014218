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


def upgrade(connection: Connection, revision: str = NEWEST) -> None:
    """Applies the migrations that are missing up to `revision`, within the transaction that the caller has begun.

    Raises `NewerDatabaseError`.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    context = MigrationContext.configure(connection)
    before = context.get_current_revision()
    if before is not None and before not in {known.revision for known in script.walk_revisions()}:
        raise NewerDatabaseError("it was last used by a newer version of Shushuo; install that version here too")
    if before == script.get_current_head():
        return
    command.upgrade(config, revision)
    log.info("the database was brought up to date", before=before or "empty", now=context.get_current_revision())
