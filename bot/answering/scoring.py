"""How well a fact answers a question, and which words say so.

score = √said · explained · fits, where `said` is the share of the fact's name that the question says, `explained` the
share of the question's content that the fact explains, and `fits` whether its figure is of the kind asked for. The
second is what keeps the bot from answering what no fact says: a word that a fact does not explain counts against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from .hearing import Heard
from .kinds import NAMED, Fit
from .periods import covers
from .profiles import NAMES, Profile
from .quantities import Quantity
from .terms import TOLD
from .vocabulary import AROUND
from .words import Word

# A fact whose label has an aspect that the question does not speak of gives way: 年均 where 增长 is asked for.
_UNASKED_ASPECT = 0.9
_OTHER_WORDS = 0.07
# A figure that is stated names its fact, whatever else the question says of it; unless it asks for another figure.
_QUOTED = 0.75
_STATED = 0.45
# A fact gives way to the one of its sentence whose name the question asks for.
_GIVEN = 0.7
_WIDER = ("city", "province", "country", AROUND)
_WHOLE_NAME = 0.9
_RELATIVE = ("rank", "times", "percent")


class Scored(NamedTuple):
    """A fact's fit; the shares are 0..1.

    `order`: the score by which facts are compared, a little less where the question uses other words than the label.
    `named`: whether the question says the whole of its label.
    `words`: how well the fact explains each content word of the question. `quoted`: the question states its figure.
    """

    profile: Profile
    score: float
    order: float
    said: float
    named: bool
    explained: float
    fits: float
    words: tuple[float, ...]
    quoted: bool
    period_conflict: bool
    place_conflict: str

    @property
    def conflicts(self) -> bool:
        """Whether the question is about another place or another period than the fact."""
        return self.period_conflict or bool(self.place_conflict)


def score(heard: Heard, profile: Profile) -> Scored:
    """The fit of one fact."""
    answers = given = False
    if heard.sought:
        answers = heard.seeks(profile.answer)
        given = not answers and heard.seeks_in(profile.sentence)
    shares = heard.terms.explained(profile, described=answers)
    stated = bool(heard.numbers) and _states(heard, profile)
    quoted = stated and not given and _only_quotes(heard, profile)
    said = 1.0 if quoted else heard.phrases.share(profile, heard.worths, heard.said)
    explained = _explained(heard, profile, shares)
    fit = heard.kinds.fit(profile.kind)
    kind = fit.fits * (_STATED if stated else 1.0)
    value = said**0.5 * explained * kind
    if quoted:
        kind, value = 1.0, max(explained, _QUOTED)
    if fit.needed:
        value *= _missing(fit, shares)
    if given and _lacks_sought(heard, shares):
        value *= _GIVEN
    return Scored(
        profile,
        value,
        value * _wording(heard, profile) * (1.0 if quoted else _aspects(heard, profile)),
        said,
        # The whole label is said only where no less is said of the best phrase.
        said >= _WHOLE_NAME and _is_named(heard, profile),
        explained,
        kind,
        tuple(shares[: len(heard.words)]),
        quoted,
        bool(heard.periods) and _is_of_another_period(heard, profile),
        _other_subject(heard, profile) or (_place_conflict(heard, profile, shares, said) if heard.places else ""),
    )


def _explained(heard: Heard, profile: Profile, shares: Sequence[float]) -> float:
    """The share, by weight, of the question that the fact explains; `shares` are those of its words and its context."""
    if not heard.weight:
        return 0.0
    got: float = sum(map(mul, heard.weights, shares))
    if heard.context:
        got += sum(map(mul, heard.context_weights, shares[len(heard.words) :]))
    if heard.numbers:
        got += sum(number.weight * _has(profile, number.quantity) for number in heard.numbers)
    return got / heard.weight


def _is_named(heard: Heard, profile: Profile) -> bool:
    """Whether the question says the whole label."""
    labels, worths = profile.phrases[:1], heard.worths
    said = (sum(worths.get(concept, 0.0) for concept in label) / heard.phrases.weight(label) for label in labels)
    return any(share >= _WHOLE_NAME for share in said)


def _missing(fit: Fit, shares: Sequence[float]) -> float:
    """1, or less where the question names a matter, an aspect (growth) or something counted that the fact lacks."""
    return min([left for at, left in fit.needed if shares[at] < NAMED], default=1.0)


def _lacks_sought(heard: Heard, shares: Sequence[float]) -> bool:
    """Whether a fact is not named by something that the question asks to be named."""
    return any(word in heard.sought and share < NAMED for (word, _), share in zip(heard.words, shares, strict=False))


def _wording(heard: Heard, profile: Profile) -> float:
    """1 where the fact's label has the question's very words, a little less where it has only their synonyms."""
    if not heard.words_weight:
        return 1.0
    label = profile.label
    same = sum([weight for text, weight in heard.texts if text in label])
    return 1 - _OTHER_WORDS * (1 - same / heard.words_weight)


def _aspects(heard: Heard, profile: Profile) -> float:
    """1, or a little less where the fact's label has an aspect that the question lacks, which says what is measured."""
    phrases = profile.phrases
    return _UNASKED_ASPECT if phrases and not heard.unsaid_aspects.isdisjoint(phrases[0]) else 1.0


# ---- figures that the question states


def _states(heard: Heard, profile: Profile) -> bool:
    """Whether the question states the fact's figure: in digits, or in words where it says nothing else."""
    stated = [number.quantity for number in heard.numbers if number.digits or not heard.words]
    return any(_is_same(quantity, own) for quantity in stated for own in profile.figures)


def _only_quotes(heard: Heard, profile: Profile) -> bool:
    """Whether a figure is stated to hear what it is; not to ask for another one, or for the date of an undated fact."""
    question = heard.question
    return not question.asks_for_figure and ("time" not in question.asks or bool(profile.period))


def _is_same(asked: Quantity, own: Quantity) -> bool:
    units = (asked.unit, own.unit)
    return asked.value == own.value and (asked.unit == own.unit or not all(units) or asked.unit.isascii())


def _has(profile: Profile, asked: Quantity) -> float:
    if any(_is_same(asked, own) for own in profile.figures):
        return 1.0
    return TOLD if asked.value in profile.sentence.numbers else 0.0


# ---- periods and places


def _is_of_another_period(heard: Heard, profile: Profile) -> bool:
    return not covers(profile.period, heard.period_in(profile.year), profile.year)


def _other_subject(heard: Heard, profile: Profile) -> str:
    """The word of the question that names the subjects of other reports only; "" where there is none."""
    for text, reports in heard.subjects:
        if profile.fact.report.id not in reports:
            return text
    return ""


def _place_conflict(heard: Heard, profile: Profile, shares: Sequence[float], said: float) -> str:
    """The word of the question that names a place which the fact does not speak of; "" where there is none."""
    for at, word in heard.places:
        share = shares[at]
        if not (share and said >= _WHOLE_NAME) and not _is_covered(word, share, profile, heard):
            return word.text
    return ""


def _is_covered(word: Word, share: float, profile: Profile, heard: Heard) -> bool:
    """Whether a fact may answer in spite of a place that the question names.

    The city or province that the report's own place lies in is no other place where the question names that place too,
    where the fact names it (a rank or a share only if it is asked how the two relate: 全市第几, 占全市多少), and where
    the fact is a name: names are not there twice.
    """
    if word.entry is None or word.entry.place not in _WIDER:
        return share > 0
    named = share > 0 and (heard.relates or profile.kind not in _RELATIVE)
    own = heard.question.names_subject or profile.kind in NAMES
    return named or own or heard.terms.is_printed(word, profile.sentence.text)
