"""The names of all facts as texts and tokens, the words that they alone have, and those that tell one from another."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice, pairwise, takewhile
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from bot.answering.knowledge.model import Fact
from bot.answering.language.normalize import normalize_all
from bot.answering.language.pieces import Cutter, Piece
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import NOT, Vocabulary

from .entries import concepts_of

T = TypeVar("T")
# What a name calls by a number that looks like a year: 1966系列.
_LIKE_A_YEAR = re.compile("(?<![0-9.])(?:19|20)[0-9]{2}(?=[\u4e00-\u9fff])(?![年度上下第一前])")
_COMPOUND = re.compile("[a-z]+(?:-[a-z]+)+")  # like-for-like
# Single characters that are no part of a word, whatever stands beside them.
_APART = frozenset(["join", "compare", "ask", "unit", "aspect", "change"])
_DENYING = NOT | {"not", "non", "without", "excluding"}
_GROWTH = re.compile("(?:同比|比上年)?(?:增速|[增降涨跌]幅|增长率|增长幅度|下降幅度)$")
_OTHERWISE = frozenset("增减降涨升占比排位")  # what a name that tells something else than a level says
_VAGUE = frozenset(["en_prose_words", "en_vague"])
_FAR = 4  # tokens from a word that denies to what it denies
_BETWEEN = 0  # two names; their pieces have the numbers from 1 on


class Texts(NamedTuple):
    """The texts of a fact, normalised; `names`: its label and keywords in both languages, one a line."""

    names: str
    sentence: str
    section: str
    figure: str
    period: str

    @property
    def before_figure(self) -> str:
        """What the sentence says before the figure; all of it where it has no such figure."""
        return self.sentence.partition(self.figure)[0]


def texts_of(facts: Iterable[Fact]) -> list[Texts]:
    """The texts of facts; many at a time, as that is faster."""
    found: list[Texts] = []
    for _, group in groupby(facts, attrgetter("report.id")):
        told = list(group)
        names = [[fact.label, *fact.keywords, fact.en.label, *fact.en.keywords] for fact in told]
        for (before, level), (fact, own) in pairwise(zip(told, names, strict=True)):
            if before.sentence == fact.sentence and (name := _grown(level[0], fact.label)):
                own.append(name)
        others = dict.fromkeys(chain.from_iterable((f.sentence, f.section, f.figure, f.period or "") for f in told))
        normal = iter(normalize_all(chain.from_iterable(names)))
        known = dict(zip(others, normalize_all(others), strict=True))
        for fact, own in zip(told, names, strict=True):
            lines = "\n".join(filter(None, islice(normal, len(own))))
            rest = (fact.sentence, fact.section, fact.figure, fact.period or "")
            found.append(Texts(lines, *map(known.__getitem__, rest)))
    return found


def _grown(level: str, label: str) -> str:
    """What a growth is called by the level that it follows, "" where it is another's: 供地面积增速 for 供地增速."""
    growth = _GROWTH.search(label)
    stem = label[: growth.start()] if growth else level
    is_its_own = growth and level.startswith(stem) and _OTHERWISE.isdisjoint(level.removeprefix(stem))
    return f"{level}{growth[0]}" if growth and is_its_own else ""


class Names(Generic[T]):
    """The names of facts, each cut once into pieces that many of them share."""

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary, cutter: Cutter[T]) -> None:
        """Adds the words that names alone have to `vocabulary`, by which `cutter` is yet to cut; `texts`: in lines."""
        own: Cutter[Sequence[Token]] = Cutter(vocabulary, lambda tokens: tokens)
        # The pieces of all names by their numbers, and where those of each fact begin.
        self._cut, self._starts = array("I"), array("I", [0])
        words: list[str] = []
        english = set[int]()  # the numbers of the pieces that the names of facts in English are made of
        for names in texts:
            cut = [self._add(own.cut(name)) for name in names.split("\n")]
            self._starts.append(len(self._cut))
            if any(map(names.__contains__, _DENYING)):
                words += chain.from_iterable(map(_denied, cut))
            if names.partition("\n")[0].isascii():
                words += _COMPOUND.findall(names)
                english.update(piece.number for pieces in cut for piece in pieces)
        said = set(self._cut)
        pieces_said = [piece for piece in own.pieces() if piece.number in said]
        for piece in pieces_said:
            words += _LIKE_A_YEAR.findall(piece.text)
            words += _own_words(piece.tokens)
        in_english = chain.from_iterable(piece.tokens for piece in pieces_said if piece.number in english)
        _add_words(words, in_english, vocabulary)
        self._pieces = {piece.number: cutter.whole(piece.text) for piece in pieces_said}

    def _add(self, pieces: Sequence[Piece[Sequence[Token]]]) -> Sequence[Piece[Sequence[Token]]]:
        """The pieces of one more name."""
        self._cut.extend(piece.number for piece in pieces)
        self._cut.append(_BETWEEN)
        return pieces

    def of(self, number: int) -> list[list[Piece[T]]]:
        """The names of a fact, its label first."""
        apart = groupby(self._numbers(number), key=_BETWEEN.__eq__)
        return [[self._pieces[at] for at in name] for is_between, name in apart if not is_between]

    def label(self, number: int) -> list[Piece[T]]:
        """The first of the names of a fact."""
        return [self._pieces[at] for at in takewhile(bool, self._numbers(number))]

    def pieces(self) -> Iterator[tuple[Piece[T], Sequence[int]]]:
        """Each piece of all names, with the numbers of the facts that have it."""
        having = {at: array("I") for at in (_BETWEEN, *self._pieces)}
        for number in range(len(self._starts) - 1):
            for at in set(self._numbers(number)):
                having[at].append(number)
        return ((piece, having[at]) for at, piece in self._pieces.items())

    def _numbers(self, number: int) -> array[int]:
        return self._cut[self._starts[number] : self._starts[number + 1]]

    def tokens(self) -> Iterator[Token]:
        """The tokens of all names, each at least once."""
        return (token for piece in self._pieces.values() for token in piece.tokens)

    def names(self) -> Iterator[list[Token]]:
        """The tokens of each name of each fact."""
        for number in range(len(self._starts) - 1):
            for pieces in self.of(number):
                yield [token for piece in pieces for token in piece.tokens]


