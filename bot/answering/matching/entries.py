"""A fact as an observation: what its names and the clause around its figure say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.language.normalize import normalize_all
from bot.answering.language.periods import Period, period, spans
from bot.answering.language.quantities import quantities

from .observation import RELATIVE, Aspect, Observation, base_of, is_place, is_zone, read
from .places import HERE, surroundings
from .tuning import TUNING

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.answering.language.quantities import Quantity
    from bot.answering.language.tokens import Token
    from bot.answering.language.vocabulary import Vocabulary

Sense = tuple[str, ...]
NEW = "新增"  # the concept that an increase in an amount says too
TOTAL = "*"  # what a name says of the whole in any words, such as 总数
_CLAUSE_END = re.compile(r"[，；。,;.!?！？]")
_BEFORE = 24  # characters before a figure that are looked at for how it is told
# The units of figures that quantities.py spells in one way, by the grammar's families.
_FAMILIES = {"%": "percent", "百分点": "points", "‰": "permille", "倍": "times"}
_FAMILIES |= dict.fromkeys(("元", "美元", "欧元"), "money")
_RATIO = re.compile(r"\d\s*[:：]\s*\d")


@dataclass(frozen=True, slots=True)
class NameToken:
    """A token of a name of a fact; `weight`: how much it tells of which fact is meant, 0..1.

    `literal`: it is text that stands for itself, of which a question may say a part.
    """

    text: str
    senses: tuple[Sense, ...]
    weight: float
    literal: bool


@dataclass(eq=False, slots=True)
class Name:
    """A name of a fact. `concepts`: of its tokens, with what each is a kind of; `weight`: of all of them.

    `literal`: some token is.
    """

    tokens: tuple[NameToken, ...]
    concepts: frozenset[str]
    weight: float
    literal: bool


@dataclass(eq=False, slots=True)
class Entry:
    """A fact as an observation.

    `names`: its label first, then its keywords. `concepts`: of all its names; `nearby`: of the clause around the
    figure; `around`: of the rest of the sentence and of the section. `text`: the names as text; `sentence`: normalised.
    `mentioned`: the places that names and clause mention. `is_date`: the figure names a time.
    """

    fact: Fact
    number: int
    aspect: Aspect
    names: tuple[Name, ...]
    concepts: frozenset[str]
    nearby: frozenset[str]
    around: frozenset[str]
    text: str
    sentence: str
    mentioned: frozenset[str]
    period: Period
    quantities: tuple[Quantity, ...]
    is_date: bool


class FactReading:
    """A fact whose texts are read, before it is known how rare their words are."""

    def __init__(
        self,
        fact: Fact,
        vocabulary: Vocabulary,
        cut: Callable[[str], list[Token]],
        understand: Callable[[str], Observation],
    ) -> None:
        self.fact = fact
        self._vocabulary = vocabulary
        self._cut, self._understand = cut, understand
        names = [fact.label, *fact.keywords, fact.en.label, *fact.en.keywords]
        texts = [fact.sentence, fact.section, fact.figure, fact.period or ""]
        *names, self._sentence, self._section, self._figure, self._stated = normalize_all([*names, *texts])
        self._texts = [text for text in names if text]
        self.names = [understand(text) for text in self._texts]
        self.concepts = closure(_concepts(token for name in self.names for token in name.content), vocabulary)

    def entry(self, number: int, name_token: Callable[[Token], NameToken]) -> Entry:
        sentence, figure = self._sentence, self._figure
        before, near = self._around(sentence, figure)
        found = quantities(figure)
        aspect = self._aspect(before, figure, _family(figure, found, self._vocabulary))
        concepts = self.concepts
        if aspect.change == "up" and aspect.unit not in RELATIVE:
            concepts |= {NEW}
        nearby = closure(_concepts(near), self._vocabulary)
        # What an everyday word of a name may mean beside itself.
        words = [token.word for name in self.names for token in name.content if token.word]
        nearby |= {c for word in words if not word.senses for sense in word.everyday for c in sense}
        return Entry(
            self.fact,
            number,
            aspect,
            tuple(self._names(name_token)),
            concepts,
            nearby - concepts,
            closure(_concepts([*self._cut(self._section), *self._cut(sentence)]), self._vocabulary) - nearby - concepts,
            "\n".join(self._texts),
            sentence,
            frozenset(self._mentioned(near)),
            self._period(),
            found,
            bool(spans(figure)),
        )

    def _around(self, sentence: str, figure: str) -> tuple[str, list[Token]]:
        """What stands before the figure in its clause, and the tokens of the clause.

        A clause that names nothing goes on with what the one before it named: 同比增长273.2%.
        """
        at = sentence.find(figure)
        if at < 0:
            return "", self._cut(sentence)
        starts = [0, *(match.end() for match in _CLAUSE_END.finditer(sentence, 0, at))]
        end = _CLAUSE_END.search(sentence, at + len(figure))
        last = end.start() if end else len(sentence)
        tokens: list[Token] = []
        for start in reversed(starts):
            tokens = self._cut(sentence[start:last])
            if any(token.is_content for token in tokens):
                break
        return sentence[starts[-1] : at], tokens

    def _names(self, name_token: Callable[[Token], NameToken]) -> Iterator[Name]:
        for name in self.names:
            tokens = list(map(name_token, name.content))
            if tokens and name.total:
                tokens.append(NameToken(TOTAL, ((TOTAL,),), TUNING.total, literal=True))
            if tokens:
                concepts = closure(_concepts(name.content), self._vocabulary)
                literal = any(token.literal for token in tokens)
                yield Name(tuple(tokens), concepts, sum(token.weight for token in tokens), literal)

    def _aspect(self, before: str, figure: str, unit: str) -> Aspect:
        """How the figure is told: by the label, and where that leaves it open by what stands before the figure."""
        label = self.names[0].aspect
        unit = unit or ("" if self._texts[0].isascii() else label.unit)
        prefix = _aspect_before(self._cut(before[-_BEFORE:]))
        # 占GDP比重 beside the label 投入强度 is another name, and does not make it a share alone.
        also = frozenset().union(*(name.aspect.forms for name in self.names)) - {"share"}
        forms = (prefix.forms | label.forms | also) - {"level"}
        change = label.change or prefix.change
        if unit == "name":
            # 持平 tells of a change in words; 加快建设的项目 names none.
            change = self._understand(figure).aspect.change
        elif change and prefix.change in ("up", "down", "same"):
            change = prefix.change
        base = label.base or prefix.base or next((name.aspect.base for name in self.names if name.aspect.base), "")
        aspect = Aspect(change, "percent" if unit in RELATIVE else "amount", forms, base, unit)
        aspect.base = base_of(aspect, self.fact.report.year)
        return aspect

    def _mentioned(self, near: Sequence[Token]) -> Iterator[str]:
        key = surroundings(self.fact.report).key
        # A label that names a place is about that one, whichever its sentence goes on to.
        tokens = [token for name in self.names for token in name.tokens]
        if all(key(token) == HERE for token in self.names[0].places):
            tokens += near
        yield from (key(token) for token in tokens if is_place(token) or is_zone(token))

    def _period(self) -> Period:
        """The period that the fact states, or else its label."""
        year = self.fact.report.year
        # 2010年以来 is no period of its own: the figure is that of the report's year.
        return period(self._understand(self._stated).spans, year) or period(self.names[0].spans, year)


def senses_of(token: Token) -> tuple[Sense, ...]:
    """What a token of a report says, as concepts; unknown text and everyday words stand for themselves."""
    if token.word is None:
        return ((token.text,),) if token.is_unknown else ()
    if not token.word.senses and token.word.everyday:
        return ((token.text,),)
    return tuple(token.word.senses)


def closure(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Concepts with all that they are kinds of."""
    found = set(concepts)
    for concept in tuple(found):
        found |= vocabulary.wider(concept)
    return frozenset(found)


