"""The words of the language and of the field, which ship with the program, and those that a folder adds."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from .english import stem
from .word_lists import listed, sections

FOLDER = Path(__file__).parent.parent / "vocabulary"
CONVERSATION = "conversation"  # the file of the words that matter between messages, and to no question by itself
# The families of units in which things are counted one by one.
COUNTED_ONE_BY_ONE = frozenset("things count firms households cases vehicles animals plants books beds routes".split())
_LETTERS = 2  # of the code of a country
SHORT = (1, 2)  # the lengths that a Chinese name may always have
NOT = frozenset("非未无不")  # 非税收入 is no kind of 税收收入
_SURELY = 2  # meanings of an everyday word
_COMPARING = re.compile(".+比.+[多少]|.+的比.+的")


class Word(NamedTuple):
    """What a name may say: `senses` are alternatives, each the concepts that it says together.

    `everyday`: what people may mean by it in a question, while in a report's own words it stands for itself.
    `roles`: what it does in a sentence, by the grammar's section, such as {"ask": "number", "change": "up"}.
    """

    senses: tuple[tuple[str, ...], ...] = ()
    everyday: tuple[tuple[str, ...], ...] = ()
    roles: Mapping[str, str] = {}


class Vocabulary:
    """Names and what they say; names are given normalised, and kept so, English ones as stems with a space between.

    `lengths`: of the Chinese names that may begin with three characters, by these, and `SHORT` for others.
    `most_words`: the most words of the English names that begin with a stem. `pairs`: the neighbouring characters of
    Chinese names, and the neighbouring stems of English ones. `having`: the names that have a role, by its section.
    `fields`: what the figures of a field are about beside its name.
    """

    def __init__(self) -> None:
        self.words: dict[str, Word] = {}
        self.exclusive: dict[str, frozenset[str]] = {}
        self.breakdowns: frozenset[str] = frozenset()
        self._kinds: dict[str, set[str]] = {}
        self._wider: dict[str, frozenset[str]] = {}
        self.parts: dict[str, tuple[str, ...]] = {}
        self.fields: dict[str, tuple[str, ...]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.most_words: dict[str, int] = {}
        self.pairs: set[str] = set()
        self.having: defaultdict[str, list[str]] = defaultdict(list)

    def copy(self) -> "Vocabulary":
        """A vocabulary that can grow by a report's words while this one stays as it is."""
        twin = Vocabulary()
        twin.words, twin.parts, twin.fields = dict(self.words), self.parts, self.fields
        twin._kinds, twin.exclusive, twin.breakdowns = self._kinds, self.exclusive, self.breakdowns
        twin.lengths, twin.most_words, twin.pairs = dict(self.lengths), dict(self.most_words), set(self.pairs)
        twin.having.update({section: [*names] for section, names in self.having.items()})
        return twin

    def add_role(self, section: str, value: str, names: Iterable[str]) -> None:
        """Names that do something in a sentence; the first role of a section stays."""
        for key in map(key_of, names):
            word = self._word(key)
            self.words[key] = word._replace(roles={section: value, **word.roles})
            self.having[section].append(key)

    def add_concept(self, concept: str, names: Iterable[str]) -> None:
        """A concept with all its names; `concept` is itself one of them."""
        for key in map(key_of, [concept, *names]):
            self._say(key, (concept,))

    def add_meaning(self, name: str, parts: Iterable[str]) -> None:
        """A name that says several concepts together; a part that is a word of the grammar lends it its roles."""
        key = key_of(name)
        concepts = []
        for part in parts:
            known = self.words.get(key_of(part))
            if known and known.roles and not known.senses:
                word = self._word(key)
                self.words[key] = word._replace(roles={**word.roles, **known.roles})
                for section in known.roles:
                    self.having[section].append(key)
            else:
                concepts.append(part)
        self._say(key, tuple(concepts))

    def add_everyday(self, name: str, senses: Iterable[tuple[str, ...]]) -> None:
        """A word by which people may mean any of several things."""
        word = self._word(key := key_of(name))
        self.words[key] = word._replace(everyday=(*word.everyday, *senses))

    def add_name(self, name: str) -> None:
        """A word that a report in English has in a name: it stands for itself, and for what it surely means."""
        word = self._word(key := key_of(name))
        surely = word.everyday if len(word.everyday) <= _SURELY else ()
        self.words[key] = word._replace(senses=((key,), *surely))

    def add_parts(self, whole: str, parts: Iterable[str]) -> None:
        self.parts[whole] = tuple(parts)
        self.add_exclusive(self.parts[whole])

    def add_exclusive(self, concepts: Iterable[str], *, breakdown: bool = False) -> None:
        """Concepts of which a name says one at most; of a breakdown, no fact without the concept is meant."""
        group = frozenset(concepts)
        if breakdown:
            self.breakdowns |= group
        for concept in group:
            self.exclusive[concept] = self.exclusive.get(concept, frozenset()) | (group - {concept})

    def add_kinds(self, concept: str, kinds: Iterable[str]) -> None:
        """Concepts each of which is a kind of a wider one."""
        for kind in kinds:
            self._kinds.setdefault(kind, set()).add(concept)

    def wider(self, concept: str) -> frozenset[str]:
        """The concepts that one is a kind of or consists of.

        Chinese puts the head last: 高新技术企业 is a kind of 企业; and 教师学历 consists of 教师 and 学历.
        """
        found = self._wider.get(concept)
        if found is None:
            wider = set(self._kinds.get(concept, ())).union(*self.parts_in(concept))
            if not concept.isascii():
                for start in range(max(1, len(concept) - 6), len(concept) - 1):
                    if concept[start - 1] not in NOT:
                        wider.update(self._single(concept[start:]))
            # 中小学 ends in 小学, which is a part of it.
            no_kinds = {concept, *self.parts.get(concept, ()), *self.exclusive.get(concept, ())}
            found = self._wider[concept] = frozenset(wider - no_kinds)
        return found

    def parts_in(self, name: str) -> list[tuple[str, ...]]:
        """The concepts that a Chinese name consists of, where other names fill it without a gap."""
        if name.isascii() or len(name) < 4:
            return []
        concepts = in_fewest(name, range(2, len(name)), lambda piece: next(iter(self._single(piece)), None))
        return [concepts] if concepts else []

    def may_cross(self, text: str, at: int) -> bool:
        """Whether some name may begin before a place in a text and end behind it."""
        if text[at - 1].isascii() and text[at].isascii():
            if text[at - 1 : at + 1].isalnum():
                return True
            return " ".join(map(stem, (*words_of(text[:at])[-1:], *words_of(text[at:])[:1]))) in self.pairs
        start = at
        while start and text[start - 1 : start + 1] in self.pairs:
            start -= 1
            lengths = self.lengths.get(text[start : start + 3], SHORT)
            if any(start + length > at and text[start : start + length] in self.words for length in lengths):
                return True
        return False

    def _single(self, name: str) -> list[str]:
        """The concepts that a name may say by itself."""
        word = self.words.get(name)
        return [sense[0] for sense in word.senses if len(sense) == 1] if word else []

    def _word(self, key: str) -> Word:
        word = self.words.get(key)
        if word is None:
            word = self.words[key] = Word()
            if key.isascii():
                words = key.split(" ")
                self.most_words[words[0]] = max(self.most_words.get(words[0], 1), len(words))
                self.pairs.update(map(" ".join, pairwise(words)))
            else:
                self.pairs.update(map("".join, pairwise(key)))
                if len(key) > 2 and len(key) not in (known := self.lengths.get(key[:3], SHORT)):
                    self.lengths[key[:3]] = (*known, len(key))
        return word

    def _say(self, key: str, concepts: tuple[str, ...]) -> None:
        word = self._word(key)
        if concepts not in word.senses:
            self.words[key] = word._replace(senses=(*word.senses, concepts))


