"""The words of words.ini, by the classes of which the parts of an English sentence are told apart."""

from pathlib import Path
from typing import Final

from bot.answering.language.word_lists import listed, sections

_WORDS: Final = sections(Path(__file__).with_name("words.ini"), as_written=True)["words"]
_LISTS: Final = {name: frozenset(listed(words)) for name, words in _WORDS.items()}

DETERMINERS: Final = _LISTS["determiners"]
PREPOSITIONS: Final = _LISTS["prepositions"]
CONJUNCTIONS: Final = _LISTS["conjunctions"]
RELATIVES: Final = _LISTS["relatives"]
PRONOUNS: Final = _LISTS["pronouns"]
BE: Final = _LISTS["be"]
HAVE: Final = _LISTS["have"]
_MODALS: Final = _LISTS["modals"]
AUXILIARIES: Final = BE | HAVE | _MODALS
HEDGES: Final = _LISTS["hedges"]
ADVERBS: Final = _LISTS["adverbs"]
UP_VERBS: Final = _LISTS["up verbs"]
DOWN_VERBS: Final = _LISTS["down verbs"]
UP_NOUNS: Final = _LISTS["up nouns"]
DOWN_NOUNS: Final = _LISTS["down nouns"]
UP_WORDS: Final = _LISTS["up words"]
DOWN_WORDS: Final = _LISTS["down words"]
CHANGE_NOUNS: Final = UP_NOUNS | DOWN_NOUNS | {"change", "difference"}
CHANGE_VERBS: Final = UP_VERBS | DOWN_VERBS | {"changed"}
NUMBER_VERBS: Final = BE | _LISTS["number verbs"]
AVERAGE_VERBS: Final = _LISTS["average verbs"]
HAVING_VERBS: Final = HAVE | _LISTS["having verbs"]
SHARE_VERBS: Final = _LISTS["share verbs"]
EXPECTING_VERBS: Final = _LISTS["expecting verbs"]
IRREGULAR_VERBS: Final = _LISTS["irregular verbs"]
MAYBE_VERBS: Final = _LISTS["maybe verbs"]
WEAK: Final = CHANGE_NOUNS | _LISTS["weak"]
UNITS: Final = _LISTS["units"]
CLOSED: Final = (
    UP_WORDS | DOWN_WORDS | DETERMINERS | PREPOSITIONS | CONJUNCTIONS | RELATIVES | AUXILIARIES | ADVERBS | PRONOUNS
)
