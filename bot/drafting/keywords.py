"""Other names of a fact, by which people ask for it as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .labels import subject_text
from .reading.plain import plain
from .reading.words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

    from .facts import Told
    from .reading.reading import Reading

MOST = 4
_LONGEST = 30


def keywords_of(facts: Sequence[Told], vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Up to four names for each fact, of which no other fact has one."""
    wanted = [list(dict.fromkeys(_names(one.reading, one.label, vocabulary))) for one in facts]
    common = Counter(plain(name) for names in wanted for name in names)
    taken = {plain(one.label) for one in facts}
    found = []
    for one, names in zip(facts, wanted, strict=True):
        own = [
            name
            for name in names
            if name and common[plain(name)] == 1 and plain(name) not in taken and len(name) <= _LONGEST
        ]
        found.append(tuple(own[:MOST]) or (one.label,))
    return found


def _names(reading: Reading, label: str, vocabulary: Vocabulary) -> list[str]:
    """Names of a figure, the best first."""
    subject, lead = subject_text(reading), reading.lead
    names = []
    if label.startswith(subject):
        told = label[len(subject) :]
        starts = [at for at in range(len(reading.subject) - 1, 0, -1) if _is_content(reading.subject[at], vocabulary)]
        shorter = ["".join(reading.subject[at:]) for at in starts if len(reading.subject[at]) > 1]
        names += [name + told for name in shorter if name not in words().generic]
    if not lead.change and not lead.share_word and not lead.versus:
        names.append(subject)
    return names


def _is_content(piece: str, vocabulary: Vocabulary) -> bool:
    word = vocabulary.words.get(plain(piece))
    return word is not None and bool(word.senses)
