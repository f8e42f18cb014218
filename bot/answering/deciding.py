"""What may be said: an answer, a choice, or that the report does not say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .answer import Answer, Match, Outcome, Reason
from .knowledge import Fact
from .question import Question
from .scoring import Scored
from .several import several

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
_SAID = 0.5
_OFFERED_VAGUELY = 0.5
# A question about another place or period names its fact better than any that could be answered instead.
_OTHER_FITS_BETTER = 1.15
_MOST_CHOICES = 6
# How things stand in general takes more than one or two facts to tell.
_ENOUGH = 4
_MOST_NEAREST = 3
_NEAR = 0.15


class Facts(Protocol):
    """The facts that a question may be about."""

    def rank(self, question: Question) -> list[Scored]:
        """Those that share something with the question, the best first."""

    def bare(self, question: Question) -> list[Fact]:
        """Those of the kind of figure, or of the period, that a question without any content asks for."""

    def beside(self, fact: Fact) -> list[Fact]:
        """Those that the report tells together with one, the nearest first."""

    def is_named_by(self, fact: Fact, question: Question) -> bool:
        """Whether the question has every word of the fact's label."""


def decide(text: str, question: Question, ranked: Sequence[Scored], facts: Facts) -> Answer:
    """The answer to a question, given its facts in order of fit, and all of them for what else it may mean."""
    free = [scored for scored in ranked if not scored.conflicts]
    refused = [scored for scored in ranked if scored.conflicts]
    together = [] if question.is_overview else several(question, free[0] if free else None, facts.rank)
    if together:
        return Answer(text, question.language, Outcome.ANSWER, _matches(together))
    bare = [] if ranked else facts.bare(question)
    if len(bare) > 1:
        return Answer(text, question.language, Outcome.CHOICES, _choices((), bare))
    if not free or free[0].score < CHOICE or _is_about_another(free[0], refused):
        return _none(text, question, free, refused)
    if question.is_overview:
        offered = _offered(question, free)
        fill = () if len(offered) >= _ENOUGH else facts.beside(offered[0].profile.fact)
        return Answer(text, question.language, Outcome.CHOICES, _choices(offered, fill))
    close = _counted_alike(question, free, facts) or _close(free)
    if len(close) == 1 and (close[0].quoted or free[0].score >= (ALONE if _is_alone(free) else ANSWER)):
        return Answer(text, question.language, Outcome.ANSWER, _matches(close))
    return Answer(text, question.language, Outcome.CHOICES, _choices(_offered(question, free)))


def _is_about_another(best: Scored, refused: Sequence[Scored]) -> bool:
    return bool(refused) and refused[0].score >= max(CHOICE, best.score * _OTHER_FITS_BETTER)


def _close(free: Sequence[Scored]) -> list[Scored]:
    """The facts that fit as well as the best; it alone where it is quoted, or where its sentence tells the others."""
    near = _CLOSE if free[0].said >= _NAMED else _VAGUE
    close = [scored for scored in free if scored.order >= free[0].order * near or _is_as_likely(scored, free[0])]
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


def _counts_the_same(scored: Scored, first: Scored) -> bool:
    return (
        scored.profile.kind == first.profile.kind
        and scored.explained >= _EQUALLY * first.explained
        and scored.said >= _SAID * first.said
    )


def _is_as_likely(scored: Scored, first: Scored) -> bool:
    """Whether a question that says no fact's whole name says as much of the one as of the other."""
    alike = scored.explained >= _EQUALLY * first.explained and scored.fits >= _EQUALLY * first.fits
    return first.said < _WHOLE and alike and scored.said >= _SAID * first.said


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
    return scored.profile.kind in ("name", "place")


def _is_alone(free: Sequence[Scored]) -> bool:
    return len(free) == 1 or free[1].order < free[0].order * _RIVAL


def _none(text: str, question: Question, free: Sequence[Scored], refused: Sequence[Scored]) -> Answer:
    if not refused or refused[0].score < CHOICE:
        return Answer(text, question.language, Outcome.NONE, reason=Reason.UNKNOWN, nearest=_nearest(free))
    # Of two reports the question may name one, and ask it for another period: that is what the reply should say.
    own = [scored for scored in refused if not scored.place_conflict and scored.score >= CHOICE]
    place = "" if own else refused[0].place_conflict
    asked = place or "".join(word.text for word in question.periods)
    reason = Reason.PLACE if place else Reason.PERIOD
    return Answer(text, question.language, Outcome.NONE, reason=reason, asked=asked, nearest=_nearest(own or refused))


def _nearest(ranked: Sequence[Scored]) -> tuple[Fact, ...]:
    return tuple(scored.profile.fact for scored in ranked[:_MOST_NEAREST] if scored.score > _NEAR)


def _matches(scored: Sequence[Scored]) -> tuple[Match, ...]:
    return tuple(Match(s.profile.fact, min(1.0, s.score)) for s in scored)
