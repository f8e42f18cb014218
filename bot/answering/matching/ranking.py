"""Which facts fit a question: filters by type first, then one score of coverage both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .filters import Asked, Fit, fit
from .index import TOTAL, Entry, Index, Name, NameToken, Sense, closure, senses_of
from .tuning import TUNING

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token

    from .observation import Observation

# Of the facts that share a word with the question, those are looked at that explain this share of what the best one
# does, and no more than so many.
_NEAR = 0.55
_MOST_LOOKED_AT = 60
# A word that more facts have narrows nothing down where a rarer one does.
_COMMON = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A content token of a question: what it may say, and how much it counts; `known`: by the vocabulary;
    `in_force`: some fact has it, and the question asks of it."""

    token: Token
    senses: tuple[Sense, ...]
    weight: float
    known: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A fact and how well it fits, 0..1.

    `question`: how much of the question it explains. `name`: how much of its name the question says. `misfit`: why it
    does not answer whatever its score, "" where it does. `order`: by which facts are compared: the score, lower where
    another fact of the kind would be meant first. `own`: its label is said in full, or that it is the total is.
    """

    entry: Entry
    score: float
    question: float
    name: float
    order: float
    own: bool
    misfit: str = ""

    @property
    def preference(self) -> float:
        """Below 1 where a fact of another kind would be meant first."""
        return self.order / self.score if self.score else 0.0


def parts_of(content: Iterable[Token], index: Index, share: float = 1.0) -> list[Part]:
    """The content of a question with its weights; `share`: how much of them counts."""
    found = []
    for token in content:
        if token.is_unknown and len(token.text) == 1:
            continue
        known = token.word is not None or token.quantity is not None
        for senses in _meanings(token, index):
            in_force = share == 1.0 and any(concept in index.named for sense in senses for concept in sense)
            found.append(Part(token, senses, _weight(token, senses, index) * share, known, in_force))
    if any(_is_quoted(part, index) for part in found):
        # A figure that is quoted says what is meant; the words around it only ask.
        found = [
            p if p.token.quantity or p.weight < TUNING.foreign else replace(p, weight=p.weight * 0.3) for p in found
        ]
    return _as_whole(found, index)


def _is_quoted(part: Part, index: Index) -> bool:
    """Whether a question states the figure of a fact."""
    asked = part.token.quantity
    if asked is None or asked.ordinal:
        return False
    facts = (index.entries[number] for number in index.by_value.get(asked.value, ()))
    return any(asked.unit in ("", one.unit) for entry in facts for one in entry.quantities if one.value == asked.value)


def _as_whole(parts: list[Part], index: Index) -> list[Part]:
    """With parts that together are a whole also as that whole: 小学 and 初中 are 义务教育."""
    said = {concept for part in parts for sense in part.senses for concept in sense}
    wholes = index.vocabulary.wholes
    for whole in {whole for concept in said for whole in wholes.get(concept, ())}:
        kinds = index.vocabulary.parts[whole]
        if whole in index.named and said.issuperset(kinds):
            parts = [
                replace(part, senses=(*part.senses, (whole,))) if any({*kinds} & {*s} for s in part.senses) else part
                for part in parts
            ]
    return parts


def _senses(token: Token, index: Index) -> tuple[Sense, ...]:
    """What a token may say, also as the concepts that its name consists of."""
    senses = senses_of(token)
    if token.word is None:
        return senses
    return (*senses, *token.word.everyday, *index.vocabulary.parts_in(token.text))


def _meanings(token: Token, index: Index) -> list[tuple[Sense, ...]]:
    """The ideas that a token says, each with its senses: 小学老师 says two, 孩子 one of several."""
    senses = _senses(token, index)
    if token.word is not None and len(token.word.senses) == 1 and len(token.word.senses[0]) > 1:
        return [((concept,),) for concept in token.word.senses[0]]
    return [senses]


def _weight(token: Token, senses: Sequence[Sense], index: Index) -> float:
    if token.quantity is not None:
        return 1.0
    if token.word is not None:
        if not any(concept in index.named for sense in senses for concept in sense):
            return TUNING.foreign
        return min((max(map(index.weight, sense)) for sense in senses), default=TUNING.unknown)
    text = token.text
    met = not text.isascii() and any(text[at : at + 2] in index.by_pair for at in range(len(text) - 1))
    return TUNING.met if met else TUNING.unknown


def rank(question: Observation, parts: Sequence[Part], index: Index) -> list[Scored]:
    """The facts that share something with a question, best first; those of another type come last, marked."""
    explained = _explained(parts, index)
    total = sum(part.weight for part in parts)
    if not parts:
        explained = dict.fromkeys(range(min(len(index.entries), _COMMON)), 1.0)
        total = 1.0
    said = _Said(parts, index, total=question.total)
    asked = Asked(question, said.concepts, _breakdowns(parts, index))
    scored: list[Scored] = []
    least = 0.0
    for number in sorted(explained, key=lambda n: -explained[n]):
        if explained[number] < least or len(scored) >= _MOST_LOOKED_AT:
            break
        entry = index.entries[number]
        share = explained[number] / (total + sum(_against(part) for part in parts if not _is_met(part, entry)))
        one = _scored(parts, entry, share, said, fit(asked, entry, index))
        scored.append(one)
        if not one.misfit:
            least = max(least, _NEAR * explained[number])
    scored.sort(key=lambda one: (bool(one.misfit), -one.order, one.entry.number))
    return scored


def _explained(parts: Sequence[Part], index: Index) -> dict[int, float]:
    """How much of a question each fact explains by its names and by what stands around its figure, in weights."""
    found: defaultdict[int, float] = defaultdict(float)
    rare_first = sorted(((part, _explaining(part, index)) for part in parts), key=lambda pair: len(pair[1]))
    for part, numbers in rare_first:
        if found and len(numbers) > _COMMON:
            for number in found:
                found[number] += part.weight * numbers.get(number, 0.0)
        else:
            for number, share in numbers.items():
                found[number] += part.weight * share
    return found


def _explaining(part: Part, index: Index) -> dict[int, float]:
    """The facts that explain a part of a question, and how far."""
    token = part.token
    if token.quantity is not None:
        return _stating(token, index)
    found: dict[int, float] = {}
    for sense in part.senses:
        for number, share in _explaining_sense(sense, index).items():
            found[number] = max(share, found.get(number, 0.0))
    if not part.known:
        _add_literal(found, token.text, index)
    return found


def _explaining_sense(sense: Sense, index: Index) -> dict[int, float]:
    """The facts that have all concepts of a sense, and how far they explain the one farthest from the figure."""
    found = _having(sense[0], index)
    for concept in sense[1:]:
        other = _having(concept, index)
        found = {number: min(share, other[number]) for number, share in found.items() if number in other}
    return found


def _having(concept: str, index: Index) -> dict[int, float]:
    found = dict.fromkeys(index.around.get(concept, ()), TUNING.around)
    found.update(dict.fromkeys(index.nearby.get(concept, ()), TUNING.nearby))
    found.update(dict.fromkeys(index.named.get(concept, ()), 1.0))
    return found


def _stating(token: Token, index: Index) -> dict[int, float]:
    quantity = token.quantity
    assert quantity is not None  # noqa: S101 - the caller looked
    found = dict.fromkeys(index.by_number.get(token.text, ()), 0.7)
    found.update(dict.fromkeys(index.by_value.get(quantity.value, ()), 1.0))
    return found


def _add_literal(found: dict[int, float], text: str, index: Index) -> None:
    """The facts in whose names or sentence stretches of the text stand as they are."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    for number in {number for pair in pairs for number in index.by_pair.get(pair, ())}:
        entry = index.entries[number]
        share = max(covered(text, entry.text), TUNING.nearby * covered(text, entry.sentence))
        found[number] = max(share, found.get(number, 0.0))


