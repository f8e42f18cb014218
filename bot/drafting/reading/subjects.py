"""Words that name what is measured, completed by what was said before: 在校生 after 小学招生, 衣着 after 食品价格."""

import re
from collections.abc import Sequence
from itertools import accumulate, takewhile

from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary

from . import words as w
from .plain import overlap, plain

Subject = tuple[str, ...]
_TOTALS = frozenset(["总量", "总额", "总数", "总值", "规模", "总规模"])
_DIGIT = re.compile("[一二三四五六七八九东中西南北]")
_NUMBERED = re.compile(rf"(第?)({_DIGIT.pattern}(?:[、和与及]*第?{_DIGIT.pattern})+)(.+)")
_OPPOSITES = ("进出口", "出口", "进口"), ("收支", "收入", "支出"), ("存贷款", "存款", "贷款")
_ALL_TRADE = frozenset(["外贸", "对外贸易", "货物贸易", "货物"])
JOINS = frozenset(["、", "和", "与", "及", "以及"])
_JOINS_BY_STRENGTH = (JOINS, JOINS - {"及", "以及"}, JOINS - {"及", "以及", "与"}, frozenset("、"))
_OPENING_MARKS, CLOSING_MARKS = '“"‘《', '”"’》'
_WITHIN_NAMES = frozenset("来能")  # characters that no clause has behind a name as words of their own
_NAMES_IN_PARTS = frozenset(["行为", "用时"])
_BOUNDS, _UNTIL = frozenset("上下内"), frozenset("至到-~—")
_IDLE_WITHIN = frozenset("实现 完成 拥有 有 为 顺利 累计 共 合计 总共 一共 共计 先后".split())
_BODY_ENDS = frozenset("会社局院部署厅处所站馆")  # how the names of bodies end: 茶业总 | 会
_EFFECTS = frozenset(["贡献率", "贡献"])  # what is told of something upon another thing
_ADVERBIAL = "看言说面中后前时下上来间外"  # how clauses end that say when, or how something is looked at
_HEADING = re.compile(
    r"[\s#]*(?:——?|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.])\s*([\u4e00-\u9fffa-z]{2,8})[。：:\s]*"
)
# What the report says of its own place says nothing of a figure; a larger place it is compared with.
_LEVELS = frozenset({"any", "country", "province", "city", "county", "district", "organisation"})
_OF_MEASURES = frozenset(["总", "净", "经", "调整"])  # of the name of a measure: 总 | 净 | 收入
_KINDS_COUNTED = re.compile("[两三四五六七八九]类")  # 红茶、白茶 | 两类 | 茶产量
# Behind a place or a name.
BODIES = frozenset("银行 商行 公司 集团 证券 保险 大学 学院 医院 图书馆 博物馆 机场 港".split())


