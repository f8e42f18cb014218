"""How Chinese text sounds, folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from itertools import islice, product
from types import ModuleType

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_FINALS = (
    "a o e i u v ai ei ui ao ou iu ie ue ve er an en in un vn ang eng ing ong ia iao ian iang iong ua uo uai uan uang"
).split()
_BARE = "a o e ai ei ao ou an en ang eng er".split()
_SYLLABLES = frozenset([initial + final for initial in _INITIALS for final in _FINALS] + _BARE)
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 60


def fold(letters: str) -> str:
    """Pinyin letters without the differences that many people do not hear or type."""
    folded = letters.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ü", "v")
    return folded.replace("ng", "n").replace("lv", "lu").replace("nv", "nu")


@lru_cache(maxsize=32768)
def readings(char: str) -> tuple[str, ...]:
    """The two usual toneless readings of one Chinese character; a Latin letter is read as itself."""
    if char.isascii():
        return (char,) if char.isalpha() else ()
    found = _pypinyin().pinyin(char, style=_pypinyin().Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0]))[:2] if found else ()


def sounds(text: str) -> tuple[str, ...]:
    """The folded ways to read text of Chinese characters, at most four; empty where a part of it has no sound."""
    choices = [readings(char) for char in text]
    if not all(choices):
        return ()
    return tuple(dict.fromkeys(fold("".join(parts)) for parts in islice(product(*choices), 4)))


def word_sounds(word: str) -> tuple[str, ...]:
    """The same for a word of the vocabulary, read as the dictionary of phrases reads it (增长: zengzhang)."""
    if len(word) == 1:
        return sounds(word)
    syllables = _pypinyin().lazy_pinyin(word, errors=list)
    return (fold("".join(syllables)),) if all(s.isascii() and s.isalpha() for s in syllables) else ()


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


@lru_cache(maxsize=1)
def _pypinyin() -> ModuleType:
    """The library of readings, imported when the first question needs it: its dictionaries take a tenth of a second."""
    return import_module("pypinyin")
