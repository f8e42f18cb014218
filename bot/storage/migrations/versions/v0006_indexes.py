"""Indexes for what is looked for often, or in tables that grow for years."""

import sqlalchemy as sa
from alembic import op

revision = "0006_since_0004"
down_revision = "0005_since_0004"


def upgrade() -> None:
    untold, asked = sa.text("reported IS NULL"), sa.text("schedule IS NULL")
    op.create_index(
        "announcements_unreported", "announcements", ["state"], sqlite_where=untold, postgresql_where=untold
    )
    op.create_index("announcements_asked", "announcements", ["who", "id"], sqlite_where=asked, postgresql_where=asked)
    op.create_index("announcements_schedule", "announcements", ["schedule", "released"])
    op.create_index("audit_at", "audit", ["at"])
