"""How this process is, for /status."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.chat.admin.status import Vitals

if TYPE_CHECKING:
    from bot.serving.clock import Clock
    from bot.serving.reload.cluster_reload import ClusterReload
    from bot.serving.transport.outgoing import Outgoing
    from bot.serving.transport.update_workers import UpdateWorkers

_HOUR: Final = 3600.0
# More of them say no more.
_MOST: Final = 10_000


class LatestErrors:
    """The errors of the last hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=_MOST)

    def add(self) -> None:
        self._times.append(self._clock.now())

    def __len__(self) -> int:
        while self._times and self._times[0] <= self._clock.now() - _HOUR:
            self._times.popleft()
        return len(self._times)


def vitals(
    workers: UpdateWorkers, outgoing: Outgoing, errors: LatestErrors, reload: ClusterReload, clock: Clock
) -> Callable[[], Vitals]:
    """Tells how the process is; its uptime counts from here."""
    started = clock.now()

    def now() -> Vitals:
        return Vitals(
            uptime=timedelta(seconds=clock.now() - started),
            updates=max(workers.waiting - 1, 0),  # without the one that asks
            messages=outgoing.waiting,
            errors=len(errors),
            replica=reload.name,
            problem=reload.problem,
        )

    return now
