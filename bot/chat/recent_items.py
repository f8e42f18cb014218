"""What is kept in memory of the last while, so that memory does not grow for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact

    from .texts import Locale

_KEPT: Final = 10_000
_KEPT_OF_FACTS: Final = 1_000

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A mapping that forgets what was put in longest ago."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._items: OrderedDict[K, V] = OrderedDict()
        self._kept = kept

    def get(self, key: K) -> V | None:
        return self._items.get(key)

    def put(self, key: K, value: V) -> None:
        self._items[key] = value
        self._items.move_to_end(key)
        if len(self._items) > self._kept:
            self._items.popitem(last=False)


class RecentOfFacts(Generic[V]):
    """What was made of facts for readers of a locale: most people ask for the same facts.

    By identity, as to hash a fact means to hash all that it says; the facts are kept too, so that no other has theirs.
    """

    def __init__(self) -> None:
        self._made: Recent[tuple[tuple[int, ...], Locale], tuple[tuple[Fact, ...], V]] = Recent(_KEPT_OF_FACTS)

    def get(self, facts: tuple[Fact, ...], locale: Locale, make: Callable[[tuple[Fact, ...], Locale], V]) -> V:
        """What `make` makes of them, or has made of them lately."""
        key = (tuple(map(id, facts)), locale)
        made = self._made.get(key)
        if made is None:
            made = (facts, make(facts, locale))
            self._made.put(key, made)
        return made[1]
