"""A fact as an observation: what its names and the clause around its figure say."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.answering.knowledge.model import Fact
from bot.answering.language.periods import Period
from bot.answering.language.quantities import Quantity, quantities
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary, key_of
from bot.answering.language.word_lists import listed

from .observation import WORDS, Aspect

Sense = tuple[str, ...]
NEW = "新增"  # the concept that an increase in an amount says too
_NUMBERS = ("=", "#")  # how the concept of a number begins, and of one that is a rank
_LARGE, _MOST = "大", "最高"  # the unit of 第一大, and the concept that it says too
_ROUND = re.compile("(?<=[超过破达上在于足逾])(?=[百千万亿])")
TOTAL = "*"  # what a name says of the whole in any words, such as 总数


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words, English ones as a whole; `$` behind a word is the end of a name."""
    return re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in words), re.MULTILINE)


# The words by which names of facts tell things.
_TOLD = {thing: _any_of(listed(words)) for thing, words in WORDS["told"].items()}


def tells(thing: str, text: str) -> bool:
    """Whether a normalised text has a word by which facts tell a thing."""
    return _TOLD[thing].search(text) is not None


@dataclass(frozen=True, slots=True)
class NameToken:
    """A token of a name of a fact; `weight`: how much it tells of which fact is meant, 0..1."""

    text: str
    senses: tuple[Sense, ...]
    weight: float


@dataclass(eq=False, slots=True)
class Name:
    """A name of a fact. `concepts`: of its tokens, with what each is a kind of; `weight`: of all of them.

    `is_increase`: it calls what is new by how it has changed: 里程增加量.
    """

    tokens: tuple[NameToken, ...]
    concepts: frozenset[str]
    weight: float
    is_increase: bool = False


@dataclass(eq=False)
class Entry:
    """A fact as an observation.

    `read_names`: makes `names`. `concepts`: of all its names. `text`: the names as text; `sentence`: normalised.
    `mentioned`: the places that names and clause mention; `named`: those that the label names beside the report's own.
    `is_elsewhere`: its label tells of another one. `is_date`: the figure names a time.
    """

    fact: Fact
    number: int
    aspect: Aspect
    read_names: Callable[[], tuple[Name, ...]]
    concepts: frozenset[str]
    text: str
    sentence: str
    mentioned: frozenset[str]
    named: frozenset[str]
    is_elsewhere: bool
    period: Period
    quantities: tuple[Quantity, ...]
    is_date: bool

    @property
    def label(self) -> str:
        """Its label, normalised."""
        return self.text.partition("\n")[0]

    @property
    def whole(self) -> str:
        """What its label says that it is a share of, "" for none: 生产总值的比重 of 第三产业占生产总值的比重."""
        return self.label.partition("占")[2]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its label first, then its keywords; facts of another type than is asked for are never asked for them."""
        return self.read_names()


class NameTokens:
    """The tokens of names; facts share them, as there are many more facts than words. `weight`: that of a concept."""

    def __init__(self, weight: Callable[[str], float]) -> None:
        self._weight = weight
        self._known: dict[tuple[str, tuple[Sense, ...]], NameToken] = {}

    def of(self, token: Token) -> NameToken:
        senses = senses_of(token)
        known = self._known.get((token.text, senses))
        if known is None:
            weight = max((self._weight(concept) for sense in senses for concept in sense), default=1.0)
            known = self._known[token.text, senses] = NameToken(token.text, senses, weight)
        return known


def senses_of(token: Token) -> tuple[Sense, ...]:
    """What a token of a report says, as concepts; unknown text and everyday words stand for themselves, by stems.

    A number says its value in its unit, and its value alone; 第一大 also says 最大.
    """
    if (number := token.quantity) is not None:
        value = f"{_NUMBERS[number.ordinal]}{number.value.normalize()}"
        most = ((_MOST,),) if number.ordinal and number.value == 1 and number.unit == _LARGE else ()
        return ((value + number.unit,), (value,), *most) if number.unit else ((value,),)
    if token.word is None:
        return ((key_of(token.text) or token.text,),) if token.is_unknown else ()
    if not token.word.senses and token.word.everyday:
        return ((key_of(token.text),),)
    return tuple(token.word.senses)


def is_of_number(concept: str) -> bool:
    """Whether a concept is that of a number in a name, such as 1万 of 1万平方米以上."""
    return concept.startswith(_NUMBERS)


def round_limits(text: str) -> set[str]:
    """The concepts of round numbers that stand without a digit behind a word for a limit: 百万辆 of 超过百万辆."""
    if not _ROUND.search(text):
        return set()
    return {f"={one.value.normalize()}{one.unit}" for one in quantities(_ROUND.sub("1", text))}


def closure(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Concepts with all that they are kinds of."""
    found = set(concepts)
    for concept in tuple(found):
        found |= vocabulary.wider(concept)
    return frozenset(found)


def concepts_of(tokens: Iterable[Token]) -> Iterator[str]:
    return (concept for token in tokens for sense in senses_of(token) for concept in sense)
