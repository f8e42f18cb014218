"""The words of a message as reports would write them, without the courtesies around it, and who says them."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.answering.language.tokens import COURTESIES, Token
from bot.answering.matching import coordination
from bot.answering.matching.entries import TOTAL, Entry, Sense, concepts_of
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.parts import Part, covered, share_of

# What the label says in these characters, or by this very word, or as a kind of it; what other names say; and, at
# least, the sentence.
EXACT: Final = 1.1
CALLED: Final = 1.0
NAMED: Final = 0.9
AROUND: Final = 0.1
OR: Final = ("或", "or")
_COURTESIES: Final = COURTESIES | {"particles"}


def spoken(tokens: Sequence[Token]) -> list[Token]:
    """The words of a message without signs and courtesies; what does something in a conversation is none of these."""
    said = [token for token in tokens if not token.is_stop]
    return [t for t in said if t.roles.get("filler") not in _COURTESIES or t.roles.keys() & {"follow", "claim", "talk"}]


def joined(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """Tokens as text, with where each starts in it; a space follows what is written in Latin letters."""
    text, starts = "", list[int]()
    for token in tokens:
        starts.append(len(text))
        text += token.text + " " * (token.text.isascii() and token.text[-1].isalnum())
    return text, starts


def share(part: Part, entry: Entry, index: Index) -> float:
    """How far a fact says a word, or of a whole any part of it: 第二产业 of 三次产业."""
    return shares_of(part, index)(entry)


def _senses_of(part: Part, index: Index) -> list[Sense]:
    """The senses of a word, with those of the parts of what it says, and of the two that it joins: 进口 of 进出口."""
    wholes = index.vocabulary.parts
    parts = ((m,) for sense in part.senses if len(sense) == 1 for m in wholes.get(sense[0], ()))
    return [*part.senses, *parts, *((one,) for one in part.token.roles.get("pair", "").split())]


def saying(part: Part, index: Index) -> set[int]:
    """The numbers of all facts that may say a word at all: most say none of its concepts and characters."""
    concepts = {concept for sense in _senses_of(part, index) for concept in sense}
    numbers = index.having_pairs(part.token.text, all_of_them=False)
    return numbers.union(*map(index.shares, concepts))


def shares_of(part: Part, index: Index) -> Callable[[Entry], float]:
    """How far each of many facts says a word."""
    text, senses = part.token.text, _senses_of(part, index)
    is_word = text.isascii() and (text.isalpha() or text.isdigit())  # but no code, such as 5G
    is_literal = len(text) > 1 and not (is_word or part.token.quantity)  # 10万 is no part of 110万
    shares = [list(map(index.shares, sense)) for sense in part.senses]

    def share_of_entry(entry: Entry) -> float:
        if is_literal and text in entry.label:
            return EXACT
        best = share_of(shares, entry.number)
        if entry.names:
            label = entry.names[0]
            if best == 1 and any(sense in token.senses for token in label.tokens for sense in part.senses):
                return EXACT
            if any(label.concepts.issuperset(sense) for sense in senses):
                return CALLED
        literal = covered(text, entry.text) if best < NAMED and (is_literal or not part.known) else 0.0
        return min(max(best, literal), NAMED)

    return share_of_entry


def covered_label(entry: Entry, said: frozenset[str], text: str = "", *, in_part: bool = False) -> float:
    """How much of the label of a fact some concepts say, or a text, 0..1; all of it where it has none.

    `in_part`: a text that has a part of a word says as much of it. What a share is of counts for nothing.
    """
    if not entry.names:
        return 1.0
    label = entry.names[0]
    whole = entry.whole if "share" in entry.aspect.forms else ""
    tokens = [token for token in label.tokens if token.text not in whole]
    got = 0.0
    for token in tokens:
        is_said = token.text in text or any(said.issuperset(sense) for sense in token.senses)
        got += token.weight * (1.0 if is_said else covered(token.text, text) * in_part)
    return got / (sum(token.weight for token in tokens) or 1.0)


def is_said(entry: Entry, asked: Observation, least: float) -> bool:
    """Whether a question says as much of the label of a fact, whatever else it says."""
    return covered_label(entry, frozenset(concepts_of(asked.content))) >= least


def is_headed(entry: Entry, said: frozenset[str]) -> bool:
    """Whether some concepts say the word of a fact's label that says what it is: 余额 of 存款余额, wages of farmers."""
    words = [token for token in entry.names[0].tokens if token.text != TOTAL] if entry.names else []
    head = words[:1] if entry.label.isascii() else words[-1:]
    return any(said.issuperset(sense) for word in head for sense in word.senses)


def between_joins(tokens: Sequence[Token]) -> list[list[Token]]:
    """The stretches of tokens between those that join things."""
    stretches: list[list[Token]] = [[]]
    for token in tokens:
        if is_join(token):
            stretches.append([])
        else:
            stretches[-1].append(token)
    return stretches


def is_join(token: Token) -> bool:
    """Whether things stand before and behind a word side by side."""
    return coordination.is_join(token) or token.text in OR


# ---- numbers, as people say them in talk

