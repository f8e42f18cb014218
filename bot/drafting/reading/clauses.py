"""Reads what stands around a figure: what is measured, how it is told, and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answering.language.tokens import Token

from .subject_words import CLOSING_MARKS, LEVELS, cleaned, tokens_of
from .words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

    from .figures import Figure

_NOUNS = ("速", "率", "幅", "幅度", "速度")  # how words of change end that are nouns
_VERSUS = re.compile(r"(?:高于|低于|快于|慢于|高出|低出|超出|大于|小于|好于|优于)(.+)|[比较](.+?)[高低快慢]出?")
_BASE = re.compile(r"(?:比|较|自)(?!重|例|率).+|(?:与|和|同|跟).+(?:相比|比较)|.{2,}(?:以来|相比|比较)")
_AVERAGE = re.compile(
    r"(?:[一二两三四五六七八九十\d]+年)?(?:年均|年平均|平均|复合年|年复合|年均复合)|十年|[两三四五]年"
)
_ADVERBS = re.compile(
    r"(?:净|(?<![平年])均|各|共|又|再|都|也|将|约|还|同步|同口径|大幅|小幅|略有|略|逐年|明显|不断|进一步|累计|名义|实际|继续|由|可)\Z"
)
_SHARE_WORDS = re.compile(r"的?(?:比重|比例|份额|百分比|比率)\Z")
_MULTIPLE_OF = re.compile(r"(?:达到|达|为|是|约为|相当于|等于)([^，。；]{2,14}?)的?(?:近|约|超)?\Z")
_RANK_AMONG = re.compile(
    r"(?:位列|位居|居|列|排名|排在|排|名列|跃居|升至|成为|是)((?:全|[\u4e00-\u9fff])[^，。；]{0,10}?)?的?\Z"
)
_TAKES_UP = re.compile("占(?!比|地|用)[了到据去]?|所占")
_COMPARED = frozenset("比较与和同跟自")
_NAME_GOES_ON = re.compile(r"(?![年至到和与及、])[\u4e00-\u9fff]")


@dataclass
class Lead:
    """What a clause says before a figure.

    `subject`: what is measured, as tokens. `change`: "", up, down or either, with the `word` for it; `base`: what it is
    compared with, as printed (同比, 比2005年); `versus`: the comparison with another thing (高于全市平均水平).
    `share_of`: what the figure is a share of, and `share_word` how that is called. `came`: the level that a change came
    to. `named_change`: the change is a noun (增速为). `among`: of what place a percentage is. `lasting`: the figure is
    how long something went on (连续).
    """

    subject: list[Token] = field(default_factory=list)
    change: str = ""
    word: str = ""
    base: str = ""
    versus: str = ""
    share_of: str = ""
    share_word: str = ""
    multiple_of: str = ""
    rank_among: str = ""
    among: str = ""
    came: bool = False
    named_change: bool = False
    lasting: bool = False


def lead_of(text: str, start: int, figure: Figure, vocabulary: Vocabulary) -> Lead:
    """What the part of a sentence from `start` says of the figure behind it; the tokens have its offsets."""
    before = text[: figure.start]
    tokens = _without_periods(text, tokens_of(text, start, figure.start, vocabulary))
    lead = Lead()
    if figure.family == "times" and (match := _MULTIPLE_OF.search(before, start)):
        lead.multiple_of = match[1]
        tokens = [token for token in tokens if token.end <= match.start()]
    if figure.ordinal and (match := _RANK_AMONG.search(before, start)):
        lead.rank_among = match[1] or ""
        tokens = [token for token in tokens if token.end <= match.start()]
    tokens = _without_trail(tokens, lead)
    if not tokens:
        return lead
    if figure.family == "percent" and tokens[-1].roles.get("place") in LEVELS:
        lead.among = tokens[-1].text
    rest = _versus(text, tokens, lead)
    rest = _lasting(tokens, lead) if rest is None else rest
    rest = _change(text, tokens, lead) if rest is None else rest
    rest = _share(text, tokens, lead) if rest is None else rest
    lead.subject = cleaned(text, tokens if rest is None else rest)
    if lead.came and "".join(token.text for token in lead.subject) in words().verbs:
        lead.subject = []  # 发展到 | 12家
    _leave_the_former(text, lead)
    return lead


def is_bare_year(text: str, token: Token) -> bool:
    """Whether what could be a year is rather a part of a name: 1966产品线."""
    return token.text.isdigit() and bool(_NAME_GOES_ON.match(text, token.end))


def _without_periods(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Without the periods that the figure is of; those that it is compared with stay."""
    pairs = zip([None, *tokens], tokens, strict=False)
    return [
        token
        for before, token in pairs
        if not token.span or (before and before.text in _COMPARED) or is_bare_year(text, token)
    ]


