"""What may be said: an answer, a choice, or that the report does not say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .answer import Answer, Match, Outcome, Reason
from .knowledge import Fact
from .question import Question
from .scoring import Scored
from .several import several

# A fact is stated from ANSWER on, from ALONE on where no other comes near it (below _RIVAL of its score);
# from CHOICE on it may be offered.
ANSWER = 0.55
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
_MOST_NEAREST = 3
_NEAR = 0.15


def decide(
    text: str,
    question: Question,
    ranked: Sequence[Scored],
    rank: Callable[[Question], list[Scored]],
    bare: Sequence[Fact] = (),
) -> Answer:
    """The answer to a question, given its facts in order of fit and a way to rank them for a part of it.

    `bare`: the facts of the kind of figure that a question without any content asks for.
    """
    free = [scored for scored in ranked if not scored.conflicts]
    refused = [scored for scored in ranked if scored.conflicts]
    together = several(question, free[0] if free else None, rank)
    if together:
        return Answer(text, question.language, Outcome.ANSWER, _matches(together))
    if not ranked and 1 < len(bare) <= _MOST_CHOICES:
        return Answer(text, question.language, Outcome.CHOICES, tuple(Match(fact, CHOICE) for fact in bare))
    if not free or free[0].score < CHOICE or _is_about_another(free[0], refused):
        return _none(text, question, free, refused)
    close = _close(question, free)
    if len(close) == 1 and (close[0].quoted or free[0].score >= (ALONE if _is_alone(free) else ANSWER)):
        return Answer(text, question.language, Outcome.ANSWER, _matches(close))
    offered = [scored for scored in free if scored.order >= free[0].order * _offered(question, free)]
    return Answer(text, question.language, Outcome.CHOICES, _matches(offered[:_MOST_CHOICES]))


def _is_about_another(best: Scored, refused: Sequence[Scored]) -> bool:
    return bool(refused) and refused[0].score >= max(CHOICE, best.score * _OTHER_FITS_BETTER)


def _close(question: Question, free: Sequence[Scored]) -> list[Scored]:
    """The facts that fit as well as the best; it alone where it is quoted, or where its sentence tells the others."""
    near = _nearness(question, free)
    close = [scored for scored in free if scored.order >= free[0].order * near or _is_as_likely(scored, free[0])]
    first = close[0]
    alone_quoted = first.quoted and not any(scored.quoted for scored in close[1:])
    return [first] if alone_quoted or all(_is_told_with(scored, first) for scored in close) else close


def _is_as_likely(scored: Scored, first: Scored) -> bool:
    """Whether a question that says no fact's whole name says as much of the one as of the other."""
    alike = scored.explained >= _EQUALLY * first.explained and scored.fits >= _EQUALLY * first.fits
    return first.said < _WHOLE and alike and scored.said >= _SAID * first.said


def _nearness(question: Question, free: Sequence[Scored]) -> float:
    if question.asks == {"overview"}:
        return _OVERVIEW
    return _CLOSE if free[0].said >= _NAMED else _VAGUE


def _offered(question: Question, free: Sequence[Scored]) -> float:
    return _OVERVIEW if question.asks == {"overview"} else _OFFERED if free[0].said >= _NAMED else _OFFERED_VAGUELY


def _is_told_with(scored: Scored, first: Scored) -> bool:
    """Whether both are names in one sentence: whichever is given, the sentence quoted tells the other."""
    one, other = scored.profile, first.profile
    return {one.kind, other.kind} <= {"name", "place"} and one.fact.sentence == other.fact.sentence


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
