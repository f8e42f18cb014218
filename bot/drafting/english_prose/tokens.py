"""The words of an English sentence with their classes, and its figures among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import words as w
from .numbers import Number
from .times import Time

_WORD = re.compile(
    r"(?:[A-Z]\.)+|(?:Inc|Co|Corp|Ltd|St|Mr|Mrs|Ms|Dr|No)\.|(?i:that|it|there|here|what|who)(?=['’]s\b)|"
    r"\d[\d,.]*\d(?!\w)|(?<=\w)['’]s\b|[A-Za-z0-9$£€](?:[\w'’&./-]*[\w])?|\S"
)
_ENDS = frozenset(";:•–—-")
_PLURAL = re.compile(r"[a-z]{2,}(?<![sui])s$")


@dataclass(frozen=True)
class Token:
    """A word, a sign or a figure. `figure`: the number of the figure, or -1."""

    text: str
    start: int
    end: int
    figure: int = -1
    in_brackets: bool = False

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_figure(self) -> bool:
        return self.figure >= 0

    @property
    def is_sign(self) -> bool:
        return not (self.text[0].isalnum() or self.is_figure) and self.text[0] not in "$£€“\"'’"

    @property
    def is_end(self) -> bool:
        """Whether it parts clauses in any case."""
        return self.text in _ENDS

    @property
    def is_noun(self) -> bool:
        """Whether it may be a part of a name: a word of no closed class."""
        return not (self.is_figure or self.is_sign or self.low in w.CLOSED)

    @property
    def is_plural(self) -> bool:
        return bool(_PLURAL.search(self.low))


def tokens_of(text: str, figures: Sequence[Number], when: Sequence[Time]) -> list[Token]:
    """The tokens of a sentence without its times; what stands in brackets is marked."""
    found: list[Token] = []
    whole = {one.start: (one.end, at) for at, one in enumerate(figures)} | {one.start: (one.end, -1) for one in when}
    at, depth = 0, 0
    while at < len(text):
        if at in whole:
            end, figure = whole[at]
            if figure >= 0:
                found.append(Token(text[at:end], at, end, figure, depth > 0))
            at = max(end, at + 1)
            continue
        match = _WORD.match(text, at)
        if match:
            end = min([match.end(), *(start for start in whole if start > at)])
            piece = text[at:end]
            depth += (piece in "([") - (piece in ")]") * bool(depth)
            found.append(Token(piece, at, end, -1, depth > 0 or piece in ")]"))
            at = end
        else:
            at += 1
    return found


def said(tokens: Sequence[Token]) -> str:
    """Tokens as text, with the spaces of the sentence."""
    text = ""
    for at, token in enumerate(tokens):
        glued = at and (token.start == tokens[at - 1].end)
        text += ("" if glued or not text else " ") + token.text
    return text
