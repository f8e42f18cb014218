"""Words that name what is measured, completed by what was said before: 在校生 after 小学招生, 衣着 after 食品价格."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary

from . import words as w
from .plain import overlap

Subject = tuple[str, ...]
_ORDINAL = re.compile("第[一二三四五六](.*)")  # 第一、第二、第三 | 产业
PART_OF = "其中"
_SHORTER_THAN_HOLDERS, _LONGEST_HOLDER = 2, 16  # characters
_TOTALS = frozenset(["总量", "总额", "总数", "总值", "规模", "总规模"])
JOINS = frozenset(["、", "和", "与", "及", "以及"])
_OPENING_MARKS, CLOSING_MARKS = '“"‘《', '”"’》'
_IDLE_WITHIN = frozenset("实现 完成 拥有 有 为 顺利 累计 共 合计 总共 一共 共计 先后".split())
_HAS = frozenset(["有", "具有", "拥有", "没有"])
_PREFIXES = frozenset("各在并")  # that may begin a word, too
# What the report says of its own place says nothing of a figure; a larger place it is compared with.
_LEVELS = frozenset({"any", "country", "province", "city", "county", "district", "organisation"})


class Subjects:
    """Completes subjects by the words of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def of_which(self, own: Subject, recent: Sequence[Subject], topic: Subject) -> Subject:
        """What is measured of many things, such as 在校生, said of the topic or of what was spoken of last."""
        told, base = "".join(own), recent[-1] if recent else ()
        base = topic or base
        if not base or told in "".join(base):
            return own
        if is_measured(base) and told != "占比":
            return (*base[:-1], *own)
        return (*base, *own)

    def with_measure(self, own: Subject, base: Subject, *, is_any: bool) -> Subject:
        """A part of a whole, with what was measured of the part named before: 公立医院 | 病床使用率.

        `is_any`: whatever the part is called; else () where it is not called like the one before.
        """
        at = max((at for at, piece in enumerate(base[:-1]) if _is_of_kind(own[-1], piece)), default=None)
        if at is None and base[-1] in _TOTALS:
            return own
        if at is None and not is_any:
            return ()
        measure = base[at + 1 :] if at is not None else base[-2 if len(base[-1]) == 1 else -1 :]
        told = "".join(measure).rpartition("的")[-1]
        return (*own, told[overlap(own[-1], told) :])  # 生活用水, not 生活用水 | 用水总量

    @staticmethod
    def bearer(subject: Subject) -> Subject:
        """What something is measured of: 茶馆 of 茶馆总数."""
        while subject and is_measured(subject):
            subject = subject[:-1]
        return subject

    @classmethod
    def holder(cls, subject: Subject) -> str:
        """The name of what something is told of, "" for none: 城市茶园 of 城市茶园面积, 城市 of 城市茶园."""
        held = cls.bearer(subject)
        name = "".join(subject[:-1] if held == subject else held).rstrip("的")
        return name if _SHORTER_THAN_HOLDERS < len(name) <= _LONGEST_HOLDER else ""

    def owner(self, own: Subject) -> Subject:
        """Of whom something is measured: 医院 of 医院总诊疗人次, () for 人均收入."""
        owner = own[: -2 if len(own[-1]) == 1 else -1]  # 手机 | 出货 | 量
        while owner and not self._is_name(owner[-1]):
            owner = owner[:-1]
        return owner if owner and self._is_name(owner[0]) else ()

    def _is_name(self, piece: str) -> bool:
        word = self._vocabulary.words.get(piece)
        return not piece.endswith("均") and (word is None or bool(word.senses))

    def in_row(self, text: str, tokens: Sequence[Token], count: int) -> list[Subject]:
        """So many things in a row that share what is measured: 城镇和农村居民收入. [] where there are not so many."""
        items = self.listed(text, tokens, count)
        if not items:
            named = "".join(text[token.start : token.end] for token in tokens)
            both = next((word for word in w.SEVERAL if named.startswith(word) or named.endswith(word)), "")
            names = [named.replace(both, one) for one in w.SEVERAL.get(both, ())]
            found = [tuple(token.text for token in tokenise(name, self._vocabulary)) for name in names]
            return found if len(found) == count else []
        last = items[-1]
        if (kind := _ORDINAL.fullmatch(last[0])) and all(_ORDINAL.fullmatch("".join(item)) for item in items):
            return [(f"{item[0]}{kind[1] if item[0] != last[0] else ''}", *last[1:]) for item in items]
        if not last[1:]:
            return items
        ends = tuple(item[-1][-1] for item in items[:-1])
        # 东部地区和南部 | 地区 | 面积
        start = next((at for at, piece in enumerate(last, start=1) if piece.endswith(ends)), 0)
        shared = (last[start or min(len(item), len(last) - 1) :] for item in items[:-1])
        return [*((*item, *rest) for item, rest in zip(items, shared, strict=False)), last]

    def listed(self, text: str, tokens: Sequence[Token], count: int) -> list[Subject]:
        """So many things in a list, of which one may be called by two names: 甲、乙及丙、丁. [] where there are not."""
        for joins in (JOINS, frozenset("、")):
            items: list[list[str]] = [[]]
            for token in tokens:
                written = text[token.start : token.end]
                if token.text in joins:
                    items.append([])
                else:
                    items[-1].append(written)
            if len(items) > 1 and "的" in items[0]:
                items[0] = items[0][len(items[0]) - items[0][::-1].index("的") :]  # 产量最多的 | 甲镇、乙镇
            found = [tuple(item) for item in items if item]
            if len(found) == count:
                return found
        return []

    def is_change(self, name: str) -> bool:
        """Whether a name says that something changed: 增幅."""
        word = self._vocabulary.words.get(name)
        return word is not None and "change" in word.roles


