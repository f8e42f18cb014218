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


def share_a_word(first: str, second: str) -> bool:
    """Whether two names have a word in common: 教育经费投入 and 公共教育经费, 茶山演出 and 演出收入."""
    pieces = (second[at : at + 3] for at in range(len(second) - 2))
    return first in second or second[:2] in first or any(piece in first for piece in pieces)


def overlap(first: str, second: str) -> int:
    """How many characters a text begins with that another one ends with; a single one is by chance."""
    return next((size for size in range(len(first), 1, -1) if second.startswith(first[-size:])), 0)
