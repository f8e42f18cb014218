"""What is known of a word of the vocabulary."""

from __future__ import annotations


class Entry:
    """What is known of a word.

    `concept`: the number of what it means, shared by its synonyms; -1 for none. `here`: it names a report's own place;
    `subjects`: the ids of the reports that it is the subject of. `aspect`: it changes what is measured.
    """

    # Defaults of the class rather than of a constructor: thousands of entries are made, most with one of these set.
    concept: int = -1
    filler: bool = False
    topic: bool = False
    here: bool = False
    subjects: frozenset[str] = frozenset()
    joins: bool = False
    aspect: bool = False
    asks: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""
    place: str = ""

    def __init__(self, key: str) -> None:
        self.key = key

    @property
    def may_be_compound(self) -> bool:
        """Whether what the word is made of says something of what it means."""
        return not (self.topic or self.place)

    @property
    def content(self) -> bool:
        """Whether the word says which fact is meant."""
        return self.concept >= 0
