"""Cuts text into tokens: the words of a vocabulary, numbers, periods, and what is left."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from .ages import age_groups
from .dictionary import chinese_words
from .english import stem
from .numerals import ENGLISH_NUMBERS, ENGLISH_ORDINALS, ENGLISH_SCALES, any_of
from .periods import EN_MONTHS, MONTHS, Span, named, spans
from .quantities import Quantity, quantities
from .vocabulary import SHORT, Vocabulary, Word

_UNIT = re.compile(r"[a-z](?:[a-z0-9&]|['’](?=[a-z]))*|\S")
_CODE = re.compile(r"(?<![a-z0-9])(?:(?:[a-z]+[0-9]|[0-9]+[a-z])[a-z0-9]*(?:\.[0-9]+)?|[0-9]{4})(?![a-z0-9])")
# Whatever a quantity, a period or a code begins with or has in it.
_OTHERS = ("half", "twice", "an? ", "end of ", "hundred")
_NUMERAL = re.compile("[0-9一二两三四五六七八九十百千万亿零〇季半过](?:(?<![半过])|(?<=半)数|(?<=过)半)")
_NUMERALS = frozenset("一二两三四五六七八九十百千万亿零半")
_FIGURE_WORD = re.compile(any_of([*_OTHERS, *ENGLISH_NUMBERS, *ENGLISH_ORDINALS, *ENGLISH_SCALES, *MONTHS]))
_STOPS = frozenset(",，。.!！?？;；:：、()（）“”\"'‘’「」『』《》〈〉【】〔〕[]{}—…~～/|·•-")
# The classes of fillers that lead up to a question, or end it: 请问, 在线等.
COURTESIES = frozenset("interjections politeness address intro asking requests en_asking1 en_asking2".split())
_OPENING = frozenset("“「『《")
_LAST_JOINS = frozenset(["and", "or"])
# What a token costs: fewer, longer tokens win, a term beats words of grammar and everyday talk, and a word of one
# character hardly beats unknown text.
_CODE_COST, _PERIOD_COST, _FIGURE_COST, _WORD_COST, _OTHER_WORD_COST, _NUMERAL_COST = 15, 16, 18, 20, 21, 22
_SINGLE_COST, _UNKNOWN_COST = 28, 32
_SUBJECT_COST = 19  # 住房公积金|缴存额 where the report is on that, and no 住房|公积金缴存额
# What the dictionary has is a word, but one of which nothing is known: it costs less than its characters.
_SHORTEST_ENTRY, _LONGEST_ENTRY, _ENTRY_COST = 2, 4, 36
# 几家电影院 asks for 电影院 and no 家电: right behind these, what counts is a measure word first.
_HOW_MUCH = "多少"
HOW_MANY = ("几", _HOW_MUCH)
_COUNTING_COST = 17
_IN_WORDS = frozenset("增减升降")  # 增容, 升级: characters of change that many words begin with
_NO_NAMES = frozenset("只像把想被让给没不都就还再又也要算随说看问听")  # characters of talk, in names of hardly anything
KINDS_OF_PLACES = frozenset("省市县区州镇乡村")
_ENGLISH_WORD = re.compile("[A-Za-z]{3,}")
_CAPITAL = re.compile(r"(?<=[a-z,'’0-9] )([A-Z][A-Za-z]{2,})")


@dataclass(eq=False, slots=True)
class Token:
    """A stretch of normalised text.

    `word`: what the vocabulary says of it, None for a figure and for unknown text; `roles`: those of the word.
    `is_content`: the vocabulary knows it for something that may be measured. `is_proper`: it is the name of somebody
    or something, by how it is written or by the dictionary. `is_entry`: the dictionary has it, and the vocabulary does
    not.
    """

    text: str
    start: int
    end: int
    word: Word | None = None
    quantity: Quantity | None = None
    span: Span | None = None
    is_proper: bool = False
    is_entry: bool = False
    roles: Mapping[str, str] = field(init=False)
    is_stop: bool = field(init=False)
    is_content: bool = field(init=False)
    is_unknown: bool = field(init=False)

    def __post_init__(self) -> None:
        # Each is looked at some ten times, by which properties would cost twice as much.
        word = self.word
        self.roles = word.roles if word else _NO_ROLES
        self.is_stop = self.text in _STOPS
        self.is_content = word is not None and bool(word.senses or word.everyday)
        self.is_unknown = word is None and self.quantity is None and self.span is None and not self.is_stop


ANY_CURRENCY = frozenset("元 万元 亿元 块 块钱".split())  # in which money is counted, whichever it is
SCALES = frozenset(["个", "来", "十", "百", "千", "万", "亿", "每", "一", "两", "这", "那"])
_NO_ROLES: Mapping[str, str] = {}
# From where an edge leads, what the way costs, and what stands there: a word, a token made already, or unknown text.
_Edge = tuple[int, int, "Word | Token | None"]


def tokenise(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of normalised text in its order; neighbouring characters that nothing knows are one token."""
    word = vocabulary.words.get(text)
    if word and len(text) > 1 and not text.isascii() and first_figure(text) == len(text):
        return _joined(text, [_token(text, 0, len(text), word)])  # no two tokens cost less
    units = [match.span() for match in _UNIT.finditer(text)]
    figures = _figures(text, units, vocabulary)
    behind_at = {end: at for at, (_, end) in enumerate(units, 1)}
    costs = [0, *[_UNKNOWN_COST * len(units) + 1] * len(units)]
    ways: list[tuple[int, Word | Token | None]] = [(0, None)] * (len(units) + 1)
    for at, (start, _) in enumerate(units):
        first, so_far = text[start], costs[at]
        edges: list[_Edge] = [(at + 1, 0 if first in _STOPS else _UNKNOWN_COST, None)]
        if first not in _STOPS:
            if at in figures:
                edges = figures[at] + edges
            if "a" <= first <= "z":
                edges += _phrases(text, units, at, vocabulary)
            edges += _words(text, start, behind_at, vocabulary)
        for behind, cost, found in edges:
            if so_far + cost < costs[behind]:
                costs[behind], ways[behind] = so_far + cost, (at, found)
    tokens: list[Token] = []
    behind = len(units)
    while behind:
        at, found = ways[behind]
        tokens.append(_token(text, units[at][0], units[behind - 1][1], found))
        behind = at
    return _joined(text, tokens[::-1])


