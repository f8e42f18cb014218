"""How well a fact answers a question, and which words say so.

score = √said · explained · fits, where `said` is the share of the fact's name that the question says, `explained` the
share of the question's content that the fact explains, and `fits` whether its figure is of the kind asked for. The
second is what keeps the bot from answering what no fact says: a word that a fact does not explain counts against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .answer import Language
from .fitting import fits
from .hearing import ASSEMBLED, Heard
from .learning import Concepts
from .periods import covers
from .profiles import NAMES, Profile
from .quantities import Quantity
from .vocabulary import AROUND
from .words import Kind, Word

# How much of a word counts as explained that only the fact's sentence has; less where it names another fact there.
_TOLD = 0.6
_SIBLINGS = 0.3
# What else the sentence tells is what a question describes the name by that it asks for.
_DESCRIBED = 0.75
_PRINTED = 0.9
# A word explained less than this is one that the fact is not about.
_NAMED = 0.5
_TOPIC_UNEXPLAINED = 0.35
_ASPECT_UNEXPLAINED = 0.6
_COUNTED_UNEXPLAINED = 0.85
_OTHER_WORDS = 0.07
# A fact whose label has an aspect that the question does not speak of gives way: 年均 where 增长 is asked for.
_UNASKED_ASPECT = 0.9
# A figure that is stated names its fact, whatever else the question says of it; unless it asks for another figure.
_QUOTED = 0.75
_STATED = 0.45
# A fact gives way to the one of its sentence whose name the question asks for.
_GIVEN = 0.7
_OPEN = frozenset(["number", "amount", "each", "overview", "what"])
_OTHER_ASPECT = 0.7
_NEAR_ASPECT = 0.95
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
    words = tuple(_likeness(word, profile, heard) for word, _ in heard.words)
    stated = _states(heard, profile)
    given = heard.seeks_beside(profile)
    quoted = stated and not given and _only_quotes(heard, profile)
    said = 1.0 if quoted else _said(heard, profile)
    explained = _explained(heard, profile, words)
    kind = 1.0 if quoted else _fits(heard, profile.kind) * (_STATED if stated else 1.0)
    value = said**0.5 * explained * kind
    value = max(value, _QUOTED if quoted else 0.0) * _missing(heard, words, profile.kind)
    value *= _GIVEN if given and _lacks_sought(heard, words) else 1.0
    return Scored(
        profile,
        score=value,
        order=value * _wording(heard, profile) * (1.0 if quoted else _aspects(heard, profile)),
        said=said,
        named=any(_share(heard, label) >= _WHOLE_NAME for label in profile.phrases[:1]),
        explained=explained,
        fits=kind,
        words=words,
        quoted=quoted,
        period_conflict=not covers(profile.period, heard.period_in(profile.year), profile.year),
        place_conflict=_other_subject(heard, profile) or _place_conflict(heard, profile, words, said),
    )


def _fits(heard: Heard, kind: str) -> float:
    """Whether the figure is of the kind that the question words ask for, and the aspects where these leave it open."""
    open_ = heard.question.asks <= _OPEN and heard.aspects and not heard.question.unit
    alike = kind in heard.aspects or kind in NAMES
    near = kind == "times" and "percent" in heard.aspects
    return fits(heard.question, kind) * (1.0 if alike or not open_ else _NEAR_ASPECT if near else _OTHER_ASPECT)


# ---- words


def _likeness(word: Word, profile: Profile, heard: Heard) -> float:
    """How well the fact explains a word: 1 where its name has it, less where only its sentence has, 0 not at all."""
    best = 0.0
    for entry, likeness in word.entries:
        if entry.content:
            best = max(best, likeness * _explains(entry.concept, word, profile, heard))
    if not best and word.kind is Kind.UNKNOWN and len(word.text) > 1 and word.text in profile.text:
        return _PRINTED
    return best


def _explains(concept: int, word: Word, profile: Profile, heard: Heard) -> float:
    same_place = heard.around.get(concept)
    if concept in profile.named or (same_place and not same_place.isdisjoint(profile.named)):
        return 1.0
    made_of = heard.index.parts.get(concept)
    if made_of:
        have = sum(part in profile.named for part in made_of) / len(made_of)
        return ASSEMBLED * (1.0 if have == 1 else have / 2)
    sentence = profile.sentence
    told = _TOLD if concept in sentence.told else _SIBLINGS if concept in sentence.concepts else 0.0
    if told and heard.seeks(profile.answer):
        told = _DESCRIBED
    place = word.entry is not None and word.entry.place
    return told if not place or _is_printed(word, profile.text, heard) else 0.0


def _is_printed(word: Word, text: str, heard: Heard) -> bool:
    """Whether a fact's text has a place's name together with the word behind it, as in a longer name."""
    behind = heard.question.text[word.start : word.end + 2]
    return len(behind) > len(word.text) + 1 and behind in text


def _explained(heard: Heard, profile: Profile, words: Sequence[float]) -> float:
    if not heard.weight:
        return 0.0
    got = sum(weight * like for (_, weight), like in zip(heard.words, words, strict=True))
    got += sum(weight * _likeness(word, profile, heard) for word, weight in heard.context)
    got += sum(number.weight * _has(profile, number.quantity) for number in heard.numbers)
    return got / heard.weight


def _said(heard: Heard, profile: Profile) -> float:
    """The share, by weight, of the fact's best phrase that the question says."""
    phrases = profile.phrases if heard.question.language is Language.ENGLISH else profile.chinese
    return max((_share(heard, phrase) for phrase in phrases), default=0.0)


