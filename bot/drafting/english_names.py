"""Finds the names of people in English sentences, by their offices."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLE = (
    r"(?:CEO|CFO|[Cc]hief [Ee]xecutive(?: [Oo]fficer)?|[Pp]resident|[Cc]hair(?:man|woman|person)?|"
    r"[Dd]irector(?: [Gg]eneral)?|[Mm]anaging [Dd]irector|[Mm]inister|[Mm]ayor|[Gg]overnor|"
    r"[Ss]pokes(?:man|woman|person)|[Pp]rincipal|[Pp]rofessor|[Ss]ecretary|[Ff]ounder|[Cc]ommissioner)"
)
_PERSON = r"(?:(?:Dr|Sir|Mr|Mrs|Ms|Dame|Professor)\.? )?[A-Z][\w'’-]+(?: [A-Z]\.)? [A-Z][\w'’-]+"
_TITLED = re.compile(
    rf"\b(?P<title>{_TITLE}) (?P<name>{_PERSON})|(?P<named>{_PERSON}), (?:the |its |their )?(?P<role>{_TITLE})\b"
)


class EnglishName(NamedTuple):
    """A name that stands in a sentence, and what it is called."""

    figure: str
    label: str
    keywords: tuple[str, ...]


def english_names(sentence: str) -> Iterator[EnglishName]:
    """The names of a sentence that a question may ask for."""
    for match in _TITLED.finditer(sentence):
        title = match["title"] or match["role"]
        yield EnglishName(match["name"] or match["named"], title[:1].upper() + title[1:], (f"Name of the {title}",))
