"""Finds the figures of a sentence: its numbers, but for those that only date, count or name something."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.language.quantities import Quantity
from bot.answering.language.tokens import tokenise
from bot.answering.language.vocabulary import Vocabulary

from . import words as w

_FAMILIES = {"%": "percent", "百分点": "points", "千分点": "points", "基点": "points", "‰": "permille", "倍": "times"}
_FAMILIES |= dict.fromkeys(("元", "分钱", "美元", "欧元"), "money")
COUNTED = frozenset(
    "things person count firms households vehicles animals plants books beds routes other".split()
)  # families
_HEDGE_BEFORE = re.compile(
    r"(?:接近|将近|逼近|超过|不足|不到|大约|[近约逾超]|(?:about|nearly|over|around|almost|some) )\Z"
)
# Behind a number, it is that of a range.
_SIGN = re.compile(r"(?:(?<![\da-z%)）〕\]])[-−+]|(?<=[为至到达是长涨速幅率比])负)\Z")
_HEDGE_BEHIND = re.compile(r"(?:左右|及?以上|及?以下|以内|上下|[多余])")
_LETTERS_GO_ON = re.compile("[a-z][a-z]+(?:/s)?")
_PER = re.compile(r"/(1?0*[百千万亿]*)")
_EACH_TIME = re.compile("[/、·][年月日天次]")
_RANGE = re.compile(r" ?(?:[-—–~～至到]{1,2}|to) ?")
_RATIO = re.compile(r" ?[:：∶] ?|/")
_GLUED = re.compile(r"[a-z](?=\d[\d.]*[万亿%])")
# “A-3”: a number in a name.
_TITLE = re.compile(
    r"《[^》]*》|〔[^〕]*〕|\[\d+\]|“[^”]*[a-z][^”]*”|“[^”\d]{2,6}”|\d0后|(?:19|20)\d\d[级届]"
    r"|“[\d、.]+”(?=[\u4e00-\u9fff])|[（(]\d{5,6}(?:\.[a-z]+)?[）)]"
)
# Numbers that date something, and the clock.
_CLOCK = re.compile(r"(?<![\d.:])\d{1,2}(?:[时点日号](?:\d{1,2}分)?|:\d\d(?![\d.:]))(?!\d)")
_DURATIONS = frozenset({"年", "个月", "天", "日", "小时", "分钟", "周", "岁", "月", "号", "秒", "季度", "点", "时"})
_LASTING = re.compile(r"(?:平均|来|以来|间|前|后|内|里|之前|之后|年初|的时间|期间|多来|余来)")
_RANKED = frozenset({"", "位", "名", "个", "家"})
_PART_OF_A_NAME = frozenset("大级类届期批次条号章节区线部产匹头只根")
_RANKED_AMONG = re.compile(r"(?:位居|[居列位]|排在?|排名|保持)[\u4e00-\u9fff]{1,14}\Z")
_COUNTERS = "[（(][\u4e00-\u9fff](?:、[\u4e00-\u9fff])*[）)]"
_TIMES_BEHIND = re.compile(f"{_COUNTERS}次?|次|[件套]")  # 架（艘、列）次
_TIMES = frozenset("台架车班例件场艘辆家户亩册篇批天")
# Units of several parts, and those that only their end or where they stand tells: 人·km, 万载重吨, 亿t, 万封.
_PARTS = re.compile(
    r"(?:(?<=人)年|(?<=千瓦)小?时|(?<=[吨克])(?:标准|标)煤|每[平立]方(?:千|公|分|厘)?[米里]|[·/][百千万亿]*(?:[kcd]?m|t|kg|h|d|人|吨|车)[23]?|公里|海里)(?![a-z0-9])"
)
_LONGEST_UNIT = 6
_LARGEST_WITHOUT_UNIT = 10_000_000  # more is the number of a document or a telephone
# What says nothing of any figure.
_ASIDE = re.compile(
    rf"\d[万亿]?[\u4e00-\u9fff]{_COUNTERS}|([（(](?:[男女][，,、][^（）()]*|[^（）()\d]*|以[^（）()]*为100[^（）()]*)[）)])"
)
_LIST_MARKER = re.compile(r"\s*[（(]?\d{1,2}(?:[）)、．]|\.(?!\d))")
_BY_PRICES = re.compile(
    r"按(?:可比|不变|当年|现行)(?:价格?|口径)(?:计算)?|扣除(?:价格因素|[^，。；\d]{2,8}?(?=[比较]))|按[^，。；,]{2,16}[计折]算(?:的|(?=为|[，,]|人均))"
)
_MORE = re.compile(
    r"([比较](?:\d{4})?[^，。；\d]{0,6}(?:\d{1,2}月)?(?:(?<=[年期季度月末底速])(?:水平)?|平均值?)|(?<=[\u4e00-\u9fff])(?<![增减缩])(?=[多少]了\d))"
    r"(偏?[多少高低])(?=了?\d)"
)
_THAN_LAST = re.compile(r"[比较](?=[上去]年(?:同期|[末底])?的?\d)")
_EACH = re.compile(
    r"(?:(?<![一-鿿])近[几一二两三四五十\d]{0,2}|[几一二两三四五六七八九十\d]{1,3}(?=年来[，,]))年来|(?<![一-鿿])(?:[一二三四五六七八九十]是|特别是|尤其是|虽然?|尽管|据[^，。；,]{1,16}?(?:统计|测算|介绍|报道|了解|透露))|分[列居获]第?[一二三四五六七八九十\d、和至]+[位名]?|(?<=\d月)单月|(?<![年月日人户平场店])均(?=[为达超])|各(?=占|为\d)|[只仅](?=占)|主要(?:[得受]益于|由于|因为)"
    r"|依次(?=为|[达增减升降])|[由据]此(?=[取得把将带实])|考虑到|值得一提的是|值得注意的是|数据显示|分别|各自|(?<!最)高(?=达)|惊人的|同口径|(?<=[这该])部分的|同(?=[增降]|为\d)|[前后][两三四]项|二者(?!之间)|之间(?=[，,。；;])|(?<!建)[现设](?=有)|(?<=其中)有(?!效)"
)
_END_OF_YEAR = re.compile(r"(?<=\d年)[末底初](?!期)")
_CELL_BORDER = re.compile(r"(?<= )\|(?= )")
_BY_EACH = re.compile(
    r"(?<=[为是达至到由于])每[人户亩名位台件套辆股张]?(?:每?[年月日天])?(?=\d)|每[人户亩]每[年月日天](?=\d)"
)
_WHEN = re.compile(r"[在于](?=\d{4}年)|(?<=\d{4}年)的")
_SUCH_AS = re.compile(
    r"以[^，。；]{1,8}?为(?:代表|龙头|核心|主体|主)的|用[来以][^，。；\d]{2,12}?的|通过[^，。；\d]{2,16}?(?=实现|完成|使|令)"
)
_NAME_OF_DIGITS = re.compile(r"“(?:19|20)\d\d”(?=[\u4e00-\u9fff])")  # “2011”协同创新中心
_SECOND = re.compile(r"(?<=[\u4e00-\u9fff])[位居排]*第[一二三四五六七八九十][,，](?=[为有达]?\d)")  # 欧洲第二，为42人
_THIS = re.compile(
    r"(?:这一|这个|该|上述)(?:数字|数据|指标|数值)|这家(?:公司|企业|集团|银行|医院)的?|(?<![一-鿿])(?:这一|该(?:[省市县区镇乡村](?![域级庄]))?)(?=[一-鿿])"
)


@dataclass(frozen=True)
class Figure:
    """A figure of a sentence: where it stands as it is to be copied, hedges and all, and the family of its unit.

    `numbers`: what it amounts to. `is_plain`: an integer without a unit, which may be no figure at all. `is_signed`: a
    plus or minus is printed before it.
    """

    start: int
    end: int
    family: str
    numbers: tuple[Quantity, ...]
    ordinal: bool = False
    is_plain: bool = False
    is_signed: bool = False


def blotted(text: str, own: Sequence[str]) -> str:
    """With blanks for what says nothing of any figure, such as the name of the report's own place."""
    for name in own:
        # 河湾县 | 立茶校 is called so as a whole.
        text = re.sub(f"{re.escape(name)}(?!立)的?", lambda match: " " * len(match[0]), text)
    if marker := _LIST_MARKER.match(text):
        text = " " * marker.end() + text[marker.end() :]
    text = _MORE.sub(lambda match: match[1] + w.AS_CHANGE[match[2]], text)
    text = _THAN_LAST.sub("由", text)
    text = _ASIDE.sub(lambda match: " " * len(match[0]) if match[1] else match[0], text)
    for pattern in (
        _CELL_BORDER,
        _BY_PRICES,
        _EACH,
        _SUCH_AS,
        _BY_EACH,
        _END_OF_YEAR,
        _WHEN,
        _THIS,
        _SECOND,
        _NAME_OF_DIGITS,
    ):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def figures(text: str, vocabulary: Vocabulary) -> list[Figure]:
    """The figures of a sentence in small, half-width letters, in their order."""
    passed = [match.span() for pattern in (_TITLE, _CLOCK) for match in pattern.finditer(text)]
    # A number in a word, such as that of 第一产业, is none.
    tokens = tokenise(_GLUED.sub(" ", text), vocabulary)  # GDP5亿元
    numbers = [token.quantity for token in tokens if token.quantity]
    found = [one for one in numbers if not any(start <= one.start < end for start, end in passed)]
    return list(_figures(text, found, vocabulary))


