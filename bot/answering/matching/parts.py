"""The content of a question, weighed: what it says, in which senses, and how much each word counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .entries import Sense, senses_of
from .index import Index
from .tuning import TUNING

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token

    from .observation import Observation


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a question: what it may say, and how much it counts.

    `known`: the vocabulary has it. `in_force`: it is what is counted, or some fact has it.
    """

    token: Token
    senses: tuple[Sense, ...]
    weight: float
    known: bool
    in_force: bool


def question_parts(question: Observation, index: Index) -> list[Part]:
    """The content of a whole question."""
    return parts_of(question.content, index, heads=(question.head, _owner(question.tokens)))


def _owner(tokens: Sequence[Token]) -> Token | None:
    """What nothing knows and a question begins with, as with the name of whose figure it is: 抖音(的)日活有多少."""
    first, behind = [*(token for token in tokens[:3] if token.text != "的"), None, None][:2]
    if not (first and behind and first.is_unknown and len(first.text) > 1):
        return None
    is_thing = (behind.is_content and "subject" not in behind.roles) or behind.span or behind.text == "有"
    return first if is_thing or first.text.endswith("'s") else None


def parts_of(
    content: Iterable[Token], index: Index, share: float = 1.0, heads: Sequence[Token | None] = ()
) -> list[Part]:
    """The content of a question with its weights; `share`: how much of them counts.

    `heads`: what is counted, and whose it is, which no fact may leave out.

    A single character that nothing knows says nothing.
    """
    found = []
    for token in content:
        if token.is_unknown and len(token.text) == 1:
            continue
        known = token.word is not None or token.quantity is not None
        for senses in _meanings(token, index):
            is_head = any(token is head for head in heads)
            in_force = is_head or _is_named(senses, index)
            weight = max(_weight(token, senses, index), TUNING.foreign if is_head else 0.0)
            found.append(Part(token, senses, weight * share, known, in_force))
    return found


def _meanings(token: Token, index: Index) -> list[tuple[Sense, ...]]:
    """The ideas that a token says, each with its senses: 小学老师 says two, 孩子 one of several."""
    word = token.word
    if word is None:
        return [senses_of(token)]
    if len(word.senses) == 1 and len(word.senses[0]) > 1:
        return [((concept,),) for concept in word.senses[0]]
    own = senses_of(token)
    # What else people may call so is not meant where the reports have what it is called: 肉类 by 猪肉.
    everyday = () if word.senses and _is_named(own, index) else word.everyday
    return [(*own, *everyday, *index.vocabulary.parts_in(token.text))]


def _is_named(senses: Iterable[Sense], index: Index) -> bool:
    return any(concept in index.named for sense in senses for concept in sense)


def _weight(token: Token, senses: Sequence[Sense], index: Index) -> float:
    if token.quantity is not None:
        return 1.0
    if token.word is not None:
        if not _is_named(senses, index):
            return TUNING.foreign
        return min((max(map(index.weight, sense)) for sense in senses), default=TUNING.unknown)
    return TUNING.unknown
