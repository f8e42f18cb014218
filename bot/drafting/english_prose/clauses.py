"""Cuts an English sentence into words and clauses, and tells what stands around each of its figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from . import words as w
from .figures import Number, Time
from .labels import Told, cleaned

_WORD = re.compile(
    r"(?:[A-Z]\.)+|(?:Inc|Co|Corp|Ltd|St|Mr|Mrs|Ms|Dr|No)\.|(?i:that|it|there|here|what|who)(?=['’]s\b)|"
    r"\d[\d,.]*\d(?!\w)|(?<=\w)['’]s\b|[A-Za-z0-9$£€](?:[\w'’&./-]*[\w])?|\S"
)
_ENDS = frozenset(";:•–—-")
_PLURAL = re.compile(r"[a-z]{2,}(?<![sui])s$")
_SURE = 2
_PARTING = frozenset(["while", "whereas", "although", "though", "but"])
_TAKING = frozenset("compared comprising representing bringing making accounting taking".split())
_WITHIN_VERBS = frozenset(["not", "also", "only", "been", "never"])
_NOT_COUNTED = w.CHANGE_NOUNS | {"nationally", "respectively", "equivalent", "worth"}
_MOST_COUNTED = 4
_CHANGE_OF = re.compile(rf"(?:(?:{'|'.join(w.CHANGE_NOUNS)}) (?:in|of)|more|fewer|less) (?!than)((?:[\w'’-]+ ?)+)")
_PLACED = re.compile(r" (?:from|with|at|to|by|than|over|as|into|versus|against|for|below|above|compared)\b.*")


@dataclass(frozen=True)
class Token:
    """A word, a sign or a figure. `figure`: the number of the figure, or -1."""

    text: str
    start: int
    end: int
    figure: int = -1
    in_brackets: bool = False

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_figure(self) -> bool:
        return self.figure >= 0

    @property
    def is_sign(self) -> bool:
        return not (self.text[0].isalnum() or self.is_figure) and self.text[0] not in "$£€“\"'’"

    @property
    def is_end(self) -> bool:
        """Whether it parts clauses in any case."""
        return self.text in _ENDS

    @property
    def is_noun(self) -> bool:
        """Whether it may be a part of a name: a word of no closed class."""
        return not (self.is_figure or self.is_sign or self.low in w.CLOSED)

    @property
    def is_plural(self) -> bool:
        return bool(_PLURAL.search(self.low))


def tokens_of(text: str, figures: Sequence[Number], when: Sequence[Time]) -> list[Token]:
    """The tokens of a sentence without its times; what stands in brackets is marked."""
    found: list[Token] = []
    whole = {one.start: (one.end, at) for at, one in enumerate(figures)} | {one.start: (one.end, -1) for one in when}
    at, depth = 0, 0
    while at < len(text):
        if at in whole:
            end, figure = whole[at]
            if figure >= 0:
                found.append(Token(text[at:end], at, end, figure, depth > 0))
            at = max(end, at + 1)
            continue
        match = _WORD.match(text, at)
        if match:
            end = min([match.end(), *(start for start in whole if start > at)])
            piece = text[at:end]
            depth += (piece in "([") - (piece in ")]") * bool(depth)
            found.append(Token(piece, at, end, -1, depth > 0 or piece in ")]"))
            at = end
        else:
            at += 1
    return found


def said(tokens: Sequence[Token]) -> str:
    """Tokens as text, with the spaces of the sentence."""
    text = ""
    for at, token in enumerate(tokens):
        glued = at and (token.start == tokens[at - 1].end)
        text += ("" if glued or not text else " ") + token.text
    return text


@dataclass
class Clause:
    """A clause: its words, and where its verb begins and ends in them (0, 0 for none).

    `begins`: the sign or the word that parts it from the one before.
    """

    tokens: list[Token]
    begins: str = ""
    verb: tuple[int, int] = (0, 0)

    @property
    def has_verb(self) -> bool:
        return self.verb != (0, 0)

    @property
    def subject(self) -> list[Token]:
        return self.tokens[: self.verb[0]] if self.has_verb else []

    @property
    def main_verb(self) -> str:
        """The last word of the verb that is no adverb."""
        words = [one.low for one in self.tokens[slice(*self.verb)] if one.low not in w.ADVERBS]
        return words[-1] if words else ""


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence in their order, without what stands in brackets."""
    words = [one for one in tokens if not one.in_brackets]
    pieces: list[Clause] = [Clause([])]
    for at, token in enumerate(words):
        if token.is_end or token.text == "," or (token.text in ".!?" and at == len(words) - 1):
            pieces.append(Clause([], token.text))
            continue
        if _parts(words, at, pieces[-1].tokens):
            pieces.append(Clause([], token.low))
        pieces[-1].tokens.append(token)
    found = map(_with_verb, (one for one in pieces if one.tokens))
    return [one for one in found if one.tokens]


def _parts(words: Sequence[Token], at: int, before: Sequence[Token]) -> bool:
    """Whether a new clause begins at a word within what commas part."""
    low = words[at].low
    rest = list(takewhile(lambda one: not one.is_end and one.text != ",", words[at + 1 :]))
    if not before or low in _PARTING:
        return bool(before)
    if low in ("and", "or"):
        verb = verb_of(before)
        return verb is not None and verb_of(rest) is not None and (_has_figure(before) or _has_figure(rest))
    return _has_figure(before) and low in _TAKING


