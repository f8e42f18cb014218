"""Lists of facts that differ in one thing alone: of one measure over time, or of each of several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.answering.answer import Answer, Outcome
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Word
from bot.answering.matching.frames import is_number, named_by, said_by, series, year_of
from bot.answering.matching.index import COMMON
from bot.answering.matching.observation import Observation, read
from bot.answering.matching.parts import parts_of

from .followups import likeness
from .groups import Wanted, grouped
from .lists import Listed, asks_for_each, asks_of_all, in_order, limited, limits, listed, says_nothing, told_as
from .orders import order_of
from .topics import is_about
from .words import NAMED, joined, share

if TYPE_CHECKING:
    from bot.answering.matching.entries import Entry
    from bot.answering.matching.index import Index

# Answers a question that asks for one thing.
Best = Callable[[Observation], Answer]
_OF_LISTS = frozenset(["list", "order", "first", "degree", "sort"])
_AND = Token("、", 0, 0)
_EACH = Token("各", 0, 0, Word(roles={"join": "each"}))
_FOR_NAMES = frozenset(["name", "who", "what", "time", "overview"])
_MOST_COUNTED = 20
_A_PAIR = 2
_ANY_KIND = frozenset("项块面分样目")  # the ends of 哪块 and others, which say of no kind what they ask for
_ANY_WAY = frozenset("类型 类别 种类 类 品种 分类 性质 构成".split())
# 按经济类型分的, 从登记类型来看, 分行业
_BROKEN_DOWN = re.compile(
    "[按依从](?:照)?([^,按分从到照的把]{2,8}?)(?:来)?(?=划分|分类|拆|分|看|列|说|把|,|$)|分([^,的别哪几成各]{2,4}?)(?=的|来|看|列|,)"
)
_FROM_TO = frozenset(["到", "至"])
_SEPARATORS = re.compile("[、,，;和及与]|(?: and )")
_SHORTEST_NAME = 4


def varied(asked: Observation, index: Index, best: Best) -> Listed | None:
    """The facts of a list that leaves free when, of which part, or of which of some named things; None for no such."""
    is_list = any(token.roles.keys() & _OF_LISTS for token in asked.tokens) or asks_for_each(asked)
    told = _with_each(asked.tokens, index, is_list=is_list)
    is_for_one = any("claim" in token.roles for token in asked.tokens) or _joins(asked.tokens) < _A_PAIR
    if is_for_one and not is_list and _EACH not in told:
        return None
    tokens, among = _about_members(told, index)
    order = order_of(tokens, index.vocabulary)
    rest = list(order.rest) if order else tokens
    lists, joins = order is not None or any("list" in token.roles for token in rest), _joins(rest)
    is_each = asks_of_all(rest) or any(_is_each(token) or (lists and token.text.startswith("各")) for token in rest)
    asked = read(rest)
    of_each = partial(_of_each, rest, index, partial(limited, asked=asked, index=index, is_ordered=order is not None))
    if among:
        found = [] if says_nothing(asked) else of_each(among)
    else:
        found = _over_time(rest, index, best) if lists or is_each else []
        if not found and (joins >= _A_PAIR or (joins and (lists or is_each))):
            found = _told_twice(rest, index) or _named(rest, index, best)
        is_over_time = any(token.roles.get("list") == "years" for token in rest)
        if not (found or is_over_time) and (joins >= _A_PAIR or (not joins and (order or is_each))):
            found = of_each()
        elif not (found or is_over_time or joins) and (lists or asked.aspect.change or limits(asked.tokens)):
            # 哪些行业的增加值下降了: what is beside those that are called so may be meant as well.
            every = of_each(must_be_kind=True)
            found = every if every and set(listed(asked, None, index, ()).entries) <= set(every) else []
        found = found or (_changed(rest, index) if lists and not order else [])
    return in_order(found, order) if found else None


def _with_each(tokens: Sequence[Token], index: Index, *, is_list: bool) -> list[Token]:
    """Tokens with 各 for what says so in another way, and with 收支 as 收入、支出 where nothing is joined.

    几种作物的面积都列一下, but not 有几家; 增加值最高的产业; 面积减少的作物有哪些; 八大类; 按行业分.
    """
    found = list(tokens)
    is_apart = _joins(tokens) or any(one.text.startswith("各") and is_about(two) for one, two in pairwise(tokens))
    for at in range(len(tokens) - 1, -1, -1):
        token, behind = tokens[at], tokens[at + 1 : at + 3]
        if "pair" in token.roles and not is_apart:
            words = [Token(word, token.start, token.end, index.vocabulary.words.get(word)) for word in _pair(token)]
            found[at : at + 1] = [words[0], _AND, words[1]]
        elif is_list and token.text == "几" and len(behind) > 1 and "unit" in behind[0].roles and is_about(behind[1]):
            found[at : at + 2] = [_EACH]
        elif _is_told_by_parts(token, index) and not any(t.is_unknown and len(t.text) > 1 for t in tokens):
            found.append(_EACH)
        elif token.quantity and behind and behind[0].roles.get("list") == "noun" and token.quantity.value > 1:
            found[at : at + 2] = [_EACH, Token(token.text + behind[0].text, token.start, behind[0].end)]
        elif token.roles.keys() & {"order", "change"} and _is_told_of(tokens[at:]):
            found.insert(at + 1 + (behind[0].text == "的"), _EACH)
    return _told_by(found, index)


def _told_by(tokens: list[Token], index: Index) -> list[Token]:
    """Tokens with 各 before what figures are told by, for the words that say so: 按行业分, 从登记类型来看."""
    text, starts = joined(tokens)
    for said in _BROKEN_DOWN.finditer(text):
        kind = said[1] or said[2]
        within = [at for at, start in enumerate(starts) if said.start() <= start < said.end(1 if said[1] else 2)]
        of_kind = Token(kind, 0, 0, index.vocabulary.words.get(kind))
        tells_how = of_kind.roles.keys() & {"change", "aspect", "unit", "sort"}
        if within and starts[within[0]] == said.start() and not tells_how:
            word = [] if kind in _ANY_WAY else [of_kind]
            return [*tokens[: within[0]], _EACH, *word, *tokens[within[-1] + 1 :]]
    return tokens


def _is_told_by_parts(token: Token, index: Index) -> bool:
    """Whether no fact is called by a word, but several by the parts that it has and no others: 三次产业."""
    senses = token.word.senses if token.word else ()
    parts = index.vocabulary.parts.get(senses[0][0], ()) if len(senses) == 1 and len(senses[0]) == 1 else ()
    if not parts or not index.vocabulary.exclusive.get(parts[0], frozenset()).issuperset(parts[1:]):
        return False
    if any(senses[0] in word.senses for entry in named_by(senses[0], index) for word in entry.names[0].tokens):
        return False
    return index.frequency(senses[0][0]) <= COMMON and len(index.named.intersection(parts)) >= _A_PAIR


def _pair(token: Token) -> list[str]:
    return token.roles["pair"].split()


def _is_told_of(tokens: Sequence[Token]) -> bool:
    """Whether a thing that is so comes last, but for what asks for it: 最高的产业, 减少的作物有哪些."""
    said = [token for token in tokens if not (token.is_stop or token.roles.get("filler") in ("verbs1", "particles"))]
    asked = [token for token in said[2:] if token.roles.get("list") != "all" and "ask" not in token.roles]
    is_joined = tokens[0].text.endswith("的") or (len(tokens) > 1 and tokens[1].text == "的")
    return is_joined and len(said) > 1 and is_about(said[1]) and not asked


def _is_each(token: Token) -> bool:
    """Whether a word asks for each of several things; 各类 of 各类学校 may as well mean all of them together."""
    return token.roles.get("join") == "each" or token.roles.get("list") == "each"


def _joins(tokens: Sequence[Token]) -> int:
    return sum(token.roles.get("join") == "and" or token.text == "、" for token in tokens)


def _asking(tokens: Sequence[Token]) -> Observation:
    """The question for a number that is left without the words that make a list of it."""
    left = (t for t in tokens if t.roles.get("ask") not in _FOR_NAMES and "list" not in t.roles and not _is_each(t))
    asked = read(list(left))
    return replace(asked, asks=asked.asks | {"number"})


def _entries(answer: Answer, index: Index) -> list[Entry]:
    return [index.entry(index.numbers[match.fact.id]) for match in answer.matches]


def _over_time(tokens: Sequence[Token], index: Index, best: Best) -> list[Entry]:
    """The facts of one measure over the years: 历年, 三年的."""
    free = [t for t in tokens if t.roles.get("list") == "years" or (t.quantity and t.quantity.unit == "年")]
    if not free:
        return []
    spans = [token for token in tokens if token.span]
    asking = _asking([t for t in tokens if t not in (*free, *(spans if len(spans) > 1 else ()))])
    years = [token.span.year for token in spans if token.span and token.span.year]
    first, last = (min(years), max(years)) if len(years) > 1 else (0, 9999)
    bases = _entries(best(asking), index)
    found = [[one for one in series(entry, index) if first <= year_of(one) <= last] for entry in bases]
    return max((one for one in found if len(one) > 1), key=len, default=[])


def _of_each(
    tokens: Sequence[Token],
    index: Index,
    sought: Callable[[Sequence[Entry]], list[Entry]],
    among: Sequence[Entry] = (),
    *,
    must_be_kind: bool = False,
) -> list[Entry]:
    """The facts of each of several things, which the word behind 各 or 哪个 calls by their kind.

    `sought`: those of some facts that are wanted. `among`: the facts that it is about, all where it is empty.
    `must_be_kind`: it has to ask for a kind.
    """
    counts = [t for t in tokens if t.quantity and t.quantity.value in range(2, _MOST_COUNTED)]
    kinds = list(_kinds(tokens, counts))
    named = [kind for kind in kinds if "list" not in kind.roles]
    is_each = any(map(_is_each, tokens)) or asks_of_all(tokens)
    asks_which = is_each or any(token.roles.get("list") == "one" for token in tokens)
    if (must_be_kind and not (named or asks_which)) or (kinds and not named):
        return []
    asking = _asking([token for token in tokens if token not in (*kinds, *counts)])
    about = [token for token in asking.tokens if is_about(token)]
    told = [entry for entry in told_as(asking, about, index) if not among or entry in among]
    count = int(counts[0].quantity.value) if counts and counts[0].quantity else 0
    is_each = is_each or must_be_kind
    wanted = Wanted(parts_of(about, index), named, count, is_each, bool(among), lambda entry: bool(sought([entry])))
    return sought(grouped(wanted, told, index))


def _kinds(tokens: Sequence[Token], counts: Sequence[Token]) -> Iterator[Token]:
    """The words that call by their kind what is told apart: 城市 of 各城市 and 四座城市里哪个; 一, 四线 of 一到四线."""
    is_each = any(map(_is_each, tokens))
    for at in range(1, len(tokens)):
        token, before = tokens[at], tokens[at - 1]
        if not (said_by(token) or token.is_unknown) or token.quantity or token.roles.keys() & {"change", "aspect"}:
            continue
        asks_which = before.roles.get("ask") == "name" or before.text[0] == "哪"
        if (
            (asks_which and before.text[-1] not in _ANY_KIND)
            or _is_each(before)
            or before.text[0] == "各"
            or before in counts
        ):
            yield token
        elif is_each and before.text in _FROM_TO and at > 1 and not tokens[at - 2].span:
            yield from (tokens[at - 2], token)


def _told_twice(tokens: Sequence[Token], index: Index) -> list[Entry]:
    """The facts of several things, and those of what else is asked of each: 居民收入和各自的增幅."""
    at = max(at for at, token in enumerate(tokens) if _joins([token]))
    told = read(tokens[at + 1 :])
    if any(map(is_about, told.tokens)) or not (told.aspect.change or told.aspect.forms - {"level"}):
        return []
    both = [listed(read(part), None, index, ()).entries for part in (tokens[:at], [*tokens[:at], *tokens[at + 1 :]])]
    return sorted({*both[0], *both[1]}, key=attrgetter("number")) if min(map(len, both)) > 1 else []


def _named(tokens: Sequence[Token], index: Index, best: Best) -> list[Entry]:
    """The facts of things that stand side by side, one for each: 出口和进口哪个大, 甲、乙、丙分别列出来."""
    # 出栏和产量里增长的有哪些 asks for some of each, and 甲、乙有哪些数据 for all of them.
    lists = {token.roles.get("list") for token in tokens}
    is_of_some = "all" in lists and any("ask" in token.roles for token in tokens)
    is_of_several = sum(token.roles.get("ask") == "number" for token in tokens) > 1
    is_total = any("total" in token.roles for token in tokens)
    if is_of_some or is_of_several or is_total or lists & {"data", "about"}:
        return []
    asking = _asking([token for token in tokens if not token.is_stop or token.text == "、"])
    *items, last = _apart(asking.tokens)
    answer = best(replace(asking, tokens=[*asking.tokens, _EACH]))
    found = _entries(answer, index) if answer.outcome is Outcome.ANSWER else []
    is_whole = len(found) == len(items) + 1 and all(entry.quantities for entry in found)
    if is_whole and len(found) == len({entry.aspect.unit for entry in found}):
        return found  # 学校和老师, which are not told alike
    anchors = found[-1:] if is_whole else _entries(best(_asking(last)), index) if any(map(is_about, last)) else []
    for anchor in filter(is_number, anchors):
        alike = [one for item in items if (one := _like(anchor, item, index))]
        if len({*alike, anchor}) == len(items) + 1:
            return [*alike, anchor]
    return found if is_whole else []


def _apart(tokens: Sequence[Token]) -> list[list[Token]]:
    """The stretches of tokens between joins."""
    stretches: list[list[Token]] = [[]]
    for token in tokens:
        if _joins([token]):
            stretches.append([])
        else:
            stretches[-1].append(token)
    return stretches


def _like(anchor: Entry, item: Sequence[Token], index: Index) -> Entry | None:
    """The fact that says of a thing what another fact says of its own, in a label as like it as can be."""
    text, told = "".join(token.text for token in item), anchor.aspect
    best: tuple[int, float, Entry | None] = (0, 0.0, None)
    for entry in index.entries:
        has = entry.aspect
        is_alike = (has.unit, has.forms, bool(has.change)) == (told.unit, told.forms, bool(told.change))
        is_beside = is_alike and entry.period == anchor.period and entry is not anchor
        if is_beside and _says(entry, item, index):
            label, *names = entry.text.split("\n")
            # 上汽销量 is rather of 上汽 than 通用汽车包括上汽的销量.
            begins = 2 if label.startswith(text) else int(any(name.startswith(text) for name in names))
            alike = likeness(entry.fact.label, anchor.fact.label)
            best = max(best, (begins, alike, entry), key=lambda found: found[:2])
    return best[2] if best[1] else None


def _says(entry: Entry, item: Sequence[Token], index: Index) -> bool:
    """Whether the names of a fact say a thing, in its characters or by what it means."""
    parts = parts_of(filter(is_about, item), index)
    is_meant = bool(parts) and all(share(part, entry, index) >= NAMED for part in parts)
    return is_meant or "".join(token.text for token in item) in entry.text


def _changed(tokens: Sequence[Token], index: Index) -> list[Entry]:
    """The last facts of what rose or fell over the years by the figures of these, where no fact tells of the change."""
    asked = read(tokens)
    sign = asked.aspect.change
    is_list = any(t.roles.get("list") == "all" or t.roles.get("ask") in _FOR_NAMES for t in tokens)
    if not is_list or sign not in ("up", "down") or any(map(is_number, listed(asked, None, index, ()).entries)):
        return []
    level = read([token for token in tokens if "change" not in token.roles and not token.span])
    found = [series(entry, index) for entry in listed(level, None, index, ()).entries if index.is_usual(entry)]
    values = [(one[-1], one[-1].quantities[0].value - one[0].quantities[0].value) for one in found if len(one) > 1]
    return [entry for entry, change in values if (change > 0 if sign == "up" else change < 0)]


def _about_members(tokens: Sequence[Token], index: Index) -> tuple[Sequence[Token], list[Entry]]:
    """Of a message that calls several things by what they are together, the rest, and the facts about any of them.

    前五大贸易伙伴, of which the report tells the names. The whole message and no facts, where it does not.
    """
    text, words = "".join(token.text for token in tokens), [token.word for token in tokens if token.word]
    named = [
        (name, index.reader.texts[entry.number].figure)
        for entry in named_by((c for word in words for sense in word.senses for c in sense), index)
        for name in entry.text.split("\n")
        if entry.aspect.unit == "name" and len(name) >= _SHORTEST_NAME and name.replace(" ", "") in text
    ]
    name, figure = max(named, key=lambda one: len(one[0]), default=("", ""))
    members = [member.strip() for member in _SEPARATORS.split(figure) if member.strip()]
    if len(members) < 2:
        return tokens, []
    about = [entry for entry in index.entries if any(member in entry.text.partition("\n")[0] for member in members)]
    return [token for token in tokens if token.text not in name], about
