"""Text in the form in which it is read, character by character."""

from bot.answering.language.normalize import fold

_QUOTES = str.maketrans("「」", "“”")


def plain(text: str) -> str:
    """Simplified characters, half width, small letters, as many as there are in `text`."""
    folded = fold(text).translate(_QUOTES)
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one := fold(char)) == 1 else char for char in text).translate(_QUOTES)
