"""The words of a part of a sentence, which of them name what is measured or who has it, and what a heading names."""

import re
from collections.abc import Sequence

from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary

from .plain import plain
from .subjects import JOINS, Subject, is_measured
from .words import words

_OPENING_MARKS, CLOSING_MARKS = '“"‘《', '”"’》'
_WITHIN_NAMES = frozenset("来能")  # characters that no clause has behind a name as words of their own
_IDLE_WITHIN = frozenset("实现 完成 拥有 有 为 顺利 累计 共 合计 总共 一共 共计 先后".split())
_EFFECTS = frozenset(["贡献率", "贡献"])  # what is told of something upon another thing
_ADVERBIAL = "看言说面中后前时下上来间外"  # how clauses end that say when, or how something is looked at
_HEADING = re.compile(
    r"[\s#]*(?:——?|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.])\s*([\u4e00-\u9fffa-z]{2,8})[。：:\s]*"
)
# What the report says of its own place says nothing of a figure; a larger place it is compared with.
LEVELS = frozenset({"any", "country", "province", "city", "county", "district", "organisation"})
BODIES = frozenset(
    "银行 商行 公司 集团 证券 保险 大学 学院 医院 图书馆 博物馆 机场 港".split()
)  # behind a place or a name


def tokens_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a part of a sentence, with the sentence's offsets."""
    found: list[Token] = []
    for token in tokenise(text[start:end], vocabulary):
        if found and token.text in _WITHIN_NAMES and found[-1].is_unknown and found[-1].end == token.start + start:
            before = found.pop()  # 茗 | 来
            found.append(Token(before.text + token.text, before.start, token.end + start))
        else:
            found.append(
                Token(token.text, token.start + start, token.end + start, token.word, token.quantity, token.span)
            )
    return found


def cleaned(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that say what is measured: without the report's own place, and what leads up to them."""
    whole = kept = [token for token in tokens if token.roles.get("place") not in LEVELS or token.text[-1] in "内外"]
    while kept and (rest := _without_opening(kept)) is not None:
        kept = rest
    kept = [token for at, token in enumerate(kept) if not (0 < at < len(kept) - 1 and _is_idle(token, kept[at - 1]))]
    while kept and len(kept[-1].text) > 1 and kept[-1].text in words().trailing:
        kept = kept[:-1]
    # 成立 | 30周年: where there is nothing but a verb, that is it.
    return kept or [one for one in whole if one.text in words().deeds and len(one.text) > 1 and not one.roles]


def leading_verb(tokens: Sequence[Token]) -> str:
    """The verb that comes first: 形成 | 固定资产; "" for none, or where the report's own place comes before it."""
    for token in tokens:
        if token.text in words().deeds:
            return token.text
        if token.roles.get("place") in LEVELS or token.text.startswith("全"):
            return ""
        if not token.is_stop and token.text not in words().opening:
            return ""
    return ""


def _is_idle(token: Token, before: Token) -> bool:
    """Whether a token says nothing; a single character behind another one may be of a word: 涨 | 却."""
    if len(token.text) == len(before.text) == 1 and not before.is_stop:
        return False
    return token.text in _IDLE_WITHIN or token.roles.get("filler") == "adverbs1"


def _without_opening(tokens: Sequence[Token]) -> list[Token] | None:
    first = tokens[0]
    is_change = "change" in first.roles and first.text[-1] not in "速幅"
    is_own = len(tokens) > 1 and (first.text in words().own or is_change)
    is_stop = first.is_stop and first.text not in _OPENING_MARKS
    if (
        is_own
        or is_stop
        or (first.text == "其" and tokens[1:2] and tokens[1].text[0] not in "他余它")
        or (first.text in words().opening and not (first.text == "对" and tokens[-1].text in _EFFECTS))
    ):
        return list(tokens[1:])
    return None


def is_name(token: Token) -> bool:
    """Whether a token may be of a name, and not of what is said of what has it."""
    return (
        token.roles.get("aspect") == "level"
        or token.is_content
        or token.is_unknown
        or token.text in "“”"
        or not (token.is_stop or token.roles or token.span)
    )


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


def is_of_places(token: Token) -> bool:
    """Whether a token is a place's own name, or joins two of them."""
    return is_elsewhere(token) or token.text in JOINS
