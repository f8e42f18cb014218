"""Brings text to the one form in which questions and knowledge are compared."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

# Longer questions are read at both ends, where people put what they ask; this bounds the time of every later step.
MAX_LENGTH = 400
_ACCENTED = re.compile("[\u00c0-\u024f]")  # são tomé, jǐnán
_REPEATED = re.compile(r"([^\d\s])\1{3,}")
# Ordinals that share what follows them: 一二三产, 第一、二、三产业, 一二季度.
_ORDINALS = re.compile("第?([一二三四])(?:(、?)([一二三四]))(?:\\2([一二三四]))?(产业?|季度)")
_MARKER = re.compile(r"(?:^|(?<=[ ,?!;]))[(]?[0-9]{1,2}[).、](?= ?[^0-9 ])")
_REGIONS = re.compile("香港[、和及,]?澳门[、和及,]?台湾(?:地区)?")
# How volumes are valued, which names no year: 业务总量(按上年不变单价计算).
_AT_CONSTANT_PRICES = re.compile(r"[(]?按照?上年不变单?价格?(?:计算)?[)]?")
# What is done with how many times said in between: 看几回病, 跑几趟医院.
_SPLIT = re.compile("([看瞧跑去上住坐])(几|多少)([回趟次])(医院|医生|大夫|[病院车])")
# Whatever is more than a plain space, and so has to be replaced by one.
_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
# What print puts between Chinese and numbers or Latin letters: 2021 年末有 3 个 5G 基站.
_TYPOGRAPHIC = re.compile("[ \u00a0](?:(?<=[\u4e00-\u9fff].)(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%‰].)(?=[\u4e00-\u9fff]))")
# 1,000强, 1 000强 and 1000强 are one name; 2,000 stays as it is, as 2000 is a year.
# They begin with a digit and look back then, as what looks back first is tried at each character.
_SPACED = r"[0-9](?<![0-9.,].)(?<![0-9] .)[0-9]{0,2}(?: [0-9]{3})+(?![0-9])"
_THOUSANDS = re.compile(
    rf"[0-9](?<![0-9.,].)(?!(?:(?<=1),9|(?<=2),0)[0-9]{{2}}(?![0-9,]))[0-9]{{0,2}}(?:,[0-9]{{3}})+(?![0-9])|{_SPACED}"
)
_SPACED_THOUSANDS = re.compile(_SPACED)
_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
# The wide forms of ASCII, in a row, and how far they are from it.
_WIDE = re.compile("[\uff01-\uff5e]")
_WIDER_BY = 0xFEE0
_PICTURES = {"So", "Sk"}  # 😂 and what colours it
_IGNORED = {"Cf", "Cs", "Co", "Cn", "Mn"}


@lru_cache(maxsize=1)
def _to_simplified() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - what is simplified already does not wait for it

    # Not tw2sp: it also rewrites words, and takes 新增 of a simplified text for the Taiwan word of 添加.
    return OpenCC("tw2s").convert


# A question on its way is asked for its form several times.
@lru_cache(maxsize=64)
def normalize(text: str) -> str:
    """Simplified characters, half width, lower case, without accents, at most MAX_LENGTH of them.

    Without invisible and repeated characters, too, and spaces between Chinese and what is not.
    """
    if len(text) > 4 * MAX_LENGTH:
        text = text[: 2 * MAX_LENGTH] + " " + text[-2 * MAX_LENGTH :]
    folded = _REPEATED.sub(r"\1\1\1", fold(text.replace("\n", " "))).strip()
    if len(folded) > MAX_LENGTH:
        folded = folded[: MAX_LENGTH // 2 - 1] + " " + folded[-MAX_LENGTH // 2 :]
    return folded


def spelled_out(question: str) -> str:
    """A normalised question in which each of several ordinals has what they share: 第一产、第二产 for 一二产.

    香港澳门台湾 are 港澳台, as statistics call them together; 看几回病 is 看病几回; 1. and 2、 number the questions.
    """
    question = _MARKER.sub(",", question).removeprefix(",").strip()
    question = _AT_CONSTANT_PRICES.sub("", question)
    question = _SPLIT.sub(r"\1\4\2\3", _REGIONS.sub("港澳台", question))
    return _ORDINALS.sub(lambda m: "、".join(f"第{number}{m[5]}" for number in (m[1], m[3], m[4]) if number), question)


def normalize_all(texts: Iterable[str]) -> list[str]:
    """The same for many short texts at once, such as keywords, which is several times as fast."""
    lines = [text.replace("\n", " ") for text in texts]
    return [line.strip() for line in fold("\n".join(lines)).split("\n")] if lines else []


def fold(text: str) -> str:
    """Text of any length and of several lines in the same form, with all that is repeated in it."""
    # Chinese punctuation is most of what the normal form changes; without it, nearly every text is in that form.
    folded = unicodedata.normalize("NFKC", _WIDE.sub(lambda wide: chr(ord(wide[0]) - _WIDER_BY), text))
    if "∶" in folded:  # the sign of a ratio
        folded = folded.replace("∶", ":")
    if "’" in folded:
        folded = _APOSTROPHE.sub("'", folded)
    if "," in folded or " " in folded:
        folded = _THOUSANDS.sub(lambda match: re.sub("[, ]", "", match[0]), folded)
    if not _is_plain(folded):
        folded = _to_simplified()("".join(map(_visible, folded)))
    elif " " not in folded:
        return folded.casefold()  # no other space is plain
    return _TYPOGRAPHIC.sub("", _SPACES.sub(" ", folded.casefold()))


def is_traditional(text: str) -> bool:
    """Whether text has characters that simplified Chinese writes otherwise."""
    return not _is_plain(text) and _to_simplified()(text) != text


def without_typographic_spaces(text: str) -> str:
    """Text as it is typed, not as it is printed: 有5716座5G基站 for 有 5 716 座 5G 基站."""
    text = _TYPOGRAPHIC.sub("", text)
    return _SPACED_THOUSANDS.sub(lambda match: match[0].replace(" ", ""), text)


def _is_plain(text: str) -> bool:
    """Whether text has but simplified characters, Latin letters and ordinary signs, none of them invisible."""
    try:
        text.replace("—", "").replace("啰", "").encode("gb2312")  # which lacks these two
    except UnicodeEncodeError:
        return False
    return text.replace("\n", " ").isprintable() and not _ACCENTED.search(text)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc" or (category in _PICTURES and not _is_plain(char)):
        return char if char == "\n" else " "
    if _ACCENTED.match(char):
        return unicodedata.normalize("NFKD", char)[0]
    return "" if category in _IGNORED else char
