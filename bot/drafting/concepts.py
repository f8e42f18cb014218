"""How the vocabulary calls its concepts, but for the names of everyday talk."""

import re
from functools import lru_cache

from bot.answering.language.vocabulary import FOLDER, Vocabulary
from bot.answering.language.word_lists import listed, sections

from .reading.plain import plain

_PHRASE = re.compile("[的了在]|[大小多少高低]$")


def english_names(piece: str, vocabulary: Vocabulary) -> list[str]:
    """The first English name of each concept that a piece of a label says, "" for one that has none."""
    word = vocabulary.words.get(plain(piece))
    if word is None or len(word.senses) != 1:
        return [""]
    return [next(filter(str.isascii, _names().get(concept, ())), "") for concept in word.senses[0]]


def other_name(piece: str, vocabulary: Vocabulary) -> str:
    """Another Chinese name of what a piece of a label says, one that is like it: 固投 for 固定资产投资; "" for none."""
    word = vocabulary.words.get(plain(piece))
    if word is None or len(word.senses) != 1 or len(word.senses[0]) != 1:
        return ""
    concept = word.senses[0][0]
    names = [concept, *(name for name in _names().get(concept, ()) if not name.isascii())]
    return next((name for name in names if _is_like(plain(piece), name)), "")


def _is_like(piece: str, name: str) -> bool:
    """Whether a name is a short or a long form of another one, or differs in a few characters.

    What has the other one within it rather is another thing, or a phrase: 注册机动车, 收的案子.
    """
    short, long = sorted((piece, name), key=len)
    if long.startswith(short) or long.endswith(short) or piece in name or _PHRASE.search(name):
        return False
    if len(short) == len(long):
        return short[0] == long[0] and sum(map(str.__eq__, short, long)) * 2 > len(short)
    rest = iter(long)
    return len(short) > 1 and all(char in rest for char in short)


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in FOLDER.glob("*.ini") if not path.stem.startswith("everyday")):
        for concept, names in sections(path).get("concepts", {}).items():
            found.setdefault(concept, []).extend(listed(names))
    return found
