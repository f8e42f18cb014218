"""Whether the database can be used, and the log lines that say when this changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """`since`: when this began, UTC. `reason`: why the database cannot be used, one line; empty while it can."""

    healthy: bool
    since: datetime
    reason: str = ""


class HealthLog:
    """The health at present; each change is logged once."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._dropped = 0
        self.now = Health(healthy=True, since=clock())

    def lost(self, reason: str) -> None:
        was_healthy = self.now.healthy
        self.now = Health(healthy=False, since=self._clock() if was_healthy else self.now.since, reason=reason)
        if was_healthy:
            log.error("the database cannot be used; answers go on without it", reason=reason)

    def found(self) -> None:
        if not self.now.healthy:
            before, self.now = self.now, Health(healthy=True, since=self._clock())
            away = (self.now.since - before.since).total_seconds()
            log.warning("the database is back", away_seconds=round(away, 1), dropped=self._dropped)
            self._dropped = 0

    def dropped(self) -> None:
        """Something told could not be kept until the database is back."""
        self._dropped += 1
