"""The updates of the last while, in memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

# Telegram repeats an update within minutes; this many come in a few of them on a busy day.
_KEPT: Final = 10_000


class RecentUpdates:
    """The ids of the updates that this process has begun to handle; the oldest are forgotten first."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()
        self._kept = kept

    def begin(self, update_id: int) -> bool:
        """False for an id that is here already."""
        if update_id in self._ids:
            return False
        self._ids[update_id] = None
        if len(self._ids) > self._kept:
            self._ids.popitem(last=False)
        return True

    def forget(self, update_id: int) -> None:
        self._ids.pop(update_id, None)
