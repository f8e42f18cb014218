"""Finds names that answer a question: what is quoted, decided, won, listed or dated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.language.tokens import tokenise

from .reading.plain import plain
from .reading.sentence import SentenceText
from .reading.words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

_STOP = "，。；：！？、,;:!?“”《》"
_ENDS = rf"(?=[{_STOP}]|$)"
# “一箱双链”模式: what is quoted is the name of what follows.
_QUOTED = re.compile(
    rf"(?P<verb>[^{_STOP}]{{0,14}})“(?P<name>[^”，。；！？]{{2,30}})”的?(?P<kind>[\u4e00-\u9fff]{{0,10}}){_ENDS}"
)
_DOCUMENT = re.compile(r"(?P<name>《(?P<kind>[^》]{4,50})》)")
# 引进大族激光、宏石激光等行业龙头企业
_LISTED = re.compile(
    rf"(?P<name>(?:[^{_STOP}的]{{2,18}}、)+[^{_STOP}的等]{{2,16}})等(?!等|着|于)"
    rf"(?:一系列|一批|一体化|多[种项个]|若干|[两三四五六七八九十]大)?的?(?P<kind>[^{_STOP}]{{2,14}}){_ENDS}"
)
_HONOUR = re.compile(
    r"(?:被评为|被评选为|被授予|被命名为|被列为|被认定为|荣获|获评|入选|入围|荣膺)"
    rf"(?P<name>[^{_STOP}\d]{{3,30}}|“[^”\d]+”[^{_STOP}\d]{{0,8}}){_ENDS}"
)
_RANK = re.compile(
    rf"(?P<kind>[^{_STOP}]{{2,16}}?)(?:均|都)?(?:位居|居|排在|排名|名列|位列|走在|在)"
    r"(?P<name>(?:全[市省国区县]|[\u4e00-\u9fff]{2,6})(?:名列)?(?:前列|前茅|首位|榜首))"
)
# 规划建设世界透明质酸谷, 成为全省玉米、水稻的主产区
_DONE = re.compile(
    r"(?P<verb>引进|签约落地|签约引进|重点推进|持续推进|加快推进|打造|规划建设|全国首创|全省首创|全市首创|推出|组建|成立|设立|制定|出台|启动|落户|建成|创建|编制|成为|属于)"
    r"(?:完成)?了?(?!以来|后|来)(?P<name>[^，。；：！？,;:!?\d]{4,32}?)(?=为抓手|[，。；：！？,;:!?]|$)"
)
# 茶厂于2029年3月投产, 2029年3月茶厂投产
_DATED = re.compile(
    rf"(?P<kind>[^{_STOP}\d]{{2,16}}?)[于在](?P<name>(?:19|20)\d\d年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)(?P<rest>[^{_STOP}\d]{{0,12}}){_ENDS}"
    rf"|(?:^|[{_STOP}])(?P<day>(?:19|20)\d\d年\d{{1,2}}月(?:份|\d{{1,2}}日)?)(?P<then>[^{_STOP}\d]{{5,24}}){_ENDS}"
)
_LEADING = re.compile(r"(?:我[市省区县国]|全[市省区县国]|[一二三四]是|其中|并|在|已|了)")
# What says of which kind a name is, but nothing of it.
_SERIES = re.compile(r"^等(?:一系列|一批|若干)?")
_BARE_KIND = re.compile(r"^(城市|地区|国家|部门|企业|项目|产业|行业|领域|机构|单位|平台|品牌|举措|措施|产品)(.{2,})")
_NONE = re.compile(r"^(?:方面|期间|问题|情况|时期|等).*|[也都就却很]|时期|期间$|^的")
_QUOTES = re.compile("[“”《》]")
_LONGEST_HEAD = 8
_SHORT_NAME = 8
_MOST_KEYWORDS, _LONGEST_KEYWORD = 4, 30


class Name(NamedTuple):
    """A name that stands in a sentence, and what it is called."""

    figure: str
    label: str
    keywords: tuple[str, ...] = ()


def names_of(sentence: str, own: Sequence[str], vocabulary: Vocabulary) -> list[Name]:
    """The names of a sentence that a question may ask for, none within another; `own`: what the report is about."""
    taken: list[tuple[int, int]] = []
    found: list[Name] = []
    topic = SentenceText(sentence, own, vocabulary).topic
    for pattern in (_QUOTED, _DOCUMENT, _LISTED, _HONOUR, _DONE, _RANK, _DATED):
        for match in pattern.finditer(sentence):
            name, start, end = _named(pattern, match, vocabulary)
            label = name.label
            for word in own:
                label = label.replace(word, "") if word else label
            is_new = not any(start < last and first < end for first, last in taken)
            if is_new and len(label) > 1 and not _NONE.search(label) and not name.figure.startswith("的"):
                taken.append((start, end))
                found.append(Name(name.figure, label, _keywords(name.figure, label, topic, vocabulary)))
    return found


def _keywords(figure: str, label: str, topic: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Other names: the things of a list, or the name itself, what it is, and what is spoken of."""
    items = [item for item in re.split("[、，]", _QUOTES.sub("", figure)) if 1 < len(item) <= _LONGEST_KEYWORD]
    names = [*items[: _MOST_KEYWORDS - 1], *([_head(figure, vocabulary)] if len(items) < 2 else [])]
    names += [f"{topic}{label}"] if topic and topic[-2:] not in label else []
    return tuple(dict.fromkeys(name for name in names if name != label))[:_MOST_KEYWORDS] or (label,)


