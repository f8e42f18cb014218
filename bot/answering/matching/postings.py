"""Which facts have a concept, and how far: worked out when it is first asked for, of the texts that say it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count
from math import log
from operator import itemgetter
from typing import TypeAlias

from .tuning import TUNING

_LEAST_WEIGHT = 0.3
# Where a fact has a concept: in its names, in the clause of its figure, or in the rest of its sentence; and how far it
# explains it there, or nowhere.
NAMED, NEARBY, AROUND = range(1, 4)
_SHARES = (0.0, 1.0, TUNING.nearby, TUNING.around)
# A concept that more facts explain is kept packed.
_UNPACKED, _MOST_KEPT = 1000, 2000


class PackedShares:
    """How far, 0..1, each fact explains a concept, by the numbers of the facts; much smaller than a mapping.

    `levels`: where the facts have it, by their numbers; `size`: how many there are.
    """

    def __init__(self, levels: Mapping[int, int], size: int) -> None:
        self._levels, self._explaining = bytearray(size), len(levels)
        for number, level in levels.items():
            self._levels[number] = level

    def __len__(self) -> int:
        return self._explaining

    def get(self, number: int, _default: float, /) -> float:
        return _SHARES[self._levels[number]]

    def items(self) -> Iterator[tuple[int, float]]:
        return ((at, _SHARES[self._levels[at]]) for at in compress(count(), self._levels))


Shares: TypeAlias = dict[int, float] | PackedShares


class Postings:
    """For each concept the texts that say it, each with the numbers of the facts that have the text."""

    def __init__(self, size: int) -> None:
        """`size`: how many facts there are."""
        self._size, self._scale = size, log(size + 1) or 1.0
        self._said: defaultdict[str, list[tuple[int, Sequence[int]]]] = defaultdict(list)
        self._shares: dict[str, Shares] = {}
        self._weights: dict[str, float] = {}

    def add(self, concepts: Iterable[str], level: int, facts: Sequence[int]) -> None:
        """A text that says some concepts: a name, a clause or a sentence, by its level. `facts` may still grow."""
        text = level, facts
        for concept in concepts:
            self._said[concept].append(text)

    def named(self) -> frozenset[str]:
        """The concepts that some fact explains in full."""
        return frozenset(c for c, texts in self._said.items() if any(level == NAMED for level, _ in texts))

    def weight(self, concept: str) -> float:
        """How much a concept tells of which fact is meant: 1 for one that no other fact has, least for one of all."""
        known = self._weights.get(concept)
        if known is None:
            named = (facts for level, facts in self._said.get(concept, ()) if level == NAMED)
            facts = len(set(chain.from_iterable(named))) or 1
            known = self._weights[concept] = _LEAST_WEIGHT + (1.0 - _LEAST_WEIGHT) * (1.0 - log(facts) / self._scale)
        return known

    def shares(self, concept: str) -> Shares:
        """How far each fact explains a concept that does: in full with a name, less with its sentence."""
        found = self._shares.get(concept)
        if found is None:
            if len(self._shares) >= _MOST_KEPT:
                self._shares.clear()
            levels: dict[int, int] = {}
            for level, facts in sorted(self._said.get(concept, ()), key=itemgetter(0), reverse=True):
                levels.update(dict.fromkeys(facts, level))
            if len(levels) > _UNPACKED:
                found = PackedShares(levels, self._size)
            else:
                found = {number: _SHARES[levels[number]] for number in sorted(levels)}
            self._shares[concept] = found
        return found