def _has_figure(tokens: Sequence[Token]) -> bool:
    return any(one.is_figure for one in tokens)


def _with_verb(clause: Clause) -> Clause:
    tokens = clause.tokens
    while tokens and (tokens[0].low in w.CONJUNCTIONS | {"which", "who"} or tokens[0].text in "•-*"):
        tokens = tokens[1:]
    figure = next((at for at, one in enumerate(tokens) if one.is_figure), 0)
    if figure and tokens[0].low == "of":
        tokens = tokens[figure:]  # Of these | 5% were; of whom | 31 had
    verb = (0, 1) if tokens and tokens[0].low in _TAKING else verb_of(tokens)
    if not verb:
        # With wind | contributing 5%
        with_verb = tokens[1:] if tokens and tokens[0].low == "with" else tokens
        at = next((at for at in range(len(with_verb)) if _takes(with_verb, at)), None)
        tokens, verb = (with_verb, (at, at + 1)) if at is not None else (tokens, (0, 0))
    clause.tokens, clause.verb = tokens, verb
    return clause


def _takes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word such as "contributing" takes an object: a figure, or what follows a preposition."""
    low = tokens[at].low
    is_followed = at + 1 < len(tokens) and (at == 0 or not tokens[at + 1].is_noun)
    return is_followed and low.endswith("ing") and tokens[at].is_noun


def verb_of(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where the verb of a clause begins and ends; that of "calls presented in May were few" is "were"."""
    weak: tuple[int, int] | None = None
    is_relative = False
    at = 0
    while at < len(tokens):
        low, before = tokens[at].low, tokens[at - 1].low if at else ""
        behind = [one.low for one in tokens[at + 1 : at + 2]]
        begins_relative = bool(before) and low in w.RELATIVES - {"where"}
        is_relative = is_relative or (begins_relative and not (low == "that" and before in w.PREPOSITIONS))
        strength, end = _strength(tokens, at), at + 1
        if strength and low not in w.AUXILIARIES and not w.AUXILIARIES.isdisjoint(behind):
            strength, is_relative = 0, False  # the price of a house | sold | was
        if weak and (low in w.MAYBE_VERBS or at + 1 == len(tokens)):
            strength = 0  # recorded the largest | decreases; accounted for 5% of the notes | heard
        if strength:
            end = _end(tokens, at)
            if strength == _SURE and not is_relative:
                return at, end
            is_better = weak is None or _is_known(tokens[at]) or not _is_known(tokens[weak[0]])
            weak = (at, end) if is_better and not is_relative else weak
            is_relative = False
        at = end
    return weak


def _is_known(token: Token) -> bool:
    return token.low in w.CHANGE_VERBS | w.NUMBER_VERBS | w.SHARE_VERBS | w.HAVING_VERBS


def _strength(tokens: Sequence[Token], at: int) -> int:
    """How surely a word is a verb: 2 without doubt, 1 if there is no other, 0 not at all."""
    one, before = tokens[at], tokens[at - 1] if at else None
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    low = one.low
    if low in w.AUXILIARIES:
        return _SURE
    is_name = bool(at) and one.text[:1].isupper()
    if is_name or not (before is None or _may_precede_verb(before)):
        return 0
    if low in w.MAYBE_VERBS:  # graduates | average | 24 years
        has_object = behind is None or (behind.low != "of" and not behind.is_noun)
        is_theirs = before is not None and (before.is_plural != low.endswith("s") or before.low in w.PRONOUNS)
        return _SURE if has_object and is_theirs else 0
    if low in w.IRREGULAR_VERBS | w.CHANGE_VERBS and not low.endswith(("ed", "ing", "n")):
        return _SURE if before else 1
    is_change = low in w.IRREGULAR_VERBS | w.CHANGE_VERBS
    if before is None or not (is_change or low.endswith("ed")) or low.endswith("ing") or "-" in low:
        return 0
    may_go_on = behind is None or not behind.is_noun or behind.is_plural
    return int(may_go_on or (not is_change and (before.is_figure or before.is_plural)))


def _may_precede_verb(before: Token) -> bool:
    is_noun = before.is_noun and not before.low.endswith("ly")
    return is_noun or before.is_figure or before.low in w.PRONOUNS | w.ADVERBS | w.RELATIVES


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where a verb ends that begins at a word: had | not been | increased."""
    end = at + 1
    while end < len(tokens) and _continues_verb(tokens, end):
        end += 1
    return end


def _continues_verb(tokens: Sequence[Token], at: int) -> bool:
    low, before = tokens[at].low, tokens[at - 1].low
    if low in w.AUXILIARIES | _WITHIN_VERBS or (low == "to" and before in w.EXPECTING_VERBS):
        return True
    is_verb = low in w.IRREGULAR_VERBS | w.CHANGE_VERBS or low.endswith(("ed", "ing"))
    return before in w.AUXILIARIES | _WITHIN_VERBS | {"to"} and (is_verb or (before == "to" and tokens[at].is_noun))


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
