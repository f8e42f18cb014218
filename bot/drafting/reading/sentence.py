"""A sentence as it is read: its figures, and what stands between them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise, takewhile

from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary

from . import words as w
from .clauses import BOUNDARY, BOUNDS, LIST_JOIN, Lead, lead_of, periods_among, predicate, tail_of, together
from .figures import Figure, blotted, figures
from .name_lists import name_lists
from .plain import plain
from .subjects import (
    JOINS,
    PART_OF,
    Subject,
    cleaned,
    is_bearer,
    is_elsewhere,
    is_name,
    of_places,
    tokens_of,
)

_BESIDE = ("与", "和", "同", "跟")
_OPENING_BASE = re.compile(r"[与和同跟](\d{4}年(?:同期|末|底)?)相比[，,]")
_OPENING_WHOLE = re.compile(r"在?([\u4e00-\u9fff]{2,8})中[，,]")
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_VIEW = re.compile(r"[分从按]([^，,。]{0,20}?)(?:对比|分布|情况)?来?[看分][,，]")
# 生均支出, 小学为 | 5元
_ABOUT = re.compile(r"在?([^，,。；;：:（(\d]{2,24}?)(?:方面|层面|这?一?块儿?|中(?=[:：]))?[，,：:]")
_COMPARED_WITH, _AGAINST_THESE = ("恢复到", "恢复至", "相当于", "是", "为", "达到"), ("由", "从", "低于", "高于")
_ELLIPTIC = re.compile(r"\s*(?:共|已|又|还|累计|合计|总共|一共|总计)(?!有)")
_BEST_IS = re.compile("(?:[其再]次|随后|接着)[是为]")
_MOST = re.compile(r"(?:居|位居|最)[高低多少大小快慢长短强首](?:的)?[,，]\Z")
_TOLD_OF = re.compile("[当同那这该]一?(?:年|季度?|月|时)(?:度|份|里|末)?")  # the time that was told of last
_OPENING = 3  # characters of a clause within which a period holds for those after it, too
_OF_A_DAY = re.compile(r"\s*\d{1,2}日(?!\s*[至到—～~-])|(?<=\d日)(?!\s*[至到—～~-])")
_HOW_MANY = re.compile(r"的有?\d")
_AMONG = re.compile("[\u4e00-\u9fff]{1,10}中(?!心)")
_OF_SUCH = re.compile(r"[\u4e00-\u9fff]{2,24}的[\u4e00-\u9fff]{1,8}[有为达]\d")
_BOUND = re.compile(r"\s*(?:[（(][^）)]*[）)])?[\u4e00-\u9fff]{0,6}的[^，。；,;\d]{1,12}?有?[达为]?\d")


class SentenceText:
    """A sentence as it is read: its figures and what stands between them, all offsets those of the sentence."""

    def __init__(self, sentence: str, own: Sequence[str], vocabulary: Vocabulary) -> None:
        self.sentence, self._own, self._vocabulary = sentence, own, vocabulary
        self.text = blotted(plain(sentence), own)
        found = figures(self.text, vocabulary)
        for at, one in enumerate(found):
            if _counts_row(self.text, one, found[at + 1 :], vocabulary):
                self.text = self.text[: one.start] + " " * (one.end - one.start) + self.text[one.end :]
        self.figures = [one for one in found if not _is_idle(self.text, one, vocabulary)]
        for at in range(len(self.figures) - 1, 0, -1):
            before, figure = self.figures[at - 1 : at + 1]
            is_short = not before.numbers[-1].unit or (figure.family == "points" and self.text[before.end - 1] == "个")
            if is_short and self.goes_on(at):
                self.figures[at - 1] = replace(before, family=figure.family, is_plain=False)  # 2.1和3.5个百分点
        self.listed = name_lists(self.text, self.figures, self.row, vocabulary)
        self._tokens = tokenise(self.text, vocabulary)
        leads = [self._leading_to(at) for at in range(len(self.figures))]
        self.starts = [start for start, _ in leads]
        clauses = zip(leads, self.figures, strict=True)
        self.leads = [lead_of(text, start, figure, vocabulary) for (start, text), figure in clauses]

    def _leading_to(self, at: int) -> tuple[int, str]:
        """Where the clause of a figure begins, and the text up to it without the remarks in brackets."""
        figure = self.figures[at]
        text = _IN_BRACKETS.sub(lambda match: " " * len(match[0]), self.text[: figure.start])
        end = self.figures[at - 1].end if at else 0
        start = max((match.end() for match in BOUNDARY.finditer(text, end)), default=end)
        if end and start == end and text[-1] in "和与及、的":
            start = figure.start  # 10个学科和 | 25个专科, 35个国家的 | 400名学生
        return start, text + self.text[figure.start :]

    def tail(self, at: int) -> str:
        end = self.figures[at].end
        until = self.figures[at + 1].start if at + 1 < len(self.figures) else len(self.text)
        if (next_list := self.text.find("、“", end, until)) >= 0:
            until = next_list  # 7个实验室、“春茶”等 | 4个中心
        return tail_of(self.text, end, until, self._vocabulary)

    def behind(self, at: int) -> str:
        """The rest of the clause of a figure, with the figures in it."""
        end = BOUNDARY.search(self.text, self.figures[at].end)
        return self.text[self.figures[at].end : end.start() if end else None].replace(" ", "")

    def told_behind(self, at: int) -> str:
        """The rest of the clause of a figure, up to the next one."""
        until = self.figures[at + 1].start if at + 1 < len(self.figures) else len(self.text)
        return predicate(self.text, self.figures[at], until)

    def is_elliptic(self, at: int) -> bool:
        """Whether the clause of a figure leaves out who does what it tells: 共录取 | 5人."""
        return bool(_ELLIPTIC.match(self.text, self.starts[at]))

    def goes_on(self, at: int) -> bool:
        """Whether nothing but the sign of a list stands before a figure, or another change: 下降5%和增长6%."""
        before, figure = self.figures[at - 1], self.figures[at]
        return LIST_JOIN.fullmatch(self.text, before.end, figure.start) is not None

    def segment(self, at: int) -> int:
        """In which of the parts of the sentence between semicolons a figure stands."""
        return len(re.findall("[；;]", self.text[: self.figures[at].start]))

    def is_part(self, at: int) -> bool:
        """Whether a figure is told of a part of what was spoken of before: 其中."""
        return PART_OF in self.text[: self.figures[at].start]

    def row(self, at: int) -> int:
        """How many figures stand in a row from one on."""
        end = at + 1
        while end < len(self.figures) and self.goes_on(end):
            end += 1
        return end - at

    def topic_before(self, at: int, most: int, *, is_any: bool = True) -> Subject:
        """Of what the clauses between the figure before and one tell: 民营企业 | 不断扩容; 铁、煤等 | 产品.

        `is_any`: also those that tell more than a name.
        """
        for start, end in self._clauses_before(at)[: -most - 1 : -1]:
            if self.text.endswith((*w.PRAISE, *w.SUPERLATIVES), start, end - 1):
                continue  # 师资力量雄厚, 数量最多
            best = _BEST_IS.search(self.text, start, end - 1)
            of_list = best.end() if best else self.text.rfind("等", start, end - 2) + 1
            tokens = [one for one in tokens_of(self.text, of_list or start, end - 1, self._vocabulary) if not one.span]
            kept = cleaned(tokens)
            tokens = [token for token in tokens if kept and token.start >= kept[0].start]
            behind_of = [at + 1 for at, token in enumerate(tokens) if token.text in ("的", "是", "了")][::-1]
            after_place = len(list(takewhile(of_places, tokens)))
            for first in [*behind_of, after_place]:
                names = list(takewhile(partial(_goes_on, JOINS if best else frozenset()), tokens[first:]))
                behind = tokens[first + len(names) : first + len(names) + 1]
                while names and (_is_of_report(names[-1]) or (behind and _may_be_a_deed(names))):
                    names.pop()  # rather of what its bearer does
                if names and (is_any or (is_bearer(names) and not behind)):
                    return tuple(token.text for token in names)
        return ()

    def names_before(self, at: int) -> list[Token]:
        """The names that the clause before that of a figure tells of, with what joins them: 春茶和秋茶 | 快速增长."""
        for start, end in self._clauses_before(at)[-1:]:
            tokens = cleaned(tokens_of(self.text, start, end - 1, self._vocabulary))
            return list(takewhile(lambda one: is_name(one) or of_places(one), tokens))
        return []

    def superlative(self, at: int) -> Lead | None:
        """What the clause before that of a figure says that it is the most of: 红茶占比最高，达 | 5%; None for none."""
        for start, end in self._clauses_before(at)[-1:]:
            if match := _MOST.search(self.text, start, end):
                by = replace(self.figures[at], start=match.start(), end=self.figures[at].end)
                return lead_of(self.text, start, by, self._vocabulary)
        return None

    def _clauses_before(self, at: int) -> list[tuple[int, int]]:
        """Where the clauses between the figure before and that of one begin and end."""
        begin = self.figures[at - 1].end if at else 0
        ends = [match.end() for match in BOUNDARY.finditer(self.text, begin, self.starts[at])]
        return list(pairwise([0] * (at == 0) + ends))

    def is_former(self, at: int) -> bool:
        """Whether another figure is compared with one: 比2010年的3人减少 | 1人."""
        start, before = self.starts[at], self.text[self.starts[at] : self.figures[at].start].rstrip(" 的")
        spans = [one for one in self._tokens if one.span and start <= one.start < self.figures[at].start]
        period = next((one for one in spans if one.end == start + len(before)), None)
        if self.text.startswith("相比", self.figures[at].end) and self.text.startswith(_BESIDE, start):
            return True  # 与普查的 | 5人相比
        if not period and self.text.endswith("的", 0, self.figures[at].start):
            period = next((one for one in spans if not self.leads[at].change), None)  # 2020年普查的 | 6人
        return period is not None and before[: period.start - start].endswith(tuple("比较与和同"))

    def compared(self, at: int) -> tuple[Token, ...]:
        """The period that the clauses before a figure compare with: 与2010年相比."""
        periods = (one for one in self._tokens if one.span and one.end <= self.figures[at].start)
        return tuple(one for one in periods if self.text[one.start - 1 : one.start] in set("比较与和同由从"))[-1:]

    def place(self, end: int) -> str | None:
        """The places that a clause before `end` begins with: 江苏, 广东和浙江; "" for the own one, None for none."""
        own = max((plain(self.sentence).rfind(name, 0, end) for name in self._own), default=-1)
        found = "" if own >= 0 else None
        text = self.text[:end]
        text = _IN_BRACKETS.sub(lambda match: " " * len(match[0]), text)
        starts = [0, *(match.end() for match in BOUNDARY.finditer(text))]
        for start, stop in pairwise([*starts, end + 1]):
            tokens = [one for one in self._tokens if start <= one.start < stop - 1 and not (one.span or one.is_stop)]
            tokens = [one for one in tokens if text[one.start : one.end].strip()]
            named = [one for one in takewhile(of_places, tokens) if is_elsewhere(one)]
            if named and named[0].start > own:
                found = self.sentence[named[0].start : named[-1].end]
        return found

    def periods_in_row(self, at: int, count: int) -> list[tuple[Token, ...]]:
        """So many periods in a row before a figure, one for each of as many figures: 2028年、2029年."""
        row = [one for one in self._tokens if one.span and one.end <= self.figures[at].start][-count:]
        joined = all(self.text[one.end : other.start].strip() in JOINS for one, other in pairwise(row))
        return [(token,) for token in row] if count > 1 and len(row) == count and joined else []

    def period(self, at: int) -> tuple[Token, ...]:
        """The period that holds for a figure, () for none."""
        figure = self.figures[at]
        spans = (one for one in self._tokens if _dates(one) and not self.text.endswith(_COMPARED_WITH, 0, one.start))
        right_before = [one for one in spans if one.end <= figure.start]
        right_before = [one for one in right_before if not self.text[one.end : figure.start].strip(" 的")]
        before = [one for one in self._periods() if one.end <= figure.start and not self._is_shut(one, figure)]
        before = before or right_before
        return together(before, (right_before or before)[-1], self.text) if before else ()

    def _is_shut(self, token: Token, figure: Figure) -> bool:
        """Whether a token stands in a bracket that ends before a figure."""
        brackets = (match.span() for match in _IN_BRACKETS.finditer(self.text, 0, figure.start))
        return any(start < token.start < end for start, end in brackets)

    @property
    def tells_parts(self) -> bool:
        """Whether a sentence tells parts of what the one before tells: 其中, 分产业看."""
        return self.text.startswith(PART_OF) or bool(_VIEW.match(self.text))

    @property
    def viewed(self) -> Subject:
        """What a sentence says that it tells of several things: 从占比来看, 春茶为 | 5%."""
        match = _VIEW.match(self.text) or _ABOUT.match(self.text)
        tokens = tokens_of(self.text, match.start(1), match.end(1), self._vocabulary) if match else []
        is_told = match and match.re is _ABOUT and not all(map(is_name, tokens))
        return () if is_told else tuple(token.text for token in cleaned(tokens))

    @property
    def opening_period(self) -> tuple[Token, ...]:
        """The period that holds for the sentences that follow, too, if they go on from one alone."""
        periods = self._periods()
        first = self.figures[0].start if self.figures else len(self.text)
        begins = [0, *(match.end() for match in BOUNDARY.finditer(self.text, 0, first))]
        opening = [one for one in periods[:1] if any(0 <= one.start - begin < _OPENING for begin in begins)]
        for before, token in pairwise(periods):
            if before in opening and before.end == token.start:
                opening.append(token)  # 2030年 | 1-11月
        behind = (self.text[one.end : other.start].strip() for one, other in pairwise(periods) if one in opening)
        if not JOINS.isdisjoint(behind):
            return ()  # 2019年、2020年和2021年
        if opening and _OF_A_DAY.match(self.text, opening[-1].end):
            return ()  # what follows is not just of that day
        clauses = [0, *(match.end() for match in BOUNDARY.finditer(self.text))]
        others = (one for one in periods if one not in opening and one.span and one.span.months)
        if any(0 <= one.start - begin < _OPENING for one in others for begin in clauses):
            return ()  # 上半年5吨，下半年6吨
        return together(opening, opening[-1], self.text) if opening else ()

    @property
    def base(self) -> str:
        """What a sentence begins by saying that all of it is compared with, "" for nothing: 与2010年相比."""
        match = _OPENING_BASE.match(self.text)
        return f"比{match[1]}" if match else ""

    @property
    def among(self) -> str:
        """What a sentence begins by saying that it tells parts of, "" for nothing: 在常住人口中."""
        match = _OPENING_WHOLE.match(self.text)
        return match[1] if match else ""

    def printed(self, piece: str) -> str:
        """A piece of a subject as the sentence prints it."""
        at = self.text.find(piece)
        return self.sentence[at : at + len(piece)] if at >= 0 else piece

    def _periods(self) -> list[Token]:
        """The periods that figures may be of."""
        return [
            one
            for one in periods_among(self._tokens)
            if _dates(one) and not self.text.endswith(_COMPARED_WITH + _AGAINST_THESE, 0, one.start)
        ]


def _dates(token: Token) -> bool:
    """Whether a token says itself when, and does not leave that to what was said before, as 当年 does."""
    return token.span is not None and not _TOLD_OF.fullmatch(token.text)


def _may_be_a_deed(names: Sequence[Token]) -> bool:
    """Whether the last one of some names is unknown, and no character that ends the one before it: 齿轮 | 箱."""
    last, before = names[-1], names[-2] if names[1:] else None
    ends = before is not None and before.is_content and before.end == last.start and len(last.text) == 1
    return last.is_unknown and not ends


def _goes_on(joins: frozenset[str], token: Token) -> bool:
    return token.text not in w.TRAILING and (is_name(token) or _is_of_report(token) or token.text in joins)


def _is_of_report(token: Token) -> bool:
    """Whether a token may say nothing, and be a part of a name as well: 移动 | 数据 | 流量."""
    return token.roles.get("filler") == "report"


def _is_written_out(text: str, figure: Figure) -> bool:
    return not any(char.isdigit() for char in text[figure.start : figure.end])


def _counts_row(text: str, figure: Figure, behind: Sequence[Figure], vocabulary: Vocabulary) -> bool:
    """Whether a number says just how many figures follow: 城乡两类茶园分别为 | 5亩和 | 6亩.

    It does not where these say themselves what they count: 两项工程实现 | 六项突破和 | 五项领跑.
    """
    is_row = len(behind) > 1 and figure.numbers[0].value == len(behind) and _is_written_out(text, figure)
    if not is_row or text.endswith("前", 0, figure.start):  # 排名前两位的村
        return False
    return not all(tail_of(text, one.end, len(text), vocabulary) for one in behind)


def _bounds_others(text: str, figure: Figure) -> bool:
    """Whether a number says which are told of: 4万人以上的县, 超十亿元的28家."""
    is_bound = text.endswith(BOUNDS, 0, figure.end) and _BOUND.match(text, figure.end)
    return bool(is_bound or (_HOW_MANY.match(text, figure.end) and _is_written_out(text, figure)))


def _is_idle(text: str, figure: Figure, vocabulary: Vocabulary) -> bool:
    """Whether a number stands before nothing that it could count, or bounds those that are told of: 4万人以上的县."""
    if _bounds_others(text, figure):
        return True
    if figure.family not in ("other", "things", "") or figure.ordinal:
        return False
    listed = text.count("、", max(0, text.rfind("，", 0, figure.start)), figure.start)
    if not _is_written_out(text, figure):
        return False
    # 六项污染物浓度达标的城市有8个
    is_blotted, is_of_such = not text[figure.start : figure.end].strip(), _OF_SUCH.match(text, figure.end)
    is_within = _AMONG.match(text, figure.end) and "在" in text[text.rfind("，", 0, figure.start) + 1 : figure.start]
    if is_blotted or is_of_such or is_within or (listed and figure.numbers[0].value == listed + 1):
        return True  # 在四个品种中; 春茶、秋茶两类
    return not tail_of(text, figure.end, len(text), vocabulary)
