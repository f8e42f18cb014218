"""Makes the tables of a database, or brings them to the form that this version uses.

A revision that only adds to the tables is called 0007_since_0005 where programs of form 0005 can go on using them: they
see that in the database, though they know nothing else of it. So replicas are updated one after the other. What the old
ones used is taken away in a later version, by a revision that is called 0008 alone.
"""

import logging
from functools import cache
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from .tables import METADATA

MIGRATIONS = Path(__file__).with_name("migrations")
REVISIONS = "alembic_version"
_SINCE = "_since_"
_REFUSAL = "it was last used by a newer version of Shushuo; install that version here too"

log = structlog.get_logger(__name__)
# At INFO it tells every step; one line below tells the whole.
logging.getLogger("alembic").setLevel(logging.WARNING)


class NewerDatabaseError(Exception):
    """The tables have a form that only a newer version of the program knows; the text is one line for people."""


def upgrade(connection: Connection) -> None:
    """Applies all migrations that are missing. Raises `NewerDatabaseError` for a form that it cannot use."""
    before = usable_revision_of(connection)
    if before is not None and not is_known(before):
        log.info("the database has a newer form, which this version can use too", form=before)
    elif before != newest():
        migrate(connection)
        log.info("the database was brought up to date", before=before or "empty", now=newest())


def migrate(connection: Connection) -> None:
    """Makes the tables, or applies the migrations that are missing. Raises `NewerDatabaseError`."""
    before = revision_of(connection)
    if before is None:
        METADATA.create_all(connection)
        command.stamp(_config(connection), "head")
    elif before != newest():
        command.upgrade(_config(connection), "head")


def revision_of(connection: Connection) -> str | None:
    """The form of the tables, None for none. Raises `NewerDatabaseError`: whoever copies them must know them all."""
    revision = usable_revision_of(connection)
    if revision is not None and not is_known(revision):
        raise NewerDatabaseError(_REFUSAL)
    return revision


def usable_revision_of(connection: Connection) -> str | None:
    """The form of the tables, None for none; a newer one is refused only where this version cannot use it."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and not is_known(revision):
        _, since, oldest = revision.partition(_SINCE)
        if not since or oldest > newest().partition(_SINCE)[0]:
            raise NewerDatabaseError(_REFUSAL)
    return revision


def is_known(revision: str) -> bool:
    return revision in {known.revision for known in _script().walk_revisions()}


def newest() -> str:
    return _script().get_current_head() or ""


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
