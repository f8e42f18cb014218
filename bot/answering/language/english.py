"""English words: a light stemmer, enough to bring a question's inflections to a keyword's."""

from __future__ import annotations

from functools import lru_cache

_SUFFIXES = (
    ("izations", "ize"),
    ("ization", "ize"),
    ("ations", "ate"),
    ("ation", "ate"),
    ("ies", "y"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("sses", "ss"),
    ("ied", "y"),
    ("ing", ""),
    ("ed", ""),
    ("ly", ""),
    ("s", ""),
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word: companies → compani, invested → invest, revitalisation → revitaliz."""
    word = word.removesuffix("'s").removesuffix("’s").rstrip("'’")
    word = word.replace("isation", "ization").replace("ise", "ize") if len(word) > 6 else word
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and _may_lose(word, suffix):
            word = word[: -len(suffix)] + replacement
            break
    return _bare(word)


def _may_lose(word: str, suffix: str) -> bool:
    """Whether what remains can be a word: three letters, a vowel among them (not in spring, speed, gas, focus)."""
    rest = word[: -len(suffix)]
    whole = word.endswith(("ss", "us", "is", "eed", "pply"))
    return len(rest) >= 3 and any(vowel in rest for vowel in "aeiouy") and not whole


def _bare(word: str) -> str:
    """The word without a silent e, a doubled last consonant, or a final y that would be an i in the plural."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lse":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word
