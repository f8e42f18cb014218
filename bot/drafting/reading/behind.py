"""Reads what stands behind a figure: what it counts, and how its clause goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .subject_words import tokens_of
from .words import words

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token
    from bot.answering.language.vocabulary import Vocabulary

    from .figures import Figure

_LONGEST_TAIL, _SHORT_TAIL = 20, 8
_TAIL = re.compile(r"[^，。；：！？;,.:!?（）()]*")
_PREDICATE = re.compile(r"[^，。；：！？、;,:!?（）()\d]{1,18}")


def tail_of(text: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """What is counted, where it stands right behind its figure: 482个 | 农家书屋. "" where it does not."""
    clause = _TAIL.match(text, start, end)
    stop = clause.end() if clause else start
    tokens = tokens_of(text, start, stop, vocabulary)
    while tokens and tokens[0].text in ("的", "为", "是"):
        tokens = tokens[1:]
    kept = list(_counted(tokens))
    if stop == end and end < len(text) and kept and tokens[-1].text not in ("和", "、", "及", "与"):
        # Another figure follows in the clause: what leads up to that is not counted by this one.
        kept = kept[: next((at for at, token in enumerate(kept) if at and token.is_unknown), len(kept))]
        kept = kept[:1] if "".join(token.text for token in kept).endswith(words().measures) else kept
    while kept and not (kept[-1].is_content or kept[-1].is_unknown or "aspect" in kept[-1].roles):
        kept.pop()
    found = text[kept[0].start : kept[-1].end] if kept else ""
    rest = text[tokens[0].start : stop].strip() if tokens and stop < end else ""
    if len(found) < 2 <= len(rest) <= _SHORT_TAIL and not tokens[0].roles.keys() & {"change", "filler", "base"}:
        return rest
    return found if 1 < len(found) <= _LONGEST_TAIL else ""


def _counted(tokens: Sequence[Token]) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        is_noun = (token.is_content or token.is_unknown) and "change" not in token.roles
        is_noun = is_noun or (bool(at) and token.roles.get("aspect") == "level")
        if token.text in words().verbs or not (
            is_noun or (at and token.text in "、和“”") or token.roles.get("filler") == "auxiliaries"
        ):
            return
        yield token


def predicate(text: str, figure: Figure) -> str:
    """The rest of the clause behind a figure."""
    match = _PREDICATE.match(text, figure.end)
    return match.group().strip() if match else ""
