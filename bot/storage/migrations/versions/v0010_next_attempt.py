"""When a delivery is to be tried next, so that the table itself is the queue of what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0010_since_0004"
down_revision = "0009_since_0004"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("next_attempt_at", sa.DateTime(timezone=True)))
    due = sa.text("next_attempt_at IS NOT NULL")
    op.create_index(
        "deliveries_due",
        "deliveries",
        ["announcement", "next_attempt_at", "chat_id"],
        sqlite_where=due,
        postgresql_where=due,
    )
