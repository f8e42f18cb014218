from __future__ import annotations

import pytest
from bot.answering.phrases import Phrases
from bot.answering.profiles import Profile
from hypothesis import given
from hypothesis import strategies as st
from lake_town import MATCHER

from bot.answering.answer import Language

INDEX = MATCHER.index
CONCEPTS = sorted({concept for profile in INDEX.facts for concept in profile.named})
SAID = st.dictionaries(st.sampled_from(CONCEPTS), st.floats(0.05, 1), max_size=12)


def worths(said: dict[int, float]) -> dict[int, float]:
    return {concept: INDEX.weights[concept] * share for concept, share in said.items()}


def best_share(profile: Profile, said: dict[int, float], phrases: Phrases) -> float:
    """The share of the best phrase, with no phrase left out."""
    adds = worths(said)
    own = [phrase for phrase in profile.phrases if not adds.keys().isdisjoint(phrase)]
    shares = (sum(adds.get(concept, 0.0) for concept in phrase) / phrases.weight(phrase) for phrase in own)
    return max(shares, default=0.0)


@given(said=SAID)
def test_no_phrase_that_is_left_out_would_have_been_the_best(said: dict[int, float]) -> None:
    phrases = INDEX.phrases[Language.ENGLISH]
    for profile in INDEX.facts:
        expected = best_share(profile, said, phrases)
        assert phrases.share(profile, worths(said), frozenset(said)) == expected


@pytest.mark.parametrize(("language", "is_said"), [(Language.CHINESE, False), (Language.ENGLISH, True)])
def test_chinese_questions_say_no_english_phrases(language: Language, is_said: bool) -> None:
    landings = MATCHER.vocabulary.entries["landings"].concept
    ferries = next(profile for profile in INDEX.facts if profile.fact.id == "ferries")
    share = INDEX.phrases[language].share(ferries, worths({landings: 1.0}), frozenset([landings]))
    assert (share > 0) is is_said
