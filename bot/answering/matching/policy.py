"""What to state and what to offer, of the facts that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.answering.answer import Answer, Language, Match, Outcome, Reason

from .coordination import Coordination
from .index import Index
from .ranking import Scored, parts_of, rank
from .tuning import TUNING

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact

_MOST_CHOICES = 6


def decide(text: str, language: Language, ranked: Sequence[Scored]) -> Answer:
    """The answer that the ranked facts make."""
    fitting = [one for one in ranked if not one.misfit]
    best = fitting[0] if fitting else None
    if best is None or best.score < TUNING.offered:
        return Answer(text, language, Outcome.NONE, reason=_reason(ranked), nearest=_nearest(ranked))
    margin = TUNING.margin if best.label >= TUNING.own or best.question < TUNING.whole else TUNING.choice
    alike = [one for one in fitting if one.order >= best.order * margin]
    if best.score >= TUNING.stated and len(alike) == 1:
        return Answer(text, language, Outcome.ANSWER, (_match(best),))
    if best.score < TUNING.stated:
        alike = [one for one in fitting if one.score >= TUNING.offered]
    if len(alike) == 1:
        return Answer(text, language, Outcome.NONE, reason=Reason.UNKNOWN, nearest=_nearest(ranked))
    return Answer(text, language, Outcome.CHOICES, tuple(map(_match, alike[:_MOST_CHOICES])))


def _match(scored: Scored) -> Match:
    return Match(scored.entry.fact, min(scored.score, 1.0))


def _nearest(ranked: Sequence[Scored]) -> tuple[Fact, ...]:
    return tuple(one.entry.fact for one in ranked[:3])


def _reason(ranked: Sequence[Scored]) -> Reason:
    best = max(ranked, key=lambda one: one.score, default=None)
    if best and best.misfit in ("place", "period") and best.score >= TUNING.stated:
        return Reason(best.misfit)
    return Reason.UNKNOWN


def several(text: str, language: Language, asked: Coordination, whole: Sequence[Scored], index: Index) -> Answer | None:
    """The answer to a question for several things; None where it asks for one after all."""
    best = next((one for one in whole if not one.misfit), None)
    if best and not asked.certain and best.question >= TUNING.whole:
        return None
    least = TUNING.part if asked.certain else TUNING.stated + TUNING.surer
    found: dict[str, Match] = {}
    missing: list[str] = []
    for part in asked.parts:
        words = [*parts_of(part.own.content, index), *parts_of(part.context, index, TUNING.context)]
        fitting = [one for one in rank(part.own, words, index) if not one.misfit]
        if not fitting or fitting[0].score < least:
            missing.append(part.text)
            continue
        for one in fitting[:2]:
            if one.order >= fitting[0].order * 0.99:
                found.setdefault(one.entry.fact.id, _match(one))
    if len(found) < 2 and not (found and missing and asked.certain):
        return None
    if missing and not asked.certain:
        return None
    return Answer(text, language, Outcome.ANSWER, tuple(found.values())[:_MOST_CHOICES], missing=tuple(missing))
