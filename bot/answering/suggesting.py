"""Finds synonyms that would have answered several of the questions that were asked in vain."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answering.knowledge.model import Knowledge
from bot.answering.language.normalize import normalize

from .answerer import Answerer
from .evaluation import stated, try_out

_LEAST = 2  # questions that a synonym has to answer
_NEAR = 20  # facts whose words are tried in place of a word
_MOST_WORDS = 12  # that are looked at, those first that the most questions have
_TRIED = 3  # names for one word
_MOST_NAMES = 300  # that are put in its place


@dataclass(frozen=True)
class Suggestion:
    """`group`: names in the report, one or more where the lexicon has some already, and last the word of the people.

    `questions`: those that it would have answered, by how often they were asked.
    """

    group: tuple[str, ...]
    questions: Mapping[str, int]


def suggestions(knowledge: Knowledge, asked: Mapping[str, int], folder: Path) -> Iterator[Suggestion]:
    """The synonyms, those first that answer most; one that would make other answers worse is left out.

    `asked`: how often each question was asked; `folder`: of the knowledge. Takes seconds for some hundred facts.
    """
    answerer = Answerer(knowledge)
    found = [
        suggestion
        for word, questions in _not_understood(answerer, asked)
        for suggestion in _best(word, questions, answerer, folder)
    ]
    yield from sorted(found, key=lambda one: (-len(one.questions), -sum(one.questions.values()), one.group))


def _not_understood(answerer: Answerer, asked: Mapping[str, int]) -> list[tuple[str, dict[str, int]]]:
    """The words that no fact explains of several questions, with these."""
    by_word: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for question, count in asked.items():
        if not stated(answerer, question):
            for word in answerer.wording(question).unexplained:
                if len(word) > 1 and not any(letter.isdigit() for letter in word):
                    by_word[word][question] = count
    several = [(word, questions) for word, questions in by_word.items() if len(questions) >= _LEAST]
    return sorted(several, key=lambda pair: (-len(pair[1]), pair[0]))[:_MOST_WORDS]


def _best(word: str, questions: Mapping[str, int], answerer: Answerer, folder: Path) -> Iterator[Suggestion]:
    """The names of which a word is the best synonym; of several, only an editor can tell which one is meant."""
    knowledge = answerer.knowledge
    found: list[tuple[Suggestion, Knowledge]] = []
    for name in _names_for(word, list(questions), answerer):
        groups = knowledge.lexicon.synonyms
        group = next((one for one in groups if name in map(normalize, one)), (name,))
        others = tuple(one for one in groups if one is not group)
        tried = replace(knowledge, lexicon=replace(knowledge.lexicon, synonyms=(*others, (*group, word))))
        with_it = Answerer(tried)
        answered = {question: count for question, count in questions.items() if stated(with_it, question)}
        found.append((Suggestion((*group, word), answered), tried))
    most = max((len(suggestion.questions) for suggestion, _ in found), default=0)
    for suggestion, tried in found if most >= _LEAST else ():
        is_best = len(suggestion.questions) == most
        if is_best and not any(one.change < 0 for one in try_out(knowledge, tried, folder).retold):
            yield suggestion


def _names_for(word: str, questions: Sequence[str], answerer: Answerer) -> list[str]:
    """The words of labels that in place of a word bring several facts to answer the questions, the best first."""
    asked = {question: normalize(question) for question in questions}
    found: dict[str, tuple[int, int]] = {}
    for name in _words_of_facts([text.replace(word, " ") for text in asked.values()], answerer):
        best = (fact for text in asked.values() for fact in stated(answerer, text.replace(word, name))[:1])
        called = {fact.id for fact in best if name in normalize(fact.label)}
        # What names one fact alone is a keyword of that.
        if len(called) >= _LEAST:
            found[name] = len(called), len(name)
    return sorted(found, key=lambda name: (found[name], name), reverse=True)[:_TRIED]


def _words_of_facts(rests: Sequence[str], answerer: Answerer) -> list[str]:
    """The words of the labels that come near to what else the questions say, or of all labels where that is nothing."""
    near = [fact for rest in rests for fact in answerer.nearest(rest, _NEAR)]
    entries = map(answerer.index.entry_of, near or answerer.knowledge.facts)
    words = dict.fromkeys(token.text for entry in entries for token in entry.names[0].tokens if len(token.text) > 1)
    return list(words)[:_MOST_NAMES]
