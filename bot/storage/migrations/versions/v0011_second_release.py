"""What version 1.1.0 adds to the tables of 1.0.0."""

from alembic import op
from sqlalchemy import BigInteger, Column, Date, DateTime, Text, text

revision = "0011_since_0004"
down_revision = "0005_since_0004"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    # What is looked for often, or in tables that grow for years.
    _create_partial_index("announcements_unreported", "announcements", ["state"], where="reported IS NULL")
    _create_partial_index("announcements_asked", "announcements", ["who", "id"], where="schedule IS NULL")
    op.create_index("announcements_schedule", "announcements", ["schedule", "released"])
    op.create_index("audit_at", "audit", ["at"])
    op.create_index("questions_outcome", "questions", ["outcome", "question", "day", "count"])
    # Updates that were fetched from Telegram and are not handled yet.
    pending = Column("content", Text, nullable=False), Column("at", _TIME, nullable=False)
    op.create_table("pending_updates", Column("update_id", BigInteger, primary_key=True, autoincrement=False), *pending)
    # Which way a message was voted on, so that a second press takes back the first, whatever the press says.
    day = Column("day", Date, nullable=False)
    op.create_table("votes", Column("ballot", Text, primary_key=True), Column("vote", Text, nullable=False), day)
    op.create_index("votes_day", "votes", ["day"])
    # When a delivery is to be tried next, so that the table itself is the queue of what is due.
    op.add_column("deliveries", Column("next_attempt_at", _TIME))
    due = ["announcement", "next_attempt_at", "chat_id"]
    _create_partial_index("deliveries_due", "deliveries", due, where="next_attempt_at IS NOT NULL")
    # Questions that an admin has found not to be in the reports, so that nobody looks at them again.
    set_aside = Column("cluster", Text, nullable=False), Column("day", Date, nullable=False)
    op.create_table("set_aside", Column("question", Text, primary_key=True), *set_aside)


def _create_partial_index(name: str, table: str, columns: list[str], *, where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=text(where), postgresql_where=text(where))
