"""Frees an old edition in pieces: 10,000 facts at once would hold up everybody for 190 ms."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from weakref import finalize

from bot.answering.answerer import Answerer

if TYPE_CHECKING:
    from bot.chat.library import Edition

_AT_ONCE: Final = 500
# Another thread may be about to free the edition itself, which has to come first.
_AFTER_SECONDS: Final = 1.0


def free_in_pieces(edition: Edition, loop: asyncio.AbstractEventLoop) -> None:
    """Has a thread free `edition` once nobody uses it any more; may be called in any thread."""
    finalize(edition, _free_later, list(_pieces(edition)), loop).atexit = False


def _pieces(edition: Edition) -> Iterator[object]:
    """Yields the objects that most of the edition is made of; while they are held, little goes with the edition."""
    yield from edition.knowledge.facts
    answerer = edition.answerer
    for part in (answerer.index, answerer.vocabulary) if isinstance(answerer, Answerer) else ():
        for container in vars(part).values():
            if isinstance(container, dict):
                yield from container.values()
            elif isinstance(container, list):
                yield from container


def _free_later(pieces: list[object], loop: asyncio.AbstractEventLoop) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(loop.call_later, _AFTER_SECONDS, _free_in_a_thread, pieces, loop)


def _free_in_a_thread(pieces: list[object], loop: asyncio.AbstractEventLoop) -> None:
    # At the end of the program there are no more threads, and there is no more need.
    with suppress(RuntimeError):
        loop.run_in_executor(None, _free, pieces)


def _free(pieces: list[object]) -> None:
    while pieces:
        del pieces[-_AT_ONCE:]