class Subjects:
    """Completes subjects by the words of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def of_which(self, own: Subject, recent: Sequence[Subject], topic: Subject) -> Subject:
        """What is measured of many things, such as 在校生, said of the topic or of what was spoken of last."""
        told, base = "".join(own), recent[-1] if recent else ()
        if told in w.AVERAGES:
            return (*(base[:-1] if base and base[-1] in w.AVERAGES else base), *own)
        if base and told in _TOTALS and is_measured(base):
            return (*base[:-1], *own) if base[-1].endswith(w.RATES) else base  # 交易额 ..., 总量
        base = topic or base
        if not is_measured(base or own):
            base = tuple(takewhile(lambda piece: not piece.startswith(w.ACTS), base))  # 茶山 | 接待游客9人次, 收入3元
        if not base or told in "".join(base) or is_generic(base):
            return own
        if is_measured(base) and not base[0].startswith("每") and told != "占比":
            whose = base[:-1]
            while whose and whose[-1] in _OF_MEASURES:
                whose = whose[:-1]  # 总净收入 ..., 营业利润
            return (*whose, *own)
        if base[-1].endswith(own[0]):
            return (base[-1], *own[1:])  # 市场主体 ..., 主体总量
        return (*(self._standing(base) if told in _TOTALS else base), *own)

    def with_measure(self, own: Subject, base: Subject, *, is_any: bool, is_whole: bool = False) -> Subject:
        """A part of a whole, with what was measured of the part named before: 公立医院 | 病床使用率.

        `is_any`: whatever the part is called; else () where it is not called like the one before. `is_whole`: the one
        before is nothing but what is measured.
        """
        if own[-1].endswith(base[-1]):
            return own
        # One name may be a shorter one of the other, or of its kind: 国内航线, 航线.
        pairs = ((at, sorted((own[-1], piece), key=len)) for at, piece in enumerate(base[:-1]))
        at = max((at for at, (short, name) in pairs if len(short) > 1 and name.endswith(short)), default=None)
        if at is None and base[-1] in _TOTALS and not (is_any and base[1:] and is_measured(base[:-1])):
            return own
        if at is None and not is_any:
            return ()
        start = 0 if is_whole else -2 if len(base[-1]) == 1 or base[-1] in _TOTALS else -1
        measure = base[at + 1 :] if at is not None else base[start:]
        told = "".join(measure).rpartition("的")[-1]
        if is_whole:  # 甲厂交付茶具 | 5套 is of 季度交付量
            own = own[: next((at for at, piece in enumerate(own) if at and piece in told), len(own))]
        return (*own, told[overlap(own[-1], told) :])  # 生活用水, not 生活用水 | 用水总量

    def measured_as(self, own: Subject, base: Subject) -> Subject:
        """What is measured of the thing that was measured in another way before: 甲茶厂产量 ..., 三家茶厂 | 销量."""
        while base[1:] and is_measured(base):
            base = base[:-1]
        while own[1:] and not is_measured(own[:1]):
            own = own[1:]
        size = overlap("".join(base), "".join(own)) if base[1:] else 0  # 快递业务 | 业务收入
        return (*base, "".join(own)[size:]) if size else (*base, *own)

    def _standing(self, base: Subject) -> Subject:
        """Without what says that there is more of it: 新增或扩大 | 茶厂."""
        while base[1:] and (base[0] in ("新增", "或") or self.is_change(base[0])):
            base = base[1:]
        return base

    def beside(self, own: Subject, base: Subject) -> Subject:
        """What is told beside another thing of the same, () where it names that itself: 保险基金收入 ..., 基金支出."""
        base = self._standing(base)
        before = base[: base.index(own[0])] if own[0] in base else ()
        while before and (before[-1].startswith(("新", "净")) or before[-1].endswith("均")):
            before = before[:-1]  # 新开茶馆 ..., 茶馆总数
        if before and before[0].startswith(w.ACTS):
            return ()  # 接待国内游客5人, 国内旅游收入3元
        is_told = any(piece in "".join(own) for piece in before)  # 出生人口 ..., 人口出生率
        return () if not before or before[-1] in JOINS or is_told else (*before, *own)

    @staticmethod
    def opposite(own: Subject, bases: Sequence[Subject]) -> Subject:
        """What is told beside its opposite, of the same: 服务进出口 ..., 出口. () where it is not."""
        for both, one, other in (names for names in _OPPOSITES if own[0] in names[1:]):
            for ending in (both, other if own[0] == one else one):
                for base in reversed(bases):
                    at = next((at for at in range(len(base) - 1, -1, -1) if base[at].endswith(ending)), None)
                    if at is not None:
                        whose = (*base[:at], base[at].removesuffix(ending))
                        return own if "".join(whose) in _ALL_TRADE else (*filter(None, whose), *own)
        return ()

    @staticmethod
    def bearer(subject: Subject) -> Subject:
        """What something is measured of: 茶馆 of 茶馆总数."""
        while subject and is_measured(subject):
            subject = subject[:-1]
        return subject

    def owner(self, own: Subject) -> Subject:
        """Of whom something is measured: 医院 of 医院总诊疗人次, () for 人均收入."""
        owner = own[: -2 if len(own[-1]) == 1 else -1]  # 手机 | 出货 | 量
        while owner and (owner[-1] in _OF_MEASURES or not (self._is_name(owner[-1]) or owner[-1] in _BODY_ENDS)):
            owner = owner[:-1]
        return owner if owner and self._is_name(owner[0]) else ()

    def _is_name(self, piece: str) -> bool:
        word = self._vocabulary.words.get(piece)
        return not piece.endswith("均") and (word is None or bool(word.senses))

    def in_row(self, text: str, tokens: Sequence[Token], count: int) -> list[Subject]:
        """So many things in a row that share what is measured: 城镇和农村居民收入. [] where there are not so many."""
        named = "".join(text[token.start : token.end] for token in tokens)
        numbered = _NUMBERED.fullmatch(named)  # 第一、二产业, 一二线城市
        items = [] if numbered else self.listed(text, tokens, count)
        if not items:
            names = [f"{numbered[1]}{digit}{numbered[3]}" for digit in _DIGIT.findall(numbered[2])] if numbered else []
            both = next((word for word in w.SEVERAL if named.startswith(word) or named.endswith(word)), "")
            names = names or [named.replace(both, one) for one in w.SEVERAL.get(both, ())]
            found = [tuple(token.text for token in tokenise(name, self._vocabulary)) for name in names]
            return found if len(found) == count else []
        if not items[-1][1:]:
            return items
        items = [_words(item) for item in items]
        last = items[-1]
        ends = tuple(item[-1][-1] for item in items[:-1])
        # 东部地区和南部 | 地区 | 面积
        start = next((at for at, piece in enumerate(last, start=1) if piece.endswith(ends)), 0)
        start = start or max((at for at, piece in enumerate(last, start=1) if self.anywhere((piece,)) == ()), default=0)
        joint = max((at for at, piece in enumerate(last) if piece in JOINS), default=-1)
        start = max(start, joint + 2) if joint >= 0 else start  # 同城、异地、国际及港澳台 | 快递
        shared = [[*item, *last[start or min(len(item), len(last) - 1) :]] for item in items[:-1]] + [last]
        return [tuple(own if is_measured(tuple(own)) else both) for own, both in zip(items, shared, strict=True)]

    def listed(self, text: str, tokens: Sequence[Token], count: int) -> list[Subject]:
        """So many things in a list, of which one may be called by two names: 甲、乙及丙、丁. [] where there are not."""
        for joins in _JOINS_BY_STRENGTH:
            items: list[list[str]] = [[]]
            is_name = False
            for token in tokens:
                written = text[token.start : token.end]
                if token.text in joins:
                    items.append([])
                elif items[-1] and (written == "/" or items[-1][-1].endswith("/")):
                    items[-1][-1] += written
                elif items[-1] and is_name and (token.is_unknown or len(written) == 1):
                    items[-1][-1] += written  # 江苏茗 | 香
                else:
                    items[-1].append(written)
                is_name = token.is_unknown or "place" in token.roles or (is_name and len(written) == 1)
            found = [tuple(piece for piece in item if not _KINDS_COUNTED.fullmatch(piece)) for item in items if item]
            if len(found) == count:
                return found
        return []

    def anywhere(self, subject: Subject) -> Subject:
        """What is measured, without the places that it is measured at."""
        words_of = self._vocabulary.words
        return tuple(one for one in subject if not (one in words_of and words_of[one].roles.get("place", "").isdigit()))

    def is_deed(self, text: str) -> bool:
        """Whether words tell what something does, and are no more of its name."""
        return any(one.text in w.VERBS or "change" in one.roles for one in tokenise(text, self._vocabulary))

    def is_change(self, name: str) -> bool:
        """Whether a name says that something changed: 增幅."""
        word = self._vocabulary.words.get(name)
        return word is not None and "change" in word.roles


def _words(subject: Subject) -> Subject:
    """With single characters in a row as one word: 同 | 城."""
    found: list[str] = []
    for at, piece in enumerate(subject):
        if at and len(piece) == len(subject[at - 1]) == 1:
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def is_measured(subject: Subject) -> bool:
    """Whether a subject ends with what is measured, such as 产量, and not with what it is measured of."""
    return subject[-1].endswith(w.MEASURES) or subject[-1] in w.GENERIC


def is_generic(subject: Subject) -> bool:
    """Whether a subject is measured of many things."""
    return "".join(subject) in w.GENERIC or (len(subject) == 1 and subject[0] in w.GENERIC)


def tokens_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a part of a sentence, with the sentence's offsets."""
    found: list[Token] = []
    for token in tokenise(text[start:end], vocabulary):
        first, last = token.start + start, token.end + start
        joint = found[-1].text if found[1:] and found[-2].quantity else ""
        if (joint == "以" and token.text in _BOUNDS) or (joint in _UNTIL and token.quantity):
            low = found[-2]  # 5万亩 | 以 | 上, 5亩 | 至 | 8亩
            found[-2:] = [Token(text[low.start : last], low.start, last)]
        elif found and found[-1].end == first and _is_within(found[-1], token):
            before = found.pop()  # 茗 | 来, 违法行 | 为
            found.append(Token(before.text + token.text, before.start, last))
        else:
            found.append(Token(token.text, first, last, token.word, token.quantity, token.span))
    return found


