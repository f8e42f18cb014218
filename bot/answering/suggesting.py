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
    found = (_best(word, questions, answerer, folder) for word, questions in _not_understood(answerer, asked))
    yield from sorted(
        filter(None, found), key=lambda one: (-len(one.questions), -sum(one.questions.values()), one.group)
    )


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


def _best(word: str, questions: Mapping[str, int], answerer: Answerer, folder: Path) -> Suggestion | None:
    """The name of which a word is the best synonym, as it answers more of the questions than any other name."""
    name, knowledge = _name_for(word, list(questions), answerer), answerer.knowledge
    if name is None:
        return None
    groups = knowledge.lexicon.synonyms
    group = next((one for one in groups if name in map(normalize, one)), (name,))
    others = tuple(one for one in groups if one is not group)
    tried = replace(knowledge, lexicon=replace(knowledge.lexicon, synonyms=(*others, (*group, word))))
    with_it = Answerer(tried)
    answered = {question: count for question, count in questions.items() if _called(name, question, with_it)}
    if len(answered) < _LEAST or any(one.change < 0 for one in try_out(knowledge, tried, folder).retold):
        return None
    return Suggestion((*group, word), answered)


def _name_for(word: str, questions: Sequence[str], answerer: Answerer) -> str | None:
    """The word of labels that in place of a word has the most questions answered, by several facts that are called so.

    None where another one has as many: the questions do not tell then what is meant.
    """
    asked = list(map(normalize, questions))
    found: dict[str, int] = {}
    for name in _words_of_facts([text.replace(word, " ") for text in asked], answerer):
        called = list(filter(None, (_called(name, text.replace(word, name), answerer) for text in asked)))
        if len(set(called)) >= _LEAST:  # what names one fact alone is a keyword of that
            found[name] = len(called)
    most = max(found.values(), default=0)
    best = [name for name in found if found[name] == most]
    return best[0] if len(best) == 1 else None


def _called(name: str, question: str, answerer: Answerer) -> str:
    """The id of the fact that is stated for a question, where its label has a name; "" elsewhere.

    What rose is told to those who ask what fell, but is no sign that they mean it.
    """
    fact, sign = next(iter(stated(answerer, question)), None), answerer.question(question).aspect.change
    if fact is None or name not in normalize(fact.label):
        return ""
    return "" if {sign, answerer.index.entry_of(fact).aspect.change} == {"up", "down"} else fact.id


def _words_of_facts(rests: Sequence[str], answerer: Answerer) -> list[str]:
    """The words of the labels that come near to what else the questions say, or of all labels where that is nothing."""
    near = [fact for rest in rests for fact in answerer.nearest(rest, _NEAR)]
    entries = map(answerer.index.entry_of, near or answerer.knowledge.facts)
    words = dict.fromkeys(token.text for entry in entries for token in entry.names[0].tokens if len(token.text) > 1)
    return list(words)[:_MOST_NAMES]
