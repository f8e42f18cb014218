"""Which way a message was voted on, so that a second press takes back the first, whatever the press says."""

import sqlalchemy as sa
from alembic import op

revision = "0009_since_0004"
down_revision = "0008_since_0004"


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("ballot", sa.Text, primary_key=True),
        sa.Column("vote", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("votes_day", "votes", ["day"])
