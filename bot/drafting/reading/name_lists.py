"""Finds the names of those that have a figure each, where what is measured stands before them all."""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.answering.language.vocabulary import Vocabulary

from . import words as w
from .figures import Figure
from .subjects import CLOSING_MARKS, Subject, cleaned, tokens_of

_STOP = "，。；：！？,;:!?（）()"
_BOUND = r"(?:超过?|高于|低于|不足|达到?|突破|逾|大于|小于)[^，。；,;]{1,12}?"
_RANK = r"(?:位?居|排名?在?|[名位]?列)[^，。；,;\d]{0,6}前(?:[一二两三四五六七八九十\d]+[位名]?|列)?"
_BEST = rf"(?:{'|'.join(w.SUPERLATIVES)})"
_ORDER = "(?:从|由)[高大多快](?:到|至)[低小少慢]"
# 茶园超过5亩的镇有, 茶价居前三位的依次是, 产量最高的是, 茶价高于全县的有4个镇，从高到低依次为
# and 常住人口由多到少依次为：
_HEAD = re.compile(
    rf"(?:\A|(?<=[{_STOP}]))(?P<measure>[^{_STOP}\d]{{0,20}}?)(?:(?:{_BOUND}|{_RANK}|{_BEST})的"
    rf"(?:[^{_STOP}]{{0,10}}[,，]{_ORDER} *(?:依次|分别)?(?:为|是|有)?|[^{_STOP}]{{0,10}}?(?:为|是|有))[:：]?"
    rf"|{_ORDER} *(?:依次|分别)?(?:为|是)[:：])"
)
_BEFORE_EACH = re.compile(r"[\s、,，;；和与及以）)]*(?P<name>[^。；;：:\d]{2,24}?)(?:[（(]|[为达有是])?[约近超]?\Z")
_BEFORE_ALL = re.compile(
    r"(?P<names>[^。；;：:,，\d]{2,60})[,，]\s*(?P<measure>[^。；;：:,，\d]{0,10}?) *(?:[为是有]|达到?)?[约近超]?\Z"
)
_JOIN = re.compile("[、和与及]")
_NO_NAME = re.compile(r"其中|同比|比上|比去|较|增[长加速幅]|下降|上升|占|提[高升]|减少|[,，]")


def name_lists(
    text: str, found: Sequence[Figure], row: Callable[[int], int], vocabulary: Vocabulary
) -> Mapping[int, Subject]:
    """What those figures of a sentence are of that are told so, by their places among the figures `found`.

    `row`: how many figures stand in a row from one on.
    """
    subjects: dict[int, Subject] = {}
    measure: Subject = ()
    for head in _HEAD.finditer(text):
        start, end = head.span("measure")
        # 茶价最高的是甲镇，为5元；最低的是 | 乙镇，为3元
        start = max(start, text.rfind("的", start, end) + 1)  # 各县的 | 常住人口
        measure = tuple(one.text for one in cleaned(tokens_of(text, start, end, vocabulary))) or measure
        first = next((at for at, figure in enumerate(found) if figure.start >= head.end()), None)
        if first is None or not measure:
            continue
        names, again = _named_before(text, head.end(), found[first], row(first))
        names = names or _named_each(text, head.end(), found[first:])
        told = tuple(one.text for one in cleaned(tokens_of(again, 0, len(again), vocabulary))) if again else measure
        subjects |= {at: (name, *told) for at, name in enumerate(names, first)}
    return subjects


def _named_before(text: str, start: int, first: Figure, count: int) -> tuple[list[str], str]:
    """The names that stand before a row of so many figures, and what is measured where that is said once more.

    甲镇和乙镇，分别为 | 5元和4元; 甲镇和乙镇，产量分别为 | 5吨和4吨.
    """
    named = _BEFORE_ALL.fullmatch(text, start, first.start)
    if not named or not (named["measure"] == "" or named["measure"].endswith(w.MEASURES)):
        return [], ""
    names = _JOIN.split(named["names"]) if count > 1 else [named["names"]]
    return ([name.strip() for name in names], named["measure"]) if len(names) == count else ([], "")


def _named_each(text: str, start: int, found: Sequence[Figure]) -> list[str]:
    """The names each before its figure: 甲镇（5元）、乙镇（4元）; [] where there is but one."""
    names: list[str] = []
    for figure in found:
        between = _BEFORE_EACH.fullmatch(text, start, figure.start)
        if not between or figure.family != found[0].family or _NO_NAME.search(between["name"]):
            break
        names.append(between["name"].strip(f" {CLOSING_MARKS}"))
        start = figure.end
    return names if names[1:] else []
