"""Questions that ask for the same thing in other words, put together, and how the knowledge in force reads them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from bot.answering.answer import Outcome
from bot.answering.knowledge.model import Fact
from bot.chat.library import Edition
from bot.storage.questions import Unanswered, question_hash

_CANDIDATES = 4

# Of 100. Below it, questions of four characters that differ in one would be the same.
_ALIKE = 76
_LATIN = re.compile(r"[a-z0-9]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the knowledge in force reads a question, for editors who want to help it."""

    unknown: tuple[str, ...]  # the words that no fact explains
    candidates: tuple[Fact, ...]  # the facts that come nearest, the nearest first
    answered: bool  # and not by what people have voted against

    @property
    def nearest(self) -> Fact | None:
        return next(iter(self.candidates), None)


@dataclass(slots=True)
class QuestionCluster:
    """Questions that are alike; the one asked most often stands first, and is the one that is read for all of them."""

    questions: list[Unanswered] = field(default_factory=list)
    read: Interpretation = Interpretation((), (), answered=False)

    @property
    def text(self) -> str:
        return self.questions[0].text

    @property
    def count(self) -> int:
        return sum(question.count for question in self.questions)

    def times(self, outcome: Outcome) -> int:
        """How often they had this outcome; of answers, how many more votes there are against them than for them."""
        return sum(question.count for question in self.questions if question.outcome == outcome)

    @property
    def wordings(self) -> int:
        return len({question.text for question in self.questions})


def read(questions: Sequence[Unanswered], edition: Edition, which: slice = slice(None)) -> list[QuestionCluster]:
    """The clusters at `which` places, the greatest first, as `edition` reads them; takes seconds for thousands."""
    return [_read(cluster, edition) for cluster in _clusters_of(questions, edition)[which]]


def read_one(questions: Sequence[Unanswered], edition: Edition, hash_: str) -> QuestionCluster | None:
    """The cluster that the question with this hash is in; None where it is not among the questions."""
    for cluster in _clusters_of(questions, edition):
        if any(question_hash(question.text) == hash_ for question in cluster.questions):
            return _read(cluster, edition)
    return None


def _read(cluster: QuestionCluster, edition: Edition) -> QuestionCluster:
    return replace(cluster, read=interpretation(cluster.questions[0], edition))


def _clusters_of(questions: Sequence[Unanswered], edition: Edition) -> list[QuestionCluster]:
    return clusters([question for question in questions if question.text], lambda text: core(text, edition))


def core(question: str, edition: Edition) -> str:
    """The words of a question that say what it asks for; the question itself where it has none."""
    return " ".join(edition.answerer.wording(question).said) or question


def interpretation(question: Unanswered, edition: Edition) -> Interpretation:
    """How `edition` reads a question."""
    answer = edition.answerer.answer(question.text)
    unknown = (answer.asked,) if answer.asked else edition.answerer.wording(question.text).unexplained
    matches = [match.fact for match in answer.matches]
    is_disliked = question.disliked.split() == [fact.id for fact in matches]
    facts = [*matches, *answer.nearest, *edition.answerer.nearest(question.text, _CANDIDATES)]
    candidates = {fact.id: fact for fact in facts if not (is_disliked and fact in matches)}
    is_answered = answer.outcome is Outcome.ANSWER and not is_disliked
    return Interpretation(unknown, tuple(candidates.values())[:_CANDIDATES], is_answered)


def clusters(questions: Sequence[Unanswered], core_of: Callable[[str], str]) -> list[QuestionCluster]:
    """`questions` in clusters, the greatest first. Numbers and years are compared exactly, words by likeness."""
    # By the numbers in the questions: the clusters, and the bigrams that they are known by, each by its core.
    groups: dict[tuple[str, ...], tuple[dict[str, QuestionCluster], dict[str, str]]] = {}
    for question in sorted(questions, key=lambda question: -question.count):
        core = core_of(question.text)
        found, bigrams = groups.setdefault(tuple(_NUMBER.findall(core)), ({}, {}))
        found.setdefault(_like(core, bigrams), QuestionCluster()).questions.append(question)
    all_found = [cluster for found, _ in groups.values() for cluster in found.values()]
    return sorted(all_found, key=lambda cluster: (-cluster.count, -cluster.questions[0].count))


def _like(core: str, bigrams: dict[str, str]) -> str:
    """The known core that this one is like; itself, which then is known too, where it is like none."""
    # One character more or less makes another word of a short one, such as 出口 of 进出口.
    if core in bigrams or len(core) <= 3:
        return core
    # The order of characters catches typing errors, the bigrams catch words that have changed places.
    if best := process.extractOne(core, bigrams.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE):
        return best[0]
    if best := process.extractOne(_bigrams(core), bigrams, scorer=fuzz.ratio, score_cutoff=_ALIKE):
        return best[2]
    bigrams[core] = _bigrams(core)
    return core


def _bigrams(core: str) -> str:
    """The pairs of neighbouring characters in a core, in the order of the alphabet; a Latin word stays whole."""
    pairs: list[str] = []
    for word in core.split():
        is_whole = len(word) < 2 or _LATIN.match(word)
        pairs += [word] if is_whole else [word[place : place + 2] for place in range(len(word) - 1)]
    return " ".join(sorted(pairs))
