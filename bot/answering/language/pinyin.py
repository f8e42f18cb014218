"""How Chinese text sounds, folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

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
_LONGEST_PHRASE = 10  # characters


def romanise(text: str) -> str:
    """The toneless pinyin of Chinese text, without spaces: qingdao."""
    return "".join(_readings(text))


@lru_cache(maxsize=65536)
def sounds(text: str) -> tuple[str, ...]:
    """The folded sound of each character of a Chinese text; empty where a part of it has none."""
    readings = _readings(text)
    return tuple(map(fold, readings)) if all(s.isascii() and s.isalpha() for s in readings) else ()


def _readings(text: str) -> list[str]:
    """The toneless pinyin of each character, by the longest phrases of pypinyin's dictionary, from left to right.

    The same as its `lazy_pinyin`, which takes seven times as long for a word.
    """
    found: list[str] = []
    start = 0
    while start < len(text):
        for end in range(min(len(text), start + _LONGEST_PHRASE), start + 1, -1):
            if phrase := PHRASES_DICT.get(text[start:end]):
                found += [_without_tone(syllables[0]) for syllables in phrase]
                break
        else:
            end = start + 1
            found.append(_of_character(text[start]))
        start = end
    return found


@lru_cache(maxsize=8192)
def _of_character(character: str) -> str:
    return lazy_pinyin(character)[0]


@lru_cache(maxsize=2048)
def _without_tone(syllable: str) -> str:
    return to_normal(syllable)


@lru_cache(maxsize=8192)
def fold(syllable: str) -> str:
    """A pinyin syllable without the differences that many people do not hear or type."""
    folded = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ü", "v")
    return folded.replace("ng", "n").replace("lv", "lu").replace("nv", "nu")


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[str, ...]:
    """The pinyin syllables that a Latin word consists of, in as few as possible; empty where it is no pinyin."""
    if not word.isascii() or not word.isalpha() or len(word) > _LONGEST_WORD:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for start in range(len(word)):
        so_far = best[start]
        if so_far is None:
            continue
        for end in range(start + 1, min(len(word), start + _LONGEST_SYLLABLE) + 1):
            known = best[end]
            if word[start:end] in _SYLLABLES and (known is None or len(so_far) + 1 < len(known)):
                best[end] = (*so_far, word[start:end])
    return best[-1] or ()
