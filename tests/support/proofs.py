"""Proofs that are run by hand, as they take minutes."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence


def run(proofs: Mapping[str, Callable[[], Awaitable[str]]], words: Sequence[str]) -> int:
    """Runs those whose names have one of `words`, or all where there are none, and prints what each found.

    1 where one has raised AssertionError, else 0.
    """
    failed = 0
    for name, proof in proofs.items():
        if words and not any(word in name for word in words):
            continue
        try:
            found = asyncio.run(proof())
        except AssertionError as error:
            failed, found = 1, f"FAILED: {error}"
        sys.stdout.write(f"{name}: {found}\n")
        sys.stdout.flush()
    return failed