def _figures(text: str, found: Sequence[Quantity], vocabulary: Vocabulary) -> Iterator[Figure]:
    at = end = 0
    while at < len(found):
        group = [found[at]]
        while at + 1 < len(found) and _goes_on(text, found[at], found[at + 1]):
            at += 1
            group.append(found[at])
        at += 1
        is_ratio = len(group) > 1 and bool(_RATIO.fullmatch(text, group[0].end, group[1].start))
        if _is_none(text, group[0]):
            continue
        start = group[0].start
        end, unit = _unit_end(text, group[-1], vocabulary)
        family = "ratio" if is_ratio else _family(unit, text[start:end], vocabulary)
        end = _per_end(text, end, vocabulary)
        if letters := _LETTERS_GO_ON.match(text, end - 1):
            end = letters.end()  # 100m | bps
        while parts := _PARTS.match(text, end):
            end = parts.end()
        is_signed = bool(_SIGN.search(text, 0, start))
        start -= is_signed
        hedge = _HEDGE_BEFORE.search(text, max(0, start - 8), start)
        start = hedge.start() if hedge else start
        hedge = _HEDGE_BEHIND.match(text, end)
        end = hedge.end() if hedge else end
        plain = not unit and text[start:end].isdigit()
        yield Figure(start, end, family, tuple(group), group[0].ordinal, is_plain=plain, is_signed=is_signed)


