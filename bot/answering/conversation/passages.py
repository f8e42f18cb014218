"""Where in a report a list is wanted from: what is said in words that are quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.matching.observation import Observation, read

from .words import joined

if TYPE_CHECKING:
    from bot.answering.matching.entries import Entry
    from bot.answering.matching.index import Index

_QUOTED = re.compile("[“\"‘'「]([^“”\"‘’'「」]{2,12})[”\"’'」]")
_CLAUSES = re.compile("[,;。]")


def passage(asked: Observation, index: Index) -> tuple[Observation, tuple[Entry, ...]]:
    """A message without what it says of where its figures are told, and the facts there; all of it and none else."""
    text, starts = joined(asked.tokens)
    for said in _QUOTED.finditer(text):
        found = tuple(entry for entry in index.entries if _is_said_with(said[1], entry, index))
        if len(found) > 1:
            within = range(*said.span())
            return read([t for t, start in zip(asked.tokens, starts, strict=True) if start not in within]), found
    return asked, ()


def _is_said_with(words: str, entry: Entry, index: Index) -> bool:
    """Whether some words stand in the clause of a figure."""
    figure = index.reader.texts[entry.number].figure
    return any(words in clause and figure in clause for clause in _CLAUSES.split(entry.sentence))
