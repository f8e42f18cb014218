"""How Chinese text sounds, folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

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


def sounds(text: str) -> tuple[str, ...]:
    """The folded sound of each character of a Chinese text; empty where a part of it has none."""
    return sounds_of([text])[0]


def sounds_of(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The same for many texts of one line at once, which takes half the time."""
    from .romanising import readings  # noqa: PLC0415 - nothing that is written well needs it

    said = iter(readings("\n".join([*texts, ""])))
    found = [list(islice(said, len(text) + 1))[:-1] for text in texts]
    return [tuple(map(fold, one)) if (all_ := "".join(one)).isascii() and all_.isalpha() else () for one in found]


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
