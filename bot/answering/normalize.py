"""Brings text to the one form in which questions and knowledge are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

# Longer questions are read at both ends, where people put what they ask; this bounds the time of every later step.
MAX_LENGTH = 400
_REPEATED = re.compile(r"([^\d\s])\1{3,}")
_SPACES = re.compile(r"\s+")
_IGNORED = {"Cf", "Cs", "Co", "Cn", "Mn"}


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def normalize(text: str) -> str:
    """Simplified characters, half width, lower case, without invisible and repeated characters; at most MAX_LENGTH."""
    if len(text) > 4 * MAX_LENGTH:
        text = text[: 2 * MAX_LENGTH] + " " + text[-2 * MAX_LENGTH :]
    visible = "".join(_visible(char) for char in unicodedata.normalize("NFKC", text))
    folded = _REPEATED.sub(r"\1\1\1", _SPACES.sub(" ", visible.casefold())).strip()
    if len(folded) > MAX_LENGTH:
        folded = folded[: MAX_LENGTH // 2] + " " + folded[-MAX_LENGTH // 2 :]
    return folded if folded.isascii() else _to_simplified().convert(folded)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    return "" if category in _IGNORED else char
