"""A message may quote a figure and ask what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.answer import Answer, Match, Outcome
from bot.answering.answerer import language_of
from bot.answering.language.quantities import is_among

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer
    from bot.answering.matching.observation import Observation

NAMES = frozenset(["name", "what", "who"])  # question words that a name answers


def quoted(asked: Observation, text: str, answerer: Answerer) -> Answer | None:
    """The fact whose figure a message quotes to ask what it is: 82座是哪一类馆; None where it does not."""
    compares = any("compare" in token.roles for token in asked.tokens)
    if compares or not (asked.asks and asked.asks <= NAMES | {"time"}):
        return None
    index = answerer.index
    entries = [
        entry
        for said in asked.quantities
        for entry in map(index.entry, index.by_value.get((said.value, False), ()))
        if (said.unit or said.may_lack_scale) and is_among(said, entry.quantities[:1])
    ]
    facts = [entry.fact for entry in entries]
    if len(facts) > 1:
        facts = [match.fact for match in answerer.answer_to(asked, text, entries.__contains__).matches]
    matches = tuple(Match(fact, 1.0) for fact in facts)
    return Answer(text, language_of(text), Outcome.ANSWER, matches) if len(matches) == 1 else None
