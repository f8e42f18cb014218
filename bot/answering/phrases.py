"""How much of a fact's name a question says: the share, by weight, of the phrase that it says most of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .learning import Concepts
from .profiles import Profile

# Sums of the same numbers in different orders differ by less.
_ROUNDED_UP = 1 + 1e-9
# The facts whose phrases are kept: more than questions come back to.
_MOST_KEPT = 20_000


class Phrases:
    """The phrases by which questions in Chinese, or in `english`, name facts; those of a fact are weighed once."""

    def __init__(self, weights: Sequence[float], *, english: bool) -> None:
        """`weights`: those of the concepts."""
        self._weights = weights
        self._english = english
        self._kept: dict[str, Sequence[tuple[float, Concepts]]] = {}

    def weight(self, phrase: Concepts) -> float:
        return sum([self._weights[concept] for concept in phrase])

    def share(self, profile: Profile, worths: Mapping[int, float], said: frozenset[int]) -> float:
        """The share of a fact's best phrase that is said, 0..1; `worths`: what each concept `said` adds to it.

        Of a single concept it is that of the lightest phrase that has it. No phrase has more that is said than all of
        them together: those too heavy to win even with that are left out.
        """
        named = said & profile.named
        if not named:
            return 0.0
        phrases = self._kept.get(profile.fact.id) or self._weigh(profile)
        if len(named) == 1:
            (concept,) = named
            for weight, phrase in phrases:
                if concept in phrase:
                    return worths[concept] / weight
            return 0.0
        most = _ROUNDED_UP * sum([worths[concept] for concept in named])
        best = 0.0
        for weight, phrase in phrases:
            if most <= best * weight:
                break
            if not named.isdisjoint(phrase):
                got = 0.0
                for concept in phrase:
                    if concept in named:
                        got += worths[concept]
                best = max(best, got / weight)
        return best

    def _weigh(self, profile: Profile) -> Sequence[tuple[float, Concepts]]:
        """The phrases of a fact with their weights, the lightest first."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        phrases = profile.phrases if self._english else profile.chinese
        weighed = self._kept[profile.fact.id] = sorted([(self.weight(phrase), phrase) for phrase in phrases])
        return weighed
