"""How sentences say names that answer a question: each way with what its names are called."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .reading import words as w

_STOP = "，。；：！？、,;:!?“”《》"
_BEGINS, _ENDS, _ENDS_CLAUSE = rf"(?<![^{_STOP}])", rf"(?=[{_STOP}]|$)", "(?=[，。；;]|$)"
_ENDING = "，。；：！？,;:!?"  # what ends a clause
_TITLES = "负责人|董事长|总经理|经理|总裁|主任|书记|[局院校厂所会部市区县镇乡站馆处行]长|主席|发言人|工程师|教授|博士"
_SPEAKS = "[^，。；、\\d]{0,12}?(?:说|表示|介绍|告诉|认为|坦言|强调|指出|透露|解释)"
_YEAR = r"(?:1[5-9]|20)\d\d年"
_DATE = rf"{_YEAR}(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?"
_DAY = r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}日|(?:19|20)\d\d年\d{1,2}月份?"
_EVENT = "发布|公布|举行|举办|召开|启动|签署|递交|组建|更名|成立|建立|设立|创办|投产|启用|上市(?![新公])|"
_EVENT += "开通|建成|获批|改制|挂牌"
# What something is of one of several kinds or grades of.
_CLASSED = "水质|等级|类别|类型|级别|状况|指标|品种|污染物|主题|口号|性质|用途|来源|方式|质量"
_FIRST = rf"(?:{'|'.join(w.SUPERLATIVES)})[^{_STOP}\d]{{0,6}}?的|[排居列位]+在?前[一二两三四五六七八九十\d][位名]?的"
_PLACES = {"市": "城市", "省": "省份", "县": "县", "区": "地区", "镇": "镇", "乡": "乡", "村": "村"}
_ORDERED_BY = re.compile(r"按([^，。；\d]{2,14})排[名序]，\Z")
_LEADING = re.compile(r"^(?:[我全][市省区县国]|其中|并|在|已|了)+")
_OF_WHAT_IS_QUOTED = 10  # characters


class Way(NamedTuple):
    """A way to say a name: the group `name` of a match, which is called as `label` makes of it.

    `label` gets the match and the label of the figure before it, "" for none, and gives "" where nothing says what the
    name is. `is_list`: verbs may lead up to its names. `is_past`: it is told of years that are over, and not of the
    last one.
    """

    pattern: re.Pattern[str]
    label: Callable[[re.Match[str], str], str]
    is_list: bool = False
    is_past: bool = False


def _called_so(match: re.Match[str], _: str) -> str:
    return _LEADING.sub("", match["verb"]) + match["kind"]


def _first(match: re.Match[str], before: str) -> str:
    """Who is first in what the clause says, or else the order or the figure before it."""
    order = _ORDERED_BY.search(match.string, 0, match.start())
    whose = _LEADING.sub("", match["whose"]) or (order[1] if order else before)
    kind = match.groupdict().get("kind") or _PLACES.get(match["name"][-1], "")
    return f"{whose}{match['best']}{kind}".removesuffix("的") if whose else ""


def _unchanged(match: re.Match[str], before: str) -> str:
    return f"{before}与{match['name'][1:3]}相比的变化" if before else ""


def _kind(ending: str = "") -> Callable[[re.Match[str], str], str]:
    """What stands around a name says what it is, the groups `kind` before it and `rest` behind it, and an ending."""

    def label(match: re.Match[str], _: str) -> str:
        around = match.groupdict(default="")
        return f"{_LEADING.sub('', around.get('kind', ''))}{around.get('rest', '')}{ending}"

    return label


WAYS = (
    # “一箱双链”模式: what is quoted is the name of what follows.
    Way(
        re.compile(
            rf"(?P<verb>(?<![\d.])[^{_STOP}\d]{{0,14}})(?P<name>“[^”，。；！？\d]{{2,30}}”)"
            rf"的?(?:等(?:一系列|一批|若干)?)?(?P<kind>[\u4e00-\u9fff]{{0,{_OF_WHAT_IS_QUOTED}}}){_ENDS}"
        ),
        _called_so,
    ),
    # 大族激光、宏石激光等行业龙头企业
    Way(
        re.compile(
            rf"(?P<name>(?:[^{_STOP}的\d]{{2,18}}[、和])+[^{_STOP}的等\d]{{2,16}}?)"
            r"(?:(?<![高中初同平])等(?!等|着|于)(?:一系列|一批|多[种项个]|若干|\d+[个家所项种类门])?的?"
            rf"|(?:[两三四五六七八九十]|\d+)(?:大|家|个|所|项|种|门))(?P<kind>[^{_STOP}\d]{{2,14}}){_ENDS}"
        ),
        _kind(),
        is_list=True,
    ),
    # 茶叶是全镇第一大出口商品
    Way(
        re.compile(
            rf"{_BEGINS}(?P<name>[^{_STOP}的\d]{{2,14}}?)(?:仍然?|依然|继续|已|保持)?(?:是|为|成为|跃居)"
            rf"[^{_STOP}\d]{{0,8}}?(?P<kind>(?:第[一二三]大|最大)(?![^{_STOP}]*之一)[^{_STOP}\d的]{{2,10}}){_ENDS}"
        ),
        _kind(),
        is_list=True,
    ),
    # 茶厂于2029年3月投产
    Way(
        re.compile(rf"(?P<kind>[^{_STOP}\d]{{2,24}}?)[于在](?P<name>{_DATE})(?P<rest>[^{_STOP}\d]{{0,12}}){_ENDS}"),
        _kind("的时间"),
    ),
    # 3月5日，茶厂举行茶会
    Way(
        re.compile(
            rf"(?<![截至到从自由比较\d.\-—～~])(?P<name>{_DAY})(?!电)[，,）)]?"
            rf"(?P<rest>[^，,。；;]{{0,40}}(?:{_EVENT})[^，,。；;]{{0,36}}){_ENDS}"
        ),
        _kind("的时间"),
    ),
    Way(
        re.compile(
            rf"(?:^|[{_STOP}])(?P<name>{_DATE})，?(?P<rest>[^{_STOP}\d]{{0,16}}(?:{_EVENT})[^{_STOP}\d]{{0,20}}){_ENDS}"
        ),
        _kind("的时间"),
    ),
    # 2004年开始种植红茶
    Way(
        re.compile(
            rf"{_BEGINS}(?P<kind>[^{_STOP}\d比较与和同至到]{{0,6}}?)[自从]?(?P<name>{_YEAR})起?[,，]?(?!以?[来后])"
            rf"(?P<rest>[^，,。；;：\d]{{3,40}}?)(?=[，,。；;]|$)"
        ),
        _kind("的时间"),
        is_past=True,
    ),
    # 实施两大工程：种红茶，种绿茶
    Way(
        re.compile(
            rf"{_BEGINS}[^{_STOP}\d]{{0,6}}?(?P<kind>[一两二三四五六七八九十]+(?:大|个|项|种)[^{_STOP}\d]{{2,10}})[:：]"
            rf"(?P<name>[^。；;：\d]{{4,80}}){_ENDS_CLAUSE}"
        ),
        _kind(),
        is_list=True,
    ),
    # 茶厂位于河湾镇
    Way(
        re.compile(
            rf"(?P<kind>[^{_STOP}\d]{{2,12}}?)[坐位]落?[于在]"
            r"(?P<name>[^，。；：\d—]{2,24}?[省市区县镇乡村路街港湾])(?=[，。；])"
        ),
        _kind("的位置"),
    ),
    # 茶会由茶校主办
    Way(
        re.compile(
            rf"由(?P<name>[^{_STOP}的由\d]{{3,20}}?)(?P<kind>主办|主管|创办|建设|投资|运营|承建|牵头|开发)"
            r"(?=[的，。；]|组建|建设|成立|实施)"
        ),
        _kind("单位"),
    ),
    # 茶叶出口位居全省前列
    Way(
        re.compile(
            rf"{_BEGINS}(?P<kind>[^{_STOP}\d]{{2,20}}?)(?:一直|连续|稳|继续|保持)*(?:[位稳]?居|位列|名列|走在|处于)"
            rf"(?P<name>[^{_STOP}\d]{{0,12}}(?:前列|前茅|首位|榜首)){_ENDS}"
        ),
        _kind("的位次"),
    ),
    # 茶价最高的是甲镇; 排在前两位的依次是甲镇、乙镇
    Way(
        re.compile(
            rf"{_BEGINS}(?P<whose>[^{_STOP}]{{0,16}}?)(?P<best>{_FIRST})(?P<kind>[^{_STOP}\d]{{0,6}}?)(?:依次|分别)?[是为]"
            rf"(?P<name>[^。；，;\d]{{2,40}}?){_ENDS_CLAUSE}"
        ),
        _first,
    ),
    # 茶价最高的甲镇为5元
    Way(
        re.compile(
            rf"{_BEGINS}(?P<whose>[^{_STOP}]{{0,16}}?)(?P<best>{_FIRST})"
            rf"(?P<name>[^{_STOP}\d]{{1,8}}?[省市县区镇乡村])[为达有](?=\d)"
        ),
        _first,
    ),
    # 茶价与上年持平
    Way(
        re.compile(r"(?P<name>[与和同跟较比](?:上年|去年|上季度|上月|年初)[^，。；\d]{0,4}?(?:基本)?持平)"), _unchanged
    ),
    # 茶园水质为优
    Way(
        re.compile(
            rf"{_BEGINS}(?P<kind>[^{_STOP}\d为]{{2,16}}?(?:{_CLASSED}))(?:总体|均|全部|主要)?[为是]"
            rf"(?P<name>“?[^，。；：\d的“”]{{1,12}}?”?){_ENDS_CLAUSE}"
        ),
        _kind(),
    ),
    # 受干旱影响，春茶减产
    Way(
        re.compile(
            rf"{_BEGINS}(?:由于|因为?|受)(?P<name>[^{_STOP}\d]{{2,24}}?)(?:等因素|等)?(?:的?影响)?[,，]"
            rf"(?P<kind>[^{_STOP}\d]{{3,30}}(?<![为达到至了]))"
        ),
        _kind("的原因"),
    ),
    # 茶厂因修路减少3家
    Way(
        re.compile(
            rf"{_BEGINS}(?P<kind>[^{_STOP}\d]{{2,20}}?)则?因(?P<name>[^{_STOP}\d为]{{2,12}}?)"
            r"(?P<rest>(?:减少|增加|下降|增长|上升)了?)(?=\d)"
        ),
        _kind("的原因"),
    ),
    # 春茶的减产，主要与干旱有关
    Way(
        re.compile(
            rf"{_BEGINS}(?P<kind>[^{_STOP}\d]{{3,20}}?)[,，]?(?:主要|则)?与(?P<name>[^{_ENDING}\d]{{2,40}}?)有关{_ENDS}"
        ),
        _kind("的原因"),
    ),
    # 茶厂厂长李青说
    Way(
        re.compile(rf"(?P<kind>[^{_STOP}\d]{{0,14}}?(?:{_TITLES}))(?P<name>[\u4e00-\u9fff]{{2,3}})(?={_SPEAKS})"),
        _kind(),
    ),
)
