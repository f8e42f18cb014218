"""The names of all facts as tokens, and the words that they alone have."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.answering.language.pieces import Cutter, Piece
from bot.answering.language.vocabulary import NOT

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token
    from bot.answering.language.vocabulary import Vocabulary

T = TypeVar("T")
# What a name calls by a number that looks like a year: 1966系列.
_LIKE_A_YEAR = re.compile("(?<![0-9.])(?:19|20)[0-9]{2}(?=[\u4e00-\u9fff])(?![年度上下第一前])")
# Single characters that are no part of a word, whatever stands beside them.
_APART = frozenset(["join", "compare", "ask", "unit", "aspect", "change"])
_NOT_FIRST = frozenset("比较上下")
_BETWEEN = 0  # two names; their pieces have the numbers from 1 on


class Names(Generic[T]):
    """The names of facts, each cut once into pieces that many of them share."""

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary, cutter: Cutter[T]) -> None:
        """`texts`: the names of each fact, one a line. The words that they alone have are added to `vocabulary`.

        `cutter`: cuts by this vocabulary, and has cut nothing yet.
        """
        own = _Numbers(Cutter(vocabulary, lambda tokens: tokens))
        self._facts = [own.of(names) for names in texts]
        pairs = _learn(vocabulary, chain(own.words(), *map(_LIKE_A_YEAR.findall, texts)))
        numbers = _Numbers(cutter, [piece.text for piece in own.pieces])
        self._pieces = numbers.pieces
        joined = {
            (before, behind)
            for before, behind in set(chain.from_iterable(map(pairwise, self._facts)))
            if _BETWEEN not in (before, behind) and not self._fit(before, behind, pairs)
        }
        self._facts = [
            old if joined.isdisjoint(pairwise(old)) else numbers.of(names)
            for old, names in zip(self._facts, texts, strict=True)
        ]
        self._pieces = numbers.pieces

    def of(self, number: int) -> list[list[Piece[T]]]:
        """The names of a fact, its label first."""
        names: list[list[Piece[T]]] = [[]]
        for at in self._facts[number]:
            if at == _BETWEEN:
                names.append([])
            else:
                names[-1].append(self._pieces[at - 1])
        return names

    def pieces(self, number: int) -> list[Piece[T]]:
        """The pieces of all names of a fact, each once."""
        return [self._pieces[at - 1] for at in set(self._facts[number]) if at != _BETWEEN]

    def tokens(self) -> Iterator[Token]:
        """The tokens of all names, each at least once."""
        used = set(chain.from_iterable(self._facts)) - {_BETWEEN}
        return (token for at in used for token in self._pieces[at - 1].tokens)

    def names(self) -> Iterator[list[Token]]:
        """The tokens of each name of each fact."""
        for number in range(len(self._facts)):
            for pieces in self.of(number):
                yield [token for piece in pieces for token in piece.tokens]

    def _fit(self, before: int, behind: int, pairs: set[str]) -> bool:
        """Whether two pieces are still apart now that there are new words with these pairs of characters."""
        first, second = self._pieces[before - 1], self._pieces[behind - 1]
        return first.goes_before(second) and first.text[-1] + second.text[0] not in pairs


class _Numbers(Generic[T]):
    """The pieces that names are cut into, with a number each."""

    def __init__(self, cutter: Cutter[T], texts: Iterable[str] = ()) -> None:
        self._cutter = cutter
        self._numbers = {cutter.whole(text): number for number, text in enumerate(texts, 1)}
        self._wholes: set[Piece[T]] = set()
        self._first: set[Piece[T]] = set()  # of those that names begin with
        self._denied: set[str] = set()  # 非金融企业 is no 金融企业, and 未结案件 are not 结案

    @property
    def pieces(self) -> list[Piece[T]]:
        return list(self._numbers)

    def of(self, names: str) -> array[int]:
        """The numbers of the pieces of names, one a line."""
        found, numbers = array("I"), self._numbers
        for name in names.split("\n"):
            if found:
                found.append(_BETWEEN)
            pieces = self._cutter.cut(name)
            found.extend([numbers.setdefault(piece, len(numbers) + 1) for piece in pieces])
            self._first.add(pieces[0])
            if not NOT.isdisjoint(name):
                tokens = chain.from_iterable(piece.tokens for piece in pieces)
                self._denied.update(a.text + b.text for a, b in pairwise(tokens) if a.text in NOT and b.is_content)
            if len(pieces) == 1:
                self._wholes.add(pieces[0])
        return found

    def words(self) -> Iterator[str]:
        """The words of the names that no vocabulary has."""
        yield from self._denied
        for piece in self._numbers:
            if piece in self._first and _begins_a_name(piece.tokens):
                yield piece.tokens[0].text + piece.tokens[1].text
            for is_whole in (False, True)[: 1 + (piece in self._wholes)]:
                yield from _own_words(piece.tokens, is_whole=is_whole)


def _learn(vocabulary: Vocabulary, words: Iterable[str]) -> set[str]:
    """Adds the words that the vocabulary lacks; returns the pairs of neighbouring characters that they have.

    No English one goes across a space.
    """
    pairs: set[str] = set()
    for word in words:
        known = vocabulary.words.get(word)
        if known is None or ("filler" in known.roles and not known.senses):
            vocabulary.add_concept(word, [])
            pairs.update(pair for pair in map("".join, pairwise(word)) if not pair.isascii())
    return pairs


def _own_words(tokens: Sequence[Token], *, is_whole: bool) -> Iterator[str]:
    """The words of a name that the vocabulary lacks: text that it does not know, with single characters beside it.

    Two characters of which one is known are a word only where they are the whole name: 使命, but not 在校.
    """
    run: list[Token] = []
    for one, behind in pairwise(tokens):
        if _is_grown_together(one, behind):
            yield one.text if one.roles.keys() == {"filler"} else one.text + behind.text
    yield from (t.text for t in tokens if t.roles.get("filler") == "places" and not (t.is_content or t.text.isascii()))
    for token in (*tokens, None):
        if token and (token.is_unknown or _may_be_part(token)):
            run.append(token)
            continue
        # 对日贸易 is no trade of a 对日.
        run = run[1:] if run and run[0].text == "对" else run
        word = "".join(part.text for part in run)
        unknown = sum(len(part.text) for part in run if part.is_unknown)
        if (
            len(word) > 1
            and unknown
            and (len(word) > 2 or unknown == len(word) or (is_whole and len(run) == len(tokens)))
        ):
            yield word
        run = []


def _begins_a_name(tokens: Sequence[Token]) -> bool:
    """Whether a name begins with what would compare or tell where behind other words: 比亚迪."""
    is_function = tokens[0].text in _NOT_FIRST and not tokens[0].is_content
    return is_function and len(tokens) > 1 and tokens[1].is_unknown


def _is_grown_together(token: Token, behind: Token) -> bool:
    """Whether a function word of English begins a Chinese name, and so is none: up of UP主, keep of Keep用户."""
    is_function = token.text.isascii() and bool(token.roles) and not token.is_content
    return is_function and token.text.isalpha() and behind.start == token.end and not behind.text.isascii()


def _may_be_part(token: Token) -> bool:
    """Whether a known single character may be part of a word: 使 of 使命."""
    is_single = len(token.text) == 1 and not token.text.isascii() and not token.is_stop
    return is_single and token.roles.keys().isdisjoint(_APART) and token.roles.get("filler") != "particles"
