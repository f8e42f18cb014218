"""Which words of a question are proper names, by the dictionary or by how they are written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.language.dictionary import chinese_words
from bot.answering.language.periods import EN_MONTHS
from bot.answering.language.tokens import Token

_NO_NAMES = frozenset("只像把想被让给没不都就还再又也要算随说看问听")  # characters of talk, in names of hardly anything
_WORD = re.compile("[A-Za-z]{3,}")
_CAPITAL = re.compile(r"(?<=[a-z,'’0-9] )([A-Z][A-Za-z]{2,})")


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
