"""Numbers with their units, as Chinese and English text writes them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from itertools import pairwise
from math import prod
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

from .numerals import ENGLISH_NUMBERS, ENGLISH_ORDINALS, ENGLISH_SCALES, any_of, chinese_value
from .word_lists import sections


class Quantity(NamedTuple):
    """A number of a text, scaled to ones (3.5亿元 is 350000000 元), and where the text writes it.

    `unit`: one spelling a kind: 元, 美元, %, 百分点, 倍, 亩, 公顷, 平方公里; otherwise the Chinese measure word; ""
    where there is none. `ordinal`: 第10个, 10th. `scale`: the part of the value that words such as 亿 and million tell.
    `start`, `end`: the span in the text, with its unit.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    ordinal: bool = False
    scale: int = 1

    @property
    def written(self) -> Decimal:
        """The number without its scale, as people say it who leave that out: 1106 of 1106亿元."""
        return self.value if self.scale == 1 else _EXACT.divide(self.value, Decimal(self.scale))

    @property
    def may_lack_scale(self) -> bool:
        """Whether it is bare and of so many digits that it may be a figure without its scale."""
        return not self.unit and self.scale == 1 and len(self.value.as_tuple().digits) >= 3


# A longer run of digits is an identifier, not a figure; Decimal would overflow on runs without end.
_LONGEST = 40
_EXACT = Context(prec=80)

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ENGLISH_SCALES = ENGLISH_SCALES | {"hundred": 100, "k": 1000, "mn": 10**6, "bn": 10**9, "tn": 10**12}

# One character for one, so that the spans stay those of the text that came in. Small letters only: patterns that need
# not ignore case compile and search several times as fast.
_SAME_LENGTH = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF41, 0xFF5B))}
    | {large: small for small in ascii_lowercase for large in (small.upper(), chr(ord(small.upper()) + 0xFEE0))}
    | dict(zip("％＄．＋￥〇○億萬兩畝戶個項條點餘", "%$.+¥零零亿万两亩户个项条点余", strict=True))
)
_NOT_PLAIN = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LENGTH)))}]")