def enumerated(tokens: list[Token]) -> list[Token]:
    """The tokens of a question with 、 for the commas of an English enumeration: wheat, rice and maize."""
    last = max((at for at, token in enumerate(tokens) if token.text in _LAST_JOINS), default=0)
    first = next((at for at, token in enumerate(tokens[:last]) if token.text == ","), last)
    if first == last or any("ask" in token.roles for token in tokens[first:]):
        return tokens
    found = [replace(t, text="、") if t.text == "," and at < last else t for at, t in enumerate(tokens)]
    # Where a comma stands before the last join as well, it says no more than that.
    return [one for one, behind in pairwise(found) if one.text != "、" or behind.text not in _LAST_JOINS] + found[-1:]


def _token(text: str, start: int, end: int, found: Word | Token | None) -> Token:
    if isinstance(found, Token):
        return found
    period = found.roles.get("period") if found else None
    return Token(text[start:end], start, end, found, span=named(period, start, end) if period else None)


@lru_cache(maxsize=64)
def first_figure(text: str) -> int:
    """Where numbers, periods or codes may begin in a text; its length where it has none.

    English ones may begin with words before the number, such as `by the end of` a month.
    """
    # One by one, as each is found several times as fast as either of them.
    numeral, word = _NUMERAL.search(text), _FIGURE_WORD.search(text)
    start = numeral.start() if numeral else len(text)
    return 0 if word and word.start() < start else start


