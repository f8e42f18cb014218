"""Text in, Answer out."""

from __future__ import annotations

from functools import cached_property

from .answer import Answer
from .cells import split
from .coverage import Coverage
from .deciding import decide
from .explaining import Wording, explanation, wording
from .knowledge import Knowledge
from .matching import Matcher
from .normalize import normalize
from .question import Question


class Answerer:
    """Answers questions from one knowledge; made once a knowledge, safe to share between threads.

    Most questions are Chinese and need the Chinese names alone: the English ones are read when a question needs them.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._chinese = Matcher(knowledge, english=False)
        self._coverage = Coverage(knowledge.reports)

    @cached_property
    def _bilingual(self) -> Matcher:
        return Matcher(self.knowledge, english=True)

    def prepare(self) -> None:
        """Builds what the first English or mistyped question would otherwise wait for."""
        self._chinese.vocabulary.likeness.prepare()
        self._bilingual.vocabulary.likeness.prepare()

    def answer(self, question: str) -> Answer:
        """What the reports say to a question in Chinese or English; never raises."""
        matcher, understood = self._read(question)
        return self._coverage.consistent(decide(question, understood, matcher.rank(understood), matcher))

    def explain(self, question: str) -> str:
        """How the answer came about: the words that were understood, and what the best facts make of them."""
        matcher, understood = self._read(question)
        return explanation(understood, matcher.rank(understood), matcher.index)

    def wording(self, question: str) -> Wording:
        """The words by which a question says what it is about, and those that no fact explains."""
        matcher, understood = self._read(question)
        return wording(understood, matcher.rank(understood))

    def _read(self, question: str) -> tuple[Matcher, Question]:
        """The question, and the matcher that knows its words: a Latin word that no Chinese name has calls for both."""
        text = normalize(question)
        cells = split(text)
        stems = self._chinese.vocabulary.stems
        is_known = all(cell.stem in stems for cell in cells if cell.kind == "word")
        matcher = self._chinese if is_known else self._bilingual
        return matcher, matcher.read_cells(text, cells)
