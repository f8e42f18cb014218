"""The form in which questions and votes are counted."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from bot.answering.language.normalize import normalize


def question_text(text: str) -> str:
    """Questions that are written differently, but read the same, count as one."""
    return normalize(text)


def question_hash(text: str) -> str:
    """16 hexadecimal digits that stand for a question, short enough for the data of a button."""
    return blake2b(question_text(text).encode(), digest_size=8).hexdigest()


def ballot_hash(message: tuple[int, int], question: str, facts: Iterable[str]) -> str:
    """32 hexadecimal digits that stand for an answer in a message (chat and number), so that neither is noted."""
    return blake2b(repr((message, question, [*facts])).encode(), digest_size=16).hexdigest()
