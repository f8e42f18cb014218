"""Finds the facts that a question may mean: reading, candidates, scores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter, itemgetter

from .cells import Cell
from .hearing import Heard
from .index import Index
from .knowledge import Fact, Knowledge
from .normalize import normalize
from .profiles import Profile, profiles
from .question import Question, read, read_cells
from .scoring import Scored, score
from .segmentation import segment
from .surroundings import surroundings
from .vocabulary import Vocabulary
from .words import Kind, Word


class Matcher:
    """Matches questions with the facts of one knowledge, by their Chinese names only or by their English ones too."""

    def __init__(self, knowledge: Knowledge, *, english: bool) -> None:
        self.vocabulary = Vocabulary(knowledge.lexicon, english=english)
        for report in knowledge.reports:
            subject = report.subject
            self.vocabulary.add_subject((subject.label, subject.en, *subject.aliases), report.id)
        self.index = Index(profiles(knowledge, self.vocabulary), self.vocabulary)
        self._around = surroundings(knowledge.reports, knowledge.lexicon, self.vocabulary)
        self._labels: dict[str, Collection[set[str]]] = {}

    def read(self, text: str) -> Question:
        """The question that people's text asks."""
        return read(text, self.vocabulary)

    def read_cells(self, text: str, cells: Sequence[Cell]) -> Question:
        """The same of text that is normalised and split into cells already."""
        return read_cells(text, cells, self.vocabulary)

    def rank(self, question: Question) -> list[Scored]:
        """The facts that share something with the question, the best first."""
        candidates = self.index.candidates(question)
        heard = Heard(question, self.index, self._around)
        return sorted([score(heard, profile) for profile in candidates], key=attrgetter("order"), reverse=True)

    def bare(self, question: Question) -> list[Fact]:
        """The facts that a question may mean which only says what kind of figure it wants, or of when: 多少美元.

        One of each sentence comes first.
        """
        if not question.is_bare:
            return []
        if question.periods:
            found = [profile for profile in self.index.of_period(question.periods) if _is_of_kind(profile, question)]
        else:
            found = self.index.of_kind(question.bare_kinds)
        measures = [measure for word in question.words for measure in _measures(word)]
        measured = [profile for profile in found if any(map(partial(_is_measured, profile.fact), measures))]
        # Where somebody is may be asked of anybody; in which city, of the report alone.
        return [profile.fact for profile in _spread(measured or ([] if "place" in question.asks else found))]

    def beside(self, fact: Fact) -> list[Fact]:
        """The facts that the report tells together with one, the nearest first."""
        return [profile.fact for profile in self.index.beside(fact)]

    def is_named_by(self, fact: Fact, question: Question) -> bool:
        """Whether the question has every word of the fact's label, in Chinese or English, and not only synonyms.

        Of words that mean the same, as in 地区生产总值（GDP）, one is enough.
        """
        said = {word.text for word in question.words}
        said.update(entry.key for word in question.words for entry, _ in word.entries)
        labels = (self._label(label) for label in (fact.label, fact.en.label) if label)
        return any(all(not said.isdisjoint(texts) for texts in label) for label in labels)

    def _label(self, label: str) -> Collection[set[str]]:
        """The texts of a label's words by their meaning; read once, as questions come back to the same labels."""
        if label not in self._labels:
            self._labels[label] = _by_meaning(segment(normalize(label), self.vocabulary))
        return self._labels[label]


def _by_meaning(words: Iterable[Word]) -> Collection[set[str]]:
    """The texts of words that say something, those of the same meaning together."""
    texts: dict[int | str, set[str]] = defaultdict(set)
    for word in words:
        if not _says_nothing(word):
            texts[word.entry.concept if word.entry and word.content else word.text].add(word.text)
    return list(texts.values())


def _says_nothing(word: Word) -> bool:
    """Particles, punctuation and words for the report's own place."""
    entry = word.entry
    return word.kind is Kind.STOP or bool(entry and (entry.here or (entry.filler and not entry.asks)))


def _is_measured(fact: Fact, measure: str) -> bool:
    return measure in fact.figure or measure in fact.label


def _is_of_kind(profile: Profile, question: Question) -> bool:
    return not question.bare_kinds or profile.kind in question.bare_kinds


def _spread(found: Sequence[Profile]) -> list[Profile]:
    """The first fact of each sentence, then the second ones, and so on."""
    seen: Counter[str] = Counter()
    turns = []
    for profile in found:
        turns.append(seen[profile.fact.sentence])
        seen[profile.fact.sentence] += 1
    return [profile for _, profile in sorted(zip(turns, found, strict=True), key=itemgetter(0))]


def _measures(word: Word) -> Iterator[str]:
    """A measure word, or the one at the end of a question word: 美元 of 多少美元."""
    if word.entry and word.entry.unit:
        yield word.text
    if word.asks:
        yield word.text[-2:]
