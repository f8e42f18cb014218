"""Says in words how a question was read and why facts fit it: for editors, not for the people asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .index import Index
from .question import Question
from .scoring import Scored
from .words import Kind, Word

_MOST_FACTS = 5
_STATED = (Kind.NUMBER, Kind.PERIOD)


@dataclass(frozen=True, slots=True)
class Wording:
    """`said`: the words by which a question says what it is about. `unexplained`: those that the best fact lacks."""

    said: tuple[str, ...]
    unexplained: tuple[str, ...]


def wording(question: Question, ranked: Sequence[Scored]) -> Wording:
    """The words of a question; where no fact comes near it, none of them is explained."""
    said = tuple(word.text for word in question.words if word in question.content or word.kind in _STATED)
    if not ranked:
        return Wording(said, said)
    words = zip(question.content, ranked[0].words, strict=True)
    return Wording(said, tuple(word.text for word, likeness in words if not likeness))


def explanation(question: Question, ranked: Sequence[Scored], index: Index) -> str:
    """Lines of text: the words of the question with their weights, then the best facts with what they explain."""
    lines = [f"read as: {question.text}", *_words(question, index)]
    for scored in ranked[:_MOST_FACTS]:
        lines += _fact(question, scored)
    return "\n".join(lines if ranked else [*lines, "no fact shares a word with the question"])


def _words(question: Question, index: Index) -> Iterator[str]:
    for word in question.words:
        here = word.entry is not None and word.entry.here
        if word.kind is Kind.STOP or (word.kind is Kind.FILLER and not word.asks and not here):
            continue
        notes = [_meaning(word), *(f"asks for: {ask}" for ask in word.asks)]
        weight = index.weight(word)
        yield f"  {word.text}: {', '.join(filter(None, notes))}" + (f" (weight {weight:.2f})" if weight else "")


def _meaning(word: Word) -> str:
    if word.kind is Kind.UNKNOWN:
        return "not understood"
    if word.kind is Kind.NUMBER:
        return "a number"
    if word.kind is Kind.PERIOD:
        return "a period"
    if word.entry and word.entry.here:
        return "the report's own place"
    likely = [
        f"{entry.key} {likeness:.0%}" for entry, likeness in word.entries if likeness < 1 or entry.key != word.text
    ]
    role = (
        "a matter that a fact has to name"
        if word.entry and word.entry.topic
        else "a place"
        if word.entry and word.entry.place
        else ""
    )
    return ", ".join(filter(None, ["taken for " + " / ".join(likely) if likely else "", role])) or (
        "" if word.asks else "known"
    )


def _fact(question: Question, scored: Scored) -> Iterator[str]:
    fact = scored.profile.fact
    yield f"{scored.score:.2f}  {fact.id}: {fact.label} = {fact.figure}"
    shares = f"says {scored.said:.0%} of its name; explains {scored.explained:.0%} of the question"
    yield f"      {shares}; kind of answer {scored.fits:.0%}"
    words = zip(question.content, scored.words, strict=True)
    explained = [f"{word.text} {likeness:.0%}" for word, likeness in words if likeness]
    missed = [word.text for word, likeness in zip(question.content, scored.words, strict=True) if not likeness]
    yield f"      explains: {', '.join(explained) or '-'}; does not: {', '.join(missed) or '-'}"
    if scored.quoted:
        yield "      its figure is quoted in the question"
    if scored.place_conflict:
        yield f"      refused: it is not about {scored.place_conflict}"
    if scored.period_conflict:
        yield f"      refused: it is not about that period (it has: {fact.period or fact.report.year})"
