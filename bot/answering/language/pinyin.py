"""How Chinese text sounds, and the text that pinyin stands for.

Sounds are folded so that the usual confusions of pinyin input (zh/z, ng/n, ü/v) disappear.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, groupby, product
from operator import itemgetter

from bot.answering.program import kept

from .tokens import HOW_MANY, Token
from .vocabulary import Vocabulary, in_fewest

_VOWELS = frozenset("aeiouv")
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 60
LONGEST = 10  # characters of a phrase that is looked for as a whole
FUNCTION_WORDS = frozenset("的得了是有在和与吗呢过超破达比不没")  # beside which a phrase ends
_VOWELS_AND_Y = frozenset("aeiouvy")
_AROUND_DIGITS = re.compile("(?<=[0-9]) (?=[^ -~])|(?<=[^ -~]) (?=[0-9])")  # 24 小时
_MONTHS = [
    f"{since}{month}月" for since in ("", "一到", "一至") for month in "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
]
_ENGLISH = frozenset("the of are was were did does".split())
_OFTEN = 0.01  # what 有 costs less than 呦
_RATHER = 0.1  # what a unit costs less than other words of its sound
_RATHER_SINGLE = (({"ask"}, 1.6), ({"unit"}, 1.2), ({"aspect"}, 1.25), ({"join", "change"}, 1.15))
_IN_FORCE, _KNOWN, _SINGLE, _NO_WORD = 1.0, 1.3, 0.7, 4.0


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
    """The pinyin syllables that a Latin word consists of, in as few as possible; empty where it is no pinyin.

    An apostrophe parts two: zong'e.
    """
    if "'" in word:
        parts = list(map(syllables, word.split("'")))
        return tuple(chain.from_iterable(parts)) if all(parts) else ()
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


class PinyinReader:
    """The words that pinyin may stand for, by their sounds, those of the reports in force first."""

    def __init__(
        self,
        in_force: Callable[[], frozenset[str]],
        known: Callable[[], frozenset[str]],
        vocabulary: Vocabulary,
        known_sounds: Callable[[], Mapping[str, tuple[str, ...]]],
    ) -> None:
        """`in_force`: words and phrases of the reports; `known`: the words."""
        self._in_force, self._known = in_force, known
        self._vocabulary, self._known_sounds = vocabulary, known_sounds

    def written_out(self, text: str, tokens: Sequence[Token]) -> str:
        """The text with its pinyin written in characters; empty where it has none."""
        if not any(map(self._may_be_pinyin, tokens)) or any(map(_is_english, tokens)):
            return ""
        parts, end = list[str](), 0
        for may_be_pinyin, group in groupby(tokens, key=self._may_be_pinyin):
            if not may_be_pinyin:
                continue
            run = list(group)
            read = [syllable for token in run for syllable in (syllables(token.text) or ("",))]
            # more is no mo re
            if "" in read or len(read) < 2 or sum(token.word is not None for token in run) * 2 > len(run):
                continue
            parts += [text[end : run[0].start], self._characters(read)]
            end = run[-1].end
        return _AROUND_DIGITS.sub("", "".join([*parts, text[end:]])) if parts else ""

    def _may_be_pinyin(self, token: Token) -> bool:
        """Whether a token is a Latin word, and no name of the reports, nor GDP, which is the same in both languages."""
        text = token.text
        is_word = "a" <= text[0] <= "z" and not _VOWELS_AND_Y.isdisjoint(text)
        # A single syllable may be both, as jin is.
        return is_word and (text not in self._known() or len(syllables(text)) == 1)

    def _characters(self, read: Sequence[str]) -> str:
        """The likeliest words for syllables: as few as possible, those of the reports first."""
        folded = [fold(syllable) for syllable in read]
        best: list[tuple[float, str]] = [(0.0, "")] + [(float("inf"), "")] * len(read)
        for start in range(len(read)):
            cost, so_far = best[start]
            for end in range(start + 1, min(start + LONGEST, len(read)) + 1):
                price, word = self._best_sounding(folded[start:end])
                if not word and end == start + 1:
                    price, word = _NO_WORD, read[start]
                if end == start + 1 == len(read) and so_far.endswith(HOW_MANY):
                    word = self._units_by_sound.get(folded[start], word)  # jian is 件 there, whatever else sounds so
                if word and cost + price < best[end][0]:
                    best[end] = (cost + price, so_far + word)
        return best[-1][1]

    def _best_sounding(self, folded: Sequence[str]) -> tuple[float, str]:
        """The cheapest word of some sounds, with its price; "" for none."""
        words = self.by_sound.get(tuple(folded), ())
        priced: list[tuple[float, str]] = []
        for word in words:
            in_force = word in self._in_force()
            price = (_IN_FORCE if in_force else _KNOWN) - self._preference(word) + (_SINGLE if len(word) == 1 else 0.0)
            priced.append((price, word))
        return min(priced, default=(0.0, ""), key=itemgetter(0))

    @cached_property
    def by_sound(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        """The words by their sounds, those of the reports first."""
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        words = chain(sorted(self._in_force()), self._vocabulary.words, _MONTHS)
        for word, said in by_sound(words, self._known_sounds()).items():
            found[said].append(word)
        return found

    @cached_property
    def _units_by_sound(self) -> Mapping[str, str]:
        """The measure words of one character by their sounds, of those that sound alike the first one."""
        names = [name for name in self._vocabulary.having["unit"] if len(name) == 1]
        return {said[0]: name for name, said in by_sound(reversed(names), self._known_sounds()).items()}

    def _preference(self, name: str) -> float:
        """Of words that sound alike, those that ask or count are meant first, then the others of the grammar."""
        word = self._vocabulary.words.get(name)
        if not word or not word.roles:
            return 0.0
        if len(name) > 1:
            return _RATHER if "unit" in word.roles else 0.0
        gain = next((gain for roles, gain in _RATHER_SINGLE if not word.roles.keys().isdisjoint(roles)), 1.1)
        return gain + _OFTEN if name in FUNCTION_WORDS else gain


def _is_english(token: Token) -> bool:
    """Whether a token asks in English, or stands between words there, beside which nobody types pinyin."""
    return token.text in _ENGLISH or (token.text.isascii() and "ask" in token.roles)
