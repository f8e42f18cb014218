"""Cuts texts into pieces that many of them share, such as what follows the place in a name; each is read once.

Two pieces are apart where no name of the vocabulary goes across and no token depends on what stands on the other side,
so that the tokens of a text are those of its pieces.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

from .ages import age_groups
from .english import stem
from .tokens import SCALES, Token, first_figure, tokenise
from .vocabulary import Vocabulary, words_of

T = TypeVar("T")
_CLAUSE = re.compile(r"(?:[^,。!?;:、()《》“”.]|(?<=\d)[,.:](?=\d))+")


class Piece(Generic[T]):
    """A text as tokens; `read`: what its owner reads from them; `first`, `last`: the stems that an English one has.

    `number`: that of its cutter's pieces which it is, from 1 on.
    """

    __slots__ = ("closes", "first", "last", "number", "opens", "read", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], read: T, number: int) -> None:
        self.text, self.tokens, self.read, self.number = text, tokens, read, number
        self.opens, self.closes = _opens(tokens[0]), _closes(tokens[-1])
        words = words_of(text) if text.isascii() else []
        self.first, self.last = (stem(words[0]), stem(words[-1])) if words else ("", "")


class Cutter(Generic[T]):
    """Cuts texts by a vocabulary; `read` is asked for each piece once."""

    def __init__(self, vocabulary: Vocabulary, read: Callable[[Sequence[Token]], T]) -> None:
        self._vocabulary = vocabulary
        self._read = read
        self._pieces: dict[str, Piece[T]] = {}
        # Texts that were cut, and those that others begin or end with.
        self._known: dict[str, tuple[Piece[T], ...]] = {}
        # Of these, those from whose end, or into whose beginning, no figure reaches.
        self._heads: dict[str, tuple[Piece[T], ...]] = {}
        self._tails: dict[str, tuple[Piece[T], ...]] = {}

    def cut(self, text: str) -> tuple[Piece[T], ...]:
        """The pieces of a normalised name; a figure and what follows it, on which it depends, are a single one."""
        return self._known.get(text) or self._from_known(text) or self._split(text)

    def pieces(self) -> Collection[Piece[T]]:
        """All pieces so far, in the order of their numbers."""
        return self._pieces.values()

    def stretches(self, text: str, figures: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Piece[T]]]:
        """The pieces of a sentence without the figures that stand at `figures`, each with where it starts, in order."""
        ordered = sorted(figures)
        for start, end in (clause.span() for clause in _CLAUSE.finditer(text)):
            inside = [figure for figure in ordered if figure[0] < end and figure[1] > start]
            has_ages = inside != [] and any(True for _ in age_groups(text[start:end]))
            # A figure may be read in another way than by itself: 第三产业.
            borders = {border for figure in inside for border in figure if start < border < end}
            if has_ages or any(self._vocabulary.may_cross(text, border) for border in borders):
                yield start, self.whole(text[start:end])
                continue
            starts = [start, *accumulate((behind for _, behind in inside), max)]
            for place, stop in zip(starts, [*(first for first, _ in inside), end], strict=True):
                words = text[place:stop].strip()
                if words:
                    yield from ((place, piece) for piece in self.cut(words))

    def _from_known(self, text: str) -> tuple[Piece[T], ...] | None:
        """The pieces of a text that ends like another one, or if it is English begins like one: growth of | …."""
        # Nearly all names of a large folder go by here.
        is_english, tails, heads, pairs = text.isascii(), self._tails, self._heads, self._vocabulary.pairs
        for at in _words_from_behind(text) if is_english else range(1, len(text) - 1):
            tail = tails.get(text[at:])
            if tail is None and is_english and at < len(text) and text[: at - 1] in heads:
                self.cut(text[at:])
                tail = tails.get(text[at:])
            if tail is None:
                continue
            before = text[: at - 1] if is_english else text[:at]
            head = heads.get(before)
            if head is None and at <= first_figure(text):
                head = self._remember(before, self._from_known(before) or self._split(before))
            if not head or not 0 < tail[0].opens <= head[-1].closes:
                continue
            if is_english:
                if f"{head[-1].last} {tail[0].first}" not in pairs:
                    return head + tail
            elif not self._vocabulary.may_cross(text, at):
                return head + tail
        return None

    def _remember(self, text: str, pieces: tuple[Piece[T], ...]) -> tuple[Piece[T], ...]:
        self._known[text] = pieces
        figure = first_figure(text)
        if figure == len(text):
            self._heads[text] = pieces
        if figure:
            self._tails[text] = pieces
        return pieces

    def _split(self, text: str) -> tuple[Piece[T], ...]:
        """The pieces of a text that has none in common with others before it."""
        known = self._pieces.get(text)
        if known and len(known.tokens) == 1:
            return self._remember(text, (known,))
        tokens, figure = tokenise(text, self._vocabulary), first_figure(text)
        borders = [
            at
            for at in range(1, len(tokens))
            if tokens[at].start <= figure
            and 0 < _opens(tokens[at]) <= _closes(tokens[at - 1])
            and not self._vocabulary.may_cross(text, tokens[at].start)
        ]
        pieces = tuple(
            self._piece(text[tokens[start].start : tokens[end - 1].end], tokens[start:end])
            for start, end in pairwise([0, *borders, len(tokens)])
        )
        if borders:
            # Chinese begins with the place, English ends with it.
            at = len(borders) if text.isascii() else 1
            border = borders[at - 1]
            self._remember(text[: tokens[border].start].rstrip(), pieces[:at])
            self._remember(text[tokens[border].start :], pieces[at:])
        return self._remember(text, pieces)

    def whole(self, text: str) -> Piece[T]:
        """A text without spaces around it as a single piece."""
        return self._pieces.get(text) or self._piece(text, tokenise(text, self._vocabulary))

    def _piece(self, text: str, tokens: Sequence[Token]) -> Piece[T]:
        known = self._pieces
        return known.get(text) or known.setdefault(text, Piece(text, tuple(tokens), self._read(tokens), len(known) + 1))


def _opens(token: Token) -> int:
    """1 for a token that is the same whatever stands before it, 2 where that must be a known word, 0 for others."""
    if token.word is not None:
        return int(len(token.text) > 1 and (token.is_content or token.roles.keys() != {"unit"}))
    return 2 if token.is_unknown and token.text.isascii() else 0


def _closes(token: Token) -> int:
    """0 for a token on which the next one depends, 2 for a word that is known, 1 for others."""
    if token.is_stop or token.text in SCALES or "ask" in token.roles:
        return 0
    return 1 if token.is_unknown or len(token.text) == 1 else 2


def _words_from_behind(text: str) -> Iterator[int]:
    """Where the words of an English text begin, but for the first one; the last one first."""
    at = len(text)
    while (at := text.rfind(" ", 0, at)) > 0:
        yield at + 1
