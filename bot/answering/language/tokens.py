"""Cuts text into tokens: the words of a vocabulary, numbers, periods, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .english import stem
from .periods import Span, named, spans
from .quantities import Quantity, quantities
from .vocabulary import Vocabulary, Word

_UNIT = re.compile(r"[a-z](?:[a-z0-9&]|['’](?=[a-z]))*|\S")
_CODE = re.compile(r"(?<![a-z0-9])(?:[a-z]+[0-9]|[0-9]+[a-z])[a-z0-9]*(?:\.[0-9]+)?(?![a-z0-9])")
_MAY_HAVE_FIGURES = re.compile("[0-9一二两三四五六七八九十百千万亿零〇半季a-z]")
_STOPS = frozenset(",，。.!！?？;；:：、()（）“”\"'‘’《》〈〉【】[]—…~～/|·-")
# What a token costs: fewer, longer tokens win, and a function word of one character hardly beats unknown text.
_WORD_COST, _SINGLE_COST, _FUNCTION_COST, _UNKNOWN_COST, _FIGURE_COST = 1.0, 1.3, 1.4, 1.6, 0.9


@dataclass(eq=False, slots=True)
class Token:
    """A stretch of normalised text.

    `word`: what the vocabulary says of it, None for a figure and for unknown text; `roles`: those of the word.
    `is_content`: the vocabulary knows it for something that may be measured.
    """

    text: str
    start: int
    end: int
    word: Word | None = None
    quantity: Quantity | None = None
    span: Span | None = None
    roles: Mapping[str, str] = field(init=False)
    is_stop: bool = field(init=False)
    is_content: bool = field(init=False)
    is_unknown: bool = field(init=False)

    def __post_init__(self) -> None:
        # Each is looked at some ten times, by which properties would cost twice as much.
        word = self.word
        self.roles = word.roles if word else _NO_ROLES
        self.is_stop = self.text in _STOPS
        self.is_content = word is not None and bool(word.senses or word.everyday)
        self.is_unknown = word is None and self.quantity is None and self.span is None and not self.is_stop


SCALES = frozenset(["个", "来", "十", "百", "千", "万", "亿", "每", "一", "两", "这", "那"])
_NO_ROLES: Mapping[str, str] = {}
# From where an edge leads, what the way costs, and what stands there: a word, a token made already, or unknown text.
_Edge = tuple[int, float, "Word | Token | None"]


def tokenise(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of normalised text in its order; neighbouring characters that nothing knows are one token."""
    units = [(match.start(), match.end()) for match in _UNIT.finditer(text)]
    figures = _figures(text, units)
    costs = [0.0, *[float("inf")] * len(units)]
    ways: list[tuple[int, Word | Token | None]] = [(0, None)] * (len(units) + 1)
    for at in range(len(units)):
        so_far = costs[at]
        for behind, cost, found in _edges(text, units, at, vocabulary, figures):
            if so_far + cost < costs[behind]:
                costs[behind], ways[behind] = so_far + cost, (at, found)
    tokens: list[Token] = []
    behind = len(units)
    while behind:
        at, found = ways[behind]
        tokens.append(_token(text, units[at][0], units[behind - 1][1], found))
        behind = at
    return _joined(text, tokens[::-1])


def _token(text: str, start: int, end: int, found: Word | Token | None) -> Token:
    if isinstance(found, Token):
        return found
    period = found.roles.get("period") if found else None
    return Token(text[start:end], start, end, found, span=named(period, start, end) if period else None)


def _figures(text: str, units: Sequence[tuple[int, int]]) -> dict[int, list[tuple[int, Token]]]:
    """The quantities and periods of the text by the unit that they start at, with the unit behind them."""
    if not _MAY_HAVE_FIGURES.search(text):
        return {}
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
        yield at + 1, 0.0, None
        return
    for behind, token in figures.get(at, ()):
        yield behind, _figure_cost(token), token
    yield at + 1, _UNKNOWN_COST, None
    if "a" <= unit[0] <= "z":
        yield from _phrases(text, units, at, vocabulary)
    yield from _codes(text, units, at, vocabulary)
    yield from _words(text, units, at, vocabulary)


