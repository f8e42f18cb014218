"""Where in a report a list is wanted from: what is told by some breakdown, or what is said in words that are quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.matching.observation import Observation, read

from .words import joined

if TYPE_CHECKING:
    from bot.answering.matching.entries import Entry
    from bot.answering.matching.index import Index

# 按经济类型分的, 从登记类型来看
_BROKEN_DOWN = re.compile("[按分从](?:照)?([^,按分从照的]{2,8}?)(?:来)?(?:划分|分类|分|看)(?:的|,|(?=哪))")
_QUOTED = re.compile("[“\"‘'「]([^“”\"‘’'「」]{2,12})[”\"’'」]")
_CLAUSES = re.compile("[,;。]")


def passage(asked: Observation, index: Index) -> tuple[Observation, tuple[Entry, ...]]:
    """A message without what it says of where its figures are told, and the facts there; all of it and none else."""
    text, starts = joined(asked.tokens)
    for pattern, is_there in ((_BROKEN_DOWN, _is_by), (_QUOTED, _is_said_with)):
        for said in pattern.finditer(text):
            found = tuple(entry for entry in index.entries if is_there(said[1], entry, index))
            if len(found) > 1:
                within = range(*said.span())
                return read([t for t, start in zip(asked.tokens, starts, strict=True) if start not in within]), found
    return asked, ()


def _is_by(kind: str, entry: Entry, index: Index) -> bool:
    """Whether a sentence tells its figures by a kind: 分经济类型看."""
    ways = (f"分{kind}", f"按{kind}", f"从{kind}", f"{kind}看")
    return index.is_usual(entry) and any(way in entry.sentence for way in ways)


def _is_said_with(words: str, entry: Entry, index: Index) -> bool:
    """Whether some words stand in the clause of a figure."""
    figure = index.reader.texts[entry.number].figure
    return any(words in clause and figure in clause for clause in _CLAUSES.split(entry.sentence))
