"""Finds the facts that a question may mean: reading, candidates, scores."""

from __future__ import annotations

from collections.abc import Iterator

from .hearing import hear
from .index import Index
from .knowledge import Fact, Knowledge
from .profiles import profiles
from .question import Question, read
from .scoring import Scored, score
from .surroundings import surroundings
from .vocabulary import Vocabulary
from .words import Word


class Matcher:
    """Matches questions with the facts of one knowledge, by their Chinese names only or by their English ones too."""

    def __init__(self, knowledge: Knowledge, *, english: bool) -> None:
        self.vocabulary = Vocabulary(knowledge.lexicon, english=english)
        for report in knowledge.reports:
            subject = report.subject
            self.vocabulary.add_subject((subject.label, subject.en, *subject.aliases), report.id)
        self.index = Index(profiles(knowledge, self.vocabulary), self.vocabulary)
        self._around = surroundings(knowledge.reports, knowledge.lexicon, self.vocabulary)

    def read(self, text: str) -> Question:
        """The question that people's text asks."""
        return read(text, self.vocabulary)

    def rank(self, question: Question) -> list[Scored]:
        """The facts that share something with the question, the best first."""
        candidates = self.index.candidates(question)
        heard = hear(question, self.index, self._around)
        return sorted((score(heard, profile) for profile in candidates), key=lambda scored: -scored.order)

    def bare(self, question: Question) -> list[Fact]:
        """The facts that a question may mean which only says what kind of figure it wants, such as 多少美元."""
        facts = [profile.fact for profile in self.index.of_kind(question.bare_kinds)]
        measures = [measure for word in question.words for measure in _measures(word)]
        return [fact for fact in facts if any(measure in fact.figure for measure in measures)] or facts


def _measures(word: Word) -> Iterator[str]:
    """A measure word, or the one at the end of a question word: 美元 of 多少美元."""
    if word.entry and word.entry.unit:
        yield word.text
    if word.asks:
        yield word.text[-2:]
