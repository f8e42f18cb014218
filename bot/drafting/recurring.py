"""What a newer article tells as an older one did: it keeps its id, its label and its other names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.answering.exceptions import KnowledgeError
from bot.answering.knowledge.folder import load_file
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.report_file import LONGEST_ID
from bot.answering.language.quantities import quantities
from bot.answering.language.vocabulary import Vocabulary

from .articles.details import aliases_of
from .labels import label_of
from .reading.plain import plain
from .reading.reader import Reader
from .reading.reading import Reading

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def facts_of_file(path: Path) -> list[Fact]:
    """The facts of a report file. Raises `KnowledgeError` where it has errors."""
    loaded = load_file(path)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.errors)
    return list(loaded.knowledge.facts)


class Recurring:
    """The facts of an older report, by what a draft of its sentences would call them."""

    def __init__(self, facts: Sequence[Fact], vocabulary: Vocabulary) -> None:
        self._by_label: defaultdict[str, list[Fact]] = defaultdict(list)
        prefixes = {fact.id.partition("-")[0] for fact in facts}
        self._prefix = prefixes.pop() if len(prefixes) == 1 else ""
        for label, fact in _drafted(facts, vocabulary):
            self._by_label[plain(label)].append(fact)
        for fact in facts:
            self._by_label[plain(fact.label)].append(fact)
        self._taken: set[str] = set()

    def take(self, label: str) -> Fact | None:
        """The older fact that a figure of the newer report is to be called as, each at most once."""
        found = next((one for one in self._by_label[plain(label)] if one.id not in self._taken), None)
        if found:
            self._taken.add(found.id)
        return found

    def id_in(self, fact: Fact, report_id: str, prefix: str) -> str:
        """The id of an older fact, which in another report begins like the other ids of that."""
        if fact.report.id == report_id:
            return fact.id
        stem = fact.id.removeprefix(f"{self._prefix}-") if self._prefix else fact.id
        return f"{prefix}-{stem}"[:LONGEST_ID].rstrip("-")


def in_year(text: str, years: int) -> str:
    """A text with the years in it so many later."""
    return _YEAR.sub(lambda match: str(int(match[0]) + years), text)


def _drafted(facts: Sequence[Fact], vocabulary: Vocabulary) -> Iterator[tuple[str, Fact]]:
    """The facts with a number, each with the label that a draft would give it."""
    subject = facts[0].report.subject if facts else None
    reader = Reader(vocabulary, [subject.label, *subject.aliases, *aliases_of(subject.label)] if subject else [])
    for _, of_section in groupby(facts, lambda fact: fact.section):
        reader.begin_section()
        for sentence, group in groupby(of_section, lambda fact: fact.sentence):
            told = list(group)
            for reading in reader.read(sentence):
                fact = next((fact for fact in told if _is_told_by(fact, reading)), None)
                if fact:
                    told.remove(fact)
                    yield label_of(reading), fact


def _is_told_by(fact: Fact, reading: Reading) -> bool:
    """Whether the figure of a fact is that of a reading, and no name with a number in it."""
    written = reading.figure.end - reading.figure.start
    values = [one.value for one in quantities(fact.figure)]
    return values == [one.value for one in reading.figure.numbers] and len(fact.figure) <= 2 * written
