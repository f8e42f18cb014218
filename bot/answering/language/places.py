"""Places of the world and of China, and which of them lie in which."""

from typing import NamedTuple

from bot.answering.program import kept

from .normalize import normalize_all

COUNTRY, PROVINCE, CITY, COUNTY = "country", "province", "city", "county"


class Place(NamedTuple):
    """A place by its code. `level`: what it is; `parents`: the codes of those that it lies in, the nearest first."""

    code: str
    level: str
    parents: tuple[str, ...]


@kept
def gazetteer() -> dict[str, str]:
    """The codes of all places by their normalised names, Chinese and English; of two of one name the larger one's."""
    # Nobody waits for the tables where what is made of them is kept.
    from .place_names import place_names  # noqa: PLC0415

    found: dict[str, str] = {}
    for code, names in place_names():
        for name in normalize_all(names):
            found.setdefault(name, code)
    return found


def place(code: str) -> Place:
    """The place of a code: two letters of a country, with a city of it, or six digits of a Chinese division."""
    if "/" in code:
        return Place(code, CITY, (code[:2],))
    if not code.isdigit():
        return Place(code, COUNTRY, ())
    if code.endswith("0000"):
        return Place(code, PROVINCE, ("CN",))
    if code.endswith("00"):
        return Place(code, CITY, (code[:2] + "0000", "CN"))
    return Place(code, COUNTY, (code[:4] + "00", code[:2] + "0000", "CN"))
