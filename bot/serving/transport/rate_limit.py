"""How often something may be done, by key: the generic cell rate algorithm, which needs one number a key."""

from __future__ import annotations

from collections.abc import Hashable, MutableMapping
from typing import Final

from cachetools import LRUCache

# That many people, groups or chats are known; those that did nothing for the longest time have their whole burst again.
REMEMBERED: Final = 10_000


class Allowance:
    """`burst` at once for each key, and then one every `interval` seconds."""

    def __init__(self, interval: float, burst: int) -> None:
        self._interval = interval
        self._tolerance = interval * (burst - 1)
        # By key, the moment at which the whole burst is free again; a key that is not here has it now.
        self._full_at: MutableMapping[Hashable, float] = LRUCache(REMEMBERED)

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds from `now` until `key` may do the next."""
        return max(0.0, self._full_at.get(key, now) - self._tolerance - now)

    def take(self, key: Hashable, when: float) -> None:
        """`key` does one at `when`, which may be in the future."""
        self._full_at[key] = max(self._full_at.get(key, when), when) + self._interval

    def passes(self, key: Hashable, now: float) -> bool:
        """Whether `key` may do one now; it counts as done then."""
        if self.wait(key, now):
            return False
        self.take(key, now)
        return True
