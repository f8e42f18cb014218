"""Which figure is told next: each once before any comes again, the same for every process that chooses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b


def choose(schedule: int, told: Iterable[str], facts: Sequence[str]) -> str | None:
    """The id of the fact to tell. None where there are no facts.

    `schedule`: its id; another one has another order. `told`: what it has told so far, in order. `facts`: those in
    force; facts that come and go do not begin a new round.
    """
    rounds, last, seen = _rounds(told)
    left = [fact for fact in facts if fact not in seen]
    if not left:
        rounds += 1
        # The first of a round is not the last of the one before it, unless there is no other.
        left = [fact for fact in facts if fact != last] or list(facts)
    return min(left, key=lambda fact: _place(schedule, rounds, fact), default=None)


def _rounds(told: Iterable[str]) -> tuple[int, str | None, set[str]]:
    """How many rounds were completed, what was told last, and what was told in the round that goes on."""
    rounds, last = 0, None
    seen: set[str] = set()
    for last in told:
        if last in seen:
            rounds += 1
            seen.clear()
        seen.add(last)
    return rounds, last, seen


def _place(schedule: int, rounds: int, fact: str) -> bytes:
    return blake2b(f"{schedule}:{rounds}:{fact}".encode(), digest_size=8).digest()