def _concepts(tokens: Iterable[Token]) -> Iterator[str]:
    return (concept for token in tokens for sense in senses_of(token) for concept in sense)


def _aspect_before(tokens: Sequence[Token]) -> Aspect:
    """How a figure is told by the words right before it, with the base that its clause names: 比上年增长 | 8.5%."""
    whole = read(tokens).aspect
    last: list[Token] = []
    for token in reversed(tokens):
        if token.is_unknown or (token.is_content and not token.roles):
            break
        last.insert(0, token)
    near = read(last).aspect
    # 增长3%，达到 and "rose 3% to" tell the level that a change came to.
    change = "" if last and "came" in last[-1].roles else near.change
    return Aspect(change, near.kind, near.forms, whole.base)


def _family(figure: str, found: Sequence[Quantity], vocabulary: Vocabulary) -> str:
    """The family of a figure's unit: `name` for one without a number, "" for a bare number."""
    if _RATIO.search(figure):
        return "ratio"
    if not found:
        return "name"
    if found[0].ordinal:
        return "rank"
    if found[0].unit in _FAMILIES:
        return _FAMILIES[found[0].unit]
    # The longest measure word that the figure ends with: 个工作日 of 0.5个工作日.
    words = map(vocabulary.words.get, [*(figure[at:] for at in range(1, len(figure))), found[0].unit])
    return next((word.roles["unit"] for word in words if word and "unit" in word.roles), "")
