"""How Chinese text sounds, folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from itertools import islice, product
from types import ModuleType

# The finals that each initial goes with.
_FINALS = {
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve ue",
    "l": "a e o ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve ue",
    "g k h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j q x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh ch": "a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "sh": "a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang",
    "r": "e ao ou an en ang eng ong i u ua uo ui uan un",
    "z c s": "a e ai ei ao ou an en ang eng ong i u uo ui uan un",
    "y": "a o e ai ao ou an ang ong i in ing u ue uan un",
    "w": "a o ai ei an en ang eng u",
    "": "a o e ai ei ao ou an en ang eng er",
}
_SYLLABLES = frozenset(
    initial + final
    for initials, finals in _FINALS.items()
    for initial in initials.split(" ")
    for final in finals.split()
)
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
    # Folded in one go, which takes no longer than one of them.
    alternatives = "\n".join(["".join(parts) for parts in islice(product(*choices), 4)])
    return tuple(dict.fromkeys(fold(alternatives).split("\n")))


def word_sounds(word: str) -> tuple[str, ...]:
    """The same for a word of the vocabulary, read as the dictionary of phrases reads it (增长: zengzhang)."""
    if len(word) == 1:
        return sounds(word)
    syllables = _pypinyin().lazy_pinyin(word, errors=list)
    return (fold("".join(syllables)),) if all(s.isascii() and s.isalpha() for s in syllables) else ()


@lru_cache(maxsize=4096)
def is_typed(letters: str, word: str) -> bool:
    """Whether letters are the pinyin of a word as it is taught, or as two of its characters could be read."""
    return letters.replace("ü", "v") in {"".join(parts) for parts in islice(product(*map(readings, word)), 4)}


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
