"""How Chinese text sounds, folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from bot.answering.program import kept

from .vocabulary import in_fewest

_VOWELS = frozenset("aeiouv")
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 60
LONGEST = 8  # characters of a phrase that is looked for as a whole


def sounds(text: str) -> tuple[str, ...]:
    """The folded sound of each character of a Chinese text, by the words of two that it is part of there."""
    found: list[str] = []
    at = 0
    while at < len(text):
        said = _of_word(text[at : at + 2]) or _of_word(text[at])
        found += said
        at += len(said)
    return tuple(found)


@lru_cache(maxsize=65536)
def _of_word(word: str) -> list[str]:
    """The folded sounds of a character, or of a word of two that is known; none for any other word."""
    known = _sounds().get(word)
    return known.split() if known else [fold(word)] if len(word) == 1 else []


# What pypinyin knows is kept: it takes a quarter of a second and 50 MB to import.
@kept
def _sounds() -> Mapping[str, str]:
    """The folded sounds of each character, and of each word of two, with spaces between."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415

    words = [*map(chr, PINYIN_DICT), *(word for word in PHRASES_DICT if len(word) == 2)]
    return {word: " ".join(map(fold, lazy_pinyin(word))) for word in words}


def readings(text: str) -> Iterator[tuple[str, ...]]:
    """All that a short Chinese text may sound like, folded, whichever word each of its characters is part of."""
    return product(*(dict.fromkeys(map(fold, sorted(_syllables_of(character)))) for character in text))


def is_typed_so(word: str, typed: Sequence[str]) -> bool:
    """Whether a word may be typed by some syllables exactly, whichever way each of its characters is read."""
    return all(syllable in _syllables_of(character) for character, syllable in zip(word, typed, strict=False))


def _syllables_of(character: str) -> frozenset[str]:
    said = _readings().get(character, character).split()
    return frozenset([*said, *(one.replace("v", "u") for one in said)])


@kept
def _readings() -> Mapping[str, str]:
    """The syllables of all readings of each character, with spaces between."""
    from pypinyin import Style, pinyin  # noqa: PLC0415
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415

    characters = list(map(chr, PINYIN_DICT))
    return {one: " ".join(pinyin(one, Style.NORMAL, heteronym=True, v_to_u=False)[0]) for one in characters}


def fold(syllable: str) -> str:
    """A pinyin syllable without the differences that many people do not hear or type."""
    folded = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ü", "v")
    return folded.replace("ng", "n").replace("lv", "lu").replace("nv", "nu")


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[str, ...]:
    """The pinyin syllables that a Latin word consists of, in as few as possible; empty where it is no pinyin."""
    if not word.isascii() or not word.isalpha() or len(word) > _LONGEST_WORD:
        return ()
    known = _syllables()
    return in_fewest(word, range(1, _LONGEST_SYLLABLE + 1), lambda piece: piece if piece in known else None)


@kept
def _syllables() -> frozenset[str]:
    """All syllables of pinyin, as they are typed."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    said = {lazy_pinyin(chr(code))[0] for code in range(0x4E00, 0x9FA6)}
    return frozenset(one for one in said if one.isascii() and not _VOWELS.isdisjoint(one)) | {"lue", "nue", "shei"}


def by_sound(words: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The words that can be found by their sounds, with these; `known`: those of many words."""
    return {word: known.get(word) or sounds(word) for word in words if len(word) <= LONGEST and not word.isascii()}
