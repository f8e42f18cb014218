"""Reads the figures of English sentences one after another, with what they leave to those before."""

import re
from dataclasses import dataclass

from .clauses import Clause, Sentence, View, without_hedges
from .figures import Number, Time, numbers, times
from .labels import Told, label
from .telling import Memory, told_apart, told_by, told_in_brackets

_HEDGE = re.compile(
    r"(?:about|nearly|over|around|almost|some|more than|less than|up to|at least|just over|just under|roughly|"
    r"approximately) $",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EnglishReading:
    """A figure with its name and when it is of. `start`, `end`: as it is to be copied, with what it counts."""

    number: Number
    start: int
    end: int
    label: str
    told: Told
    when: Time | None = None


class EnglishReader:
    """Reads the sentences of an article in their order."""

    def __init__(self, article: str) -> None:
        self._memory = Memory()
        self._proper = set(re.findall(r"(?<=[a-z,;0-9] )[A-Z][\w'’-]+", article))

    def begin_section(self) -> None:
        """Forgets what the section before has named."""
        self._memory = Memory()

    def read(self, text: str) -> list[EnglishReading]:
        """The figures of a sentence with their names."""
        first, _, rest = text.partition(" ")
        if first[1:].islower() and first not in self._proper and rest[:1].islower() and rest[:3] != "of ":
            text = f"{first.lower()} {rest}"
        when = times(text)
        sentence = Sentence(text, numbers(text, when), when)
        if not sentence.numbers:
            return []
        told = _told(sentence, self._memory)
        return [_reading(sentence, number, told[number]) for number in sorted(told)]


def _told(sentence: Sentence, memory: Memory) -> dict[int, Told]:
    """What each figure of a sentence tells."""
    told: dict[int, Told] = {}
    for clause in sentence.clauses:
        for at in (at for at, one in enumerate(clause.tokens) if one.is_figure):
            view = _view(sentence, clause, at, told)
            found = told_by(view, memory)
            told[view.token.figure] = memory.last = found
        told |= told_apart(clause, told, sentence.text)
        memory.note_clause(clause)
    for at, token in enumerate(sentence.tokens):
        if token.is_figure and token.figure not in told:
            told[token.figure] = memory.last = told_in_brackets(sentence, at, told, memory)
            sentence.ends[token.figure] = [token, *sentence.counted(Clause(sentence.tokens), at)][-1].end
    return told


def _view(sentence: Sentence, clause: Clause, at: int, told: dict[int, Told]) -> View:
    tokens = clause.tokens
    counted = sentence.counted(clause, at)
    sentence.ends[tokens[at].figure] = [tokens[at], *counted][-1].end
    before = max((i for i in range(at) if tokens[i].is_figure), default=-1)
    start = before + 1 + len(sentence.counted(clause, before)) if before >= 0 else 0
    if clause.has_verb and clause.verb[0] < at:
        start = max(start, clause.verb[1])
    previous = told.get(tokens[before].figure) if before >= 0 else None
    lead = without_hedges(tokens[start:at])
    return View(sentence, clause, at, lead, counted, previous)


def _reading(sentence: Sentence, figure: int, told: Told) -> EnglishReading:
    number = sentence.numbers[figure]
    hedge = _HEDGE.search(sentence.text, 0, number.start)
    start = hedge.start() if hedge else number.start
    end = max(number.end, sentence.ends.get(figure, number.end))
    name = label(told, is_relative=number.is_relative)
    return EnglishReading(number, start, end, name, told, _time_of(sentence, figure, told))


def _time_of(sentence: Sentence, figure: int, told: Told) -> Time | None:
    """The time that a figure is of: that which tells it from another one, or behind it, before it, or the only one."""
    text, found, number = sentence.text, sentence.numbers, sentence.numbers[figure]
    if told.kind in ("level", "share") and told.extra:
        based = (one for one in sentence.when if one.is_base)
        other = next((one for one in based if one.name in told.extra), None)
        if other:
            return other
    until = found[figure + 1].start if figure + 1 < len(found) else len(text)
    former = [one.end for at, one in enumerate(found) if at != figure and text[: one.start].endswith("from ")]
    times_of = (one for one in sentence.when if not (one.is_base or one.is_whole))
    own = [one for one in times_of if not any(text[end : one.start] == " " for end in former)]
    behind = (one for one in own if number.end <= one.start < until)
    at_once = [one for one in behind if not re.search("[,;:]", text[number.end : one.start])]
    before = [one for one in own if one.end <= number.start]
    return next(iter(at_once or before[-1:] or (own if len(own) == 1 else [])), None)
