"""An index by which the questions that were asked in vain are counted."""

from alembic import op

revision = "0008_since_0004"
down_revision = "0007_since_0004"


def upgrade() -> None:
    op.create_index("questions_outcome", "questions", ["outcome", "question", "day", "count"])