_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_CHINESE = (
    r"(?<![几数一二两三四五六七八九十百千万亿零])[一二两三四五六七八九十百千万亿零]+(?:点[一二三四五六七八九零]+)?"
)
_WORDS = "|".join(sorted(ENGLISH_NUMBERS, key=len, reverse=True))
# A third is a part before these and at an end, but not in a third party.
_OF_PARTS = "of|more|less|fewer|higher|lower|larger|smaller|up|down|in|from|to|on|over|since|and|or|as|than|by|at|year"
_NUMBER = re.compile(
    rf"""
      (?P<half>一半|半数|过半|(?<!first[ -])(?<!second[ -])\bhalf\b(?![ -](?:an?\b|year)))
    | \b(?P<twice>twice)\b
    | (?P<whole>[一二两三四五六七八九十百千万]{{1,5}}|[0-9]{{1,5}})分之
        (?P<part>{_ARABIC}|百|{_CHINESE})(?:[多余来几](?!少))?
    | \b(?P<parts>one|two|three|an?(?=[ -](?:quarter|\w+(?:[^\w -]|$|[ ](?:{_OF_PARTS})\b))))[ -]
        (?P<fraction>third|quarter|fifth|tenth)s?\b
    | (?P<rank>第\ ?|\bno(?:\.\ ?|\ )(?=[0-9]))?
      (?:(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE})|\b(?P<words>(?:{_WORDS})(?:-(?:{_WORDS}))?)\b)
      (?P<suffix>st\b|nd\b|rd\b|th\b)?
      (?P<scales>(?:\ ?[多余来几]?(?:[万亿]|百(?!分点)|个[多余来几]?亿|千(?![瓦米克]))){{0,4}})
      (?:(?<=[万亿])(?P<more>[0-9]{{1,4}})(?P<of>[百千]?万|[百千]))?
      (?P<english>(?:[ -]?(?:hundred|thousand|(?:m|b|tr)illion|[mbt]n|k)\b){{0,3}})
      (?:\+|[ -]plus\b|\ ?[多余来几](?!元化|少))?
    | \b(?P<ordinal>{"|".join(ENGLISH_ORDINALS)})\b
    """,
    re.VERBOSE,
)
_BEGINNING = re.compile(r"[0-9一二两三四五六七八九十百千万亿零半过第a-z](?<!\w[a-z])")
# Whatever a number begins with or has in it; most names have none, and this takes a tenth of the time of _NUMBER.
_NUMERAL = re.compile("[0-9一二两三四五六七八九十百千万亿零半]")
_NUMBER_WORD = re.compile(any_of(("half", "twice", "an? ", *ENGLISH_NUMBERS, *ENGLISH_ORDINALS)))
_SCALE = "".join(_SCALES)
# 一亿八千多万 is 一亿八千万 and more.
_MORE_WITHIN = re.compile("(?<=亿)([一二三四五六七八九0-9][十百千])([多余来几])(万)")
# What stands behind a number, up to the last one of an enumeration: the scale and the unit of all.
_AND = "(?:[、,和与及]|以及)"
_SHARED_UNIT = re.compile(
    f"(?:{_AND}[0-9.]*[0-9](?:[{_SCALE}]+(?={_AND}))?)*([{_SCALE}]*)([^0-9a-z 、,;:。()和与及]{{1,4}})"
)
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_RANGE = re.compile(r" ?(?:[-—–~～至到]{1,2}|to) ?")
# A bare 一 is as often a word as a number (一个 is "a", 一家, 一次, 一年): it counts only before these.
_AFTER_ONE = frozenset({"倍", "%", "月", "个百分点", "百分点", "元", "美元"})
_HEDGED = re.compile("(?:超过?|不到|不足|至少|突破|达到?|将近|接近|大?约)\\Z")
_BOUNDED = re.compile("多(?!少)|以上|以下|左右|以内|开外|[-—–~～至到]{1,2}[0-9二两三四五六七八九十百千]")
_NOT_AFTER_FIRST = re.compile("时间|线|手|书记|责任|要务|现场")
_ONE_LETTER = re.compile("[a-z](?![a-z])")

# The units: those behind a number, of which the longer ones come first, and the currencies before it.
_UNITS = sections(Path(__file__).with_name("units.ini"), as_written=True)
_KINDS = {spelling: unit for unit, spellings in _UNITS["spellings"].items() for spelling in spellings.split("|")}
_MEASURES = _UNITS["measures"]
_MEASURE = f"{_MEASURES['words']}|[{_MEASURES['characters']}]"
_SPELLINGS = "|".join(
    re.escape(word) + (r"\b" if word[-1].isascii() and word[-1].isalpha() else "")
    for word in sorted(_KINDS, key=len, reverse=True)
)
_BEHIND = re.compile(rf"\ ?(?P<unit>{_SPELLINGS}|{_MEASURE})")
_SIGNS = {sign: currency for currency, signs in _UNITS["before"].items() for sign in signs.split("|")}
_BEFORE = re.compile(rf"(?<![a-z])({'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})\ ?\Z")
_LONGEST_BEFORE, _LAST_BEFORE = max(map(len, _SIGNS)) + 1, frozenset(" ").union(sign[-1] for sign in _SIGNS)
# 第一集团, 12315平台, 2成立, 三成员: the character belongs to the next word.
_NO_UNIT = re.compile("集[团群镇聚中]|平[台均稳衡]")
_WRITTEN_OUT = re.compile(r"(?<!19\d)(?<!20\d)[!-~]|[多余几]")  # 13起, 十几起, but not 从2010起
_TENTH = re.compile(r"成(?![立为功长员果本交熟分就绩效]|都(?![不没有是超占到在]))")


def quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers of `text` in its order; words such as 多, 余, 近, 超 around them are passed over. Never raises."""
    folded = plain(text)
    if not (_NUMERAL.search(folded) or _NUMBER_WORD.search(folded)):
        return ()
    folded = _MORE_WITHIN.sub(r"\1\3\2", folded)
    found = list(_found(folded))
    said = found.copy()
    # In 3—5亿元 and CNY 3–5 million the unit and the scale are written once and hold for both numbers.
    for at, (lower, upper) in enumerate(pairwise(found)):
        if _RANGE.fullmatch(folded, lower.end, upper.start) and not (lower.unit and upper.unit):
            unit = lower.unit or upper.unit
            scale = _shared_scale(folded, lower, upper)
            value = _EXACT.multiply(lower.value, Decimal(scale))
            said[at] = lower._replace(value=value, unit=unit, scale=lower.scale * scale)
            said[at + 1] = upper._replace(unit=unit)
    return tuple(said)


def _shared_scale(text: str, lower: Quantity, upper: Quantity) -> int:
    """What the second number of a range says of the first one, which leaves it out: 1—3万, 一到三万, 三至四成."""
    said = text[upper.start : upper.end]
    if lower.scale != 1:
        return 1
    is_digit = lower.end - lower.start == 1 and text[lower.start] in "一二两三四五六七八九"
    scale = prod(map(_SCALES.__getitem__, re.findall("[百千万亿]", said))) if is_digit else upper.scale
    return scale * 10 if said.endswith("成") else scale


def plain(text: str) -> str:
    """`text` in small letters and of half width, each character at its place."""
    # Most texts are so already, and looking for one character takes a fraction of the time that replacing takes.
    return text.translate(_SAME_LENGTH) if _NOT_PLAIN.search(text) else text


def is_among(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a number is one of those of a figure, in its unit where it has one; a bare one may lack the scale too."""
    alike = (one for one in others if one.ordinal == quantity.ordinal)
    return any(
        (one.value == quantity.value and (one.unit in ("", quantity.unit) or not quantity.unit))
        or (quantity.may_lack_scale and one.written == quantity.value)
        for one in alike
    )


def _found(text: str) -> Iterator[Quantity]:
    """The numbers of a text: as by `_NUMBER.finditer`, which would try all its forms at each character."""
    end, start = 0, _BEGINNING.search(text)
    while start:
        match = _NUMBER.match(text, start.start())
        if match and match.start() >= end and (found := _quantity(text, match)) is not None:
            # In 5 USD 6 the currency is the first number's already.
            yield found if found.start >= end else found._replace(start=end)
            end = found.end
        start = _BEGINNING.search(text, (match or start).end())


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    value: Decimal | None
    if number := match["arabic"] or match["chinese"]:
        value = _plain_value(number)
    elif match["words"]:
        value = Decimal(sum(ENGLISH_NUMBERS[word] for word in match["words"].split("-")))
    else:
        return _in_words(match)
    if value is None:
        return None
    scale = _scale(match["scales"] or "", match["english"] or "")
    if scale != 1:
        more = int(match["more"] or 0) * _scale(match["of"] or "", "")
        value = _EXACT.multiply(value, Decimal(scale)) + more  # 3亿5000万, 3亿5千万
    is_ordinal = bool(match["rank"] or (match["arabic"] and match["suffix"]))
    start, end = match.span()
    unit, behind, factor = _unit_behind(text, end, value)
    currency, start = _currency_before(text, start)
    if currency:
        unit, end = currency, behind if unit == currency else end
    else:
        value, end = _EXACT.multiply(value, Decimal(factor)), behind
    quantity = Quantity(value, unit, start, end, is_ordinal, scale)
    return quantity if _is_number(text, match, quantity) else None


def _in_words(match: re.Match[str]) -> Quantity | None:
    """What no numeral tells: half, twice, a third, 三分之一, first."""
    if match["half"] or match["twice"]:
        share, unit = (50, "%") if match["half"] else (2, "倍")
        return Quantity(Decimal(share), unit, *match.span())
    if match["fraction"]:
        parts = Decimal(ENGLISH_NUMBERS.get(match["parts"], 1))
        return Quantity(_percent(parts, Decimal(_FRACTIONS[match["fraction"]])), "%", *match.span())
    if match["ordinal"]:
        return Quantity(Decimal(ENGLISH_ORDINALS[match["ordinal"]]), "", *match.span(), ordinal=True)
    scale = _SCALES.get(match["whole"])  # 千分之五
    whole = Decimal(scale) if scale else _plain_value(match["whole"]) or _plain_value(f"一{match['whole']}")  # 百万
    part = Decimal(100) if match["part"] == "百" else _plain_value(match["part"])
    return Quantity(_percent(part, whole), "%", *match.span()) if whole and part is not None else None


