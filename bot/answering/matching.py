"""Finds the facts that a question may mean: reading, candidates, scores."""

from __future__ import annotations

from .hearing import hear
from .index import Index
from .knowledge import Fact, Knowledge
from .profiles import profiles
from .question import Question, read
from .scoring import Scored, score
from .surroundings import surroundings
from .vocabulary import Vocabulary


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
        units = [fact for fact in facts if any(_unit(word.text) in fact.figure for word in question.words if word.asks)]
        return units or facts


def _unit(ask: str) -> str:
    """The currency or measure at the end of a question word: 美元 of 多少美元."""
    return ask[-2:]
