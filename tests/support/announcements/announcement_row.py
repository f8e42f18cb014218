"""An announcement that is half sent, for tests of what is said of it."""

from datetime import UTC, datetime

from bot.storage.announcements import Announcement, State

NOW = datetime(2030, 5, 17, tzinfo=UTC)
ROW = Announcement(
    id=1200,
    request_key="k",
    who=7,
    language="en",
    payload="{}",
    schedule=None,
    state=State.SENDING,
    created=NOW,
    due_at=NOW,
    scheduled=False,
    released=NOW,
    finished=None,
    total=100,
    sent=45,
    failed=5,
    skipped=0,
    report_message=None,
    reported=None,
)
