"""Superlatives: from which end of an order things are wanted, and how many of them: 最高的, 前三, the two largest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.answer import PAGE
from bot.answering.language.numerals import chinese_value
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary
from bot.answering.matching.observation import BEFORE, COUNTED

from .values import family

_LARGE = frozenset("多大高快长")  # the ends of 第二大 and others
_WAYS = {"more": "most", "less": "least"}
_NUMERAL = re.compile("([一二两三四五六七八九十]{1,3})[大强名位]?")


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of an order: its `most` or its `least`, from the place `first` on, 0 for the very first.

    `count`: how many are wanted; 1 where it is not said. `is_counted`: it is. `rest`: the other tokens.
    """

    way: str
    first: int
    count: int
    is_counted: bool
    rest: tuple[Token, ...]


def order_of(tokens: Sequence[Token], vocabulary: Vocabulary) -> Order | None:
    """The first order that a message names; None where it names none."""
    sorts = [at for at, token in enumerate(tokens) if "sort" in token.roles]
    if sorts:  # 从多到少
        return Order(tokens[sorts[0]].roles["sort"], 0, PAGE, True, _without(tokens, sorts))
    ends = [at for at, token in enumerate(tokens) if "order" in token.roles]
    way = tokens[ends[0]].roles["order"] if ends else ""
    asks_which = any(token.roles.get("ask") in ("name", "who") for token in tokens)
    for at, token in enumerate(tokens):
        is_place = bool(token.quantity and token.quantity.ordinal)
        number = _number(token, vocabulary)
        if number <= (not is_place):  # 头一家 is no count
            continue
        left = at - 2 if at > 1 and tokens[at - 1].text == "的" else at - 1  # 最大的三个
        before: Mapping[str, str] = tokens[left].roles if at else {}
        behind: Mapping[str, str] = tokens[at + 1].roles if at + 1 < len(tokens) else {}
        is_name = at + 1 < len(tokens) and tokens[at + 1].is_content  # 第二大市场
        is_large = token.text[-1] in _LARGE and not is_name
        degree = ("more" if is_large else behind.get("degree", "")) if is_place else ""
        said = [at - 1] if "first" in before else [at + 1] if degree and "degree" in behind else []
        ranks = at - 1 - bool(said and said[0] < at)
        if ranks >= 0 and tokens[ranks].roles.get("aspect") == "rank":  # 排前三, 排第二
            said.append(ranks)
        is_ranked = is_place and (before.keys() & {"rate", "measure"} or (ranks in said and asks_which))
        beside = before.get("first") or _WAYS.get(degree) or ("most" if is_ranked else "")
        which = bool(ends) and (tokens[at - 1].text == "哪" or before.get("ask") == "name") if at else False
        if beside or which or "order" in before or "order" in behind:
            counts = [i for i, other in enumerate(tokens) if _number(other, vocabulary) == number]  # 是哪两个
            rest = _without(tokens, [*ends, *said, *counts])
            first, count = (number - 1, 1) if is_place else (0, number)
            return Order(way or beside or "", first, count, True, rest)
    if ends:
        return Order(way, 0, 1, False, _without(tokens, ends))
    # 出口和进口哪个多, 哪年的产量高, but not 哪个比去年多, nor 哪些各少多少.
    asks = [at for at, token in enumerate(tokens) if token.roles.get("ask") in {"name", "who", "time"}]
    degrees = [
        at
        for at, token in enumerate(tokens)
        if token.roles.get("degree") in _WAYS
        and asks
        and at > asks[0]
        and not tokens[at - 1].is_unknown
        and not any("ask" in behind.roles for behind in tokens[at + 1 : at + 2])
    ]
    if len(degrees) != 1 or any(token.roles.get("compare") in BEFORE for token in tokens):
        return None
    return Order(_WAYS[tokens[degrees[0]].roles["degree"]], 0, 1, False, _without(tokens, degrees))


def _number(token: Token, vocabulary: Vocabulary) -> int:
    """How many things a token counts or which one it names, 0 for neither: 三个, 前三的三, 第二."""
    quantity = token.quantity
    if quantity is None:
        numeral = _NUMERAL.fullmatch(token.text) if token.is_unknown else None
        return int(chinese_value(numeral[1]) or 0) if numeral else 0
    is_whole = 0 < quantity.value < 100 and quantity.value == int(quantity.value)
    return int(quantity.value) if is_whole and family(quantity.unit, vocabulary) in COUNTED else 0


def _without(tokens: Sequence[Token], places: Sequence[int]) -> tuple[Token, ...]:
    # 按产量排，前三名: the verb asks for no ranks.
    return tuple(token for at, token in enumerate(tokens) if at not in places and token.text != "排")
