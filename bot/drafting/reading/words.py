"""The lists of words.ini."""

from functools import lru_cache
from pathlib import Path

from bot.answering.language.word_lists import sections


class Words:
    """Words of statistical prose; what each list is for is told in the file."""

    def __init__(self) -> None:
        lists = {
            f"{section} {name}": [word.strip() for word in value.split(",")]
            for section, names in sections(Path(__file__).parent / "words.ini").items()
            for name, value in names.items()
        }
        self.verbs = frozenset(lists["lead verbs"] + lists["lead adverbs"])
        self.deeds = frozenset(lists["lead verbs"])
        self.own = frozenset(lists["own names"])
        self.opening = self.verbs.union(lists["lead conjunctions"])
        self.trailing = frozenset(lists["trail verbs"])
        self.measures = tuple(lists["measures ends"] + lists["measures rates"])
        self.rates = tuple(lists["measures rates"])
        self.indicators = tuple(lists["measures indicators"])
        self.doers = tuple(lists["generic doers"])
        self.kinds = tuple(lists["generic kinds"])
        self.averages = frozenset(lists["generic averages"])
        self.generic = frozenset(lists["generic names"]) | self.averages


@lru_cache(maxsize=1)
def words() -> Words:
    """Those of the package, read once."""
    return Words()
