"""Verdicts on what messages claim: of a figure, of a year, of what is the first of all, and of two facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from bot.answering.answer import Answer, Match, Outcome
from bot.answering.answerer import Answerer, language_of
from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import series
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.tuning import TUNING

from .choice import called_alike
from .claims import Claim, Comparison, claim_of, dated_claim_of, level_of, trend
from .followups import Turn, follow_up, leans
from .lists import how_told, in_order, without_wholes
from .things import one_each
from .wanted import Wanted

# The answer to a question, given with its answer by itself, that may go on from the ones before, of the facts that fit.
Find: TypeAlias = Callable[[Observation, Answer, Callable[[Entry], bool]], Answer]


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives the verdicts on what messages claim; `turns`: those of the conversation, the last one at the end."""

    answerer: Answerer
    turns: Sequence[Turn]
    find: Find

    def on_figure(self, heard: Observation, text: str) -> tuple[Answer, Observation] | None:
        """The verdict on what a message claims of a figure, or else of a year; None where it claims nothing sure."""
        claim, dated = claim_of(heard, self._index.vocabulary), dated_claim_of(heard)
        answer = self._claimed(claim, text) if claim else None
        if dated and not (answer and answer.outcome is Outcome.ANSWER):
            judged = self._claimed(dated, text)
            if judged.outcome is Outcome.ANSWER:
                return judged, dated.question
        return (answer, claim.question) if answer and claim else None

    def on_first(self, wanted: Wanted, text: str) -> Answer | None:
        """The verdict on what is said to be the first of all that is called alike; None where no one fact is meant."""
        plain = self.answerer.answer_to(wanted.one_but([]), text)
        named = [self._entry(match) for match in plain.matches] if plain.outcome is Outcome.ANSWER else []
        alike = called_alike(named[0], self._index) if len(named) == 1 else ()
        found = in_order(without_wholes(alike), wanted.order)
        if not found.entries:
            return None
        first = (Match(entry.fact, 1.0) for entry in found.entries if entry not in named)
        return replace(plain, matches=(*plain.matches, *first), verdict=named[0] in found.entries)

    def on_two(self, comparison: Comparison, text: str) -> Answer | None:
        """The verdict on two facts; None where the report does not have both of them."""
        named = comparison.named
        if comparison.first and comparison.is_of_times:
            pair = [*self._one_for(comparison.first), *self._one_for(comparison.second)]
        else:
            pair = one_each(*named, self._index, how_told) if named else self._with_the_last(comparison)
        verdict = comparison.verdict(pair[0], pair[1], self._index.vocabulary) if len(pair) == 2 else None
        facts = tuple(Match(entry.fact, 1.0) for entry in pair)
        return None if verdict is None else Answer(text, language_of(text), Outcome.ANSWER, facts, verdict=verdict)

    def _claimed(self, claim: Claim, text: str) -> Answer:
        """The verdict on what a message claims, and whatever it may be about where that is not sure."""
        vocabulary = self._index.vocabulary
        bears = partial(claim.is_about, vocabulary=vocabulary)
        plain = self.answerer.answer_to(claim.question, text, bears)
        answer = plain if leans(claim.question) else self._meant(claim, plain)
        if answer.outcome is not Outcome.ANSWER or answer is plain:
            answer = self._meant(claim, self.find(claim.question, plain, bears))
        if answer.outcome is not Outcome.ANSWER:
            return self._trend(claim, text) or answer
        verdict = claim.verdict(self._entry(answer.matches[0]), vocabulary)
        return (self._trend(claim, text) if verdict is None else None) or replace(answer, verdict=verdict)

    def _meant(self, claim: Claim, answer: Answer) -> Answer:
        """An answer with the one of several facts that a claim can mean only, where there is such a one."""
        best = max((match.score for match in answer.matches), default=0.0)
        alike = [self._entry(match) for match in answer.matches if match.score >= TUNING.margin * best]
        if answer.outcome is Outcome.CHOICES and (meant := claim.meant(alike, self._index.vocabulary)):
            return replace(answer, outcome=Outcome.ANSWER, matches=(Match(meant.fact, 1.0),))
        return answer

    def _trend(self, claim: Claim, text: str) -> Answer | None:
        """The verdict on a change by the figures of the years that it is about; None where there are no such."""
        level = level_of(claim)
        matches = self.answerer.answer_to(level, text).matches if level else ()
        told = series(self._entry(matches[0]), self._index) if matches else []
        is_one = bool(matches) and {match.fact for match in matches} <= {entry.fact for entry in told}
        if not is_one or not (found := trend(claim, told)):
            return None
        facts = tuple(Match(entry.fact, 1.0) for entry in found[0])
        return Answer(text, language_of(text), Outcome.ANSWER, facts, verdict=found[1])

    def _one_for(self, asked: Observation) -> list[Entry]:
        """The one fact that a question has for an answer; none where it has none, or several."""
        answer = self.answerer.answer_to(asked, "")
        is_one = answer.outcome is Outcome.ANSWER and len(answer.matches) == 1
        return list(map(self._entry, answer.matches)) if is_one else []

    def _with_the_last(self, comparison: Comparison) -> list[Entry]:
        """The one fact that was stated last, and the one that it is compared with; none where that is not sure."""
        turn = self.turns[-1] if self.turns else None
        if turn is None or len(turn.entries) != 1:
            return []
        fits = partial(comparison.may_be, turn.entries[0], vocabulary=self._index.vocabulary)
        plain = [self._entry(m) for m in self.answerer.answer_to(comparison.second, "", fits).matches]
        beside = follow_up(comparison.second, turn, self._index)
        others = [only[0] for only in (plain, beside) if len(only) == 1 and fits(only[0])]
        return [turn.entries[0], others[0]] if others else []

    @property
    def _index(self) -> Index:
        return self.answerer.index

    def _entry(self, match: Match) -> Entry:
        return self._index.entry(self._index.numbers[match.fact.id])
