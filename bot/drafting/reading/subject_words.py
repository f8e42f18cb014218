"""The words of a part of a sentence, and those of them that name what is measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answering.language.tokens import Token, tokenise

from .words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

_OPENING_MARKS, CLOSING_MARKS = '“"‘《', '”"’》'
_IDLE_WITHIN = frozenset(["实现", "完成", "达到", "共有", "拥有", "为", "顺利"])
_LONGEST_SUBJECT = 32
# What the report says of its own place says nothing of a figure; a larger place it is compared with.
LEVELS = frozenset({"any", "country", "province", "city", "county", "district", "organisation"})


def tokens_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a part of a sentence, with the sentence's offsets."""
    return [
        Token(token.text, token.start + start, token.end + start, token.word, token.quantity, token.span)
        for token in tokenise(text[start:end], vocabulary)
    ]


def cleaned(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens that say what is measured: without the report's own place, and what leads up to them."""
    kept = [token for token in tokens if token.roles.get("place") not in LEVELS]
    kept = _from_the_last_verb(kept)
    whole = kept
    while kept and (rest := _without_opening(text, kept)) is not None:
        kept = rest
    kept = [t for at, t in enumerate(kept) if not (0 < at < len(kept) - 1 and _is_idle(t))]
    while kept and (_may_end(kept) or (kept[-1].is_stop and kept[-1].text not in CLOSING_MARKS)):
        kept = kept[:-1]
    # 成立 | 30周年: where there is nothing but a verb, that is it.
    verbs = [token for token in whole if token.text in words().verbs and len(token.text) > 1 and not token.roles]
    return kept or verbs


def _may_end(tokens: Sequence[Token]) -> bool:
    """Whether a verb at the end says nothing; one character behind unknown text is a part of that: 量子雷达."""
    last = tokens[-1]
    return last.text in words().trailing and (len(last.text) > 1 or len(tokens) < 2 or not tokens[-2].is_unknown)


def _is_idle(token: Token) -> bool:
    return token.text in _IDLE_WITHIN or token.roles.get("filler") == "adverbs1"


def _without_opening(text: str, tokens: Sequence[Token]) -> list[Token] | None:
    first = tokens[0]
    is_pronoun = first.text == "其" and not text.startswith(("他", "余"), first.end)
    is_own = len(tokens) > 1 and (first.text in words().own or first.roles.keys() & {"change"})
    if is_own or is_pronoun or first.text in words().opening or (first.is_stop and first.text not in _OPENING_MARKS):
        return list(tokens[1:])
    for at, token in enumerate(tokens[1:3], 1):
        if text[first.start : token.end] in words().verbs:
            return list(tokens[at + 1 :])
    if first.is_unknown:
        word = max((word for word in words().verbs if first.text.startswith(word)), key=len, default="")
        if 1 < len(word) < len(first.text):
            return [Token(first.text[len(word) :], first.start + len(word), first.end), *tokens[1:]]
    return None


def _from_the_last_verb(tokens: list[Token]) -> list[Token]:
    """What is measured stands last: of a long clause, what is before some word of the grammar is cut off."""
    while sum(len(token.text) for token in tokens) > _LONGEST_SUBJECT:
        at = next(_grammar(tokens), None)
        if at is None:
            break
        tokens = tokens[at + 1 :]
    return tokens


def _grammar(tokens: Sequence[Token]) -> Iterator[int]:
    return (at for at in range(1, len(tokens) - 1) if tokens[at].roles.get("filler", "")[:4] in ("prep", "verb"))
