"""What is kept in memory of the last while, so that memory does not grow for ever."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, Generic, TypeVar

_KEPT: Final = 10_000

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