def is_measured(subject: Subject) -> bool:
    """Whether a subject ends with what is measured, such as 产量, and not with what it is measured of."""
    is_effort = subject[-1].endswith("力度")
    return (subject[-1].endswith(w.MEASURES) and not is_effort) or subject[-1] in w.GENERIC


def _is_of_kind(name: str, other: str) -> bool:
    """Whether one name is a shorter one of the other, or both are of one kind: 国内航线, 航线; 城镇居民, 农村居民."""
    return name.endswith(other[-2:]) and len(name) > 1 < len(other)


def is_generic(subject: Subject) -> bool:
    """Whether a subject is measured of many things."""
    return "".join(subject) in w.GENERIC


def tokens_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a part of a sentence, with the sentence's offsets."""
    if text.startswith(PART_OF, start, end):
        start += len(PART_OF)  # 其中 | 水污染防治
    found = tokenise(text[start:end], vocabulary)
    return [replace(one, start=one.start + start, end=one.end + start) for one in found]


def cleaned(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that say what is measured: without the report's own place, and what leads up to them."""
    whole = kept = [
        token
        for before, token in zip([None, *tokens], tokens, strict=False)
        if token.roles.get("place") not in _LEVELS
        or token.text[-1] in "内外"
        or (before and token.roles.get("place") == "organisation")  # 公交 | 集团
    ]
    while kept and (rest := _without_opening(kept)) is not None:
        kept = rest
    marks = [0, *accumulate((token.text in _OPENING_MARKS) - (token.text in CLOSING_MARKS) for token in kept)]
    within = [0 < at < len(kept) - 1 and not marks[at] for at in range(len(kept))]
    kept = [one for at, one in enumerate(kept) if not (within[at] and _is_idle(one, kept[at - 1]))]
    while kept and len(kept[-1].text) > 1 and kept[-1].text in w.TRAILING:
        kept = kept[:-1]
    while kept[1:] and len(kept[0].text) > 1 and "".join(one.text for one in kept[1:]).startswith(kept[0].text):
        kept = kept[1:]  # 软件业完成 | 软件业务收入
    # 成立 | 30周年: where there is nothing but a verb, that is it.
    return kept or [one for one in whole if one.text in w.DEEDS and not one.roles]


def leading_verb(tokens: Sequence[Token]) -> str:
    """The verb that comes first: 形成 | 固定资产; "" for none, or where the report's own place comes before it."""
    for token in tokens:
        if token.text in w.DEEDS:
            return token.text
        if token.text not in w.OPENING:
            return ""
    return ""


def _is_idle(token: Token, before: Token) -> bool:
    """Whether a token says nothing; a single character behind another one may be of a word: 涨 | 却."""
    if len(token.text) == len(before.text) == 1 and not (before.is_stop or "filler" in before.roles):
        return False
    return token.text in _IDLE_WITHIN or token.roles.get("filler") == "adverbs1"


def _without_opening(tokens: Sequence[Token]) -> list[Token] | None:
    first = tokens[0]
    is_own = len(tokens) > 1 and (first.text in w.OWN or "change" in first.roles)
    is_stop = first.is_stop and first.text not in _OPENING_MARKS
    # 各 | 级, 在 | 办 | 案件, not 在 | 茶园
    is_of_word = (
        first.text in _PREFIXES and len(tokens) > 1 and len(tokens[1].text) == 1 == tokens[1].start - first.start
    )
    says_which = first.text in _HAS and any(token.text == "的" for token in tokens[2:])  # 有红茶的茶厂
    opens = first.text in w.OPENING and not (is_of_word or says_which)
    return list(tokens[1:]) if is_own or is_stop or opens else None


def is_name(token: Token) -> bool:
    """Whether a token may be of a name, and not of what is said of what has it."""
    names = token.roles.get("aspect") == "level" or token.is_content or token.is_unknown
    return names or not (token.is_stop or token.roles or token.span)


def is_bearer(names: Sequence[Token]) -> bool:
    """Whether a clause of nothing but names says whose what follows is: 全国首家的 | 甲茶厂, 产量为 | 5吨."""
    return any(one.is_content for one in names)


def is_elsewhere(token: Token) -> bool:
    """Whether a token names a place by its own name; countries are rather part of the name of a body."""
    return token.roles.get("place", "").isdigit()


def of_places(token: Token) -> bool:
    """Whether a token is a place's own name, or joins two of them."""
    return is_elsewhere(token) or token.text in JOINS
