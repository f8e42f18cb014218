"""Cuts text into tokens: the words of a vocabulary, numbers, periods, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .english import stem
from .periods import Span, named, spans
from .quantities import Quantity, quantities
from .vocabulary import Vocabulary, Word

_UNIT = re.compile(r"[a-z](?:[a-z0-9&]|['’](?=[a-z]))*|\S")
_STOPS = frozenset(",，。.!！?？;；:：、()（）“”\"'‘’《》〈〉【】[]—…~～/|·-")
# What a token costs: fewer, longer tokens win, and a function word of one character hardly beats unknown text.
_WORD_COST, _SINGLE_COST, _FUNCTION_COST, _UNKNOWN_COST, _FIGURE_COST = 1.0, 1.3, 1.4, 1.6, 0.9


@dataclass(eq=False, slots=True)
class Token:
    """A stretch of normalised text; `word`: what the vocabulary says of it, None for a figure and for unknown text."""

    text: str
    start: int
    end: int
    word: Word | None = None
    quantity: Quantity | None = None
    span: Span | None = None

    @property
    def roles(self) -> dict[str, str]:
        return self.word.roles if self.word else _NO_ROLES

    @property
    def is_stop(self) -> bool:
        return self.text in _STOPS

    @property
    def is_content(self) -> bool:
        """Whether the vocabulary knows it for something that may be measured."""
        return self.word is not None and bool(self.word.senses or self.word.everyday)

    @property
    def is_unknown(self) -> bool:
        return self.word is None and self.quantity is None and self.span is None and not self.is_stop


SCALES = frozenset(["个", "来", "十", "百", "千", "万", "亿", "每", "一", "两", "这", "那"])
_NO_ROLES: dict[str, str] = {}
_Edge = tuple[int, float, Token]


def tokenise(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of normalised text in its order; neighbouring characters that nothing knows are one token."""
    units = [(match.start(), match.end()) for match in _UNIT.finditer(text)]
    figures = _figures(text, units)
    best: list[tuple[float, int, Token | None]] = [(0.0, 0, None), *[(float("inf"), 0, None)] * len(units)]
    for at in range(len(units)):
        so_far = best[at][0]
        for behind, cost, token in _edges(text, units, at, vocabulary, figures):
            if so_far + cost < best[behind][0]:
                best[behind] = (so_far + cost, at, token)
    found: list[Token] = []
    at = len(units)
    while at:
        _, at, best_token = best[at]
        assert best_token is not None  # noqa: S101 - every unit has an edge of its own
        found.append(best_token)
    return _joined(text, found[::-1])


def _figures(text: str, units: Sequence[tuple[int, int]]) -> dict[int, list[tuple[int, Token]]]:
    """The quantities and periods of the text by the unit that they start at, with the unit behind them."""
    starts = {start: index for index, (start, _) in enumerate(units)}
    ends = {end: index + 1 for index, (_, end) in enumerate(units)}
    found: dict[int, list[tuple[int, Token]]] = {}
    tokens = [Token(text[s.start : s.end], s.start, s.end, span=s) for s in spans(text)]
    tokens += [Token(text[q.start : q.end], q.start, q.end, quantity=q) for q in quantities(text)]
    for token in tokens:
        first, behind = starts.get(token.start), ends.get(len(text[: token.end].rstrip()))
        if first is not None and behind is not None:
            found.setdefault(first, []).append((behind, token))
    return found


def _edges(
    text: str,
    units: Sequence[tuple[int, int]],
    at: int,
    vocabulary: Vocabulary,
    figures: dict[int, list[tuple[int, Token]]],
) -> Iterator[_Edge]:
    start, end = units[at]
    unit = text[start:end]
    if unit in _STOPS:
        yield at + 1, 0.0, Token(unit, start, end)
        return
    for behind, token in figures.get(at, ()):
        # A period of time that is also a number is the period.
        yield behind, _FIGURE_COST - (0.1 if token.span else 0.0), token
    yield at + 1, _UNKNOWN_COST, Token(unit, start, end)
    if "a" <= unit[0] <= "z":
        yield from _phrases(text, units, at, vocabulary)
    yield from _words(text, units, at, vocabulary)


def _words(text: str, units: Sequence[tuple[int, int]], at: int, vocabulary: Vocabulary) -> Iterator[_Edge]:
    """The names that start here and are written without spaces."""
    start = units[at][0]
    words = vocabulary.words
    for behind in range(at + 1, min(at + vocabulary.longest, len(units)) + 1):
        end = units[behind - 1][1]
        if behind > at + 1 and units[behind - 1][0] != units[behind - 2][1]:
            return
        name = text[start:end]
        word = words.get(name)
        if word is not None and not name.isascii():
            yield behind, _cost(word, end - start), _word_token(name, start, end, word)


def _phrases(text: str, units: Sequence[tuple[int, int]], at: int, vocabulary: Vocabulary) -> Iterator[_Edge]:
    """The English names that start here."""
    start = units[at][0]
    key = ""
    for behind in range(at + 1, min(at + vocabulary.longest_phrase, len(units)) + 1):
        first, end = units[behind - 1]
        if not "a" <= text[first] <= "z":
            # A hyphen within a name does not end it.
            if text[first:end] == "-" and behind > at + 1:
                continue
            return
        key = f"{key} {stem(text[first:end])}".strip()
        word = vocabulary.words.get(key)
        if word is not None:
            yield behind, _cost(word, 2), _word_token(text[start:end], start, end, word)


def _cost(word: Word, length: int) -> float:
    if "period" in word.roles:
        return _FIGURE_COST - 0.1
    if word.senses or word.everyday:
        return _WORD_COST if length > 1 else _SINGLE_COST
    return _FUNCTION_COST if length == 1 else _WORD_COST + 0.05


def _word_token(name: str, start: int, end: int, word: Word) -> Token:
    period = word.roles.get("period")
    return Token(name, start, end, word, span=named(period, start, end) if period else None)


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """With neighbouring unknown characters as one token; Latin words stay apart."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if _is_stray_unit(token, last):
            token = Token(token.text, token.start, token.end)  # noqa: PLW2901 - the same characters, without a meaning
        if last and last.is_unknown and token.is_unknown and last.end == token.start and not token.text.isascii():
            joined[-1] = Token(text[last.start : token.end], last.start, token.end)
        else:
            joined.append(token)
    return joined


def _is_stray_unit(token: Token, before: Token | None) -> bool:
    """Whether a measure word stands where nothing is counted, and so is a part of some word."""
    if token.word is None or token.is_content or token.roles.keys() != {"unit"}:
        return False
    counted = before is not None and ("ask" in before.roles or before.quantity or before.text in SCALES)
    return not counted
