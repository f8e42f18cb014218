"""How well a fact fits a question: how much of the question it explains, and how much of its name the question says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .filters import Fit
from .index import TOTAL, Entry, Index, Name, NameToken, Sense, closure
from .parts import Part
from .tuning import TUNING

if TYPE_CHECKING:
    from .observation import Observation


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


class Scorer:
    """Scores facts for one question; what the question says is looked up once for each token of a name."""

    def __init__(self, question: Observation, parts: Sequence[Part], index: Index) -> None:
        self.said = closure((c for part in parts for sense in part.senses for c in sense), index.vocabulary)
        self._concepts = [part for part in parts if part.known and part.token.quantity is None]
        self._values = {part.token.quantity.value for part in parts if part.token.quantity}
        self._weight = sum(part.weight for part in parts) or 1.0
        self._total = question.total
        self._text = "\n".join(token.text for token in (*question.content, *(part.token for part in parts)))
        self._known: dict[str, float] = {TOTAL: float(question.total)}

    def score(self, entry: Entry, explained: float, fit: Fit) -> Scored:
        """A fact of a fitting type, of which all names together explain the share `explained` of the question.

        It is scored by its best name: what only another name explains counts a little less, as does a keyword that is
        said beside a label.
        """
        quoted = any(quantity.value in self._values for quantity in entry.quantities)
        best = (TUNING.elsewhere * explained * (1 - TUNING.name_share), TUNING.elsewhere * explained, 0.0)
        own = False
        for at, name in enumerate(entry.names):
            share = 1.0 if quoted else self._share(name)
            if not share:
                continue
            own = own or (share >= TUNING.own and (at == 0 or (self._total and name.tokens[-1].text == TOTAL)))
            share *= TUNING.elsewhere if at else 1.0
            # No name explains more than all together do, so that most cannot be the best any more.
            if explained * (1 - TUNING.name_share + TUNING.name_share * share) < best[0]:
                continue
            coverage = explained - (1.0 - TUNING.elsewhere) * min(self._lacks(name) / self._weight, explained)
            best = max(best, (coverage * (1 - TUNING.name_share + TUNING.name_share * share), coverage, share))
        score = best[0] * fit.doubt
        return Scored(entry, score, best[1], best[2], score * fit.preference, own)

    def _lacks(self, name: Name) -> float:
        """The weight of the words of the question that a name does not say."""
        lacking = 0.0
        for part in self._concepts:
            if not _says_any(name.concepts, part.senses):
                lacking += part.weight
        return lacking

    def _share(self, name: Name) -> float:
        """How much of a name the question says, 0..1."""
        if not name.literal and name.concepts.isdisjoint(self.said):
            return 0.0
        got = 0.0
        for token in name.tokens:
            known = self._known.get(token.text)
            if known is None:
                known = self._known[token.text] = self._is_said(token)
            got += token.weight * known
        return got / name.weight

    def _is_said(self, token: NameToken) -> float:
        if _says_any(self.said, token.senses):
            return 1.0
        if token.senses not in ((), ((token.text,),)):
            return 0.0
        return covered(token.text, self._text) if len(token.text) > 1 else float(token.text in self._text)


def _says_any(said: frozenset[str], senses: Iterable[Sense]) -> bool:
    """Whether all concepts of some sense are said; a loop, as it takes half the time of `any`."""
    for sense in senses:  # noqa: SIM110
        if said.issuperset(sense):
            return True
    return False


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
