"""The updates of the last while."""

from __future__ import annotations

from bot.storage.activity.recent import RecentUpdates


def test_the_oldest_are_forgotten_first() -> None:
    recent = RecentUpdates(kept=2)
    assert [recent.begin(update_id) for update_id in (1, 2, 1, 3)] == [True, True, False, True]
    assert [recent.begin(update_id) for update_id in (3, 2)] == [False, False]
    assert recent.begin(1)


def test_what_was_never_begun_can_be_forgotten() -> None:
    RecentUpdates().forget(1)