def in_fewest(text: str, lengths: range, meaning: Callable[[str], str | None]) -> tuple[str, ...]:
    """The meanings of the pieces that fill a text without a gap, as few as possible; () where none do."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for start, so_far in enumerate(best):
        if so_far is None:
            continue
        for end in (start + length for length in lengths if start + length <= len(text)):
            known = best[end]
            if (known is None or len(so_far) + 1 < len(known)) and (meant := meaning(text[start:end])):
                best[end] = (*so_far, meant)
    return best[-1] or ()


def key_of(name: str) -> str:
    """A normalised name as it is looked up: English words by their stems."""
    if not name.isascii():
        return name.replace(" ", "")
    return " ".join(stem(word) for word in words_of(name) if word.strip(".,;:!?()\"'"))


def words_of(text: str) -> list[str]:
    """The words of an English text; a hyphen and a slash part them as a space does."""
    return text.replace("-", " ").replace("/", " ").split()


@lru_cache(maxsize=1)
def shipped() -> Vocabulary:
    """The vocabulary of the package; read once, to be copied before words are added."""
    vocabulary = Vocabulary()
    files = [sections(path) for path in sorted(FOLDER.glob("*.ini")) if path.stem != CONVERSATION]
    for content in files:
        _add_words(vocabulary, content)
        _add_numbers(vocabulary, content.get("unit", {}))
    for content in files:  # once all concepts are there
        for name, value in content.get("means", {}).items():
            vocabulary.add_meaning(name, listed(value, "+"))
        for name, value in content.get("senses", {}).items():
            vocabulary.add_everyday(name, [tuple(listed(sense, "+")) for sense in listed(value, "/")])
    for key, word in vocabulary.words.items():
        if "change" in word.roles and key.isascii():
            vocabulary.words[key] = word._replace(everyday=())
    return vocabulary


def conversational(vocabulary: Vocabulary) -> Vocabulary:
    """A copy of a vocabulary, with the words of conversation, in which 出口比进口多 compares and names no surplus."""
    known = vocabulary.copy()
    for name in [name for name in known.words if "比" in name and _COMPARING.fullmatch(name)]:
        del known.words[name]
    _add_words(known, sections(FOLDER / f"{CONVERSATION}.ini"))
    return known


def _add_numbers(vocabulary: Vocabulary, units: Mapping[str, str]) -> None:
    """Adds the words for how many there are of what is counted in a unit of one character: 户数, 笔数."""
    for family in COUNTED_ONE_BY_ONE & units.keys():
        numbers = [f"{unit}数" for unit in listed(units[family]) if len(unit) == 1]
        vocabulary.add_role("aspect", "level", numbers)
        vocabulary.add_role("measure", "count", numbers)


def _add_words(vocabulary: Vocabulary, content: Mapping[str, Mapping[str, str]]) -> None:
    """Adds what stands for itself: the concepts and how they belong together, and, of all other sections, roles."""
    for section, lines in content.items():
        for name, value in lines.items():
            if section == "concepts":
                # Industries are written with either word for and: 有色金属冶炼及压延加工业.
                also = [name.replace("和", "及")] if name.endswith("业") and "和" in name else []
                vocabulary.add_concept(name, [*listed(value), *also])
            elif section == "parts":
                vocabulary.add_parts(name, listed(value))
            elif section == "fields":
                vocabulary.fields[name] = tuple(listed(value))
            elif section in ("exclusive", "breakdowns"):
                vocabulary.add_exclusive(listed(value), breakdown=section == "breakdowns")
            elif section == "qualifiers":
                vocabulary.breakdowns |= frozenset(listed(value))
            elif section == "kinds":
                vocabulary.add_kinds(name, listed(value))
            elif section not in ("means", "senses"):
                is_code = section == "place" and len(name) == _LETTERS
                vocabulary.add_role(section, name.upper() if is_code else name, listed(value))
