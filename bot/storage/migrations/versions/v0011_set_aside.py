"""Questions that an admin has found not to be in the reports, so that nobody looks at them again."""

import sqlalchemy as sa
from alembic import op

revision = "0011_since_0004"
down_revision = "0010_since_0004"


def upgrade() -> None:
    op.create_table(
        "set_aside",
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("cluster", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