def _scored(parts: Sequence[Part], entry: Entry, explained: float, said: _Said, fitting: Fit) -> Scored:
    """A fact with its best name: what only its other names explain counts a little less."""
    concepts = [part for part in parts if part.known and part.token.quantity is None]
    total = sum(part.weight for part in parts) or 1.0
    quoted = any(
        q.value == part.token.quantity.value for part in parts if part.token.quantity for q in entry.quantities
    )
    best = (0.0, 0.0, 0.0)
    own = False
    for name in entry.names:
        lacks = sum(part.weight for part in concepts if not _is_in(part, name))
        coverage = explained - (1.0 - TUNING.elsewhere) * min(lacks / total, explained)
        share = 1.0 if quoted else said.share(name)
        own = own or (
            share >= TUNING.own and (name is entry.names[0] or (said.total and name.tokens[-1].text == TOTAL))
        )
        if name is not entry.names[0]:
            share *= TUNING.elsewhere
        score = coverage * (1 - TUNING.name_share + TUNING.name_share * share)
        best = max(best, (score, coverage, share))
    score = best[0] * fitting.doubt
    return Scored(entry, score, best[1], best[2], score * fitting.preference, own, fitting.misfit)


def _breakdowns(parts: Iterable[Part], index: Index) -> frozenset[str]:
    """The breakdowns that words with one meaning say, and that some fact has."""
    words = (part.token.word for part in parts if part.in_force)
    said = {c for word in words if word and len(word.senses) == 1 and not word.everyday for c in word.senses[0]}
    return index.vocabulary.breakdowns & said