def _is_within(before: Token, token: Token) -> bool:
    """Whether a token that may be a word of its own is the end of a name."""
    return (before.is_unknown and token.text in _WITHIN_NAMES) or before.text[-1] + token.text in _NAMES_IN_PARTS


def _is_of_name(before: Token | None, token: Token) -> bool:
    """Whether a word for a body ends the name of one: 公交 | 集团."""
    is_named = before is not None and before.end == token.start and (before.is_content or before.is_unknown)
    return token.roles.get("place") == "organisation" and is_named


def cleaned(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that say what is measured: without the report's own place, and what leads up to them."""
    whole = kept = [
        token
        for before, token in zip([None, *tokens], tokens, strict=False)
        if token.roles.get("place") not in _LEVELS or token.text[-1] in "内外" or _is_of_name(before, token)
    ]
    while kept and (rest := _without_opening(kept)) is not None:
        kept = rest
    marks = [0, *accumulate((token.text in _OPENING_MARKS) - (token.text in CLOSING_MARKS) for token in kept)]
    within = [0 < at < len(kept) - 1 and not marks[at] for at in range(len(kept))]
    kept = [one for at, one in enumerate(kept) if not (within[at] and _is_idle(one, kept[at - 1]))]
    while kept and len(kept[-1].text) > 1 and kept[-1].text in w.TRAILING:
        kept = kept[:-1]
    # 成立 | 30周年: where there is nothing but a verb, that is it.
    return kept or [one for one in whole if one.text in w.DEEDS and len(one.text) > 1 and not one.roles]


def leading_verb(tokens: Sequence[Token]) -> str:
    """The verb that comes first: 形成 | 固定资产; "" for none, or where the report's own place comes before it."""
    for token in tokens:
        if token.text in w.DEEDS:
            return token.text
        if token.roles.get("place") in _LEVELS or token.text.startswith("全"):
            return ""
        if not token.is_stop and token.text not in w.OPENING:
            return ""
    return ""


def _is_idle(token: Token, before: Token) -> bool:
    """Whether a token says nothing; a single character behind another one may be of a word: 涨 | 却."""
    if len(token.text) == len(before.text) == 1 and not (before.is_stop or "filler" in before.roles):
        return False
    return token.text in _IDLE_WITHIN or token.roles.get("filler") == "adverbs1"


def _without_opening(tokens: Sequence[Token]) -> list[Token] | None:
    first = tokens[0]
    is_change = "change" in first.roles and first.text[-1] not in "速幅"
    is_own = len(tokens) > 1 and (first.text in w.OWN or is_change)
    is_stop = first.is_stop and first.text not in _OPENING_MARKS
    is_its = first.text == "其" and tokens[1:2] and tokens[1].text[0] not in "他余它"
    # 再 | 保险公司, 经 | 调整 | 利润
    is_of_name = tokens[1:2] and (first.text, tokens[1].is_content) == ("再", True)
    is_of_name = is_of_name or (first.text == "经" and tokens[1:2] and tokens[1].text == "调整")
    opens = first.text in w.OPENING and not (is_of_name or (first.text == "对" and tokens[-1].text in _EFFECTS))
    return list(tokens[1:]) if is_own or is_stop or is_its or opens else None


def is_name(token: Token) -> bool:
    """Whether a token may be of a name, and not of what is said of what has it."""
    names = token.roles.get("aspect") == "level" or token.is_content or token.is_unknown or token.text in "总“”"
    return names or not (token.is_stop or token.roles or token.span)


def heading_of(text: str, vocabulary: Vocabulary) -> Subject:
    """What a heading names, () where it says more than a name."""
    name = _HEADING.fullmatch(plain(text))
    tokens = tokens_of(name[1], 0, len(name[1]), vocabulary) if name else []
    found = tuple(one.text for one in tokens)
    return found if found and all(map(is_name, tokens)) and is_bearer(tokens) and not is_measured(found) else ()


def is_bearer(names: Sequence[Token]) -> bool:
    """Whether a clause of nothing but names says whose what follows is: 全国首家的 | 甲茶厂, 产量为 | 5吨."""
    return any(one.is_content for one in names) and (names[-1].is_content or names[-1].text[-1] not in _ADVERBIAL)


def is_elsewhere(token: Token) -> bool:
    """Whether a token names a place by its own name; countries are rather part of the name of a body."""
    return token.roles.get("place", "").isdigit()


def of_places(token: Token) -> bool:
    """Whether a token is a place's own name, or joins two of them."""
    return is_elsewhere(token) or token.text in JOINS
