"""Which messages make an album that an admin has sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005_since_0004"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "albums",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("album", sa.Text, primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("captioned", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
