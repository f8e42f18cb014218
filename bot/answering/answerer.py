"""Text in, Answer out: reads the question, scores the candidates, and decides what may be said."""

from __future__ import annotations

from collections.abc import Sequence

from .answer import Answer, Match, Outcome, Reason
from .index import Index
from .knowledge import Fact, Knowledge, Lexicon, Report
from .normalize import normalize
from .profiles import profiles
from .question import Question, read
from .scoring import Scored, score
from .several import several
from .vocabulary import Vocabulary

ANSWER_SCORE = 0.6
ALONE_SCORE = 0.48
CHOICE_SCORE = 0.42
_CLOSE = 0.92
_RIVAL = 0.75
_NAMED = 0.7
_VAGUE = 0.75
_OFFERED = 0.7
_OVERVIEW = 0.6
_CHOICES = 6
_NEAREST = 3


class Answerer:
    """Answers questions from one knowledge; made once a knowledge, safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._vocabulary = Vocabulary(knowledge.lexicon)
        for report in knowledge.reports:
            self._vocabulary.add_here((report.subject.label, report.subject.en, *report.subject.aliases))
        self._index = Index(profiles(knowledge, self._vocabulary), self._vocabulary)
        self._around = _surroundings(knowledge.reports, knowledge.lexicon, self._vocabulary)

    def answer(self, question: str) -> Answer:
        """What the reports say to a question in Chinese or English; never raises."""
        read_question = read(question, self._vocabulary)
        ranked = self._ranked(read_question)
        return decide(question, read_question, ranked, self._ranked)

    def _ranked(self, question: Question) -> list[Scored]:
        candidates = self._index.candidates(question)
        scored = [score(question, profile, self._index, self._around) for profile in candidates]
        return sorted(scored, key=lambda s: -s.order)


def decide(text: str, question: Question, ranked: Sequence[Scored], rank) -> Answer:
    free = [s for s in ranked if not s.conflicts]
    refused = [s for s in ranked if s.conflicts]
    together = several(question, free[0] if free else None, rank)
    if together:
        return Answer(text, question.language, Outcome.ANSWER, _matches(together))
    if not free or free[0].score < CHOICE_SCORE:
        return _none(text, question, free, refused)
    if refused and refused[0].score > free[0].score * 1.15 and refused[0].score >= CHOICE_SCORE:
        return _none(text, question, free, refused)
    near = _OVERVIEW if question.asks == {"overview"} else _CLOSE if free[0].said >= _NAMED else _VAGUE
    close = [s for s in free if s.order >= free[0].order * near]
    if close[0].quoted and not any(s.quoted for s in close[1:]):
        return Answer(text, question.language, Outcome.ANSWER, _matches(close[:1]))
    if len(close) > 1 and all(_is_told_with(s, close[0]) for s in close):
        close = close[:1]
    alone = len(free) == 1 or free[1].order < free[0].order * _RIVAL
    if len(close) == 1 and free[0].score >= (ALONE_SCORE if alone else ANSWER_SCORE):
        return Answer(text, question.language, Outcome.ANSWER, _matches(close))
    offered = [s for s in free if s.order >= free[0].order * min(near, _OFFERED)][:_CHOICES]
    return Answer(text, question.language, Outcome.CHOICES, _matches(offered))


def _is_told_with(scored: Scored, first: Scored) -> bool:
    """Whether both are names in one sentence: whichever is given, the sentence quoted tells the other."""
    facts = scored.profile, first.profile
    return all(p.kind == "name" for p in facts) and facts[0].fact.sentence == facts[1].fact.sentence


def _none(text: str, question: Question, free: Sequence[Scored], refused: Sequence[Scored]) -> Answer:
    reason, asked = Reason.UNKNOWN, ""
    if refused and refused[0].score >= CHOICE_SCORE:
        reason = Reason.PLACE if refused[0].place_conflict else Reason.PERIOD
        asked = refused[0].place_conflict or "".join(w.text for w in question.periods)
    nearest = tuple(s.profile.fact for s in (refused if reason is not Reason.UNKNOWN else free)[:_NEAREST] if s.score > 0.15)
    return Answer(text, question.language, Outcome.NONE, (), reason, asked, nearest)


def _matches(scored: Sequence[Scored]) -> tuple[Match, ...]:
    return tuple(Match(s.profile.fact, min(1.0, s.score)) for s in scored)


def _surroundings(reports: Sequence[Report], lexicon: Lexicon, vocabulary: Vocabulary) -> dict[int, frozenset[int]]:
    around: dict[int, set[int]] = {}
    for report in reports:
        for province, places in lexicon.places.items():
            city = next((p for p in places if not p.isascii() and report.subject.label.startswith(p)), None)
            if not city:
                continue
            english = {p for p in places if p.isascii() and normalize(report.subject.en).startswith(normalize(p))}
            prov_en = set()
            for level, names in (("city", {city, *english}), ("province", {province, *prov_en})):
                same = {vocabulary.add(n).concept for n in names} | {vocabulary.add(w).concept for w in lexicon.wider.get(level, ())}
                for entry in list(vocabulary.entries.values()):
                    if entry.concept in same and entry.place:
                        entry.place = "around"
                for c in same:
                    around.setdefault(c, set()).update(same)
    return {c: frozenset(s) for c, s in around.items()}
