"""Labels in English, word by word, where the vocabulary has all the words."""

from collections.abc import Sequence
from functools import lru_cache

from bot.answering.language.vocabulary import FOLDER, Vocabulary
from bot.answering.language.word_lists import sections

from .reading.reading import Reading

_CHANGES = {"up": "Growth", "down": "Fall", "either": "Change"}
_LEFT_OUT = frozenset(["的", "、", "和", "与", "及", "总", "数", "额", "共", "各级各类"])


def english_label(reading: Reading, vocabulary: Vocabulary) -> str:
    """What a figure tells in English, "" where the vocabulary lacks a word of it."""
    lead = reading.lead
    if reading.change_of or lead.versus or lead.multiple_of or lead.lasting or lead.rank_among or reading.tail:
        return ""
    words = _words(reading.subject, vocabulary)
    if not words:
        return ""
    name = " ".join(dict.fromkeys(words))
    if lead.share_word:
        return f"Share of {name}"
    if lead.change:
        return f"{_CHANGES[lead.change]} of {name}"
    return name[0].upper() + name[1:]


def _words(subject: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    found: list[str] = []
    for piece in subject:
        word = vocabulary.words.get(piece)
        senses = word.senses if word else []
        names = [_english_names().get(concept, "") for concept in senses[0]] if len(senses) == 1 else [""]
        if piece not in _LEFT_OUT:
            found += names
    return found if all(found) else []


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    """The first English name of each concept, but for those of everyday talk."""
    found: dict[str, str] = {}
    for path in sorted(path for path in FOLDER.glob("*.ini") if not path.stem.startswith("everyday")):
        for concept, names in sections(path).get("concepts", {}).items():
            english = next((name for name in map(str.strip, names.split(",")) if name and name.isascii()), "")
            if english:
                found.setdefault(concept, english)
    return found
