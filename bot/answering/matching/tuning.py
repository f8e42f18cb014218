"""All tuned numbers of matching, in one place; tests/bench/fit.py fits them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """What fits how well; see the places that use each."""

    stated: float = 0.55  # a fact that scores as much is stated
    offered: float = 0.35  # ... is offered
    margin: float = 0.965  # facts within this share of the best fit alike
    unknown: float = 0.35  # the weight of a word that nothing knows
    foreign: float = 0.8  # the weight of a word that the vocabulary knows and no fact has
    elsewhere: float = 0.9  # how far a word counts that only another name of a fact has
    keyword: float = 0.9  # how much of a keyword counts, where all of a label does
    met: float = 0.7  # the weight of a word that nothing knows, but of which a part stands in some name
    total: float = 0.15  # the weight of a word for the whole in a name
    choice: float = 0.77  # where no name is said in full, facts within this share of the best are offered beside it
    own: float = 0.88  # a name of which this share is said is said in full
    stray: float = 0.1  # ... of a single character
    nearby: float = 0.8  # how far the words around a figure explain a question's
    around: float = 0.4  # ... those in the rest of its sentence
    against: float = 1.2  # how much a known word that a fact does not explain counts against it, beside its weight
    strange: float = 0.1  # ... where no fact has it
    loose: float = 0.3  # the weight of an everyday word that a fact does not explain
    surer: float = 0.1  # by how much a part has to fit better where it is not certain that several things are asked for
    name_share: float = 0.5  # how much the coverage of the name counts
    unasked_change: float = 0.5  # a change where none is asked for
    other_share: float = 0.75  # a rate of its own where a share of something is asked for
    other_sign: float = 0.85
    other_type: float = 0.7  # a number where a name is asked for, money where things are counted
    other_kind: float = 0.9  # an amount where mostly a percentage is meant, or the other way
    other_period: float = 0.7  # another period than the report's own, where none is asked for
    context: float = 0.4  # the weight of what a part of a question may share with the others
    part: float = 0.5  # a fact that scores as much is stated for a part
    whole: float = 0.97  # a fact that explains as much of a question is what the whole of it asks for


TUNING = Tuning()
