"""Finds names that answer a question: what is quoted, listed or dated."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary

from .reading import words as w
from .reading.plain import plain

_STOP = "，。；：！？、,;:!?“”《》"
_ENDS = rf"(?=[{_STOP}]|$)"
_DATE = r"(?:1[5-9]|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_YEAR_ALONE = re.compile(r"\d{4}年")
_YEAR, _LONGEST_LIST = r"(?:1[5-9]|20)\d\d年", 80
_DAY = r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}日|(?:19|20)\d\d年\d{1,2}月份?"
_EVENT = "发布|公布|举行|举办|召开|启动|签署|递交|组建|更名|成立|建立|设立|创办|投产|启用|上市(?![新公])|"
_EVENT += "开通|建成|获批|改制|挂牌"
_ENDS_CLAUSE = "，。；：！？,;:!?“”《》"
# What something is of one of several kinds or grades of.
_CLASSED = "水质|等级|类别|类型|级别|状况|指标|品种|污染物|主题|口号|性质|用途|来源|方式|质量"
_PATTERNS = (
    # “一箱双链”模式: what is quoted is the name of what follows.
    rf"(?P<verb>(?<![\d.])[^{_STOP}\d]{{0,14}})(?P<name>“[^”，。；！？\d]{{2,30}}”)的?(?:等(?:一系列|一批|若干)?)?"
    rf"(?P<kind>[\u4e00-\u9fff]{{0,10}}){_ENDS}",
    # 大族激光、宏石激光等行业龙头企业
    rf"(?P<name>(?:[^{_STOP}的\d]{{2,18}}[、和])+[^{_STOP}的等\d]{{2,16}}?)"
    r"(?:(?<![高中初同平])等(?!等|着|于)(?:一系列|一批|多[种项个]|若干|\d+[个家所项种类门])?的?"
    r"|(?:[两三四五六七八九十]|\d+)(?:大|家|个|所|项|种|门))"
    rf"(?P<kind>[^{_STOP}\d]{{2,14}}){_ENDS}",
    # 茶叶是全镇第一大出口商品
    rf"(?<![^{_STOP}])(?P<name>[^{_STOP}的\d]{{2,14}}?)(?:仍然?|依然|继续|已|保持)?(?:是|为|成为|跃居)[^{_STOP}\d]{{0,8}}?"
    rf"(?P<kind>(?:第[一二三]大|最大)(?![^{_STOP}]*之一)[^{_STOP}\d的]{{2,10}}){_ENDS}",
    # 茶厂于2029年3月投产
    rf"(?P<kind>[^{_STOP}\d]{{2,24}}?)[于在](?P<name>{_DATE})(?P<rest>[^{_STOP}\d]{{0,12}}){_ENDS}",
    # 3月5日，茶厂举行茶会
    rf"(?<![截至到从自由比较\d.\-—～~])(?P<name>{_DAY})(?!电)[，,）)]?(?P<rest>[^，,。；;]{{0,40}}(?:{_EVENT})[^，,。；;]{{0,36}}){_ENDS}",
    rf"(?:^|[{_STOP}])(?P<name>{_DATE})，?(?P<rest>[^{_STOP}\d]{{0,16}}(?:{_EVENT})[^{_STOP}\d]{{0,20}}){_ENDS}",
    # 2004年开始种植红茶: what was in a year long before is told of that year.
    rf"(?<![^{_STOP}])(?P<kind>[^{_STOP}\d比较与和同至到]{{0,6}}?)[自从]?(?P<name>{_YEAR})起?[,，]?(?!以?[来后])"
    rf"(?P<past>)(?P<rest>[^，,。；;：\d]{{3,40}}?)(?=[，,。；;]|$)",
    # 实施两大工程：种红茶，种绿茶
    rf"(?<![^{_STOP}])[^{_STOP}\d]{{0,6}}?(?P<kind>[一两二三四五六七八九十]+(?:大|个|项|种)[^{_STOP}\d]{{2,10}})[:：]"
    rf"(?P<name>[^。；;：\d]{{4,{_LONGEST_LIST}}})(?=[。；;]|$)",
    # 茶厂位于河湾镇; 茶会由茶校主办; 茶叶出口位居全省前列
    rf"(?P<kind>[^{_STOP}\d]{{2,12}}?)(?P<where>)(?:[坐位]落?[于在])(?P<name>[^，。；：\d——]{{2,24}}?[省市区县镇乡村路街港湾])(?=[，。；])",
    rf"由(?P<name>[^{_STOP}的由\d]{{3,20}}?)(?P<deed>主办|主管|创办|建设|投资|运营|承建|牵头|开发)(?=[的，。；])",
    rf"(?<![^{_STOP}])(?P<kind>[^{_STOP}\d]{{2,20}}?)(?:一直|连续|稳|继续|保持)*(?:[位稳]?居|位列|名列|走在|处于)(?P<rank>)"
    rf"(?P<name>[^{_STOP}\d]{{0,12}}(?:前列|前茅|首位|榜首)){_ENDS}",
    # 茶价最高的是甲镇; 茶价最高的甲镇为5元; 排在前两位的依次是甲镇、乙镇
    rf"(?<![^{_ENDS_CLAUSE}])(?P<whose>[^{_ENDS_CLAUSE}]{{0,16}}?)(?P<best>(?:{'|'.join(w.SUPERLATIVES)})[^{_STOP}\d]{{0,6}}?的"
    rf"|[排居列位]+在?前[一二两三四五六七八九十\d][位名]?的)(?:[^{_STOP}\d]{{0,6}}?(?:依次|分别)?[是为](?P<name>[^。；，;\d]{{2,40}}?)(?=[，。；;]|$)"
    rf"|(?P<place>[^{_STOP}\d]{{1,8}}?[省市县区镇乡村])[为达有](?=\d))",
    # 茶价与上年持平; 茶园水质为优
    r"(?P<level>[与和同跟较比](?:上年|去年|上季度|上月|年初)[^，。；\d]{0,4}?(?:基本)?持平)",
    rf"(?<![^{_STOP}])(?P<kind>[^{_STOP}\d为]{{2,16}}?(?:{_CLASSED}))(?:总体|均|全部|主要)?[为是](?P<name>“?[^，。；：\d的“”]{{1,12}}?”?)(?=[，。；]|$)",
    # 受干旱影响，春茶减产
    rf"(?<![^{_STOP}])(?:由于|因为?|受)(?P<name>[^{_STOP}\d]{{3,24}}?)(?:等因素|等)?(?:的?影响)?[,，](?P<caused>[^{_STOP}\d]{{3,30}}(?<![为达到至了]))",
)
_LEVELS_BY = {"市": "城市", "省": "省份", "县": "县", "区": "地区", "镇": "镇", "乡": "乡", "村": "村"}
_ORDERED_BY = re.compile(r"按([^，。；\d]{2,14})排[名序]，\Z")
_LEADING = re.compile(r"^(?:[我全][市省区县国]|其中|并|在|已|了)+")
# What says of which kind a name is, but nothing of it.
_NONE = re.compile(r"^(?:方面|问题|情况|等).*|[也都就却很]|时期|期间|^的")
_SHORT_NAME, _LONGEST_HEAD = 8, 8
_MOST_KEYWORDS, _LONGEST_KEYWORD = 4, 30


class Name(NamedTuple):
    """A name that stands in a sentence, and what it is called."""

    figure: str
    label: str
    keywords: tuple[str, ...] = ()


def names_of(
    sentence: str, told: Sequence[tuple[int, str]], own: Sequence[str], year: int, vocabulary: Vocabulary
) -> Iterator[Name]:
    """The names of a sentence that a question may ask for, none within another.

    `told`: where its figures stand, and their labels. `own`: what the report is about; `year`: the year that it is on,
    and that need not be asked for.
    """
    taken: list[tuple[int, int]] = []
    named = ""
    for match in (match for pattern in _PATTERNS for match in re.finditer(pattern, sentence)):
        label = _label(match, told, vocabulary)
        start, end = next(match.span(group) for group in ("name", "place", "level") if match.groupdict().get(group))
        if match.groupdict().get("kind") and re.search("[、和]", sentence[start:end]) and "“" not in match["name"]:
            start = end - len(_without_verbs(match["name"], vocabulary))
        figure = sentence[start:end]
        for word in filter(None, own):
            label = label.replace(word, "")
        is_new = not any(start < last and first < end for first, last in taken)
        is_own_year = _YEAR_ALONE.fullmatch(figure) and int(figure[:4]) >= year - ("past" in match.groupdict())
        if is_new and len(label) > 1 and not (_NONE.search(label) or is_own_year):
            taken.append((start, end))
            label, named = label.removeprefix(named) or label, figure  # 最高的是甲镇，最低的是乙镇
            yield Name(figure, label, _keywords(figure, label, vocabulary))


def _label(match: re.Match[str], told: Sequence[tuple[int, str]], vocabulary: Vocabulary) -> str:
    """What a name is called, "" where nothing says that."""
    found = match.groupdict(default="")
    name, kind, verb = found.get("name", ""), found.get("kind", ""), found.get("verb", "")
    before = next((label for at, label in reversed(told) if at < match.start()), "")
    if caused := found.get("caused"):
        return f"{caused}的原因"
    if "level" in found:
        return f"{before}与{found['level'][1:3]}相比的变化" if before else ""
    if best := found.get("best"):
        order = _ORDERED_BY.search(match.string, 0, match.start())
        whose = _LEADING.sub("", found["whose"]) or (order[1] if order else before)
        return f"{whose}{best}{_LEVELS_BY.get((name or found['place'])[-1], '')}".removesuffix("的") if whose else ""
    if "deed" in found:
        return f"{found['deed']}单位"
    if "where" in found or "rank" in found:
        return f"{_LEADING.sub('', kind)}的{'位置' if 'where' in found else '位次'}"
    if "rest" in found:
        return f"{_LEADING.sub('', kind)}{found['rest']}的时间"
    if "verb" not in found or any(token.is_content or token.is_unknown for token in tokenise(plain(kind), vocabulary)):
        return _LEADING.sub("", verb) + kind
    name = name.strip("“”")
    return _head(name, vocabulary) if len(name) >= _SHORT_NAME and "、" not in name else ""


def _keywords(figure: str, label: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Other names: the things of a list, or the name itself, and what it is."""
    if label.endswith(("的时间", "的原因")):
        return (f"{label[:-3]}{label[-2:]}",)
    figure = figure.strip("“”")
    items = [item for item in re.split("[、，和“”]+", figure) if 1 < len(item) <= _LONGEST_KEYWORD]
    names = [*items[: _MOST_KEYWORDS - 1], *([_head(figure, vocabulary)] if len(items) < 2 else [])]
    return tuple(dict.fromkeys(name for name in names if name != label)) or (label,)


def _without_verbs(names: str, vocabulary: Vocabulary) -> str:
    """A list without what leads up to it: 引进 | 大族激光、宏石激光."""
    leading = takewhile(lambda one: one.is_stop or one.text in w.OPENING | w.TRAILING, tokenise(plain(names), vocabulary))
    return names[max((one.end for one in leading), default=0) :] or names


def _head(name: str, vocabulary: Vocabulary) -> str:
    """What a name is: its end, from the beginning of a word."""
    last = name.rsplit("的", maxsplit=1)[-1] or name
    starts = [token.start for token in tokenise(plain(last), vocabulary) if len(last) - token.start <= _LONGEST_HEAD]
    return last[min(starts, default=-_LONGEST_HEAD) :].lstrip("、和与") or name
