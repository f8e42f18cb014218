"""Brings the tables of a database to the form that this version uses.

A revision that only adds to the tables is called 0007_since_0005 where programs of form 0005 can go on using them: they
see that in the database, though they know nothing else of it. So replicas are updated one after the other. What the old
ones used is taken away in a later version, by a revision that is called 0008 alone.
"""

from __future__ import annotations

import logging
from functools import cache
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
_SINCE: Final = "_since_"
_REFUSAL: Final = "it was last used by a newer version of Shushuo; install that version here too"

log = structlog.get_logger(__name__)
# At INFO it tells every step; one line below tells the whole.
logging.getLogger("alembic").setLevel(logging.WARNING)


class NewerDatabaseError(Exception):
    """The tables have a form that only a newer version of the program knows; the text is one line for people."""


def upgrade(connection: Connection) -> None:
    """Applies all migrations that are missing, and logs that it did.

    A newer form that this version can use stays as it is. Raises `NewerDatabaseError` for any other newer one.
    """
    found = usable_revision_of(connection)
    if found is not None and not is_known(found):
        log.info("the database has a newer form, which this version can use too", form=found)
        return
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
    """The form that the tables have; None where there are none yet.

    Raises `NewerDatabaseError` for each that is not known here: whoever copies the tables must know all of them.
    """
    revision = _found(connection)
    if revision is not None and not is_known(revision):
        raise NewerDatabaseError(_REFUSAL)
    return revision


def usable_revision_of(connection: Connection) -> str | None:
    """As `revision_of`, but a newer form is refused only where this version cannot use it."""
    revision = _found(connection)
    if revision is not None and not is_known(revision) and not _can_be_used(revision):
        raise NewerDatabaseError(_REFUSAL)
    return revision


def is_known(revision: str) -> bool:
    """Whether this version has a migration that leads to `revision`."""
    return revision in {known.revision for known in _script().walk_revisions()}


def newest() -> str:
    """The revision that this version uses."""
    return _script().get_current_head() or ""


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _can_be_used(revision: str) -> bool:
    """Whether this version can use the tables of a revision that it does not know."""
    _, since, oldest = revision.partition(_SINCE)
    return bool(since) and oldest <= newest().partition(_SINCE)[0]


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
