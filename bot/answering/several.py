"""Several figures asked for at once: cuts the question into parts and finds the fact of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .question import Question
from .scoring import Scored
from .segmentation import Kind, Word

_MOST = 6
# A part leans on what the others say, so less has to fit than in a question of its own; without a word such as
# 分别 or a question word in each part, the parts have to fit as well as questions of their own.
_PART_SCORE = 0.45
_SURE_SCORE = 0.7
_MARGIN = 0.97
_ALL_EXPLAINED = 0.93


def several(question: Question, best: Scored | None, rank: Callable[[Question], list[Scored]]) -> list[Scored]:
    """The facts of the question's parts, in their order; empty where it asks for one thing.

    `best` is the fact that fits the whole question best, `rank` scores the facts for a part.
    """
    parts = _parts(question)
    if len(parts) < 2:
        return []
    asking = sum(any(word.asks for word in part) for part in parts)
    cued = asking > 1 or any(word.entry and "each" in word.asks for word in question.words)
    if asking < 2 and best and best.explained >= _ALL_EXPLAINED and best.said > 0.5:
        return []
    found: dict[str, Scored] = {}
    for i, part in enumerate(parts):
        ranked = [s for s in rank(_as_question(question, parts, i, part)) if not s.conflicts]
        if not ranked or ranked[0].score < (_PART_SCORE if cued else _SURE_SCORE):
            return []
        if len(ranked) > 1 and ranked[1].score > ranked[0].score * _MARGIN:
            return []
        found.setdefault(ranked[0].profile.fact.id, ranked[0])
    return list(found.values())[:_MOST] if len(found) > 1 else []


def _parts(question: Question) -> list[list[Word]]:
    """The stretches between commas and words like 和, each with something that a fact has to explain."""
    parts: list[list[Word]] = [[]]
    for word in question.words:
        if word.kind is Kind.STOP or (word.entry and word.entry.joins):
            parts.append([])
        else:
            parts[-1].append(word)
    joined: list[list[Word]] = []
    for part in parts:
        if joined and part and not _has_content(question, part):
            joined[-1] += part
        elif part:
            joined.append(part)
    if len(joined) > 1 and not _has_content(question, joined[0]):
        joined[:2] = [joined[0] + joined[1]]
    return joined


def _has_content(question: Question, part: Sequence[Word]) -> bool:
    return any(word in question.content or word.kind is Kind.NUMBER for word in part)


def _as_question(question: Question, parts: Sequence[Sequence[Word]], i: int, part: Sequence[Word]) -> Question:
    """A part as a question: with the periods of all, the others' words as context, and the question words it lacks."""
    periods = [word for word in question.periods if word not in part]
    words = [*periods, *part]
    if not any(word.asks for word in part):
        later = next((p for p in parts[i + 1 :] if any(word.asks for word in p)), ())
        words += [replace(word, entries=word.entries) for word in later if word.asks and word not in question.content]
    context = tuple(word for j, other in enumerate(parts) if j != i for word in other if word in question.content)
    return question.part(words, context)