def _versus(text: str, tokens: list[Token], lead: Lead) -> list[Token] | None:
    for at, token in enumerate(tokens):
        match = _VERSUS.fullmatch(text, token.start, tokens[-1].end)
        if match and (match[1] or "change" not in tokens[-1].roles):
            lead.versus, lead.change = match.group().replace(" ", ""), "either"
            return tokens[:at]
    return None


def _lasting(tokens: list[Token], lead: Lead) -> list[Token] | None:
    lead.lasting = tokens[-1].text == "连续"
    return tokens[:-1] if lead.lasting else None


def _change(text: str, tokens: list[Token], lead: Lead) -> list[Token] | None:
    last = tokens[-1]
    if last.roles.get("change", "same") == "same":
        return None
    rest = tokens[:-1]
    noun = last.text.endswith(_NOUNS)
    if not lead.came or noun:
        lead.came = False
        lead.change, lead.word, lead.named_change = last.roles["change"], last.text.removesuffix("了"), noun
    at = next((at for at in range(len(rest)) if _is_base(text, rest[at:])), None)
    if at is not None:
        lead.base = _without_adverbs(text[rest[at].start : rest[-1].end].replace(" ", ""))
        rest = rest[:at]
    while rest and (_ADVERBS.fullmatch(rest[-1].text) or rest[-1].is_stop):
        rest = rest[:-1]
    return rest


def _is_base(text: str, tokens: Sequence[Token]) -> bool:
    stretch = text[tokens[0].start : tokens[-1].end].replace(" ", "")
    return "base" in tokens[0].roles or bool(_BASE.fullmatch(stretch) or _AVERAGE.fullmatch(stretch))


def _without_adverbs(base: str) -> str:
    while (shorter := _ADVERBS.sub("", base)) not in (base, ""):
        base = shorter
    return base


def _share(text: str, tokens: list[Token], lead: Lead) -> list[Token] | None:
    at = next((at for at, token in enumerate(tokens) if _TAKES_UP.match(token.text)), None)
    if at is None:
        return None
    of = _TAKES_UP.sub("", text[tokens[at].start : tokens[-1].end].replace(" ", ""), count=1)
    word = _SHARE_WORDS.search(of)
    lead.share_word = word.group().lstrip("的") if word else "比重"
    lead.share_of = (of[: word.start()] if word else of).rstrip("的")
    return tokens[:at]


def _without_trail(tokens: list[Token], lead: Lead) -> list[Token]:
    """Without the verbs right before the figure; notes whether they tell a level that something came to."""
    whole = tokens[-1] if tokens else None
    verbs = 0
    while tokens:
        last = tokens[-1]
        if verbs and len(last.text) == 1 and len(tokens) > 1 and tokens[-2].is_unknown and not last.is_stop:
            break  # 量子雷达 | 完成
        bare = last.text.removesuffix("了")
        joined = last.text == "有" and len(tokens) > 1 and tokens[-2].text[-1] in "持含占享"
        if (not joined and (last.text in words().trailing or bare in words().trailing)) or (
            last.is_stop and last.text not in CLOSING_MARKS
        ):
            lead.came = lead.came or "came" in last.roles
            verbs += len(last.text) > 1
            tokens = tokens[:-1]
        elif last.is_unknown and (shorter := _without_hedge(last, 1 if last is whole else 2)):
            tokens = [*tokens[:-1], shorter]
        else:
            break
    return tokens


def _without_hedge(token: Token, least: int) -> Token | None:
    """An unknown word without the verb, of at least so many characters, that it ends with."""
    word = max((word for word in words().hedges if token.text.endswith(word)), key=len, default="")
    if not least <= len(word) < len(token.text):
        return None
    return Token(token.text[: -len(word)], token.start, token.end - len(word))


def _leave_the_former(text: str, lead: Lead) -> None:
    """Without what a level came from: 合作社由十年前的 | 不足百个, 发展到目前的 | 1735个."""
    at = next((at for at, token in enumerate(lead.subject) if token.text in ("由", "从") and at), None)
    if at is not None:
        lead.subject, lead.came, lead.change = lead.subject[:at], True, ""
