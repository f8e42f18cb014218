from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from small_report import GROWTH, OUTPUT

from bot.chat.recent_items import Recent, RecentOfFacts
from bot.chat.texts import Locale

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact


def test_what_was_put_in_longest_ago_is_forgotten() -> None:
    recent: Recent[str, int] = Recent(kept=2)
    recent.put("a", 1)
    recent.put("b", 2)
    recent.put("a", 3)
    recent.put("c", 4)
    assert [recent.get(key) for key in "abc"] == [3, None, 4]


def test_what_was_made_of_the_same_facts_is_made_once_for_each_locale() -> None:
    made: list[tuple[tuple[Fact, ...], Locale]] = []

    def make(facts: tuple[Fact, ...], locale: Locale) -> int:
        made.append((facts, locale))
        return len(made)

    recent: RecentOfFacts[int] = RecentOfFacts()
    asked = [((OUTPUT,), Locale.ENGLISH), ((OUTPUT, GROWTH), Locale.ENGLISH), ((OUTPUT,), Locale.SIMPLIFIED)]
    assert [recent.get(*each, make) for each in (*asked, *asked)] == [1, 2, 3, 1, 2, 3]
    assert made == asked
    # An equal fact of other knowledge is another one.
    assert recent.get((replace(OUTPUT),), Locale.ENGLISH, make) == 4
