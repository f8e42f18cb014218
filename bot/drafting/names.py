"""Finds names that answer a question: what is quoted, decided, won, or listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .reading.words import words

_STOP = "，。；：！？、,;:!?“”《》"
_ENDS = rf"(?=[{_STOP}]|$)"
# “一箱双链”模式: what is quoted is the name of what follows.
_QUOTED = re.compile(rf"([^{_STOP}]{{0,14}})“([^”]{{2,30}})”的?([\u4e00-\u9fff]{{2,8}}){_ENDS}")
_DOCUMENT = re.compile(rf"([^{_STOP}]{{0,10}})(《[^》]{{4,50}}》)")
# 引进大族激光、宏石激光等行业龙头企业
_LISTED = re.compile(
    rf"((?:[^{_STOP}的]{{2,18}}、)+[^{_STOP}的等]{{2,16}})等(?!等|着|于)"
    rf"(?:一系列|一批|一体化|多[种项个]|若干|[两三四五六七八九十]大)?的?([^{_STOP}]{{2,12}}){_ENDS}"
)
_HONOUR = re.compile(
    r"(?:被评为|被评选为|被授予|被命名为|被列为|被认定为|荣获|获评|入选|入围|荣膺)"
    rf"([^{_STOP}\d]{{3,30}}|“[^”\d]+”[^{_STOP}\d]{{0,8}}){_ENDS}"
)
_RANK = re.compile(
    rf"([^{_STOP}]{{2,16}}?)(?:均|都)?(?:位居|居|排在|排名|名列|位列|走在|在)"
    r"((?:全[市省国区县]|[\u4e00-\u9fff]{2,6})(?:名列)?(?:前列|前茅|首位|榜首))"
)
# 规划建设世界透明质酸谷, 成为全省玉米、水稻的主产区
_DONE = re.compile(
    r"(引进|打造|规划建设|全国首创|全省首创|全市首创|推出|组建|成立|设立|制定|出台|启动|落户|建成|创建|编制|成为|属于)了?(?!以来|后|来)"
    r"([^，。；：！？,;:!?\d]{4,32}?)(?=[，。；：！？,;:!?]|$)"
)
_NONE = re.compile("^(?:方面|期间|问题|情况|时期|等).*|[也都就却很]|时期|期间$")
_VERB = re.compile(r"(?:我[市省区县国]|全[市省区县国]|一是|二是|三是|其中|并|在|已|了)")


class Name(NamedTuple):
    """A name that stands in a sentence, and what it is called."""

    figure: str
    label: str


def names_of(sentence: str) -> list[Name]:
    """The names of a sentence that a question may ask for."""
    found: dict[str, Name] = {}
    for name in _names(sentence):
        if not any(char.isdigit() for char in name.figure) and not _NONE.search(name.label) and name.figure[0] != "的":
            found.setdefault(name.figure, name)
    return list(found.values())


def _names(sentence: str) -> Iterator[Name]:
    for match in _QUOTED.finditer(sentence):
        yield Name(match[2], _bare(match[1]) + match[3])
    for match in _DOCUMENT.finditer(sentence):
        yield Name(match[2], match[2].strip("《》")[-10:])
    for match in _LISTED.finditer(sentence):
        verb, figure = _split(match[1])
        yield Name(figure, f"{verb}的{match[2]}" if verb else match[2])
    for match in _HONOUR.finditer(sentence):
        yield Name(match[1], f"获得的{match[1][-8:]}称号" if len(match[1]) > 8 else "获得的称号")
    for match in _DONE.finditer(sentence):
        yield Name(match[2], f"{match[1]}的{_head(match[2])}")
    for match in _RANK.finditer(sentence):
        yield Name(match[2], f"{_bare(match[1])}的位次")


def _head(name: str) -> str:
    """What a name is: its end."""
    return re.split("的|[”》]", name)[-1][-6:] or name[-6:]


def _bare(text: str) -> str:
    """Without what leads up to a name."""
    while match := _VERB.match(text):
        text = text[match.end() :]
    return text


def _split(listed: str) -> tuple[str, str]:
    """The verb before a list, and the list."""
    verb, rest = "", listed
    while rest:
        first = max((word for word in words().opening if rest.startswith(word)), key=len, default="")
        if not first or len(rest.partition("、")[0]) - len(first) < 2:
            break
        verb, rest = verb + (first if first in words().verbs else ""), rest[len(first) :]
    return verb, rest
