"""Reads facts: at once the texts that many of them share, and each as a whole when it is first looked at."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeAlias

from bot.answering.knowledge.model import Fact
from bot.answering.language.periods import Period, period, spans
from bot.answering.language.pieces import Cutter, Piece
from bot.answering.language.place_words import is_place, is_zone
from bot.answering.language.quantities import Quantity, quantities, shared_unit
from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary, Word, key_of, words_of

from .entries import NEW, TOTAL, Entry, Name, NameToken, NameTokens, closure, concepts_of
from .names import Names, Texts
from .observation import RELATIVE, Aspect, Observation, base_of, read, read_content
from .places import HERE, surroundings
from .tuning import TUNING

_CLAUSE_END = re.compile(r"[。;!?,.](?!(?<=\d[,.])\d)")
_NEXT_ITEM = re.compile("[)]?、")  # behind a figure: 东山票价30元、西山票价40元
_BEFORE = 24  # characters before a figure that are looked at for how it is told
_TIME = re.compile(r"[0-3]?\d日|(.*\D)?[0-2]?\d(时|:[0-5]\d)")  # of a month, or of a day
_RATIO = re.compile(r"\d\s*[:：]\s*\d")
_FIRST_PLACE = re.compile("首位|榜首|头名")
_NEGATIVE = re.compile("[-−–]|负(?!责|担)")
_LONGEST_UNIT = 3  # words of an English one
_HEDGE = 2  # the most characters of one: 超过, 以上
_CALLED = re.compile('[a-z“"《]')  # before a number that is part of a name: “Model 3”
_SENTENCES_KEPT = 4096
_TELLING = frozenset(["aspect", "base"])  # roles of what tells the form or the base of a figure
_UNIT = re.compile(r"^.*\(([^()]+)\)$", re.MULTILINE)  # in brackets behind a label
_BEFORE_LEVELS = frozenset("from than over against".split())
# What a sentence says that its figures leave out.
_LEFT_OUT = re.compile(r"(?<=\()(?:不(?:包?含|包括|计)|excluding |not including )[^()]*(?=\))")


class Figure(NamedTuple):
    """What a figure says by itself. `unit`: the family of its unit; `change`: that which its words or sign tell."""

    quantities: tuple[Quantity, ...]
    unit: str
    change: str
    is_date: bool


_OF_A_WHOLE = ("占", "accounting for")  # how a clause begins that names the whole of a share


class Said(NamedTuple):
    """What a piece of a text says.

    `named`: the concepts of the tokens that say what is measured; `said`: those of all. Both with what they are kinds
    of. `everyday`: what its everyday words may mean. `is_content`, `has_period`: whether some token is.
    `places`: the tokens that name places. `has_aspect`: some token may tell the form or the base of a figure.
    """

    named: frozenset[str]
    said: frozenset[str]
    everyday: frozenset[str]
    is_content: bool
    has_period: bool
    places: tuple[Token, ...]
    has_aspect: bool


Pieces: TypeAlias = Sequence[Piece[Said]]


@dataclass(eq=False, slots=True)
class Clause:
    """What stands around a figure. `facts`: the numbers of those whose figure it is."""

    pieces: Pieces
    facts: array[int]


@dataclass(eq=False, slots=True)
class Sentence:
    """A sentence in pieces, each with where it starts. `numbers`: as it writes them; `said`: by all of it.

    `ends`: where its clauses end, and the next ones start. `clauses`: by where they start and end. `facts`: the numbers
    of those that it tells.
    """

    pieces: list[tuple[int, Piece[Said]]]
    said: frozenset[str]
    numbers: tuple[str, ...]
    ends: list[tuple[int, int]]
    clauses: dict[tuple[int, int], Clause]
    facts: array[int]

    def clause(self, at: int, end: int) -> Clause:
        """The clause that a figure from `at` to `end` stands in.

        One that names nothing, or only the whole of a share, goes on with the one before: 同比增长273.2%, 占全市的5%.
        """
        starts = [0, *(behind for _, behind in self.ends if behind <= at)]
        last = next((first for first, _ in self.ends if first >= end), sys.maxsize)
        known = self.clauses.get((starts[-1], last))
        if known is None:
            near, until = tuple[Piece[Said], ...](), last
            for start in reversed(starts):
                own = tuple(piece for place, piece in self.pieces if start <= place < until)
                near, until = own + near, start
                if any(piece.read.is_content for piece in own) and not own[0].text.startswith(_OF_A_WHOLE):
                    break
            known = self.clauses[starts[-1], last] = Clause(near, array("I"))
        return known


class Reader:
    """Reads facts, given with their texts, by a vocabulary; keeps what many of them share."""

    def __init__(self, facts: Sequence[Fact], texts: Sequence[Texts], vocabulary: Vocabulary) -> None:
        self.facts, self.texts = facts, texts
        self._vocabulary = vocabulary
        # No method of this object, as a cycle would outlive a reload: collection leaves out what lives long.
        self._cutter = Cutter(vocabulary, partial(_said, vocabulary=vocabulary))
        self.names = Names([one.names for one in texts], vocabulary, self._cutter)
        self._known_sentences: dict[str, Sentence] = {}
        self._figures: dict[str, Figure] = {}
        self._periods: dict[tuple[str, int], Period] = {}
        self._prefixes: dict[str, Aspect] = {}
        self._clauses: dict[int, Clause] = {}

    def clause(self, number: int) -> Clause:
        """The clause around the figure of a fact, by its number; the whole sentence where that has no such figure."""
        known = self._clauses.get(number)
        if known is None:
            texts = self.texts[number]
            sentence, at = self.sentence(texts.sentence), texts.sentence.find(texts.figure)
            around = (0, len(texts.sentence)) if at < 0 else (at, at + len(texts.figure))
            known = self._clauses[number] = sentence.clause(*around)
        return known

    def sentence(self, text: str) -> Sentence:
        """A sentence, or the title of a section."""
        known = self._known_sentences.get(text)
        if known is None:
            numbers = quantities(text)
            figures = [(one.start, one.end) for one in numbers] + [(one.start, one.end) for one in spans(text)]
            left_out = [match.span() for match in _LEFT_OUT.finditer(text)]
            pieces = [
                (place, piece)
                for place, piece in self._cutter.stretches(text, figures)
                if not any(start <= place < end for start, end in left_out)
            ]
            said = frozenset().union(*[piece.read.said for _, piece in pieces])
            ends = [match.span() for match in _CLAUSE_END.finditer(text)]
            ends += [match.span() for one in numbers if (match := _NEXT_ITEM.match(text, one.end))]
            ends.sort()
            known = Sentence(pieces, said, tuple(text[one.start : one.end] for one in numbers), ends, {}, array("I"))
            if len(self._known_sentences) >= _SENTENCES_KEPT:
                self._known_sentences.clear()
            self._known_sentences[text] = known
        return known

    def figure(self, number: int) -> Figure:
        """The figure of a fact, where it has no unit itself in that which ends its label, or the enumeration that it is
        told in: 2.1 of 提高幅度(百分点), 86.3亿 of 86.3亿、71.5亿和42.8亿立方米.
        """
        texts = self.texts[number]
        figure = self._figure(texts.figure)
        if figure.unit:
            return figure
        called = _UNIT.search(texts.names)
        behind = len(texts.before_figure) + len(texts.figure)
        unit = called[1] if called else shared_unit(texts.sentence, behind) if figure.quantities else ""
        in_unit = self._figure(texts.figure + unit)
        return figure if in_unit.unit in ("", "name") else in_unit

    def _figure(self, text: str) -> Figure:
        known = self._figures.get(text)
        if known is None:
            told = _FIRST_PLACE.sub("第1位", text)
            found = quantities(told)
            unit = _family(told, found, self._vocabulary)
            # 持平 and 下降4.1% tell how something changed, as does the sign of -4.1%.
            change = "down" if _NEGATIVE.match(text) else read(tokenise(text, self._vocabulary)).aspect.change
            known = self._figures[text] = Figure(found, unit, change, bool(spans(text) or _TIME.fullmatch(text)))
        return known

    def period(self, number: int) -> Period:
        """The period that the fact states, or else its label."""
        texts, year = self.texts[number], self.facts[number].report.year
        key = texts.period, year
        known = self._periods.get(key)
        if known is None:
            # 2010年以来 is no period of its own: the figure is that of the report's year.
            stated = read(tokenise(texts.period, self._vocabulary)).spans
            known = self._periods[key] = period(stated, year)
        if known:
            return known
        label = self.names.label(number)
        return period(_read(label).spans, year) if any(piece.read.has_period for piece in label) else known

    def entry(self, number: int, tokens: NameTokens) -> Entry:
        """A fact as a whole."""
        fact, texts = self.facts[number], self.texts[number]
        names = self.names.of(number)
        figure, label, report = self.figure(number), _read(names[0]), surroundings(fact.report)
        others = [_read(name).aspect for name in names[1:] if any(piece.read.has_aspect for piece in name)]
        named = frozenset(map(report.key, label.places))
        elsewhere = named - {HERE}
        # 全省生产总值 is that of another place, but not 占全省的比重.
        is_beside = label.tokens[0] not in label.places and any(map(report.lies_in, elsewhere))
        # A label that names a place is about that one, whichever its sentence goes on to.
        mentioning = [*chain.from_iterable(names), *(self.clause(number).pieces if named <= {HERE} else ())]
        own = frozenset().union(*[piece.read.named for name in names for piece in name])
        aspect = self._aspect(number, [label.aspect, *others], figure)
        return Entry(
            fact,
            number,
            aspect,
            partial(self._read_names, number, tokens, is_new=NEW in own and figure.unit not in RELATIVE),
            own,
            texts.names,
            texts.sentence,
            frozenset(report.key(token) for piece in mentioning for token in piece.read.places),
            elsewhere,
            bool(elsewhere) and report.is_place and not is_beside,
            self.period(number),
            figure.quantities,
            figure.is_date,
        )

    def _read_names(self, number: int, known: NameTokens, *, is_new: bool) -> tuple[Name, ...]:
        names: list[Name] = []
        report = surroundings(self.facts[number].report)
        for pieces in self.names.of(number):
            name = read_content(_tokens(pieces))
            tokens = list(map(known.of, name.content))
            if not report.is_place:  # 北京 of 北京的实验室 tells it from others of a hospital's
                tokens += [known.of(token) for token in name.places if report.key(token) != HERE]
            if tokens and name.total:
                tokens.append(NameToken(TOTAL, ((TOTAL,),), TUNING.total))
            if tokens:
                concepts = closure(concepts_of(name.content), self._vocabulary)
                weight, is_increase = sum(token.weight for token in tokens), is_new and bool(name.aspect.change)
                names.append(Name(tuple(tokens), concepts, weight, is_increase))
        return tuple(names)

    def _prefix(self, number: int) -> Aspect:
        """How a figure is told by what stands in its clause right before it."""
        texts, known = self.texts[number], self._prefixes
        at = max(texts.sentence.find(texts.figure), 0)
        start = max((match.end() for match in _CLAUSE_END.finditer(texts.sentence, 0, at)), default=0)
        before = texts.sentence[max(start, at - _BEFORE) : at]
        if len(known) >= _SENTENCES_KEPT:
            known.clear()
        return known.get(before) or known.setdefault(before, _aspect_before(tokenise(before, self._vocabulary)))

    def _aspect(self, number: int, aspects: Sequence[Aspect], figure: Figure) -> Aspect:
        """How the figure is told: by the label, and where that leaves it open by what stands before the figure.

        `aspects`: those that the names tell, the label's first.
        """
        label = aspects[0]
        is_english = self.texts[number].names.partition("\n")[0].isascii()
        unit = figure.unit or ("" if is_english else label.unit)
        prefix = self._prefix(number)
        if is_english and unit not in RELATIVE | {"name"}:  # tourists accounted for 1.6 million nights
            prefix = replace(prefix, forms=prefix.forms - {"share"})
        # 占GDP比重 beside the label 投入强度 is another name, and does not make it a share alone.
        also = frozenset().union(*(aspect.forms for aspect in aspects)) - {"share"}
        if unit not in RELATIVE | {"money"} or label.change:
            also -= {"contribution"}  # contributing employees, beside 缴存职工数
        # 2053人/店 is a 渗透率 all the same, where its label says so.
        called = {label.unit} & RELATIVE if unit not in RELATIVE | {"name"} else frozenset[str]()
        forms = (prefix.forms | label.forms | also | called) - {"level"}
        base = label.base or prefix.base or next((aspect.base for aspect in aspects if aspect.base), "")
        # 全市的1.5倍 tells no growth, whatever has grown, nor does 高于2013年的5.4亿元, unless the label says so.
        is_beside = self.texts[number].before_figure.endswith("的")
        told = "" if is_beside and (unit == "times" or prefix.base) else prefix.change
        change = "" if is_beside and unit == "times" else label.change or told
        change = figure.change if unit == "name" or (change and figure.change) else change
        years = self.period(number).years
        if change and not base and len(years) > 1:
            base = str(min(years))
        aspect = Aspect(change, "percent" if unit in RELATIVE else "amount", forms, base, unit)
        aspect.base = base_of(aspect, self.facts[number].report.year)
        return aspect


def _said(tokens: Sequence[Token], vocabulary: Vocabulary) -> Said:
    content = read_content(tokens).content
    words = [token.word for token in content if token.word and _is_everyday(token, token.word)]
    named = closure(concepts_of(content), vocabulary)
    everyday = (c for word in words for sense in word.everyday for c in sense)
    return Said(
        named,
        closure(concepts_of(tokens), vocabulary) if len(content) < len(tokens) else named,
        frozenset(chain(everyday, _words_within(tokens, vocabulary))),
        any(token.is_content for token in tokens),
        any(token.span for token in tokens),
        tuple(token for token in tokens if is_place(token) or is_zone(token)),
        any(token.span or token.quantity or not token.roles.keys().isdisjoint(_TELLING) for token in tokens),
    )


def _words_within(tokens: Iterable[Token], vocabulary: Vocabulary) -> Iterator[str]:
    """The concepts of the words that longer ones are made of: to carry of passengers carried, 居民 of 居民消费价格."""
    for text in (token.text for token in tokens):
        words = words_of(text) if text.isascii() else []
        known = (vocabulary.words.get(key_of(word)) for word in words if len(words) > 1)
        yield from (concept for word in known if word for sense in word.senses for concept in sense)
        yield from chain.from_iterable(vocabulary.parts_in(text))


def _tokens(pieces: Pieces) -> list[Token]:
    return [token for piece in pieces for token in piece.tokens]


def _read(pieces: Pieces) -> Observation:
    return read(_tokens(pieces))


def _aspect_before(tokens: Sequence[Token]) -> Aspect:
    """How a figure is told by the words right before it, with the base that its clause names: 比上年增长 | 8.5%."""
    whole = read(tokens).aspect
    last: list[Token] = []
    for token in reversed(tokens):
        if token.is_unknown or (token.is_content and not token.roles):
            break
        last.insert(0, token)
    near = read(last).aspect
    # 增长3%，达到 and "rose 3% to" tell the level that a change came to, as does 增长3%至惊人的.
    # So do "rose from 7 to" and "31 more than the" of what was before.
    telling = last[-1] if last else None
    is_level = telling and ("came" in telling.roles or telling.text in _BEFORE_LEVELS)
    change = "" if is_level else near.change
    # 比全省(7.7%)高1.4: whether the place's own figure or the gap is meant, only a label tells.
    return Aspect(change, near.kind, near.forms, whole.base if whole.base != "place" else "")


def _is_everyday(token: Token, word: Word) -> bool:
    """Whether a word may mean things that it is no name of; so may one that reports in English have in a name."""
    return not word.senses or (token.text.isascii() and (key_of(token.text),) in word.senses)


def _family(figure: str, found: Sequence[Quantity], vocabulary: Vocabulary) -> str:
    """The family of a figure's unit: `name` for one without a number, "" for a bare number."""
    if _RATIO.search(figure):
        return "ratio"
    if not found or (not found[0].unit and _CALLED.search(figure, 0, found[0].start)) or _is_within(figure, found):
        return "name"
    if found[0].ordinal:
        return "rank"
    # The longest measure word that the figure ends with: 个工作日 of 0.5个工作日, and 公斤 of 5845公斤/公顷.
    counted = figure.partition("/")[0].removesuffix("水平")  # in whose 平 nothing is measured
    names = [counted[at:] for at in range(1, len(counted))]
    if counted.isascii():  # the longest that an English text begins with: year old, year
        english = words_of(counted[found[0].end :])
        names = [key_of(" ".join(english[:end])) for end in range(min(len(english), _LONGEST_UNIT), 0, -1)]
    words = map(vocabulary.words.get, [*names, found[0].unit])
    return next((word.roles["unit"] for word in words if word and "unit" in word.roles), "")


def _is_within(figure: str, found: Sequence[Quantity]) -> bool:
    """Whether numbers stand amid a name, with more before and behind them than a hedge: 贯彻两次讲话精神.

    So do those of several names: 东屏（5.8%）、西屏（4.4%）; and one behind several: 茶、丝等五种商品.
    """
    if "、" in figure[1 : found[0].start]:
        return True
    behind = found[1].start if len(found) > 1 else len(figure)
    return found[0].start > _HEDGE and max(behind - found[0].end, len(figure) - found[-1].end) > _HEDGE
