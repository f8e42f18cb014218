"""How questions and answers go from one process to another that has read the same knowledge: a line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from .answer import Answer, Language, Match, Outcome, Reason
from .knowledge import Fact


def greeting(program: str, version: str) -> str:
    """What one side must say for the other one to understand it: of the same program and knowledge, it is the same."""
    return f"{program} {version}"


def question_line(question: str) -> bytes:
    return json.dumps(question).encode() + b"\n"


def read_question(line: bytes) -> str:
    return str(json.loads(line))


class AnswerLines:
    """Writes answers from `facts`, all those of a knowledge, each as its place among them."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        kept = tuple(facts)
        # By identity, as to hash a fact means to hash all that it says; they are kept, so that no other has theirs.
        self._places = {id(fact): place for place, fact in enumerate(kept)}
        self._kept = kept

    def line(self, answer: Answer) -> bytes:
        """All of `answer` but its question, which the other side has."""
        matches = [(self._places[id(match.fact)], match.score) for match in answer.matches]
        nearest = [self._places[id(fact)] for fact in answer.nearest]
        said = (answer.language, answer.outcome, matches, answer.reason, answer.asked, nearest)
        return json.dumps(said).encode() + b"\n"


def read_answer(line: bytes, question: str, facts: Sequence[Fact]) -> Answer:
    """The answer to `question` that `AnswerLines` of the same facts wrote."""
    language, outcome, matches, reason, asked, nearest = json.loads(line)
    return Answer(
        question,
        Language(language),
        Outcome(outcome),
        tuple([Match(facts[place], score) for place, score in matches]),
        Reason(reason) if reason else None,
        asked,
        tuple([facts[place] for place in nearest]),
    )