def _is_number(text: str, match: re.Match[str], quantity: Quantity) -> bool:
    """Whether what looks like a number is meant as one, and is not just part of a word or of a name."""
    if match["arabic"]:
        # PM2.5, 5G and 4A are Latin names, but 50GWh is none.
        before = text[match.start() - 1 : match.start()]
        glued_before = before.isascii() and before.isalpha() and not match["scales"] and not quantity.unit
        glued_behind = text[quantity.end - 1].isdigit() and bool(_ONE_LETTER.match(text, quantity.end))
        return not (glued_before or glued_behind)
    if match["words"]:
        return match["words"] != "one" or bool(match["english"])  # which alone is rather a pronoun
    number = match["chinese"]
    if quantity.ordinal:
        return number != "一" or not _NOT_AFTER_FIRST.match(text, match.end())
    if number in ("一", "零") and not match["scales"]:
        # 一小时以上, 一吨多, 超过一公里
        is_hedged = _BOUNDED.match(text, quantity.end) or _HEDGED.search(text, max(match.start() - 2, 0), match.start())
        return quantity.unit in _AFTER_ONE or bool(is_hedged)
    return bool(quantity.unit or len(number) > 1 or match["scales"] or _BOUNDED.match(text, quantity.end))


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    share = _EXACT.divide(_EXACT.multiply(part, Decimal(100)), whole)
    # Thirds never end; both languages must still give the same value for one third.
    return share if len(share.as_tuple().digits) < _LONGEST else share.quantize(Decimal("0.000001"))


def _plain_value(number: str) -> Decimal | None:
    if len(number) > _LONGEST:
        return None
    return Decimal(number.replace(",", "")) if number[0].isdigit() else chinese_value(number)


@lru_cache(maxsize=256)
def _scale(chinese: str, english: str) -> int:
    words = re.findall("[a-z]+", english)
    return prod(_SCALES.get(one, 1) for one in chinese) * prod(map(_ENGLISH_SCALES.__getitem__, words))


def _currency_before(text: str, start: int) -> tuple[str, int]:
    """The currency that ends at `start`, and where it begins: US$2 billion, CNY 110 million; "" for none."""
    may_end = start and text[start - 1] in _LAST_BEFORE  # before most numbers stands a word
    match = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start) if may_end else None
    if match is None:
        return "", start
    return _SIGNS[match[1]], match.start()


def _unit_behind(text: str, end: int, value: Decimal) -> tuple[str, int, int]:
    """The known unit that starts at `end`, where that ends, and what one is worth in it (二成: 10 %); "" for none."""
    tenth = _TENTH.match(text, end)
    if tenth and value <= 10:  # a share, and no verb: 2021成立
        return "%", tenth.end(), 10
    match = _BEHIND.match(text, end)
    spelling = match["unit"] if match and not _NO_UNIT.match(text, match.start("unit")) else ""
    if not match or not spelling or (spelling in _MEASURES["after digits"] and not _WRITTEN_OUT.match(text, end - 1)):
        return "", end, 1
    return _KINDS.get(spelling, spelling), match.end(), 1


def shared_unit(text: str, behind: int) -> str:
    """The scale and the unit of the enumeration that goes on behind a number, "" for none: 立方米 of 3亿、2亿立方米.

    `text`: normalised. `behind`: where the number ends. A scale that the number has itself is left out.
    """
    found = _SHARED_UNIT.match(text, behind)
    if not found:
        return ""
    return found[2] if text[behind - 1] in _SCALE else found[1] + found[2]
