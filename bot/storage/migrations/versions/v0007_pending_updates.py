"""Updates that were fetched from Telegram and are not handled yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007_since_0004"
down_revision = "0006_since_0004"


def upgrade() -> None:
    op.create_table(
        "pending_updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
