"""What is counted and timed, for Prometheus; deploy/monitoring/README.md tells each."""

from __future__ import annotations

import platform
import time
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from telegram import Update

from bot.version import version

# Answering takes milliseconds; what is above a second is the waiting for a slow machine.
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """All metrics of one bot, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = self._counter("updates", "Updates from Telegram", "kind")
        self._answers = self._counter("answers", "Questions answered", "outcome", "language")
        self._seconds = Histogram(
            "shushuo_answer_seconds", "Seconds to find an answer", buckets=_SECONDS, registry=self.registry
        )
        self._calls = self._counter("api_calls", "Calls of the Bot API, each attempt", "method", "result")
        self._retries = self._counter("api_retries", "Calls that were tried again", "method")
        self._flood_drops = self._counter("flood_drops", "Updates ignored because a chat or person floods")
        self._dropped = self._counter("dropped_messages", "Messages dropped because too many waited", "method")
        self._errors = self._counter("errors", "Updates that could not be answered")
        self._denied = self._counter("admin_denied", "Commands and buttons of admins that somebody else tried")
        self._announced = self._counter("announcement_messages", "Messages of announcements, each attempt", "outcome")
        self._to_announce = self._gauge("announcement_messages_left", "Messages of announcements still to be sent")
        self._leading = self._gauge("announcement_leading", "1 where this process sends the announcements, else 0")
        self._knowledge = Info("shushuo_knowledge", "The knowledge in force", registry=self.registry)
        self._facts = self._gauge("knowledge_facts", "Facts in the knowledge in force")
        self._reload = self._gauge("knowledge_last_reload_successful", "1 where the last reading succeeded, else 0")
        self._reloaded = self._gauge(
            "knowledge_last_reload_success_timestamp_seconds", "When the knowledge was last read successfully"
        )
        Info("shushuo_build", "This program", registry=self.registry).info(
            {"version": version(), "python": platform.python_version()}
        )
        # The series that alerts wait for: of one that appears with its first count, no rise is seen.
        self._calls.labels("getUpdates", "409")
        self._calls.labels("sendMessage", "429")
        self._dropped.labels("sendMessage")
        for outcome in ("sent", "failed", "skipped"):
            self._announced.labels(outcome)

    def received(self, update: object) -> None:
        self._updates.labels(kind_of(update)).inc()

    def answered(self, outcome: str, language: str, seconds: float) -> None:
        """A question was answered; `seconds` is what finding the answer took."""
        self._answers.labels(outcome, language).inc()
        self._seconds.observe(seconds)

    def called(self, method: str, result: str) -> None:
        """A call of the Bot API came to its end. `result`: ok, network, or Telegram's error code."""
        self._calls.labels(method, result).inc()

    def retried(self, method: str) -> None:
        self._retries.labels(method).inc()

    def flooded(self) -> None:
        self._flood_drops.inc()

    def dropped(self, method: str) -> None:
        self._dropped.labels(method).inc()

    def failed(self) -> None:
        self._errors.inc()

    def denied(self) -> None:
        self._denied.inc()

    def attempted(self, outcome: str) -> None:
        """A message of an announcement came to an outcome: sent, failed, skipped, moved, unclear or wait."""
        self._announced.labels(outcome).inc()

    def left(self, messages: int) -> None:
        self._to_announce.set(messages)

    def leading(self, *, leads: bool) -> None:
        self._leading.set(leads)

    def knowledge_read(self, knowledge_version: str, facts: int) -> None:
        """The knowledge was read, at the start or again, and is in force."""
        self._knowledge.info({"version": knowledge_version})
        self._facts.set(facts)
        self._reload.set(1)
        self._reloaded.set(time.time())

    def knowledge_refused(self) -> None:
        self._reload.set(0)

    def exposition(self) -> bytes:
        return generate_latest(self.registry)

    def _counter(self, name: str, summary: str, *labels: str) -> Counter:
        return Counter(f"shushuo_{name}", summary, labels, registry=self.registry)

    def _gauge(self, name: str, summary: str) -> Gauge:
        return Gauge(f"shushuo_{name}", summary, registry=self.registry)


def kind_of(update: object) -> str:
    """Which of the Bot API's kinds an update is; `other` for one that is not known here."""
    return next((kind for kind in Update.ALL_TYPES if getattr(update, kind, None) is not None), "other")
