"""What is counted and timed, for Prometheus; deploy/monitoring/README.md tells each."""

import platform
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from bot import version

# Answering takes milliseconds; what is above a second is the waiting for a slow machine.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """All metrics of one bot, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        # `kind`: of the Bot API's kinds, `other` for one not known here.
        self.updates = self._counter("updates", "Updates from Telegram", "kind")
        self.answers = self._counter("answers", "Questions answered", "outcome", "language")
        self.answer_seconds = Histogram(
            "shushuo_answer_seconds", "Seconds to find an answer", buckets=_SECONDS, registry=self.registry
        )
        # `result`: ok, network, or Telegram's error code.
        self.calls = self._counter("api_calls", "Calls of the Bot API, each attempt", "method", "result")
        self.retries = self._counter("api_retries", "Calls that were tried again", "method")
        self.flood_drops = self._counter("flood_drops", "Updates ignored because a chat or person floods")
        self.dropped = self._counter("dropped_messages", "Messages dropped because too many waited", "method")
        self.errors = self._counter("errors", "Updates that could not be answered")
        self.denied = self._counter("admin_denied", "Commands and buttons of admins that somebody else tried")
        # `outcome`: sent, failed, skipped, moved, unclear or wait.
        self.announced = self._counter("announcement_messages", "Messages of announcements, each attempt", "outcome")
        self.to_announce = self._gauge("announcement_messages_left", "Messages of announcements still to be sent")
        self.leading = self._gauge("announcement_leading", "1 where this process sends the announcements, else 0")
        self._knowledge = Info("shushuo_knowledge", "The knowledge in force", registry=self.registry)
        self._facts = self._gauge("knowledge_facts", "Facts in the knowledge in force")
        self.reload = self._gauge("knowledge_last_reload_successful", "1 where the last reading succeeded, else 0")
        self._reloaded = self._gauge(
            "knowledge_last_reload_success_timestamp_seconds", "When the knowledge was last read successfully"
        )
        Info("shushuo_build", "This program", registry=self.registry).info(
            {"version": version(), "python": platform.python_version()}
        )
        # The series that alerts wait for: of one that appears with its first count, no rise is seen.
        self.calls.labels("getUpdates", "409")
        self.calls.labels("sendMessage", "429")
        self.dropped.labels("sendMessage")
        for outcome in ("sent", "failed", "skipped"):
            self.announced.labels(outcome)

    def knowledge_read(self, knowledge_version: str, facts: int) -> None:
        """The knowledge was read, at the start or again, and is in force."""
        self._knowledge.info({"version": knowledge_version})
        self._facts.set(facts)
        self.reload.set(1)
        self._reloaded.set(time.time())

    def _counter(self, name: str, summary: str, *labels: str) -> Counter:
        return Counter(f"shushuo_{name}", summary, labels, registry=self.registry)

    def _gauge(self, name: str, summary: str) -> Gauge:
        return Gauge(f"shushuo_{name}", summary, registry=self.registry)
