"""The words of words.ini, where is told what each list is for."""

from pathlib import Path
from typing import Final

from bot.answering.language.word_lists import listed, sections

_SECTIONS: Final = sections(Path(__file__).with_name("words.ini"))
_LISTS: Final = {f"{name} {of}": listed(words) for name, lists in _SECTIONS.items() for of, words in lists.items()}
DEEDS: Final = frozenset(_LISTS["lead verbs"])
VERBS: Final = DEEDS.union(_LISTS["lead adverbs"])
OPENING: Final = VERBS.union(_LISTS["lead conjunctions"])
PRAISE: Final = tuple(_LISTS["praise adjectives"])
TRAILING: Final = frozenset(_LISTS["trail verbs"])
RATES: Final = tuple(_LISTS["measures rates"])
MEASURES: Final = (*_LISTS["measures ends"], *RATES)
INDICATORS: Final = tuple(_LISTS["measures indicators"])
KINDS: Final = tuple(_LISTS["generic kinds"])
GENERIC: Final = frozenset(_LISTS["generic names"])
SEVERAL: Final = {word: listed(things) for word, things in _SECTIONS["several"].items()}
AS_CHANGE: Final = _SECTIONS["as change"]
SUPERLATIVES: Final = tuple(_LISTS["superlative words"])
MARKS: Final = frozenset(_LISTS["marks names"])
CONVERTED: Final = frozenset(_LISTS["converted words"])
OWN: Final = frozenset(_LISTS["own names"])
