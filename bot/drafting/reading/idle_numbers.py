"""Tells which of the numbers of a sentence are no figures: those that only bound, count or name something."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from bot.answering.language.vocabulary import Vocabulary

from .clauses import BOUNDARY, BOUNDS, LIST_JOIN, OF_EACH, tail_of
from .figures import Figure
from .plain import plain

_BOUND = re.compile(r"\s*(?:[（(][^）)]*[）)])?[\u4e00-\u9fff]{0,6}的[^，。；,;\d]{1,12}?有?[达为]?\d")
_OPENS = re.compile(r"(?:^|[，。；、,;:：是和与及中]|次为)\s*\Z")
_AMONG = re.compile(r"[^，。；;,\d的]{2,10}中[,，]")
_MANY = 4  # commas of a list from which on its number is told for itself: 红茶、白茶、青茶、黄茶、黑茶5个茶叶品种


class IdleNumbers:
    """Tells which of the numbers found in a sentence are no figures; `text` is the sentence as it is read."""

    def __init__(self, sentence: str, text: str, found: Sequence[Figure], vocabulary: Vocabulary) -> None:
        self._sentence, self._text, self._found, self._vocabulary = sentence, text, found, vocabulary

    def is_idle(self, figure: Figure) -> bool:
        """Whether a number stands before nothing that it could count, or bounds those that are told of: 六大产业."""
        if self._is_bound(figure) or self._counts_row(figure):
            return True
        if figure.family not in ("other", "things", "") or figure.ordinal:
            return False
        listed = self._text.count("、", max(0, self._text.rfind("，", 0, figure.start)), figure.start)
        is_written = any(char.isdigit() for char in self._text[figure.start : figure.end])
        few = listed < _MANY or not is_written or self._text[figure.start - 1] == "这"
        if listed and few and figure.numbers[0].value == listed + 1 and self._text[figure.start - 1] != "等":
            return True  # 春茶、秋茶两类
        if is_written:
            return False
        following = next(iter(self._behind(figure)), None)
        is_joined = following and self._text[following.start - 1] in "和与及、"
        if following and not is_joined and not BOUNDARY.search(self._text, figure.end, following.start):
            return True  # 六大产业增加值 | 3亿元
        return not tail_of(self._text, figure.end, len(self._text), self._vocabulary)

    def _behind(self, figure: Figure) -> Sequence[Figure]:
        return [one for one in self._found if one.start >= figure.end]

    def _is_bound(self, figure: Figure) -> bool:
        """Whether a number but bounds those that are told of: 4万人以上的县."""
        if _AMONG.match(self._text, figure.end) and _OPENS.search(self._text, 0, figure.start):
            return True  # 6座茶山中，高山4座
        return bool(self._text.endswith(BOUNDS, 0, figure.end) and _BOUND.match(self._text, figure.end))

    def _counts_row(self, figure: Figure) -> bool:
        """Whether a number says of how many the row of figures behind it is: 三家茶厂产量分别为5吨、6吨、7吨."""
        behind = self._behind(figure)
        joined = takewhile(lambda pair: LIST_JOIN.fullmatch(self._text, pair[0].end, pair[1].start), pairwise(behind))
        length = 1 + sum(1 for _ in joined)
        said = plain(self._sentence)[figure.end : behind[0].start] if behind else ""
        is_of_each = any(word in said for word in OF_EACH) and not BOUNDARY.search(said)
        return is_of_each and 1 < length == figure.numbers[0].value
