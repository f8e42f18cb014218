"""What a report file says of the report itself, as far as the article tells it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answering.language.places import gazetteer
from bot.answering.language.word_lists import listed, sections
from bot.drafting.english_prose.figures import MONTHS
from bot.drafting.ids import slug, syllables
from bot.drafting.reading.plain import is_chinese, plain

_YEAR = re.compile(r"(?<![\d比较与和由从自])(?<!(?<!关)于)((?:19|20)\d\d)(?= ?年|\b)")
_OVER_NEW_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)[-–/](\d\d)(?![\d-])")  # 2029-30, the year in which it ends
# The line below a title: who has published it, and when.
_BYLINE = re.compile(
    rf"(?m)^([A-Z][^\n.:]{{2,80}}?)(?: \([^)\n]*\))?, (?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}),? (?:19|20)\d\d$"
)
_PROPER = re.compile(
    r"(?<=[a-z,’'s] )(?:[A-Z][\w’'&-]*[a-z]|[A-Z]{2,})(?: (?:of (?:the )?)?(?:[A-Z][\w’'&-]*[a-z]|[A-Z]{2,}))*(?! \d)"
)
_CAPITALISED = re.compile(r"(?=\b([A-Z][\w-]+ [A-Z][\w-]+|[A-Z][\w-]+))")
_NO_SUBJECT = frozenset([*MONTHS, *"Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()])
_OFTEN = 3  # times that a name is said which an article is about
_PUBLISHER = re.compile(
    r"(?:来源|发布机构|发布单位|发布者|供稿|编制|主办|Source|Published by)[:：]\s*([^\s，。|]{2,30})"
)
_OFFICE = r"[\u4e00-\u9fff]{2,20}(?:局|厅|委|委员会|调查队|办公室|部|报社|日报|晚报|政府|中心|协会|研究院)"
_OFFICES = re.compile(rf"[（(—\s]*({_OFFICE}(?:[ 　、]+{_OFFICE})*)[）)]?[\s\d年月日.〇零一二三四五六七八九十-]*")
_SIGNED = 3  # lines below the title and at the end in which an office may sign
_ENDING = re.compile(
    r"高新技术产业开发区|高新区|开发区|经开区|自贸试验区|新区|自治[区州县]|集团|股份有限公司|有限公司|大学|学院|医院|[省市县区州旗盟镇乡]"
)
_BODY = re.compile(
    r"(?:(?<!\w)|(?<=[年度月]))(?!年|前?[一二三四]季度|[上下]半年|全年)"
    r"([\u4e00-\u9fff（）()]{2,20}(?<!有限)(?<!股份)(?<!上市)(?<!公共))"
    r"(集团|股份有限公司|有限公司|公司|大学|学院|医院|银行|商行|证券|保险|图书馆|博物馆)(?!业|行业|市场|事业)"
)
# 河湾镇 | 2030年; 2030年 | 河湾县 | 教育事业统计公报
_PLACE = re.compile(
    r"(?:^|年)([\u4e00-\u9fff]{2,7}[省市县区州镇乡])(?=(?:19|20)\d\d|第[一-十]+次)"
    r"|(?:^|年)(?![全我本各])([\u4e00-\u9fff]{2,3}[县镇乡])(?=.*(?:公报|情况|报告|概况)$)"
)
_OF_OFFICE = re.compile(r"([\u4e00-\u9fff]{2,7}?[省市县区州镇乡])[\u4e00-\u9fff]")
_LONGEST_NAME = 16
_BODIES = sections(Path(__file__).with_name("bodies.ini"), as_written=True)
_KINDS, _CALLED = _BODIES["english kinds"], _BODIES["called"]
_NO_NAMES = frozenset([*_CALLED, *listed(_BODIES["kinds of bodies"]["names"])])
# 东湾经济技术开发区 is called 东湾, 东湾经开区 and 东湾开发区.
_ZONE = re.compile(
    "(.{2,6}?)(?:国家级?)?(?:经济技术|高新技术产业|高新|经济|旅游|综合)?(?:开发区|新区|示范区|产业园区|工业园区|园区|自贸区|保税区)"
)
_ZONES = ("开发区", "经开区", "高新区", "新区", "园区")
_NATION = re.compile("全国|我国|中华人民共和国|国家统计局(?!..调查)")
_LONGEST_TITLE = 60
_OPENING = 800  # characters in which an article says where it is about


@dataclass(frozen=True)
class Details:
    """What is known of a report; None: not yet. `subject`: whom or where it is about, `year`: the one it tells of."""

    id: str | None = None
    title: str | None = None
    subject: str | None = None
    year: int | None = None
    publisher: str | None = None


def details_of(text: str) -> Details:
    """The details that the text of an article tells; what it does not tell stays None."""
    title = _title(text)
    year = _year(title or "", text)
    # The place or body that the title names, or else the one that the beginning names most.
    subject = (_chinese_subject if is_chinese(text[:_OPENING]) else _english_subject)(title or "", text)
    publisher = _publisher(text)
    if subject is None and publisher and (place := _OF_OFFICE.match(publisher)):
        subject = next(_places(publisher), place[1])
    stem = slug([subject or title or ""], 24)
    return Details("-".join(filter(None, [stem, str(year or "")])) or None, title, subject, year, publisher)


def _title(text: str) -> str | None:
    """The first line that is no sentence, or else the first one."""
    lines = [line.strip().lstrip("#").strip() for line in text.splitlines() if line.strip()]
    short = (line for line in lines[:5] if 4 <= len(line) <= _LONGEST_TITLE)
    title = next((line for line in short if not line.endswith(("。", "，"))), None)
    return title or (lines[0][:_LONGEST_TITLE] if lines else None)


def _publisher(text: str) -> str | None:
    """Who is named as the source, or alone in a line below it or at the end."""
    if named := _PUBLISHER.search(text):
        return named[1]
    lines = [line.strip() for line in text.splitlines() if line.strip()][1:]
    signed = filter(None, map(_OFFICES.fullmatch, [*lines[:_SIGNED], *lines[-_SIGNED:]]))
    found = next(signed, None) or _BYLINE.search(text[:_OPENING])
    return found[1].strip() if found else None


def _year(title: str, text: str) -> int | None:
    over = [] if is_chinese(text) else [f"{year[:2]}{end}" for year, end in _OVER_NEW_YEAR.findall(text)]
    times = Counter(_YEAR.findall(title) or over or _YEAR.findall(text))
    # Of those that it names as often, the last: what it tells is rather of that.
    return int(max(times, key=lambda year: (times[year], year))) if times else None


def _chinese_subject(title: str, text: str) -> str | None:
    for stretch in (title, text[:_OPENING]):
        if names := Counter(_places(stretch)):
            return names.most_common(1)[0][0]
        if place := _PLACE.search(stretch) if stretch == title else None:
            return place[1] or place[2]
        if body := _BODY.search(stretch) if stretch == title else None:
            return body.group()
        if _NATION.search(stretch):
            return "中国"
    return None


def _english_subject(title: str, text: str) -> str | None:
    """The name in the title that the text has as well, or the place that the top names, or else the name said most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    often = _names(text[len(lines[0]) :] if lines else text)
    in_title = [name for name, count in often.items() if count > 1 and re.search(rf"\b{re.escape(name)}\b", title)]
    top = [title, *(line for line in lines[1:3] if not line.endswith("."))]
    places = (name for line in top for name in _CAPITALISED.findall(line) if name.lower() in gazetteer())
    opening = next((line for line in lines[1:] if len(line) > _LONGEST_TITLE and line.endswith(".")), "")
    named = [name for name, count in often.items() if count >= _OFTEN and name in opening]
    best = max(in_title, key=lambda name: (often[name], len(name)), default=next(places, ""))
    return best or max(named, key=lambda name: (often[name], len(name)), default=None)


