"""Which words of a text name a place: by the gazetteer, by how they end, and with what stands before them."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from .tokens import Token
from .word_lists import listed, sections

_ENDS = sections(Path(__file__).with_name("places.ini"), as_written=True)["ends"]
_KINDS = frozenset(listed(_ENDS["kinds"]))
_OWNERS = frozenset(listed(_ENDS["owners"]))
_INSTITUTIONS, _ZONES = tuple(listed(_ENDS["institutions"])), tuple(listed(_ENDS["zones"]))
_LENGTHS = range(3, 6)  # of the names of places that no gazetteer has
_NAME = 2  # characters before the one that says what kind of place it is


def is_place(token: Token) -> bool:
    """Whether a token names a report's subject, a place of the gazetteer, a level such as 全省, or ends so: 东屏省."""
    if token.is_unknown:
        return len(token.text) in _LENGTHS and token.text[-1] in _KINDS
    return "subject" in token.roles or "place" in token.roles


def is_zone(token: Token) -> bool:
    """Whether a token names a part of a place that is run by itself: 开发区."""
    return token.is_content and token.text.endswith(_ZONES)


def place_at(tokens: Sequence[Token], at: int) -> Token | None:
    """The place that ends with a token, with what of its name stands before that; None for none.

    集团 alone is the report's own, 天福集团 is another one. So is the end of the name of a report's subject, such as
    医院, behind another name or place than its own.
    """
    token, before = tokens[at], tokens[at - 1] if at else None
    if not (token.is_unknown or is_place(token) or token.text.endswith(_INSTITUTIONS)):
        return None  # as most are
    if before is None or before.end != token.start:
        return token if is_place(token) else None
    if token.is_unknown and token.text in _KINDS and (name := _name_before(tokens, at)):
        return _joined(*name, token)
    if _ends_a_place(before, token):
        return _joined(before, token)
    if not is_place(token):
        return None
    is_named = before.is_unknown and len(before.text) > 1 and token.roles.get("place") == "organisation"
    label = token.roles.get("ending")
    # 全球银行 are all of them, and no other one.
    is_name = before.is_unknown or ("place" in before.roles and not before.text.startswith("全"))
    is_another = label is not None and is_name and before.text not in label
    return _joined(before, token) if is_named or is_another else token


def _ends_a_place(before: Token, token: Token) -> bool:
    """Whether a token ends the name of a place or of an institution of one: 望|海市, 省|图书馆."""
    if not before.is_unknown or len(before.text) > 1:
        return False
    is_city = token.is_unknown and len(token.text) > 1 and token.text[-1] in _KINDS
    is_institution = "subject" not in token.roles and token.text.endswith(_INSTITUTIONS)
    return is_city or (before.text in _OWNERS and is_institution)


def _name_before(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """What the name of a place begins with whose last character is apart: 石 | 桥 | 县, 青山 | 县; () for none."""
    for first in range(max(at - _NAME, 0), at):
        name = tokens[first:at]
        is_one = all(one.end == behind.start for one, behind in pairwise(tokens[first : at + 1]))
        is_short = sum(len(one.text) for one in name) <= _NAME
        are_names = all(one.is_unknown or (one.is_content and len(one.text) == 1) for one in name)
        if is_one and is_short and are_names and any(one.is_unknown for one in name):
            return name
    return ()


def _joined(*tokens: Token) -> Token:
    return Token("".join(one.text for one in tokens), tokens[0].start, tokens[-1].end)