def _figures(text: str, units: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> dict[int, list[_Edge]]:
    """The quantities, the periods, and the names of letters and digits such as 5a, by the unit that they start at."""
    if first_figure(text) == len(text):
        return {}
    tokens = [Token(text[s.start : s.end], s.start, s.end, span=s) for s in spans(text)]
    tokens += [Token(text[q.start : q.end], q.start, q.end, quantity=q) for q in quantities(text)]
    tokens += [Token(text[a.start : a.end], a.start, a.end, Word(((a.name,),))) for a in age_groups(text)]
    codes = [(match.span(), word) for match in _CODE.finditer(text) if (word := vocabulary.words.get(match.group()))]
    found: dict[int, list[_Edge]] = {}
    if not (tokens or codes):
        return found
    starts = {start: at for at, (start, _) in enumerate(units)}
    ends = {end: at for at, (_, end) in enumerate(units, 1)}
    for token in tokens:
        first, behind = starts.get(token.start), ends.get(len(text[: token.end].rstrip()))
        # What is both is rather a period or an age than a number, and rather a word than a number in characters: 三级.
        number = _FIGURE_COST if token.text[0].isascii() else _NUMERAL_COST
        if first is not None and behind is not None:
            found.setdefault(first, []).append((behind, number if token.quantity else _PERIOD_COST, token))
    for (start, end), word in codes:
        behind = next((at for at, unit in enumerate(units) if unit[0] >= end), len(units))
        found.setdefault(starts[start], []).append((behind, _CODE_COST, word))
    return found


def _words(text: str, start: int, behind_at: Mapping[int, int], vocabulary: Vocabulary) -> list[_Edge]:
    """The names that start here and are written without spaces."""
    found: list[_Edge] = []
    words = vocabulary.words
    for length in vocabulary.lengths.get(text[start : start + 3], SHORT):
        word = words.get(name := text[start : start + length])
        if word is None or not (behind := behind_at.get(start + length)) or name.isascii():
            continue
        if length > 1 and _cuts_a_number(text, start, start + length, word, vocabulary):
            continue
        is_counting = length == 1 and "unit" in word.roles and text[:start].endswith(HOW_MANY)
        found.append((behind, _COUNTING_COST if is_counting else _cost(word, length), word))
    entries = chinese_words()
    for end in range(start + _SHORTEST_ENTRY, min(start + _LONGEST_ENTRY, len(text)) + 1):
        name = text[start:end]
        if name in entries and name not in words and end in behind_at and not _consists_of(name, words):
            found.append((behind_at[end], _ENTRY_COST, Token(name, start, end, is_entry=True)))
    return found


def _cuts_a_number(text: str, start: int, end: int, word: Word, vocabulary: Vocabulary) -> bool:
    """Whether a word has a part of how much there is: 士多 of 护士多少, 成了 of 几成了, 成都 of 五成都不到."""
    before = text[start - 1] if start else ""
    if (word.senses or word.everyday) and (text.startswith(_HOW_MUCH, end - 1) or before + text[start] == _HOW_MUCH):
        return True
    if before not in _NUMERALS and before != "几":
        return False
    first = vocabulary.words.get(text[start])
    is_counted = first is not None and "unit" in first.roles
    is_city = word.roles.get("place", "").isdigit()  # the gazetteer has places by their codes
    return is_counted and (is_city or before + text[start] == "几成")


def _consists_of(name: str, words: Container[str]) -> bool:
    """Whether some words fill a name without a gap."""
    for at in range(1, len(name)):
        if name[:at] in words or (at == 1 and name[0] in _NUMERALS):
            rest = name[at:]
            if rest in words or _consists_of(rest, words):
                return True
    return False


def _phrases(text: str, units: Sequence[tuple[int, int]], at: int, vocabulary: Vocabulary) -> Iterator[_Edge]:
    """The English names that start here."""
    stems: list[str] = []
    for behind in range(at + 1, len(units) + 1):
        first, end = units[behind - 1]
        if text[first:end] == "-":
            continue  # it does not end a name
        if not "a" <= text[first] <= "z":
            return
        stems.append(stem(text[first:end]))
        if word := vocabulary.words.get(" ".join(stems)):
            yield behind, _cost(word, 2), word
        if len(stems) >= vocabulary.most_words.get(stems[0], 1):
            return


def _cost(word: Word, length: int) -> int:
    if "period" in word.roles:
        return _PERIOD_COST
    if length == 1:
        return _SINGLE_COST
    if "subject" in word.roles:
        return _SUBJECT_COST
    return _WORD_COST if word.senses or "place" in word.roles else _OTHER_WORD_COST


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """With neighbouring unknown characters as one token; Latin words stay apart."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if _is_stray_unit(token, last):
            token = Token(token.text, token.start, token.end)  # noqa: PLW2901 - the same characters, without a meaning
        is_part = token.is_unknown and not token.is_entry and not token.text.isascii()
        # 增 and 升 may tell of a change, but not those of 增容 and 升级.
        goes_on = last is not None and not last.is_entry and (last.is_unknown or last.text in _IN_WORDS)
        goes_on = goes_on and not is_kind_of_place(joined, len(joined) - 1)
        if last and is_part and goes_on and last.end == token.start:
            joined[-1] = Token(text[last.start : token.end], last.start, token.end)
        else:
            joined.append(token)
    return joined


def is_kind_of_place(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token asks for places of a kind, and is no part of a longer word: 哪个区 | 人最多."""
    return at > 0 and tokens[at].text in KINDS_OF_PLACES and "ask" in tokens[at - 1].roles


def _is_stray_unit(token: Token, before: Token | None) -> bool:
    """Whether a measure word stands where nothing is counted, and so is a part of some word."""
    if token.word is None or token.is_content or token.roles.keys() != {"unit"}:
        return False
    if token.roles["unit"] == "money" and token.text not in ANY_CURRENCY:
        return False  # a currency is named, whatever stands before it
    # 步道 公里 asks in a unit.
    is_apart = len(token.text) > 1 and before is not None and before.end < token.start and not token.text.isascii()
    counted = before is not None and ("ask" in before.roles or before.quantity or before.text in SCALES)
    return not (counted or is_apart)


# ---- which tokens are names of persons, firms, works and places


def with_proper_names(tokens: Sequence[Token], text: str) -> list[Token]:
    """Tokens of a question with proper names marked, by the dictionary, or by how they are written; `text`: as it was.

    These are English words with a capital and what stands in quotation marks, too, and what no dictionary has where a
    Chinese question begins with it; elsewhere people have many ways to say a thing.
    """
    capitals = _capitals(text)
    found: list[Token] = []
    is_quoted = False
    for token in tokens:
        name, is_proper = token.text, False
        is_quoted = name in _OPENING if token.is_stop else is_quoted
        if name in capitals or is_quoted:
            is_proper = token.is_unknown or token.is_content
        elif token.is_unknown and len(name) > 1 and not name.isascii():
            begins = _NO_NAMES.isdisjoint(name) and all(one.span for one in found)
            is_proper = chinese_words().get(name, begins)
        found.append(replace(token, is_proper=True) if is_proper else token)
    return found


def _capitals(text: str) -> frozenset[str]:
    """The English words that a text begins with a capital though no sentence does; none where all words are."""
    words = _ENGLISH_WORD.findall(text)
    if not any(map(str.islower, words)):
        return frozenset()
    return frozenset(match[1].casefold() for match in _CAPITAL.finditer(text)).difference(EN_MONTHS)
