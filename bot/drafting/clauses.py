"""Reads what stands before a figure: what is measured, how it is told, and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import sections

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

    from .figures import Figure

_NOUNS = ("速", "率", "幅", "幅度", "速度")  # how words of change end that are nouns
_VERSUS = re.compile(r"(?:高于|低于|快于|慢于|高出|低出|超出|大于|小于|好于|优于)(.+)|[比较](.+?)[高低快慢]出?")
_BASE = re.compile(r"(?:比|较|与|和|同|跟|自)(?!重|例|率).+|.*(?:以来|相比)")
_AVERAGE = re.compile(r"(?:[一二两三四五六七八九十\d]+年)?(?:年均|年平均|平均)|十年|[两三四五]年")
_ADVERBS = re.compile(
    r"(?:分别|净|(?<![平年])均|各|共|又|再|都|也|将|约|还|同步|同口径|大幅|小幅|略有|略|逐年|明显|不断|进一步|累计|名义|实际|继续|由|可)\Z"
)
_SHARE_WORDS = re.compile(r"(?:的)?(?:比重|比例|份额|百分比|比率)\Z")
_MULTIPLE_OF = re.compile(r"(?:达到|达|为|是|约为|相当于|等于)([^，。；]{2,14}?)的?(?:近|约|超)?\Z")
_RANK_AMONG = re.compile(
    r"(?:位列|位居|居|列|排名|排在|排|名列|跃居|升至)((?:全|[\u4e00-\u9fff])[^，。；]{0,10}?)?的?\Z"
)
_LONGEST_SUBJECT = 32


@dataclass
class Lead:
    """What a clause says before a figure.

    `subject`: what is measured, as tokens. `change`: "", up, down or either, with the `word` for it; `base`: what it is
    compared with, as printed (同比, 比2005年); `versus`: the comparison with another thing (高于全市平均水平).
    `share_of`: what the figure is a share of, and `share_word` how that is called. `came`: the level that a change came
    to. `named_change`: the change is a noun (增速为). `spans`: the periods that it names.
    """

    subject: list[Token] = field(default_factory=list)
    change: str = ""
    word: str = ""
    base: str = ""
    versus: str = ""
    share_of: str = ""
    share_word: str = ""
    came: bool = False
    named_change: bool = False
    multiple_of: str = ""
    rank_among: str = ""
    lasting: bool = False
    spans: list[Token] = field(default_factory=list)

    @property
    def is_share(self) -> bool:
        return bool(self.share_word)


class Words:
    """The lists of words.ini."""

    def __init__(self) -> None:
        found = sections(Path(__file__).parent / "words.ini")
        listed = {
            (section, name): frozenset(word.strip() for word in value.split(","))
            for section, names in found.items()
            for name, value in names.items()
        }
        self.conjunctions = listed["lead", "conjunctions"]
        self.opening = listed["lead", "conjunctions"] | listed["lead", "adverbs"] | listed["lead", "verbs"]
        self.verbs = listed["lead", "verbs"] | listed["lead", "adverbs"]
        self.trailing = listed["trail", "verbs"]
        self.hedges = listed["trail", "hedges"]
        self.generic = listed["generic", "names"]
        self.measures = tuple(listed["measures", "ends"])


@lru_cache(maxsize=1)
def words() -> Words:
    """Those of the package, read once."""
    return Words()


def lead_of(text: str, start: int, figure: Figure, vocabulary: Vocabulary) -> Lead:
    """What the part of a sentence from `start` says of the figure behind it; the tokens have its offsets."""
    end = figure.start
    tokens = [
        Token(token.text, token.start + start, token.end + start, token.word, token.quantity, token.span)
        for token in tokenise(text[start:end], vocabulary)
    ]
    lead = Lead(spans=[token for token in tokens if token.span])
    tokens, came = _without_trail(tokens)
    if figure.family == "times" and (match := _MULTIPLE_OF.search(text[:end], start)):
        lead.multiple_of = match[1]
        tokens = [token for token in tokens if token.end <= match.start()]
    if figure.ordinal and (match := _RANK_AMONG.search(text[:end], start)):
        lead.rank_among = match[1] or ""
        tokens = [token for token in tokens if token.end <= match.start()]
    if not tokens:
        lead.came = came
        return lead
    rest = (
        _versus(text, tokens, lead)
        or _lasting(tokens, lead)
        or _change(text, tokens, lead, came=came)
        or _share(text, tokens, lead)
        or tokens
    )
    if rest is not tokens and rest and rest[0].text == "":
        rest = []
    lead.subject = _cleaned(text, rest)
    return lead


def written(text: str, tokens: Sequence[Token]) -> str:
    """The text of tokens as it stands in the sentence, without what was left out between."""
    return "".join(text[token.start : token.end] for token in tokens)


_NOTHING = [Token("", 0, 0)]


def _versus(text: str, tokens: list[Token], lead: Lead) -> list[Token] | None:
    for at, token in enumerate(tokens):
        match = _VERSUS.fullmatch(text, token.start, tokens[-1].end)
        if match and (match[1] or "change" not in tokens[-1].roles):
            lead.versus = match.group()
            lead.change = "either"
            return tokens[:at] or _NOTHING
    return None


def _lasting(tokens: list[Token], lead: Lead) -> list[Token] | None:
    """连续 before a number of years."""
    lead.lasting = tokens[-1].text == "连续"
    return (tokens[:-1] or _NOTHING) if lead.lasting else None


def _change(text: str, tokens: list[Token], lead: Lead, *, came: bool) -> list[Token] | None:
    last = tokens[-1]
    if "change" not in last.roles or last.roles["change"] == "same":
        return None
    rest = tokens[:-1]
    noun = last.text.endswith(_NOUNS)
    if came and not noun:
        lead.came = True
    else:
        lead.change, lead.word, lead.named_change = last.roles["change"], text[last.start : last.end], noun
    bases: list[Token] = []
    for at, token in enumerate(rest):
        stretch = text[token.start : rest[-1].end]
        if "base" in token.roles or _BASE.fullmatch(stretch) or _AVERAGE.fullmatch(stretch):
            bases, rest = rest[at:], rest[:at]
            break
    if bases:
        base = text[bases[0].start : bases[-1].end]
        while (shorter := _ADVERBS.sub("", base)) != base and shorter:
            base = shorter
        lead.base = base
    while rest and (_ADVERBS.fullmatch(rest[-1].text) or rest[-1].is_stop):
        rest = rest[:-1]
    return rest or _NOTHING


def _share(text: str, tokens: list[Token], lead: Lead) -> list[Token] | None:
    at = next((at for at, token in enumerate(tokens) if token.text.startswith("占") and "aspect" in token.roles), None)
    if at is None:
        return None
    behind = tokens[at + 1 :]
    of = text[behind[0].start : behind[-1].end] if behind else ""
    word = _SHARE_WORDS.search(of)
    lead.share_word = word.group().lstrip("的") if word else "比重"
    lead.share_of = (of[: word.start()] if word else of).rstrip("的")
    return tokens[:at] or _NOTHING


def _without_trail(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Without the verbs right before the figure; and whether they tell a level that something came to."""
    trailing = words().trailing
    came = False
    whole = tokens[-1] if tokens else None
    while tokens:
        last = tokens[-1]
        if last.is_stop or last.text in trailing or last.text.isspace():
            came = came or "came" in last.roles
            tokens = tokens[:-1]
        elif last.is_unknown and last is whole and (cut := _shortened(last)) is not None:
            tokens = [*tokens[:-1], cut]
        else:
            break
    return tokens, came


