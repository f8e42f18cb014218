from __future__ import annotations

from bot.chat.recent import Recent


def test_what_was_put_in_longest_ago_is_forgotten() -> None:
    recent: Recent[str, int] = Recent(kept=2)
    recent.put("a", 1)
    recent.put("b", 2)
    recent.put("a", 3)
    recent.put("c", 4)
    assert [recent.get(key) for key in "abc"] == [3, None, 4]
