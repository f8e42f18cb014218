"""English words: a light stemmer, enough to bring a question's inflections to a keyword's."""

import re
from functools import lru_cache
from pathlib import Path

from .word_lists import listed, sections

_LISTS = sections(Path(__file__).with_suffix(".ini"))
_INFLECTIONS, _SPELLINGS = tuple(_LISTS["inflections"].items()), _LISTS["british"]
_IRREGULAR = {form: word for word, forms in _LISTS["irregular"].items() for form in listed(forms)}
_WHOLE = frozenset(listed(_LISTS["whole"]["words"]))
_SILENT = frozenset(listed(_LISTS["silent"]["words"]))
_BRITISH = re.compile("|".join(_SPELLINGS))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word: companies → compani, invested → invest, revitalisation → revitaliz."""
    word = word.removesuffix("'s").removesuffix("’s").rstrip("'’")
    word = word.replace("isation", "ization").replace("ise", "ize") if len(word) > 6 else word
    word = _BRITISH.sub(lambda spelling: _SPELLINGS[spelling[0]], word)
    word = _IRREGULAR.get(word, word)
    if word.endswith("men") and len(word) > 4:
        word = word[:-2] + "an"
    # What remains has to be a word of three letters, a vowel among them: not of spring, speed, gas, focus.
    is_whole = word in _WHOLE or word.endswith(("ss", "us", "is", "eed", "pply"))
    for suffix, replacement in () if is_whole else _INFLECTIONS:
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= 3 and any(vowel in rest for vowel in "aeiouy"):
            return _bare(rest + replacement)
    return _bare(word)


def is_plural(word: str) -> bool:
    """Whether a lower-case word is written as a plural: cities, but not status, city's, or 城市."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and stem(word) != word


def _bare(word: str) -> str:
    """The word without a silent e, a doubled last consonant, or a final y that would be an i in the plural."""
    if word in _SILENT:
        return word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lse0123456789":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word
