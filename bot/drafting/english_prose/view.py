"""A sentence with its figures, and what stands around each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import words as w
from .clauses import Clause, Token, clauses, said, tokens_of
from .figures import Number, Time
from .labels import Told, cleaned

_NOT_COUNTED = w.CHANGE_NOUNS | {"nationally", "respectively", "equivalent", "worth"}
_MOST_COUNTED = 4
_CHANGE_OF = re.compile(rf"(?:(?:{'|'.join(w.CHANGE_NOUNS)}) (?:in|of)|more|fewer|less) (?!than)((?:[\w'’-]+ ?)+)")
_PLACED = re.compile(r" (?:from|with|at|to|by|than|over|as|into|versus|against|for|below|above|compared)\b.*")


@dataclass
class Sentence:
    """A sentence as it is read. `ends`: where what each figure counts ends, by the numbers of the figures."""

    text: str
    numbers: Sequence[Number]
    when: Sequence[Time]
    tokens: list[Token] = field(init=False)
    clauses: list[Clause] = field(init=False)
    ends: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens = tokens_of(self.text, self.numbers, self.when)
        self.clauses = clauses(self.tokens)

    def counted(self, clause: Clause, at: int) -> list[Token]:
        """What stands behind a figure that counts it: 31 | old hotels, 48 | cents per share."""
        tokens = clause.tokens
        stop = clause.verb[0] if clause.has_verb and clause.verb[0] > at else len(tokens)
        end = at + 1
        while end < min(stop, at + 1 + _MOST_COUNTED) and self._may_be_counted(tokens, end, is_first=end == at + 1):
            end += 1
        behind = tokens[end:stop]
        is_each = len(behind) > 1 and behind[0].low in ("per", "a", "an") and behind[1].is_noun
        return [*tokens[at + 1 : end], *(behind[:2] if is_each else [])]

    def _may_be_counted(self, tokens: Sequence[Token], at: int, *, is_first: bool) -> bool:
        one, behind = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        is_next = not self.between(tokens[at - 1].end, one.start)
        if not is_next or not one.is_noun or one.text[0].isdigit() or one.low in _NOT_COUNTED:
            return False
        if is_first:
            return not one.low.endswith("ly")
        is_quality = one.low.endswith("ed") and behind is not None and behind.is_noun and behind.is_plural
        return is_quality or not one.low.endswith(("ing", "ed"))

    def base_before(self, start: int) -> Time | None:
        """A time right before a place in the sentence that something is compared with: over last year's | 8 million."""
        near = (one for one in self.when if one.is_base and one.end <= start)
        return next((one for one in near if not self.between(one.end, start)), None)

    def between(self, start: int, end: int) -> str:
        return self.text[start:end].strip(" ’'s")


@dataclass
class View:
    """A figure in its clause, at the place `at` of it.

    `lead`: what leads up to it, from the verb or the figure before; `counted`: what it counts; `previous`: what the
    figure before in its clause told.
    """

    sentence: Sentence
    clause: Clause
    at: int
    lead: list[Token]
    counted: list[Token]
    previous: Told | None

    @property
    def token(self) -> Token:
        return self.clause.tokens[self.at]

    @property
    def number(self) -> Number:
        return self.sentence.numbers[self.token.figure]

    @property
    def count(self) -> str:
        """What the figure counts, as text."""
        return said(self.counted)

    @property
    def is_unit(self) -> bool:
        """Whether what the figure counts is but the unit that it is told in."""
        return bool(self.counted) and self.counted[0].low in w.UNITS

    @property
    def words(self) -> list[str]:
        """What leads up to the figure, in small letters."""
        return [one.low for one in self.lead]

    @property
    def has_noun_before(self) -> bool:
        return any(one.is_noun and one.low not in w.WEAK for one in self.lead)

    @property
    def behind(self) -> list[Token]:
        """What stands behind the figure and what it counts."""
        behind = self.clause.tokens[self.at + 1 :]
        return behind[len(self.counted) :] if behind[: len(self.counted)] == self.counted else behind

    @property
    def is_subject(self) -> bool:
        """Whether the figure stands before the verb of its clause, or there is none."""
        return not self.clause.has_verb or self.at < self.clause.verb[0]

    @property
    def has_figure_as_subject(self) -> bool:
        return any(one.is_figure for one in self.clause.subject)

    @property
    def per(self) -> str:
        """Per how much of something else the figure is: per share."""
        return next((f" {said(self.counted[at:])}" for at, one in enumerate(self.counted) if one.low == "per"), "")

    @property
    def until(self) -> int:
        """Where the next figure begins, or the sentence ends."""
        starts = (one.start for one in self.sentence.tokens if one.is_figure and not one.in_brackets)
        return min((start for start in starts if start > self.end), default=len(self.sentence.text))

    @property
    def end(self) -> int:
        return self.sentence.ends.get(self.token.figure, self.token.end)

    @property
    def base(self) -> str:
        """What the figure is compared with, or at which other time it is: January 2003, a year earlier."""
        near = (one for one in self.sentence.when if self.end <= one.start < self.until)
        time = next((one for one in near if one.is_base and self.sentence.between(one.end, self.until)), None)
        time = time or self.sentence.base_before(self.token.start)
        return time.name if time else ""

    @property
    def object_of_change(self) -> str:
        """Of what the figure tells a change behind it: 5% more | miles, a 5% increase in | jobs."""
        behind = _CHANGE_OF.match(said(self.clause.tokens[self.at + 1 :]))
        return cleaned(_PLACED.sub("", behind[1])) if behind else ""


def without_hedges(tokens: Sequence[Token]) -> list[Token]:
    """What leads up to a figure without words such as "about" and "more than"."""
    found = list(tokens)
    while found:
        low, before = found[-1].low, found[-2].low if len(found) > 1 else ""
        if low == "than" and before in ("more", "less", "fewer"):
            found = found[:-2]
        elif low in w.HEDGES and before not in w.CHANGE_NOUNS:
            found = found[:-1]
        else:
            break
    return found