def _names(text: str) -> dict[str, int]:
    """The names in an English text, and how often each is said; what is a common word as well is none."""
    names = {re.sub("['’]s?$", "", name) for name in _PROPER.findall(text)} - _NO_SUBJECT
    return {name: text.count(name) for name in sorted(names) if not re.search(rf"\b{re.escape(name.lower())}\b", text)}


def _places(text: str) -> Iterator[str]:
    """The places of the gazetteer in a text, with what may follow: 济南 | 高新区."""
    known, held, end = gazetteer(), "", 0
    for match in _ENDING.finditer(text):
        beginnings = range(max(0, match.end() - _LONGEST_NAME), match.end() - 2)
        names = [text[at : match.end()] for at in beginnings if text[at : match.end()].isalpha()]
        name = next((one for one in names if one in known or _lies_in(one, match.group())), None)
        if name:
            if held and match.end() - len(name) != end:
                yield held  # but not the city that a district is told of by: 南京市 | 玄武区
            held, end = name, match.end()
    yield from filter(None, [held])


def _lies_in(name: str, ending: str) -> bool:
    """Whether a name is a place of the gazetteer with a part of it, such as 济南 | 高新区."""
    return len(ending) > 1 and any(name[:size] in gazetteer() for size in range(2, len(name) - len(ending) + 1))


def english_of(subject: str) -> str:
    """How a place is called in English, as far as the names of places tell; else by its sounds."""
    known = gazetteer()
    name = plain(subject)
    # Counties have no English names there.
    code = known.get(name)
    named = (one for one, other in known.items() if code and other == code and one.isascii())
    if english := next(named, ""):
        return english.title()
    kind, ending = next(((kind, ending) for kind, ending in _KINDS.items() if subject.endswith(kind)), ("", ""))
    size = next((size for size in range(len(name) - max(len(kind), 1), 1, -1) if name[:size] in known), 0)
    rest = subject[size : len(subject) - len(kind)]
    words = [english_of(subject[:size])] if size else []
    words += ["".join(syllables(rest)).capitalize()] if rest else []
    return " ".join([*words, *([ending] if ending else [])])


_KIND_OF = re.compile(r"(?:The )?(?:Isle|Island|City|Town|County|Province|State|Republic|Kingdom|District) of (.+)")


def aliases_of(subject: str) -> list[str]:
    """Other names of a place or body: without the place that it lies in, and without its kind."""
    known = gazetteer()
    if subject.isascii():
        return [match[1]] if (match := _KIND_OF.match(subject)) else []
    found = []
    for size in range(len(subject) - 2, 1, -1):
        if subject[:size] in known and subject[size:] not in _NO_NAMES:
            found.append(subject[size:])
            break
    if (body := _ZONE.fullmatch(subject)) and body[1] not in known:
        found += [body[1], *(f"{body[1]}{kind}" for kind in _ZONES)]
    is_place = subject[-1:] in "省市县州" or (subject[-1:] == "区" and plain(subject) in known)
    short = subject[:-1] if is_place and len(subject) > 2 else ""
    return [name for name in [*found, short] if name]


def kind_of(subject: str) -> str:
    """What people call a body by what it is, "" where it is none."""
    return next((name for ending, name in _CALLED.items() if subject.endswith(ending)), "")