def _add_words(words: Iterable[str], in_english: Iterable[Token], vocabulary: Vocabulary) -> None:
    """Adds what only names have; of those in English also the words that say little, or many things, elsewhere."""
    for token in in_english:
        if token.word and not token.word.senses and (token.word.everyday or _is_vague(token)):
            vocabulary.add_name(token.text)
    for word in words:
        known = vocabulary.words.get(word)
        if known is None or ("filler" in known.roles and not known.senses):
            vocabulary.add_concept(word, [])


def _denied(pieces: Sequence[Piece[Sequence[Token]]]) -> Iterator[str]:
    """What a name denies, which is no kind of the same: 非金融企业 is no 金融企业, nor "not in work" any "work"."""
    tokens = [token for piece in pieces for token in piece.tokens]
    for at, token in enumerate(tokens):
        if token.text not in _DENYING:
            continue
        end = next((to for to in range(at + 1, min(at + _FAR, len(tokens))) if tokens[to].is_content), at)
        if end == at + 1 or (end > at and token.text.isascii()):
            yield (" " if token.text.isascii() else "").join(one.text for one in tokens[at : end + 1])


def _own_words(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of a name that the vocabulary lacks: text that it does not know, with single characters beside it."""
    yield from (token.text for token in tokens if token.is_entry)
    for is_part, run in groupby(tokens, key=_may_be_part):
        text, unknown = zip(*((token.text, token.is_unknown) for token in run), strict=True)
        word = "".join(text)
        if is_part and any(unknown) and len(word) > 1:
            yield word
    yield from (t.text for t in tokens if t.roles.get("filler") == "places" and not (t.is_content or t.text.isascii()))


def _is_vague(token: Token) -> bool:
    """Whether it is an English word that says little of itself, and something in a name: persons, relatives."""
    counted = {token.roles.get("unit"), token.roles.get("measure")} - {None, "money"}
    is_counting = bool(counted) and token.text.isalpha()
    return is_counting or token.roles.get("filler") in _VAGUE


def _may_be_part(token: Token) -> bool:
    """Whether a token may be part of an unknown word: unknown text, or a known single character."""
    is_single = len(token.text) == 1 and not token.text.isascii() and not token.is_stop
    is_apart = not token.roles.keys().isdisjoint(_APART) or token.roles.get("filler") == "particles"
    return (token.is_unknown and not token.is_entry) or (is_single and not is_apart)


def joined_things(tokens: Sequence[Token]) -> Sequence[frozenset[str]]:
    """What each of the things that tokens join says, as concepts: 风能, 水能 and 太阳能 of 风能、水能和太阳能发电量."""
    joins = [at for at, token in enumerate(tokens) if token.text == "、" or token.roles.get("join") == "and"]
    around = sorted({at for join in joins for at in (join - 1, join + 1) if 0 <= at < len(tokens)})
    things = (tokens[at] for at in around if len(tokens[at].text) > 1 and "place" not in tokens[at].roles)
    items = [item for item in (frozenset(concepts_of([thing])) for thing in things) if item]
    # Two make up one name more often than a sum: 蔬菜及食用菌, but 电子和汽车产值合计.
    least = 2 if any("total" in token.roles for token in tokens) else 3
    return items if len(items) >= least else ()
