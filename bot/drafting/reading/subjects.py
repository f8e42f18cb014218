"""Completes what a clause says of its figure by what was said before it: 在校生 after 小学招生, 衣着 after 食品价格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .words import words

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token
    from bot.answering.language.vocabulary import Vocabulary

Subject = tuple[str, ...]
_TOTALS = frozenset(["总量", "总额", "总数", "总值", "规模", "总规模"])
_TWO_DIGITS = re.compile("[一二三四五]{2}.")
_DIGITS = "一二三四五六七八九"
_JOINS = frozenset(["、", "和", "与", "及", "以及"])


class Subjects:
    """Completes subjects by a vocabulary, which knows what is a part of the same whole."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def of_which(self, own: Subject, recent: Sequence[Subject]) -> Subject:
        """What is measured of many things, such as 在校生, said of the thing that was spoken of last."""
        earlier = next((one for one in reversed(recent) if one[-1].endswith("".join(own))), None)
        base = recent[-1]
        if earlier or "".join(own) in "".join(base):
            return earlier or own
        if len(own) > 1 and base[-1].endswith(own[0]):
            return (base[-1], *own[1:])
        others = self._beside(own[-1])
        at = next((at for at, piece in enumerate(base) if at and piece in others), None)
        if at is None and len(base) > 1 and is_measured(base):
            at = len(base) - 1
        if at is not None or not is_measured(base):
            return (*base[:at], *own)
        return base if own[-1] in _TOTALS else own

    def with_measure(self, own: Subject, base: Subject) -> Subject:
        """A part of a whole, with what was measured of the part named before: 公立医院 | 病床使用率."""
        beside = self._beside(own[-1])
        at = next((at for at, piece in enumerate(base[:-1]) if own[-1].endswith(piece) or piece in beside), None)
        return (*own, *(base[at + 1 :] if at is not None else base[-1:]))

    def is_beside(self, own: Subject, base: Subject) -> bool:
        """Whether a subject names a part of the same whole as another one does."""
        return any(own[-1].endswith(piece) for piece in base if len(piece) > 1) or not self._beside(own[-1]).isdisjoint(
            base
        )

    def is_change(self, name: str) -> bool:
        """Whether a name says that something changed: 增幅."""
        word = self._vocabulary.words.get(name)
        return word is not None and "change" in word.roles

    def _beside(self, name: str) -> frozenset[str]:
        word = self._vocabulary.words.get(name)
        concepts = [sense[0] for sense in word.senses if len(sense) == 1] if word else []
        return frozenset().union(*(self._vocabulary.exclusive.get(concept, frozenset()) for concept in concepts))


def is_measured(subject: Subject) -> bool:
    """Whether a subject ends with what is measured, such as 产量, and not with what it is measured of."""
    return subject[-1].endswith(words().measures) or subject[-1] in words().generic


def is_generic(subject: Subject) -> bool:
    """Whether a subject is measured of many things."""
    return "".join(subject) in words().generic or (len(subject) == 1 and subject[0] in words().generic)


def items_of(text: str, tokens: Sequence[Token], count: int) -> list[Subject]:
    """So many things in a row that share what is measured: 城镇和农村居民收入. [] where there are not so many."""
    items: list[list[str]] = [[]]
    for token in tokens:
        if token.text in _JOINS:
            items.append([])
        else:
            items[-1].append(text[token.start : token.end])
    items = [item for item in items if item]
    if len(items) == 1 and _TWO_DIGITS.match(items[0][0]) and count == 2:
        first, *rest = items[0]  # 一二线城市
        items = [[digit + first[2:], *rest] for digit in first[:2]]
    if len(items) != count:
        return []
    last = items[-1]
    # 一、二线城市
    items = [
        [item[0] + last[0][1:]] if item != last and "".join(item) in _DIGITS and last[0][:1] in _DIGITS else item
        for item in items
    ]
    shared = [[*item, *last[min(len(item), len(last) - 1) :]] for item in items[:-1]] + [last]
    return [tuple(own if is_measured(tuple(own)) else both) for own, both in zip(items, shared, strict=True)]
