"""A draft as it passes from the process that makes it to the one that asked for it, which need not know how."""

from dataclasses import dataclass
from typing import Final

MOST_SECONDS: Final = 60  # of computing


@dataclass(frozen=True)
class Doubt:
    """A fact that its editor should look at. `why`: a sentence in Chinese or English, as the article is."""

    fact_id: str
    label: str
    why: str


@dataclass(frozen=True)
class Draft:
    """A report file. `figures`: how many the article has; `facts`: how many the file has."""

    text: str
    figures: int
    facts: int
    doubts: tuple[Doubt, ...]
