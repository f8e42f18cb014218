"""The words of words.ini, where is told what each list is for."""

from pathlib import Path
from typing import Final

from bot.answering.language.word_lists import listed, sections

_LISTS: Final = {
    f"{section} {name}": listed(words)
    for section, lists in sections(Path(__file__).with_name("words.ini")).items()
    for name, words in lists.items()
}
DEEDS: Final = frozenset(_LISTS["lead verbs"])
VERBS: Final = DEEDS.union(_LISTS["lead adverbs"])
OPENING: Final = VERBS.union(_LISTS["lead conjunctions"])
TRAILING: Final = frozenset(_LISTS["trail verbs"])
RATES: Final = tuple(_LISTS["measures rates"])
MEASURES: Final = (*_LISTS["measures ends"], *RATES)
INDICATORS: Final = tuple(_LISTS["measures indicators"])
DOERS: Final = tuple(_LISTS["generic doers"])
KINDS: Final = tuple(_LISTS["generic kinds"])
AVERAGES: Final = frozenset(_LISTS["generic averages"])
GENERIC: Final = AVERAGES.union(_LISTS["generic names"])
OWN: Final = frozenset(_LISTS["own names"])
