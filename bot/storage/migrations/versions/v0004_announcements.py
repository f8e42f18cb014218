"""Announcements: who gets them, what they say, when, and what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TIME = sa.DateTime(timezone=True)
_COUNTING = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("chats", sa.Column("subscribed", _TIME))
    op.add_column("chats", sa.Column("subscription_topic", sa.BigInteger))
    op.add_column("chats", sa.Column("unsubscribed", sa.Text))
    op.create_table(
        "schedules",
        sa.Column("id", _COUNTING, primary_key=True),
        sa.Column("request_key", sa.Text, nullable=False, unique=True),
        sa.Column("who", sa.BigInteger, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("pin", sa.Boolean, nullable=False),
        sa.Column("cron", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("paused", _TIME),
        sa.Column("created", _TIME, nullable=False),
    )
    op.create_table(
        "announcements",
        sa.Column("id", _COUNTING, primary_key=True),
        sa.Column("request_key", sa.Text, nullable=False, unique=True),
        sa.Column("who", sa.BigInteger, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("target", sa.BigInteger, sa.ForeignKey("announcements.id")),
        sa.Column("schedule", sa.BigInteger, sa.ForeignKey("schedules.id", ondelete="SET NULL")),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("pin", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("scheduled", sa.Boolean, nullable=False),
        sa.Column("released", _TIME),
        sa.Column("finished", _TIME),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("skipped", sa.Integer, nullable=False),
        sa.Column("report_message", sa.BigInteger),
        sa.Column("reported", _TIME),
    )
    op.create_index("announcements_state", "announcements", ["state", "due_at"])
    op.create_index("announcements_target", "announcements", ["target"])
    op.create_table(
        "deliveries",
        sa.Column(
            "announcement",
            sa.BigInteger,
            sa.ForeignKey("announcements.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("topic", sa.BigInteger),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("messages", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("at", _TIME),
    )
    op.create_table(
        "broadcaster",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
    )