def _against(part: Part) -> float:
    """What it weighs against a fact that it does not explain a part, beside the part's own weight.

    Below 0 for a word of everyday talk, which may be meant in some other way.
    """
    word = part.token.word
    if word is None:
        return 0.0
    if not word.senses:
        return (TUNING.loose - 1.0) * part.weight
    return TUNING.against * part.weight if part.in_force else 0.0


def _is_met(part: Part, entry: Entry) -> bool:
    """Whether anything about a fact explains a part of the question."""
    if part.token.quantity is not None:
        return True
    near = entry.concepts, entry.nearby, entry.around
    return any(any(concept in concepts for concepts in near) for sense in part.senses for concept in sense)


def _is_in(part: Part, name: Name) -> bool:
    return any(name.concepts.issuperset(sense) for sense in part.senses)


class _Said:
    """What a question says, by which the names of facts are measured; each token of a name is looked at once."""

    def __init__(self, parts: Sequence[Part], index: Index, *, total: bool) -> None:
        self._known: dict[str, float] = {TOTAL: float(total)}
        self.total = total
        self.concepts = closure((c for part in parts for sense in part.senses for c in sense), index.vocabulary)
        self._text = "\n".join(part.token.text for part in parts)

    def share(self, name: Name) -> float:
        """How much of a name the question says, 0..1."""
        got = 0.0
        for token in name.tokens:
            known = self._known.get(token.text)
            if known is None:
                known = self._known[token.text] = self._look(token)
            got += token.weight * known
        return got / name.weight

    def _look(self, token: NameToken) -> float:
        if token.text in self._text or any(self.concepts.issuperset(sense) for sense in token.senses if sense):
            return 1.0
        return 0.9 * covered(token.text, self._text) if len(token.text) > 2 else 0.0


def covered(text: str, other: str) -> float:
    """The share of a text's characters that stand in the other one in stretches of two or more."""
    if text in other:
        return 1.0 if len(text) > 1 else 0.0
    if text.isascii():
        return 0.0
    found = at = 0
    while at < len(text) - 1:
        size = 0
        while at + size < len(text) and text[at : at + size + 1] in other:
            size += 1
        found += size if size > 1 else 0
        at += max(size, 1)
    return found / len(text)