def _share(heard: Heard, phrase: Concepts) -> float:
    """The share, by weight, of a phrase that the question says."""
    says, weights = heard.says, heard.index.weights
    got = total = 0.0
    for concept in phrase:
        weight = weights[concept]
        total += weight
        if concept in says:
            got += weight * says[concept]
    return got / total


def _missing(heard: Heard, words: Sequence[float], kind: str) -> float:
    """1, or less where the question names a matter, an aspect (growth) or something counted that the fact lacks."""
    lacking = [word for (word, _), like in zip(heard.words, words, strict=True) if word.entry and like < _NAMED]
    entries = [word.entry for word in lacking if word.entry]
    if any(entry.topic for entry in entries):
        return _TOPIC_UNEXPLAINED
    named = kind in NAMES and heard.question.asks & {"name", "which", "place", "person"}
    if not named and any(entry.concept in heard.index.aspects and not entry.asks for entry in entries):
        return _ASPECT_UNEXPLAINED
    return _COUNTED_UNEXPLAINED if any(word is heard.question.focus for word in lacking) else 1.0


def _lacks_sought(heard: Heard, words: Sequence[float]) -> bool:
    """Whether a fact is not named by something that the question asks to be named."""
    return any(
        word in heard.question.sought and like < _NAMED for (word, _), like in zip(heard.words, words, strict=True)
    )


def _wording(heard: Heard, profile: Profile) -> float:
    """1 where the fact's label has the question's very words, a little less where it has only their synonyms."""
    if not heard.words_weight:
        return 1.0
    same = sum(weight for word, weight in heard.words if word.text in profile.label)
    return 1 - _OTHER_WORDS * (1 - same / heard.words_weight)


def _aspects(heard: Heard, profile: Profile) -> float:
    """1, or a little less where the fact's label has an aspect that the question lacks, which says what is measured."""
    if all(word.entry and word.entry.aspect for word, _ in heard.words):
        return 1.0
    aspects = (concept for label in profile.phrases[:1] for concept in label if concept in heard.index.aspects)
    return 1.0 if all(concept in heard.says for concept in aspects) else _UNASKED_ASPECT


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
    return _TOLD if asked.value in profile.sentence.numbers else 0.0


# ---- places


def _other_subject(heard: Heard, profile: Profile) -> str:
    """The word of the question that names the subjects of other reports only; "" where there is none."""
    for word in heard.question.words:
        if word.entry and word.entry.subjects and profile.fact.report.id not in word.entry.subjects:
            return word.text
    return ""


def _place_conflict(heard: Heard, profile: Profile, words: Sequence[float], said: float) -> str:
    """The word of the question that names a place which the fact does not speak of; "" where there is none."""
    for (word, _), like in zip(heard.words, words, strict=True):
        if (
            word.entry
            and word.entry.place
            and not (like and said >= _WHOLE_NAME)
            and not _is_covered(word, like, profile, heard)
        ):
            return word.text
    return ""


def _is_covered(word: Word, like: float, profile: Profile, heard: Heard) -> bool:
    """Whether a fact may answer in spite of a place that the question names.

    The city or province that the report's own place lies in is no other place where the question names that place too,
    where the fact names it (a rank or a share only if it is asked how the two relate: 全市第几, 占全市多少), and where
    the fact is a name: names are not there twice.
    """
    if word.entry is None or word.entry.place not in _WIDER:
        return like > 0
    named = like > 0 and (heard.relates or profile.kind not in _RELATIVE)
    own = heard.question.names_subject or profile.kind in NAMES
    return named or own or _is_printed(word, profile.sentence.text, heard)