def _words(text: str, units: Sequence[tuple[int, int]], at: int, vocabulary: Vocabulary) -> Iterator[_Edge]:
    """The names that start here and are written without spaces."""
    start, end = units[at]
    words = vocabulary.words
    word = words.get(text[start:end])
    if word is not None and not text[start:end].isascii():
        yield at + 1, _cost(word, end - start), word
    longest = vocabulary.longest.get(text[start : start + 2], 0)
    behind = at + 1
    while behind < len(units) and units[behind][0] == end and units[behind][1] - start <= longest:
        end = units[behind][1]
        behind += 1
        word = words.get(text[start:end])
        if word is not None and not text[start:end].isascii():
            yield behind, _cost(word, end - start), word


def _codes(text: str, units: Sequence[tuple[int, int]], at: int, vocabulary: Vocabulary) -> Iterator[_Edge]:
    """The name of letters and digits that starts here: 5a, pm2.5."""
    start = units[at][0]
    code = _CODE.match(text, start)
    word = vocabulary.words.get(code.group()) if code else None
    if code is None or word is None:
        return
    behind = next((i for i in range(at, len(units)) if units[i][0] >= code.end()), len(units))
    yield behind, _cost(word, 2), word


def _phrases(text: str, units: Sequence[tuple[int, int]], at: int, vocabulary: Vocabulary) -> Iterator[_Edge]:
    """The English names that start here."""
    key = ""
    most = 1
    for behind in range(at + 1, len(units) + 1):
        first, end = units[behind - 1]
        if not "a" <= text[first] <= "z":
            # A hyphen within a name does not end it.
            if text[first:end] == "-" and key:
                continue
            return
        stemmed = stem(text[first:end])
        most = most if key else vocabulary.most_words.get(stemmed, 1)
        key = f"{key} {stemmed}" if key else stemmed
        word = vocabulary.words.get(key)
        if word is not None:
            yield behind, _cost(word, 2), word
        most -= 1
        if not most:
            return


def _cost(word: Word, length: int) -> float:
    if "period" in word.roles:
        return _FIGURE_COST - 0.1
    if word.senses or word.everyday:
        return _WORD_COST if length > 1 else _SINGLE_COST
    return _FUNCTION_COST if length == 1 else _WORD_COST + 0.05


def _figure_cost(token: Token) -> float:
    """What is both is rather a period than a number, and rather a word such as 三级 than a number in characters."""
    if token.span:
        return _FIGURE_COST - 0.1
    return _FIGURE_COST if any(char.isdigit() and char.isascii() for char in token.text) else _WORD_COST + 0.1


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """With neighbouring unknown characters as one token; Latin words stay apart."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if _is_stray_unit(token, last) or _is_stray_ending(token, last):
            token = Token(token.text, token.start, token.end)  # noqa: PLW2901 - the same characters, without a meaning
        if last and last.is_unknown and token.is_unknown and last.end == token.start and not token.text.isascii():
            joined[-1] = Token(text[last.start : token.end], last.start, token.end)
        else:
            joined.append(token)
    return joined


def _is_stray_ending(token: Token, before: Token | None) -> bool:
    """Whether an ending such as 量 of 产量 has no word before it, and so begins one: 量子."""
    if len(token.text) > 1 or token.is_content or token.roles != {"aspect": "level"}:
        return False
    return before is None or before.is_stop or before.roles.get("filler") in ("particles", "demonstratives")


def _is_stray_unit(token: Token, before: Token | None) -> bool:
    """Whether a measure word stands where nothing is counted, and so is a part of some word."""
    if token.word is None or token.is_content or token.roles.keys() != {"unit"}:
        return False
    counted = before is not None and ("ask" in before.roles or before.quantity or before.text in SCALES)
    return not counted
