"""Several figures asked for at once: cuts the question into parts and finds the fact of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .answer import Language
from .periods import NOW
from .question import Question
from .scoring import Scored
from .words import Kind, Word

_MOST = 6
# A part leans on what the others say, so less has to fit than in a question of its own; without a word such as
# 分别 or a question word in each part, the parts have to fit as well as questions of their own.
_PART_SCORE = 0.45
_SURE_SCORE = 0.6
_BY_ITSELF = 0.9
_MARGIN = 0.97
# Who quotes a figure asks of that one, in however many clauses: 2.8万家是怎么来的，说的是什么企业? Another part then
# has to say as much of its fact's name as this.
_NAMED = 0.75
# A part that says less of a fact's name than this does not ask for it.
_LEAST_SAID = 0.5
# A part means another fact than its best, where a different part means that one, if this share of the fit is left.
_NEXT = 0.88
_MOST_ALIKE = 2
_ALL_EXPLAINED = 0.8

# Kinds of question word that ask for nothing of their own.
_NOT_ASKING = frozenset(["amount", "overview", "yesno", "each"])
# The question words that may stand once for several things asked for.
_SHARED = frozenset(["number", "amount", "name", "which", "each", "overview"])

_Parts = Sequence[Sequence[Word]]
_Rank = Callable[[Question], list[Scored]]


def several(question: Question, best: Scored | None, rank: _Rank) -> list[Scored]:
    """The facts of the question's parts, in their order; empty where it asks for one thing.

    `best` is the fact that fits the whole question best, `rank` scores the facts for a part.
    """
    if not any(word.kind is Kind.STOP or _joins(word) for word in question.words[:-1]):
        return []
    parts = _parts(question)
    if len(parts) < 2:
        return []
    asking = sum(map(_is_asking, parts))
    each = "each" in question.asks or any(_is_aspect(question, part) for part in parts[1:])
    if (
        not (asking > 1 or each or question.asks <= {"amount"})
        and best
        and best.explained >= _ALL_EXPLAINED
        and best.said > 0.5
    ):
        return []
    found: list[list[Scored]] = []
    for i in range(len(parts)):
        fact = _best(question, parts, i, rank, _PART_SCORE if asking > 1 or each or len(parts) > 2 else _SURE_SCORE)
        if not fact:
            return []
        found.append(fact)
    if best and best.quoted and not all(near[0].quoted or near[0].said >= _NAMED for near in found):
        return []
    return _distinct(found)


def _is_asking(part: Sequence[Word]) -> bool:
    return any(ask not in _NOT_ASKING for word in part for ask in word.asks)


def _is_aspect(question: Question, part: Sequence[Word]) -> bool:
    """Whether a part says nothing but how what is said before it changes or compares: 增速 of 进出口额和增速."""
    content = [word for word in part if word in question.content]
    return len(content) == 1 and bool(content[0].entry and content[0].entry.aspect)


def _best(question: Question, parts: _Parts, i: int, rank: _Rank, enough: float) -> list[Scored]:
    """The facts that one part may mean, the best first: by itself, with what was said before it, or with the rest."""
    with_context = [(parts[:i], enough), ([*parts[:i], *parts[i + 1 :]], enough)]
    for others, least in [([], _BY_ITSELF), *with_context] if "each" in question.asks else with_context:
        near = _near(_as_question(question, parts, i, others), least, rank)
        if near:
            return near
    # A part may have no period where the one before it has: GDP of three quarters, and the population.
    lends = any(word.kind is Kind.PERIOD for part in parts[:i] for word in part)
    return _near(question.part(parts[i], context=()), _BY_ITSELF, rank) if lends else []


def _near(part: Question, least: float, rank: _Rank) -> list[Scored]:
    """The facts that fit a part about as well as the best, unless too many do."""
    ranked = [s for s in rank(part) if not s.conflicts]
    near = [s for s in ranked if s.score >= least and s.said >= _LEAST_SAID and s.order >= ranked[0].order * _NEXT]
    return near if len(_alike(near)) <= _MOST_ALIKE else []


def _alike(near: Sequence[Scored]) -> list[Scored]:
    return [scored for scored in near if scored.order > near[0].order * _MARGIN]


def _distinct(found: Sequence[Sequence[Scored]]) -> list[Scored]:
    """The facts of the parts, without those that another part means more surely.

    Of two that fit alike it is the one of the kind that another part asks for, and both where neither is.
    """
    surest: dict[str, float] = {}
    for near in found:
        surest[near[0].profile.fact.id] = max(_sureness(near), surest.get(near[0].profile.fact.id, 0.0))
    facts: dict[str, Scored] = {}
    kinds = {near[0].profile.kind for near in found if len(_alike(near)) == 1}
    for near in found:
        free = [s for s in near if _sureness(near) >= surest.get(s.profile.fact.id, 0.0)]
        if not free:
            return []
        alike = _alike(free)
        for scored in [s for s in alike if s.profile.kind in kinds] or alike:
            facts.setdefault(scored.profile.fact.id, scored)
    return list(facts.values())[:_MOST] if len(facts) > 1 else []


def _sureness(near: Sequence[Scored]) -> float:
    """How far the second is behind the first, 0..1."""
    return 1.0 - near[1].order / near[0].order if len(near) > 1 else 1.0


def _parts(question: Question) -> list[list[Word]]:
    """The stretches of the question that each ask for something.

    和 and 、 stand between things asked for; what stands before a comma without asking only leads up to what follows.
    """
    each = any("each" in word.asks for word in question.words)
    parts: list[list[Word]] = [[]]
    for before, word, behind in zip((None, *question.words), question.words, (*question.words[1:], None), strict=False):
        item = _joins(word) and not (_is_place(before) and _is_place(behind))
        leads_up = before in question.led and not each and not any(map(_is_asking, parts))
        if (item and not leads_up) or (word.kind is Kind.STOP and (each or any(w.asks for w in parts[-1]))):
            parts.append([])
        elif word.kind is not Kind.STOP:
            parts[-1].append(word)
    joined: list[list[Word]] = []
    for part in filter(None, parts):
        if joined and not (_has_content(question, part) and _has_content(question, joined[-1])):
            joined[-1] += part
        else:
            joined.append(part)
    # In English the question word comes first, and all that follows shares it.
    if question.language is Language.CHINESE:
        while len(joined) > 1 and any(map(_is_asking, joined[:-1])) and not _is_asking(joined[-1]):
            joined.pop()
    return joined


def _joins(word: Word) -> bool:
    return bool(word.entry and word.entry.joins) or word.text == "、"


def _is_place(word: Word | None) -> bool:
    """Whether a word names a place: 国家和省级 are two kinds of what follows, not two things asked for."""
    return bool(word and word.entry and word.entry.place)


def _has_content(question: Question, part: Sequence[Word]) -> bool:
    """Whether a part asks for something of its own: by a word, a figure, or a period with a question word or 分别.

    A single character alone does not: it is mostly the first half of what follows, as in 省、市两级.
    """
    asks = "each" in question.asks or any(word.asks for word in part)
    return any(
        (word in question.content and len(part) + len(word.text) > 2)
        or word.kind is Kind.NUMBER
        or (asks and word.kind is Kind.PERIOD)
        for word in part
    )


def _is_lent(word: Word) -> bool:
    """Whether a word names a period that what follows shares; 现在 mostly stands against another time."""
    return word.kind is Kind.PERIOD and not (word.entry and word.entry.period == NOW)


def _as_question(question: Question, parts: _Parts, i: int, others: _Parts) -> Question:
    """A part as a question: with the period and the question words that it takes over from its neighbours."""
    words = list(parts[i])
    if not any(word.kind is Kind.PERIOD for word in words):
        before = next((p for p in reversed(parts[:i]) if any(map(_is_lent, p))), ())
        words = [word for word in before if _is_lent(word)] + words
    if not any(word.asks for word in words):
        later = next((p for p in parts[i + 1 :] if any(word.asks for word in p)), ())
        words += [word for word in later if _SHARED & set(word.asks) and word not in question.content]
    context = tuple(word for part in others for word in part if word in question.content)
    return question.part(words, context)
