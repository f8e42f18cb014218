"""The tables of version 1.0.0."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.storage.migrating import MIGRATIONS
from bot.storage.tables import METADATA

FIRST_RELEASE = "0005_since_0004"
# What 1.1.0 has added to them.
_INDEXES = (
    "announcements_unreported announcements_asked announcements_schedule audit_at questions_outcome deliveries_due"
)
_TABLES = ("pending_updates", "votes", "set_aside")


def make_first_release(connection: Connection) -> None:
    """Makes the tables in an empty database, as that version left them."""
    METADATA.create_all(connection)
    for index in _INDEXES.split():
        connection.execute(text(f"DROP INDEX {index}"))
    for table in _TABLES:
        connection.execute(text(f"DROP TABLE {table}"))
    connection.execute(text("ALTER TABLE deliveries DROP COLUMN next_attempt_at"))
    MigrationContext.configure(connection).stamp(ScriptDirectory(str(MIGRATIONS)), FIRST_RELEASE)
