"""Text in the form in which it is read, character by character."""

import re

from bot.answering.language.normalize import fold

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTES = str.maketrans("「」", "“”")


def plain(text: str) -> str:
    """Simplified characters, half width, small letters, as many as there are in `text`."""
    folded = fold(text).translate(_QUOTES)
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one := fold(char)) == 1 else char for char in text).translate(_QUOTES)


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters; else it is read as English."""
    return _CHINESE.search(text) is not None


def overlap(first: str, second: str) -> int:
    """How many characters a text begins with that another one ends with; a single one is by chance."""
    return next((size for size in range(len(first), 1, -1) if second.startswith(first[-size:])), 0)
