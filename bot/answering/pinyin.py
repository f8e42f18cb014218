"""How Chinese text sounds, folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import islice, product

# The dictionary of phrases is not needed for single characters and takes most of the import's time.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin  # noqa: E402  (the setting above must come first)

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_FINALS = (
    "a o e i u v ai ei ui ao ou iu ie ue ve er an en in un vn ang eng ing ong ia iao ian iang iong ua uo uai uan uang"
).split()
_SYLLABLES = frozenset(
    [i + f for i in _INITIALS for f in _FINALS] + ["a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er"]
)
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 60


def fold(letters: str) -> str:
    """Pinyin letters without the differences that many people do not hear or type."""
    folded = letters.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ü", "v")
    return folded.replace("ng", "n").replace("lv", "lu").replace("nv", "nu")


@lru_cache(maxsize=32768)
def readings(char: str) -> tuple[str, ...]:
    """The toneless readings of one Chinese character, the usual one first; a Latin letter is read as itself."""
    if char.isascii():
        return (char,) if char.isalpha() else ()
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


def sounds(text: str, most: int = 8) -> tuple[str, ...]:
    """Up to `most` folded ways to read a word of Chinese characters and letters; empty where a part has no sound."""
    choices = [readings(char)[:3] for char in text]
    if not all(choices):
        return ()
    return tuple(dict.fromkeys(fold("".join(parts)) for parts in islice(product(*choices), most)))


def read_alike(text: str, other: str) -> bool:
    """Whether two texts of one length have a reading in common, character by character, without any folding."""
    pairs = zip(text, other, strict=False)
    return len(text) == len(other) and all(set(readings(a)) & set(readings(b)) for a, b in pairs)


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether a Latin word can be read as toneless pinyin syllables from beginning to end."""
    if not word.isascii() or not word.isalpha() or len(word) > _LONGEST_WORD:
        return False
    reachable = {0}
    for start in range(len(word)):
        if start in reachable:
            ends = range(start + 1, min(len(word), start + _LONGEST_SYLLABLE) + 1)
            reachable.update(end for end in ends if word[start:end] in _SYLLABLES)
    return len(word) in reachable
