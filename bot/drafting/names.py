"""Finds names that answer a question: what is quoted, listed, done, won or dated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.language.tokens import tokenise

from .reading.plain import plain
from .reading.words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

_STOP = "，。；：！？、,;:!?“”《》"
_ENDS = rf"(?=[{_STOP}]|$)"
# “一箱双链”模式: what is quoted is the name of what follows.
_QUOTED = re.compile(
    rf"(?P<verb>(?<![\d.])[^{_STOP}\d]{{0,14}})“(?P<name>[^”，。；！？\d]{{2,30}})”的?(?:等(?:一系列|一批|若干)?)?"
    rf"(?P<kind>[\u4e00-\u9fff]{{0,10}}){_ENDS}"
)
# 引进大族激光、宏石激光等行业龙头企业
_LISTED = re.compile(
    rf"(?P<name>(?:[^{_STOP}的\d]{{2,18}}、)+[^{_STOP}的等\d]{{2,16}})等(?!等|着|于)"
    rf"(?:一系列|一批|一体化|多[种项个]|若干|[两三四五六七八九十]大)?的?(?P<kind>[^{_STOP}]{{2,14}}){_ENDS}"
)
# 规划建设世界透明质酸谷, 成为全省玉米、水稻的主产区
_DONE = re.compile(
    r"(?P<verb>引进|重点推进|持续推进|加快推进|打造|规划建设|首创|推出|组建|成立|设立|制定|出台|启动|落户|建成|创建|编制|成为|属于"
    r"|(?P<won>被评为|被授予|被命名为|被列为|被认定为|荣获|获评|入选|入围))(?:完成)?了?(?!以来|后|来)"
    r"(?P<name>“[^”\d]+”[^，。；：！？,;:!?\d]{0,8}|[^，。；：！？,;:!?\d]{4,32}?)(?=为抓手|[，。；：！？,;:!?]|$)"
)
# 茶厂于2029年3月投产
_DATED = re.compile(
    rf"(?P<kind>[^{_STOP}\d]{{2,16}}?)[于在](?P<name>(?:19|20)\d\d年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)"
    rf"(?P<rest>[^{_STOP}\d]{{0,12}}){_ENDS}"
    rf"|(?:^|[{_STOP}])(?P<day>(?:19|20)\d\d年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)"
    rf"(?P<then>(?:更名|成立|建立|设立|创办|投产|启用|上市|开通|建成|获批|改制|挂牌)[^{_STOP}\d]{{0,20}}){_ENDS}"
)
_LEADING = re.compile(r"^(?:我[市省区县国]|全[市省区县国]|[一二三四]是|其中|并|在|已|了)+")
_BARE_KIND = re.compile(r"^(城市|地区|国家|部门|企业|项目|产业|行业|领域|机构|单位|平台|品牌|产品)(.{2,})")
# What says of which kind a name is, but nothing of it.
_NONE = re.compile(r"^(?:方面|问题|情况|等).*|[也都就却很]|时期|期间|^的")
_LONGEST_HEAD = 8
_SHORT_NAME = 8
_MOST_KEYWORDS, _LONGEST_KEYWORD = 4, 30


class Name(NamedTuple):
    """A name that stands in a sentence, and what it is called."""

    figure: str
    label: str
    keywords: tuple[str, ...] = ()


def names_of(sentence: str, own: Sequence[str], vocabulary: Vocabulary) -> Iterator[Name]:
    """The names of a sentence that a question may ask for, none within another; `own`: what the report is about."""
    taken: list[tuple[int, int]] = []
    for pattern in (_QUOTED, _LISTED, _DONE, _DATED):
        for match in pattern.finditer(sentence):
            figure, label = _named(pattern, match, vocabulary)
            end = match.end("name" if match["name"] else "day")
            start = end - len(figure)
            for word in filter(None, own):
                label = label.replace(word, "")
            is_new = not any(start < last and first < end for first, last in taken)
            if is_new and len(label) > 1 and not _NONE.search(label):
                taken.append((start, end))
                yield Name(figure, label, _keywords(figure, label, vocabulary))


def _keywords(figure: str, label: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Other names: the things of a list, or the name itself, and what it is."""
    items = [item for item in re.split("[、，]", re.sub("[“”《》]", "", figure)) if 1 < len(item) <= _LONGEST_KEYWORD]
    names = [*items[: _MOST_KEYWORDS - 1], *([_head(figure, vocabulary)] if len(items) < 2 else [])]
    return tuple(dict.fromkeys(name for name in names if name != label)) or (label,)


def _named(pattern: re.Pattern[str], match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """What a pattern found as a name, and its label, empty where it is none."""
    found = match.groupdict(default="")
    figure, kind, verb = found["name"], found.get("kind", ""), found.get("verb", "")
    if pattern is _DATED:
        told = f"{_LEADING.sub('', kind)}{found['rest']}{found['then']}"
        return figure or found["day"], f"{told}的时间"
    if pattern is _DONE:
        head = _head(figure, vocabulary)
        return figure, f"获得的{head}称号" if found["won"] else f"{verb}的{head}"
    if pattern is _LISTED:
        verb, figure = _split(figure)
        kind_of = _BARE_KIND.match(kind)
        return figure, f"{kind_of[2]}的{kind_of[1]}" if kind_of else f"{verb}的{kind}" if verb else kind
    if any(token.is_content for token in tokenise(plain(kind), vocabulary)):
        return figure, _LEADING.sub("", verb) + kind
    return figure, _head(figure, vocabulary) if len(figure) >= _SHORT_NAME and "、" not in figure else ""


def _head(name: str, vocabulary: Vocabulary) -> str:
    """What a name is: its end, from the beginning of a word."""
    last = re.split("的|[”》]", name.rstrip("”》"))[-1] or name
    start = len(last)
    for token in reversed(tokenise(plain(last), vocabulary)):
        if len(last) - token.start > _LONGEST_HEAD:
            break
        start = token.start
    return last[start:].lstrip("、和与") or last[-_LONGEST_HEAD:]


def _split(listed: str) -> tuple[str, str]:
    """The verb before a list, and the list."""
    verb, rest = "", listed
    while first := max((word for word in words().opening if rest.startswith(word)), key=len, default=""):
        if len(rest.partition("、")[0]) - len(first) < 2:
            break
        verb, rest = verb + (first if first in words().verbs else ""), rest[len(first) :]
    return verb, rest
