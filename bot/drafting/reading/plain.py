"""The form in which a text is read, character by character, and what of a sentence says nothing of any figure."""

import re
from collections.abc import Sequence

from bot.answering.language.normalize import fold

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTES = str.maketrans("「」", "“”")
_ASIDE = re.compile(r"[（(](?:[^（）()\d]*|以[^（）()]*为100[，,][^（）()]*)[）)]")
_LIST_MARKER = re.compile(r"\s*[（(]?\d{1,2}(?:[）)、．]|\.(?!\d))")
_BY_PRICES = re.compile(
    r"按(?:可比|不变|当年|现行)(?:价格?|口径)(?:计算)?|扣除价格因素|按[^，。；,]{2,16}[计折]算(?:的|(?=为|[，,]))"
)
_MORE = re.compile(r"([比较](?:\d{4})?[^，。；\d]{0,6}(?:[年期季度月末底速](?:水平)?|平均值?))(偏?[多少高低])(?=\d)")
_AS_CHANGE = {
    "多": "增",
    "少": "减",
    "高": "升",
    "低": "降",
    "偏多": "增加",
    "偏少": "减少",
    "偏高": "上升",
    "偏低": "下降",
}
_EACH = re.compile(
    "依次(?=为|[达增减升降])|考虑到|值得一提的是|值得注意的是|数据显示|分别|各自|高(?=达)|惊人的|同口径|(?<=[这该])部分的|同(?=[增降])|(?<!建)[现设](?=有)"
)
_END_OF_YEAR = re.compile(r"(?<=\d年)[末底初](?!期)")
_EACH_TIME = re.compile(r"(?<=[为是达至到由])每[人户亩名位]?(?:每?[年月日天])?(?=\d)|每[人户亩]每[年月日天](?=\d)")
_WHEN = re.compile(r"[在于](?=\d{4}年)|(?<=\d{4}年)的")
_THIS = re.compile(
    r"(?:这一|这个|该|上述)(?:数字|数据|指标|数值)|(?<![一-鿿])(?:这一|该(?:[省市县区镇乡村](?![域级庄]))?)(?=[一-鿿])"
)


def plain(text: str) -> str:
    """Simplified characters, half width, small letters, as many as there are in `text`."""
    folded = fold(text).translate(_QUOTES)
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one := fold(char)) == 1 else char for char in text).translate(_QUOTES)


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters; else it is read as English."""
    return _CHINESE.search(text) is not None


def blotted(text: str, own: Sequence[str]) -> str:
    """With blanks for what says nothing of any figure, such as the name of the report's own place."""
    for name in own:
        text = text.replace(f"{name}的", " " * (len(name) + 1)).replace(name, " " * len(name))
    if marker := _LIST_MARKER.match(text):
        text = " " * marker.end() + text[marker.end() :]
    text = _MORE.sub(lambda match: match[1] + _AS_CHANGE[match[2]], text)
    for pattern in (_ASIDE, _BY_PRICES, _EACH, _EACH_TIME, _END_OF_YEAR, _WHEN, _THIS):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
