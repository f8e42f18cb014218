"""What may be said: an answer, a choice, or that the report does not say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .answer import Answer, Language, Match, Outcome, Reason
from .knowledge import Fact
from .profiles import NAMES
from .question import Question
from .scoring import Scored
from .several import several
from .words import Kind, Word

# A fact is stated from ANSWER on, from ALONE on where no other comes near it (below _RIVAL of its score);
# from CHOICE on it may be offered.
ANSWER = 0.5
ALONE = 0.46
CHOICE = 0.42
_RIVAL = 0.75
# Facts within this share of the best are equally good: less where the question says little of any fact's name
# (below _NAMED), least where it asks how things stand in general.
_CLOSE = 0.92
_VAGUE = 0.7
_OVERVIEW = 0.6
_NAMED = 0.75
_OFFERED = 0.7
_EQUALLY = 0.97
_WHOLE = 0.9
_RATHER_FITS = 0.7
_SAID = 0.5
# A clause that is answered without what leads up to it has to name its fact as surely as this.
_EXPLAINED = 0.6
_SURE = 0.55
_OFFERED_VAGUELY = 0.5
# A question about another place or period names its fact better than any that could be answered instead.
_OTHER_FITS_BETTER = 1.15
_MOST_CHOICES = 6
# How things stand in general takes more than one or two facts to tell.
_ENOUGH = 4
_MOST_NEAREST = 3
# The kinds of figure that are no quantity.
_UNCOUNTED = (*NAMES, "rank")
# The question words that names answer, or that ask for nothing in particular.
_NAMING = frozenset(["name", "which", "what", "place", "person", "manner", "overview", "yesno"])
_NEAR = 0.15
_AND = {Language.CHINESE: "、", Language.ENGLISH: ", "}


class Facts(Protocol):
    """The facts that a question may be about."""

    def rank(self, question: Question) -> list[Scored]:
        """Those that share something with the question, the best first."""

    def bare(self, question: Question) -> list[Fact]:
        """Those of the kind of figure, or of the period, that a question without any content asks for."""

    def beside(self, fact: Fact) -> list[Fact]:
        """Those that the report tells together with one, the nearest first."""

    def is_named_by(self, fact: Fact, question: Question) -> bool:
        """Whether the question has every word of the fact's label, and not only synonyms of them."""


def decide(text: str, question: Question, ranked: Sequence[Scored], facts: Facts) -> Answer:
    """The answer to a question, given its facts in order of fit, and all of them for what else it may mean."""
    answer = _decide(text, question, ranked, facts)
    if answer.outcome is Outcome.ANSWER or not question.lead:
        return answer
    named = (question.alone and _named(question.alone, ranked, facts)) or _led_to(question, ranked)
    return Answer(text, question.language, Outcome.ANSWER, _matches(named)) if named else answer


def _named(alone: Question, ranked: Sequence[Scored], facts: Facts) -> list[Scored]:
    """The fact that the clauses which ask name by themselves, whatever people tell before; empty for none or several.

    It may be about no other place or period than all of the question, whose facts are `ranked`.
    """
    refused = {scored.profile.fact.id for scored in ranked if scored.conflicts}
    free = [scored for scored in facts.rank(alone) if not scored.conflicts]
    if not free or free[0].profile.fact.id in refused:
        return []
    best = free[0]
    close = _close(free)
    sure = best.said >= _WHOLE and best.explained >= _EXPLAINED and best.score >= _SURE
    return close if sure and len(close) == 1 else []


