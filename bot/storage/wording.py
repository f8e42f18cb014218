"""The form in which questions are counted."""

from __future__ import annotations

from hashlib import blake2b

from bot.answering.language.normalize import normalize


def question_text(text: str) -> str:
    """Questions that are written differently, but read the same, count as one."""
    return normalize(text)


def question_hash(text: str) -> str:
    """16 hexadecimal digits that stand for a question, short enough for the data of a button."""
    return blake2b(question_text(text).encode(), digest_size=8).hexdigest()
