"""Figures in brackets: another form of the one before them, or of what stands before them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from . import words as w
from .changes import kind_of
from .labels import Told, cleaned
from .memory import Memory, measured_in
from .numbers import Number
from .tokens import Token, said
from .view import Sentence

_ENDS_ITEM = w.AUXILIARIES | {"and", "by", "in", "at", "with", "than", "from"}


def told_in_brackets(sentence: Sentence, at: int, told: Mapping[int, Told], memory: Memory) -> Told:
    """What the figure at a token tells; `told`: what those outside of brackets tell."""
    tokens, last = sentence.tokens, memory.last
    opening = next((i for i in range(at, -1, -1) if tokens[i].text in "(["), None)
    if opening is None:
        return Told(memory.carried(), is_carried=True)
    inside, number = tokens[opening + 1 : at], sentence.number(tokens[at])
    if time := sentence.base_before(tokens[opening].start):  # than in the year before (| 31)
        return Told(last.core, counted=last.counted, extra=time.said)
    kind = _kind(inside, number)
    before = [i for i in range(opening) if tokens[i].is_figure and not tokens[i].in_brackets]
    if before and all(one.is_noun or one.low in ("per", "a") for one in tokens[before[-1] + 1 : opening]):
        return _again(told[tokens[before[-1]].figure], kind, number)
    item = _item_before(tokens, opening)
    clause = next((one for one in sentence.clauses if one.has_verb), None)
    whole = (measured_in(clause) if clause else "") or memory.subject or last.core
    if not kind and clause and clause.main_verb in w.CHANGE_VERBS:
        kind = kind_of(clause.main_verb)
    core = item if item in whole or not whole else f"{whole} in {item}"
    return Told(core, kind or ("level" if last.kind == "share" else last.kind))


def _kind(inside: Sequence[Token], number: Number) -> str:
    if number.sign:
        return "up" if number.sign > 0 else "down"
    changing = w.CHANGE_VERBS | w.CHANGE_NOUNS | {"up", "down"}
    return next((kind_of(one.low) for one in inside if one.low in changing), "")


def _again(told: Told, kind: str, number: Number) -> Told:
    """The figure before in another form: 22,500 (| +1.2%), 998 graduates (| 17.73%)."""
    if told.kind in ("up", "down", "change"):
        return told
    if kind:
        return replace(told.as_level(), kind=kind)
    return replace(told, kind="share") if number.is_percent else told.as_level()


def _item_before(tokens: Sequence[Token], opening: int) -> str:
    """The name before a bracket: Ash (5%), Elm (6%) and Oak (7%)."""
    start = opening
    while start > 0 and not _ends_item(tokens[start - 1]):
        start -= 1
    return cleaned(said(tokens[start:opening]))


def _ends_item(one: Token) -> bool:
    return one.in_brackets or one.is_figure or one.is_sign or one.low in _ENDS_ITEM
