"""Which tokens may be of a name, and what a heading names."""

import re
from collections.abc import Sequence

from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary

from .plain import plain
from .subject_words import tokens_of
from .subjects import JOINS, Subject, is_measured

_ADVERBIAL = "看言说面中后前时下上来间外"  # how clauses end that say when, or how something is looked at
_HEADING = re.compile(
    r"[\s#]*(?:——?|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.])\s*([\u4e00-\u9fffa-z]{2,8})[。：:\s]*"
)


def is_name(token: Token) -> bool:
    """Whether a token may be of a name, and not of what is said of what has it."""
    return (
        token.roles.get("aspect") == "level"
        or token.is_content
        or token.is_unknown
        or token.text in "“”"
        or not (token.is_stop or token.roles or token.span)
    )


def heading_of(text: str, vocabulary: Vocabulary) -> Subject:
    """What a heading names, () where it says more than a name."""
    name = _HEADING.fullmatch(plain(text))
    tokens = tokens_of(name[1], 0, len(name[1]), vocabulary) if name else []
    found = tuple(one.text for one in tokens)
    return found if found and all(map(is_name, tokens)) and is_bearer(tokens) and not is_measured(found) else ()


def is_bearer(names: Sequence[Token]) -> bool:
    """Whether a clause of nothing but names says whose what follows is: 全国首家的 | 甲茶厂, 产量为 | 5吨."""
    return any(one.is_content for one in names) and (names[-1].is_content or names[-1].text[-1] not in _ADVERBIAL)


def is_elsewhere(token: Token) -> bool:
    """Whether a token names a place by its own name; countries are rather part of the name of a body."""
    return token.roles.get("place", "").isdigit()


def is_of_places(token: Token) -> bool:
    """Whether a token is a place's own name, or joins two of them."""
    return is_elsewhere(token) or token.text in JOINS