def _led_to(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """The fact whose whole name leads up to clauses that ask for nothing of their own: 老听人说瞪羚，区里有几家？

    Empty for none or several. Its figure has to be of the kind asked for, and the clauses that ask may say nothing
    that it does not explain, as that asks for something else.
    """
    found = [
        scored
        for scored in ranked
        if not scored.conflicts
        and scored.said >= _WHOLE
        and scored.fits >= 1
        and _asks_no_more(question, scored)
        and _has_own_word(question, scored, ranked)
    ]
    return found if len(found) == 1 else []


def _asks_no_more(question: Question, scored: Scored) -> bool:
    """Whether a fact explains every word of the clauses that ask but those that the lead-in has too."""
    said = {word.text for word in question.lead}
    words = zip(question.content, scored.words, strict=True)
    return all(like or word in question.lead or word.text in said or _is_scrap(word) for word, like in words)


def _is_scrap(word: Word) -> bool:
    """Whether a word is a single character that nothing knows, as is left between words that people say otherwise."""
    return word.kind is Kind.UNKNOWN and len(word.text) == 1


def _has_own_word(question: Question, scored: Scored, ranked: Sequence[Scored]) -> bool:
    """Whether a word names a fact in a clause that asks, or in the lead-in, if it names none of another sentence."""
    others = [other for other in ranked if not _is_told_with(other, scored)]
    return any(
        like >= _WHOLE and not (word in question.lead and any(other.words[at] >= _WHOLE for other in others))
        for at, (word, like) in enumerate(zip(question.content, scored.words, strict=True))
    )


def _decide(text: str, question: Question, ranked: Sequence[Scored], facts: Facts) -> Answer:
    refused = [scored for scored in ranked if scored.conflicts]
    free = [scored for scored in ranked if not scored.conflicts] if refused else ranked
    together = [] if question.is_overview else several(question, free[0] if free else None, facts.rank)
    if together:
        return Answer(text, question.language, Outcome.ANSWER, _matches(together))
    bare = [] if ranked else facts.bare(question)
    if len(bare) > 1:
        return Answer(text, question.language, Outcome.CHOICES, _choices((), bare))
    if not free or free[0].score < CHOICE or _is_about_another(free[0], refused):
        return _none(text, question, free, refused)
    if question.is_overview:
        together = _told_together(free)
        offered = [*together, *(scored for scored in _offered(question, free) if scored not in together)]
        fill = () if len(offered) >= _ENOUGH else facts.beside(offered[0].profile.fact)
        return Answer(text, question.language, Outcome.CHOICES, _choices(offered, fill))
    close = _counted_alike(question, free, facts) or _close(free)
    if len(close) == 1 and (close[0].quoted or free[0].score >= (ALONE if _is_alone(free) else ANSWER)):
        return Answer(text, question.language, Outcome.ANSWER, _matches(_told_of(question, free, facts) or close))
    return _offer(text, question, free, refused)


def _offer(text: str, question: Question, free: Sequence[Scored], refused: Sequence[Scored]) -> Answer:
    """A choice of the facts that the question may mean; of one alone there is none.

    One is stated where it explains the question, and is otherwise what the report says nearby.
    """
    offered = _offered(question, free)
    if len(offered) > 1:
        return Answer(text, question.language, Outcome.CHOICES, _choices(offered))
    if offered[0].explained >= _WHOLE and offered[0].fits >= _RATHER_FITS:
        return Answer(text, question.language, Outcome.ANSWER, _matches(offered))
    return _none(text, question, free, refused)


def _is_about_another(best: Scored, refused: Sequence[Scored]) -> bool:
    return bool(refused) and refused[0].score >= max(CHOICE, best.score * _OTHER_FITS_BETTER)


def _close(free: Sequence[Scored]) -> list[Scored]:
    """The facts that fit as well as the best; it alone where it is quoted, or where its sentence tells the others."""
    near = _CLOSE if free[0].said >= _NAMED else _VAGUE
    least, may_be_vague = free[0].order * near, free[0].said < _WHOLE
    close = [scored for scored in free if scored.order >= least or (may_be_vague and _is_as_likely(scored, free[0]))]
    first = close[0]
    alone_quoted = first.quoted and not any(scored.quoted for scored in close[1:])
    told_together = all(_is_name(scored) and _is_told_with(scored, first) for scored in close)
    return [first] if alone_quoted or told_together else close


def _counted_alike(question: Question, free: Sequence[Scored], facts: Facts) -> list[Scored]:
    """The facts of one sentence that count what a few words ask for: the new firms and all firms, in 有多少企业.

    None where the question says the whole name of one, such as 常住人口, and so means that one.
    """
    first = free[0]
    if "number" not in question.asks or not question.is_terse or facts.is_named_by(first.profile.fact, question):
        return []
    alike = [scored for scored in free if _is_told_with(scored, first) and _counts_the_same(scored, first)]
    return alike if len(alike) > 1 else []


def _told_of(question: Question, free: Sequence[Scored], facts: Facts) -> list[Scored]:
    """All that one sentence tells of what a question only names: what 齐鲁干线 connects, and how far it is built.

    None where it asks for a figure, quotes one, or says the label of a fact and so means that one; nor where it asks
    for one of the names. Of what is counted a single word of the label has to be all that it says: 人口, and neither
    常住人口 or 人口增长 nor 住着多少人.
    """
    first = free[0]
    counted = first.profile.kind not in _UNCOUNTED
    named = facts.is_named_by(first.profile.fact, question) if counted else first.named
    figure = not question.asks <= _NAMING
    one = question.asks_for_one and first.said >= _WHOLE
    bare = question.is_a_word and question.content[0].text in first.profile.label
    if figure or one or first.quoted or named or (counted and not bare):
        return []
    told = _told_together(free)
    return [scored for scored in told if scored is first or not _includes(scored, first)][:_MOST_CHOICES]


def _includes(scored: Scored, first: Scored) -> bool:
    """Whether a name has the first one in it, and so tells no more of it."""
    return bool(first.profile.answer.text) and first.profile.answer.text in scored.profile.answer.text


def _told_together(free: Sequence[Scored]) -> list[Scored]:
    """The facts of the best one's sentence that the question fits as it fits the best."""
    return [scored for scored in free if _is_told_with(scored, free[0]) and _explains_alike(scored, free[0])]


def _explains_alike(scored: Scored, first: Scored) -> bool:
    return scored.explained >= _EQUALLY * first.explained and scored.fits >= _EQUALLY * first.fits


def _counts_the_same(scored: Scored, first: Scored) -> bool:
    return (
        scored.profile.kind == first.profile.kind
        and scored.explained >= _EQUALLY * first.explained
        and scored.said >= _SAID * first.said
    )


def _is_as_likely(scored: Scored, first: Scored) -> bool:
    """Whether a question says as much of the one as of the other."""
    return _explains_alike(scored, first) and scored.said >= _SAID * first.said


def _offered(question: Question, free: Sequence[Scored]) -> list[Scored]:
    share = _OVERVIEW if question.is_overview else _OFFERED if free[0].said >= _NAMED else _OFFERED_VAGUELY
    return [scored for scored in free if scored.order >= free[0].order * share]


def _choices(offered: Sequence[Scored], others: Sequence[Fact] = ()) -> tuple[Match, ...]:
    """The facts offered, and others that no word of the question names."""
    named = _matches(offered)
    ids = {match.fact.id for match in named}
    return (*named, *(Match(fact, CHOICE) for fact in others if fact.id not in ids))[:_MOST_CHOICES]


def _is_told_with(scored: Scored, first: Scored) -> bool:
    """Whether one sentence tells both, so that quoting it for the one tells the other."""
    return scored.profile.fact.sentence == first.profile.fact.sentence


def _is_name(scored: Scored) -> bool:
    return scored.profile.kind in NAMES


def _is_alone(free: Sequence[Scored]) -> bool:
    return len(free) == 1 or free[1].order < free[0].order * _RIVAL


def _none(text: str, question: Question, free: Sequence[Scored], refused: Sequence[Scored]) -> Answer:
    if not refused or refused[0].score < CHOICE:
        return Answer(text, question.language, Outcome.NONE, reason=Reason.UNKNOWN, nearest=_nearest(free))
    # Of two reports the question may name one, and ask it for another period: that is what the reply should say.
    own = [scored for scored in refused if not scored.place_conflict and scored.score >= CHOICE]
    place = "" if own else refused[0].place_conflict
    asked = place or _periods_asked(question)
    reason = Reason.PLACE if place else Reason.PERIOD
    return Answer(text, question.language, Outcome.NONE, reason=reason, asked=asked, nearest=_nearest(own or refused))


def _periods_asked(question: Question) -> str:
    """The periods as the question has them, 2019年和2020年; those with something else between them one by one."""
    spans: list[tuple[int, int]] = []
    for word in question.periods:
        if spans and not any(spans[-1][1] <= other.start < word.start for other in question.content):
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return _AND[question.language].join(question.text[start:end] for start, end in spans)


def _nearest(ranked: Sequence[Scored]) -> tuple[Fact, ...]:
    return tuple(scored.profile.fact for scored in ranked[:_MOST_NEAREST] if scored.score > _NEAR)


def _matches(scored: Sequence[Scored]) -> tuple[Match, ...]:
    return tuple(Match(s.profile.fact, min(1.0, s.score)) for s in scored)
