"""All tuned numbers of matching, in one place; tests/bench/fit.py fits them on reports other than those that decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """What counts how much in matching a question with a fact."""

    # Of the score of a fact, 0..1: from where on it is stated, for a question in the terms of reports as well, and from
    # where on it is offered, or stated where the question is put in talk.
    stated: float = 0.46
    stated_formal: float = 0.75
    offered: float = 0.35
    # Facts that come as near to the best one fit alike; the second where nobody's own name is said in full.
    margin: float = 0.965
    choice: float = 0.6
    # A question of no more characters leaves much open; facts that explain as much of it, against the best one, and of
    # whose names it says as much as makes one stated, may be meant as well.
    brief: float = 17.0
    left_open: float = 0.75
    # A name of which as much is said is said in full; a question of which as much is explained is explained in full.
    own: float = 0.9
    whole: float = 0.97
    # The weight of a word that nothing knows; of one that the vocabulary knows and no fact has; of what a name says of
    # the whole, such as 总数. Other words weigh by their rarity.
    unknown: float = 0.4
    foreign: float = 0.6
    total: float = 0.15
    # How far a word counts that is not in the name itself: in another name, in the clause of the figure, in the rest of
    # its sentence. The last is also what counts of an everyday word, which may be meant in some other way, of that
    # which leads up to a question, or that its other parts say, and against a fact where no fact has a word.
    elsewhere: float = 0.9
    nearby: float = 0.6
    around: float = 0.32
    # How much of the score is up to the name of the fact.
    name_share: float = 0.4
    # Doubts, by which a score is multiplied: a change where none is asked for, a rate where a share is asked for.
    unasked_change: float = 0.5
    other_share: float = 0.75
    # Preferences among facts, likewise: another period or kind of figure, another sign or way to measure a change.
    other_type: float = 0.7
    second: float = 0.88


TUNING = Tuning()