def _named(pattern: re.Pattern[str], match: re.Match[str], vocabulary: Vocabulary) -> tuple[Name, int, int]:
    """What a pattern found as a name, and where it stands; its label is empty where it is none."""
    found = match.groupdict(default="")
    start, end = match.span("name")
    figure = match["name"] or ""
    if pattern is _DATED:
        told = f"{found['kind']}{found['rest']}{found['then']}"
        figure, (start, end) = (figure, (start, end)) if figure else (match["day"], match.span("day"))
        label = "" if told.startswith("是") else f"{_bare(told)}的时间"
    elif pattern is _DOCUMENT:
        label = _head(found["kind"], vocabulary)
    elif any(char.isdigit() for char in figure):
        label = ""
    elif pattern is _QUOTED:
        kind = _SERIES.sub("", found["kind"])
        is_kind = any(token.is_content for token in tokenise(plain(kind), vocabulary))
        is_name = len(figure) >= _SHORT_NAME and "、" not in figure
        label = _bare(found["verb"]) + kind if is_kind else _head(figure, vocabulary) if is_name else ""
    elif pattern is _LISTED:
        verb, figure = _split(figure)
        kind_of = _BARE_KIND.match(found["kind"])
        label = f"{verb}的{found['kind']}" if verb else found["kind"]
        label = f"{kind_of[2]}的{kind_of[1]}" if kind_of else label
        start = end - len(figure)
    elif pattern is _RANK:
        label = f"{_bare(found['kind'])}的位次"
    else:
        head = _head(figure, vocabulary)
        label = f"获得的{head}称号" if pattern is _HONOUR else f"{found['verb']}的{head}"
    return Name(figure, label), start, end


def _head(name: str, vocabulary: Vocabulary) -> str:
    """What a name is: its end, from the beginning of a word."""
    last = re.split("的|[”》]", name.rstrip("”》"))[-1] or name
    start = len(last)
    for token in reversed(tokenise(plain(last), vocabulary)):
        if len(last) - token.start > _LONGEST_HEAD:
            break
        start = token.start
    return last[start:].lstrip("、和与") or last[-_LONGEST_HEAD:]


def _bare(text: str) -> str:
    """Without what leads up to a name."""
    while match := _LEADING.match(text):
        text = text[match.end() :]
    return text.strip()


def _split(listed: str) -> tuple[str, str]:
    """The verb before a list, and the list."""
    verb, rest = "", listed
    while rest:
        first = max((word for word in words().opening if rest.startswith(word)), key=len, default="")
        if not first or len(rest.partition("、")[0]) - len(first) < 2:
            break
        verb, rest = verb + (first if first in words().verbs else ""), rest[len(first) :]
    return verb, rest