def _shortened(token: Token) -> Token | None:
    """An unknown word without the verb that it ends with."""
    word = max((word for word in words().hedges if token.text.endswith(word)), key=len, default="")
    if not word or len(word) == len(token.text):
        return None
    return Token(token.text[: -len(word)], token.start, token.end - len(word))


def _cleaned(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens that say what is measured: without periods, the report's own place, and what leads up to them."""
    kept = [token for token in tokens if not token.span and token.roles.get("place") not in _LEVELS]
    kept = [token for token in kept if "subject" not in token.roles]
    kept = _from_the_last_clause(kept)
    while kept:
        first = kept[0]
        if first.text in words().opening or (first.is_stop and first.text not in '“"‘《(') or first.text == "的":
            kept = kept[1:]
        elif first.is_unknown and (cut := _unopened(first)):
            kept = [cut, *kept[1:]]
        else:
            break
    kept = [
        token
        for at, token in enumerate(kept)
        if not (0 < at < len(kept) - 1 and token.text in ("实现", "完成", "达到", "共有", "拥有", "为"))
    ]
    while kept and (kept[-1].text in words().trailing or (kept[-1].is_stop and kept[-1].text not in '”"’》)')):
        kept = kept[:-1]
    return kept


_LEVELS = frozenset({"any", "country", "province", "city", "county", "district", "organisation"})


def _unopened(token: Token) -> Token | None:
    word = max((word for word in words().verbs if token.text.startswith(word)), key=len, default="")
    if len(word) < 2 or len(word) == len(token.text):
        return None
    return Token(token.text[len(word) :], token.start + len(word), token.end)


def _from_the_last_clause(tokens: list[Token]) -> list[Token]:
    """What is measured stands last: what is far before it is cut off where a word of the grammar stands."""
    while sum(len(token.text) for token in tokens) > _LONGEST_SUBJECT:
        at = next(
            (at for at, token in enumerate(tokens[1:-1], 1) if token.roles.get("filler", "")[:4] in ("prep", "verb")),
            None,
        )
        if at is None:
            break
        tokens = tokens[at + 1 :]
    return tokens