_END: Final = "(?=[吧吗么嘛了对是,?!。]|$)"
_NUMBER: Final = "[0-9一二两三四五六七八九十百]+"
# Of each wording the characters one of which it has in it, how it is said, and how it is written. Few messages have any
# of them, and most patterns are never made.
_WORDINGS: Final = (
    # 上亿, 过万, 破千亿: a scale without a number is one of it.
    ("万亿千百", "(?<=[上过破超近])(?=[十百千]?[万亿]|[千百](?![分]))", "一"),
    ("点", f"个(多?)点{_END}", r"个\1百分点"),
    ("两", "两成(?=[一二三四五六七八九])", "二成"),
    ("比", f"({_NUMBER})比[一1](?=左右|上下|以[上下]|{_END})", r"\1"),  # 生师比是十八比一吧
    ("成", "([一二三四五六七八九])成([一二三四五六七八九])", r"百分之\1十\2"),
    ("半", "(?:超过)?一?[大多]半(?!年)", "超过一半"),
    ("口", f"({_NUMBER})口(多?)(?=人)", r"\1\2"),
    ("排居列", "([排居列])(?:在|名|到)?第一(?=[名位]?了?[吧吗么,])", r"\1第1位"),
    ("超高", "(?:超过|超出|高于)((?:[0-9]{4}年|去年|上年)(?:同期)?)了?(?:的?水平)?了?(?=吧|吗|,|$)", r"比\1多了"),
    # 不到人口的一半 is less than half
    # 哪些增长了，2021年的也要: what is to be listed as well is in the list.
    ("也都", f"(?<=[,?])[^,?]{{1,14}}[也都](?:要|列|给|报|写|算|说|带|附|加)(?:[上下出进]来?|进去|在内)?{_END}", ""),
    # 都说说吧 is no claim
    ("吧", f"((?:说说|讲讲|看看|查查|给我|[列说讲报查念](?:出来?|一下|一遍)?)[^,?]{{0,2}})吧{_END}", r"\1"),
    ("比", "(?<![年期月相])(?:相?比(?:较|一比|起来)?|对比),?(?=[哪谁])", ","),
    ("几", "哪几(?=[笔款处条届批宗](?:[^a-z]|$))", "哪些"),
    ("半成%分", f"(不到|不足|超过|多于|少于)([^,0-9]{{2,8}})的(?=一?半|{_NUMBER}成|百分之|[0-9.]+%)", r"\2的\1"),
    ("(", r"\([\u4e00-\u9fff]{1,2}\)(?=[、,和与及])", ""),  # 服务中心（站）、卫生室
    ("不除", ",(?:[^,]{1,8}(?:不[算计要]|除外)|(?:不[要含算]|不包括)[^,]{1,8})$", ""),
    ("百", "(?<=[用以按])百分[比数率](?=来?[算计表])", "%"),
    ("负", f"是负[的数值]{_END}", "低于0,"),
    ("正", f"是正[的数值]{_END}", "高于0,"),
    ("负", f"[是为]负增长了?{_END}", "下降了"),
    # but 有5家赔钱 tells how many do
    ("亏赔", rf"^((?:(?!有{_NUMBER}[个家只户所]).)*?)是?(?:亏损|亏钱|赔钱)[的了]*{_END}", r"\1盈亏低于0,"),
    ("盈赚", rf"^((?:(?!有{_NUMBER}[个家只户所]).)*?)是?(?:盈利|赚钱)[的了]*{_END}", r"\1盈亏高于0,"),
    # but no 翻番企业数
    ("翻", "(?!^翻(?:一番|一?倍|番)(?![了的吧吗?,]|$))翻了?(?:一番|一?倍|番)了?", "增长了至少一倍"),
    ("位", "(?:两|2)位数", "至少10"),
    ("h", r"\bhalf an? (million|billion)\b", r"0.5 \1"),
    ("m", r"\ban? (million|billion)\b", r"1 \1"),
    ("m", r"\b(?:the majority of|most of|most)(?= [a-z ]+(?:were|was|are|is)\b)", "over half of"),
    ("进", f"[排冲挤闯]?进入?[到了]?(全.)?前({_NUMBER})[名位强]?", r"\1至多第\2位"),
)
_SEVERAL: Final = 3
_NUMERALS: Final = "一二三四五六"
# 东中西部, 一、二、三产业, 一到四线; 三四线 may be one thing.
_ENDS_ALIKE: Final = re.compile(
    f"(?<![十百千])((?:第?[{_NUMERALS}][、到至和]?){{2,6}}|(?:[东中西]、?){{3}})(部|线|级|类|产业?|季度)"
)


def as_written(text: str) -> str:
    """A normalised message with its numbers as reports write them, and each of several things with its ending."""
    characters = set(text)
    for needed, said, written in _WORDINGS:
        if not characters.isdisjoint(needed):
            text = re.sub(said, written, text)
            characters = set(text)
    return _ENDS_ALIKE.sub(_with_its_ending_each, text)


def _with_its_ending_each(several: re.Match[str]) -> str:
    said, ending = several.groups()
    names = re.sub("[、到至和第]", "", said)
    if re.search("[到至]", said):
        names = _NUMERALS[_NUMERALS.index(names[0]) : _NUMERALS.index(names[-1]) + 1]
    if len(names) == len(said) < _SEVERAL:
        return several[0]
    return "、".join("第" * said.startswith("第") + name + ending for name in names)
