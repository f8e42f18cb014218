"""Finds dates that answer a question: when something happened."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_STOP = "，。；：！？、,;:!?“”《》"
_ENDS = rf"(?=[{_STOP}]|$)"
_DATE = r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_DAY = r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}日|(?:19|20)\d\d年\d{1,2}月份?"
_EVENT = "发布|公布|举行|举办|召开|启动|签署|递交|组建|更名|成立|建立|设立|创办|投产|启用|上市|开通|建成|获批|改制|挂牌"
_PATTERNS = (
    # 茶厂于2029年3月投产
    rf"(?P<who>[^{_STOP}\d]{{2,16}}?)[于在](?P<date>{_DATE})(?P<event>[^{_STOP}\d]{{0,12}}){_ENDS}",
    # 3月5日，茶厂举行茶会
    rf"(?<![截至到从自由比较\d.\-—～~])(?P<date>{_DAY})[，,）)]?(?P<event>[^，。；]{{0,24}}(?:{_EVENT})[^，。；]{{0,36}}){_ENDS}",
    rf"(?:^|[{_STOP}])(?P<date>{_DATE})，?(?P<event>[^{_STOP}\d]{{0,16}}(?:{_EVENT})[^{_STOP}\d]{{0,20}}){_ENDS}",
)
_LEADING = re.compile(r"^(?:[我全][市省区县国]|其中|并|在|已|了)+")
# What says that something was, but not what.
_NONE = re.compile(r"[也都就却很]|时期|期间|^的")


class Date(NamedTuple):
    """A date as a sentence writes it, and what it is called."""

    figure: str
    label: str


def dates_of(sentence: str, own: Sequence[str]) -> Iterator[Date]:
    """The dates of a sentence that a question may ask for, none within another; `own`: what the report is about."""
    taken: list[tuple[int, int]] = []
    for match in (match for pattern in _PATTERNS for match in re.finditer(pattern, sentence)):
        found = match.groupdict(default="")
        label = f"{_LEADING.sub('', found.get('who', ''))}{found['event']}的时间"
        for word in filter(None, own):
            label = label.replace(word, "")
        start, end = match.span("date")
        is_new = not any(start < last and first < end for first, last in taken)
        if is_new and not _NONE.search(label):
            taken.append((start, end))
            yield Date(found["date"], label)