def _unit_end(text: str, number: Quantity, vocabulary: Vocabulary) -> tuple[int, str]:
    """Where a number ends with its unit, and the unit."""
    end, unit = number.end, number.unit
    if not unit and (behind := _unit_behind(text, end, vocabulary)):
        end, unit = behind
    if text.startswith("℃", end):
        return end + 1, "℃"
    if special := next((one for one in ("千分点", "基点") if text.startswith(one, end)), ""):
        return end + len(special), special
    if unit in _TIMES and (times := _TIMES_BEHIND.match(text, end)):
        return times.end(), f"{unit}次" if times[0].endswith("次") else unit
    return end, unit


def _goes_on(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers are a range, or a ratio."""
    if _RATIO.fullmatch(text, first.end, second.start):
        return not first.unit
    between = _RANGE.fullmatch(text, first.end, second.start)
    if not between:
        return False
    # 5至6%, but not 增长5%至120
    return not first.unit or (first.unit == second.unit and text[: second.end].endswith(second.unit))


def _is_none(text: str, number: Quantity) -> bool:
    """Whether a number tells no figure: a span of time that something lasted, an ordinal, a part of a name."""
    unit, before, behind = number.unit, text[: number.start], text[number.end : number.end + 6].lstrip()
    written = text[number.start : number.end]
    if number.ordinal:
        is_rank = unit in ("位", "名", "大") or (not unit and _RANKED_AMONG.search(before))
        return unit not in _RANKED or not is_rank
    if (unit in _DURATIONS and _LASTING.match(behind)) or before.endswith(("前", "最高", "最低")):
        return True  # 在前20家企业中
    if any(char.isdigit() for char in written):
        return written.isdigit() and number.value >= _LARGEST_WITHOUT_UNIT
    if unit == "人" and behind.startswith("户"):
        return True  # 二人户
    is_time = unit in _DURATIONS and not before.endswith(("连续", "超过", "为"))
    return is_time or unit in _PART_OF_A_NAME or behind.startswith(("世纪", "数", "制"))


def _per_end(text: str, end: int, vocabulary: Vocabulary) -> int:
    """Where a unit ends that may be told per another one: 元 | /吨公里, 元 | /人、月."""
    per = _PER.match(text, end)
    if not per:
        return end
    behind = _unit_behind(text, per.end(), vocabulary)
    end = behind[0] if behind else end
    each = _EACH_TIME.match(text, end)
    return each.end() if each else end


def _unit_behind(text: str, end: int, vocabulary: Vocabulary) -> tuple[int, str] | None:
    """A unit that the quantities do not know, and where it ends."""
    for size in range(_LONGEST_UNIT, 0, -1):
        word = vocabulary.words.get(text[end : end + size])
        if word and "unit" in word.roles and end + size <= len(text):
            return end + size, text[end : end + size]
        if word and size > 1 and word.senses:
            return None  # 12315 | 平台
    return None


def _family(unit: str, written: str, vocabulary: Vocabulary) -> str:
    if unit in _FAMILIES:
        return _FAMILIES[unit]
    for name in (*(written[at:] for at in range(1, len(written))), unit):
        word = vocabulary.words.get(name)
        if word and "unit" in word.roles:
            return word.roles["unit"]
    return "other" if unit else "count" if written[-1] in "万亿" else ""
