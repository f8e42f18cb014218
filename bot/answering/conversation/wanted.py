"""What a message wants of a list: filters that rules decide, a scope of words, kinds or named things, and an order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from bot.answering.answer import PAGE
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary
from bot.answering.matching.coordination import FIGURES
from bot.answering.matching.entries import Entry
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation, as_text, is_of_a_share, read
from bot.answering.matching.parts import Part, parts_of

from .kinds import (
    ALL,
    PLACES,
    asks_for_each,
    counts_things,
    is_about,
    is_of_places,
    kinds_among,
    says_each,
    spelt_out,
)
from .orders import Order, order_of
from .telling import Telling
from .things import SideBySide, side_by_side
from .values import stated_values
from .words import between_joins, is_join

_DATA = frozenset(["data", "about"])
_PARTS = frozenset("这边 那边 部分 板块 段里 这段".split())
_MONTHS = {"季度": 3, "季": 3, "个季度": 3, "半年": 6, "个半年": 6, "月": 1, "个月": 1, "月份": 1}
_ARE = frozenset(["有", "是", "都有", "都是"])


class Asking(Enum):
    """Whether a message asks for a list: not, surely, or only where it has no answer as a plain question."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message wants of a list.

    `asked`: the message without the words of its `order`. `telling`: how the figures have to be told. `segments`: the
    words that say what it is about, for each of the things that stand side by side, and `beside`: these things.
    `kinds`: the words that call by their kind what is told apart, and `count`: how many of these there are, 0 where it
    is not said. `is_each`: it asks for each of several things. `is_list`: it says in any way that it wants several.
    `is_of_years`: it asks for the same in all years. `months`: of how many months the parts of the year are of which it
    asks for each, 0 for none: 3 of 四个季度.
    """

    asking: Asking
    asked: Observation
    order: Order | None
    telling: Telling
    segments: tuple[tuple[Part, ...], ...]
    beside: SideBySide | None
    kinds: tuple[Token, ...]
    count: int
    is_each: bool
    is_list: bool
    is_of_years: bool
    months: int = 0

    @property
    def says_nothing(self) -> bool:
        """Whether it says neither what is measured nor how: 前两个."""
        return not (self.segments or self.telling.is_typed)

    @property
    def is_of_some(self) -> bool:
        """Whether it is of what is told alike, in all years, or of so many."""
        return bool(self.is_of_groups or self.is_of_years or self.months or self.count)

    @property
    def asks_for_each(self) -> bool:
        """Whether it asks for each of several things, or for the first of these, and not for which ones of them."""
        return self.is_each and (self.order is not None or self.asked.asks.isdisjoint(("name", "what")))

    @property
    def words(self) -> list[Part]:
        """All words that it is about."""
        return [part for segment in self.segments for part in segment]

    @property
    def is_of_groups(self) -> bool:
        """Whether it is of what is told alike: of all parts of something, of all of a kind, or the first of these."""
        is_first = self.order and self.asking is not Asking.NO
        asks_which = self.kinds or any(token.roles.get("list") == "one" for token in self.asked.tokens)
        return bool((self.is_each or is_first or asks_which) and self.is_list)

    @property
    def is_of_places(self) -> bool:
        """Whether the things of the list are places of a kind."""
        return any(kind.text in PLACES for kind in self.kinds)

    @property
    def names_more(self) -> bool:
        """Whether it names several things side by side of which no fact has some: 茶叶和咖啡产量分别多少."""
        is_foreign = any(part.token.is_content and not part.in_force for part in self.words)
        return len(self.segments) > 1 and is_foreign

    def is_of_other_than_places(self, entries: Sequence[Entry]) -> bool:
        """Whether it asks for places of a kind, such as 各省, and most facts name none."""
        named = (any(is_of_places(one.label, one.named, kind) for kind in self.kinds) for one in entries)
        return self.is_of_places and sum(named) * 2 <= len(entries)

    def one_but(self, others: Sequence[Token]) -> Observation:
        """The question for one of the figures, without some other words."""
        asked = read([token for token in self.asked.tokens if not any(token is one for one in others)])
        return replace(asked, asks=asked.asks | {"number"})


def wanted_of(heard: Observation, index: Index) -> Wanted | None:
    """What a message wants of a list; None where it can be none."""
    if not _may_list(heard, index.vocabulary):
        return None
    order = order_of(heard.tokens, index.vocabulary)
    lists = order is not None or any("list" in token.roles for token in heard.tokens)
    tokens = spelt_out(order.rest if order else heard.tokens, index.vocabulary, order)
    tokens = [token for at, token in enumerate(tokens) if not _is_within_a_name(tokens, at, index)]
    counts = [token for token in tokens if counts_things(token, index.vocabulary)]
    kinds = list(kinds_among(tokens, counts))
    kinds += [one for one, has in pairwise(tokens) if one.text in PLACES and has.text in _ARE]  # 超过20万的县区有哪些
    if order:  # 人口最少的区, 人口第二多的市
        kinds += [one for of, one in pairwise(heard.tokens) if of.text.endswith("的") and one.text in PLACES]
    asked = read(tokens)
    telling = Telling(asked, index, is_ordered=order is not None)
    left = [
        token
        for at, token in enumerate(tokens)
        if not (at in telling.words or any(token is one for one in counts) or token.text in _PARTS)
        and not is_of_a_share(tokens, at)
    ]
    is_each = asks_for_each(tokens) or (lists and bool(counts))
    # 18.4%是哪一项的涨幅 asks for the thing by its figure, but not 31个城市的 or 五大类里上涨的.
    values = [v for v in stated_values(tokens) if v not in telling.bounds and tokens[min(v.words)] not in counts]
    is_quoting = any((value.quantity.value, False) in index.by_value for value in values)
    is_claim = any("claim" in token.roles for token in tokens)
    segments = _segments(left)
    parts = tuple(tuple(parts_of(filter(is_about, segment), index)) for segment in segments)
    beside = _beside(tokens, telling, counts)
    asks_all = is_each and "number" in asked.asks
    if order and asks_all and (beside or _asks_twice(heard.tokens)):
        order = replace(order, count=len(beside.things) if beside else PAGE)  # 各是多少，哪个高 asks for all of them
    return Wanted(
        asking=Asking.NO if is_quoting else _asking(asked, order, telling, is_each=is_each),
        asked=asked,
        order=order,
        telling=telling,
        segments=parts,
        beside=beside,
        kinds=tuple(kinds),
        count=int(counts[0].quantity.value) if counts and counts[0].quantity else 0,
        is_each=is_each,
        is_list=is_each or lists or (not is_claim and sum(map(is_join, tokens)) > 1),
        # 是哪一年的 asks for one year, unless it is the first of them.
        is_of_years=any(is_years(t) and (order or "ask" not in t.roles) for t in tokens),
        months=next(filter(None, map(months_each, [None, *tokens], tokens)), 0),
    )


def _may_list(heard: Observation, vocabulary: Vocabulary) -> bool:
    """Whether a message has any word of lists, of an order, or that joins things; or asks which ones changed so."""
    asks_which = bool(heard.asks & {"name", "what", "who"})
    for token in heard.tokens:
        roles = token.roles
        if (
            (token.quantity and token.quantity.ordinal)  # 第二多的
            or roles.keys() & {"order", "first", "sort", "join"}
            or roles.get("list", "noun") != "noun"
            or (asks_which and "degree" in roles)
            or token.text[0] in "各、都按"
            or counts_things(token, vocabulary)
        ):
            return True
    return (asks_which and bool(heard.aspect.change or heard.quantities)) or names_by_bound(heard)


def names_by_bound(heard: Observation) -> bool:
    """Whether a message names some by how large they are or what they did, and no more: 其中超过4%的, 下降的呢."""
    told = [token for token in heard.tokens if not token.is_stop]
    is_bound = (any("bound" in token.roles for token in told) and heard.quantities) or heard.aspect.change
    return bool(is_bound) and told[-1].text in {"的", "的呢"} and not any(map(is_about, told))


def is_years(token: Token) -> bool:
    """Whether a word asks for the same in all years: 历年, 三年."""
    return token.roles.get("list") == "years" or bool(token.quantity and token.quantity.unit == "年")


def months_each(before: Token | None, token: Token) -> int:
    """How long the parts of a year are that a word and the one before ask for each of: 哪个 | 季度, 两个半年."""
    if token.quantity and not token.quantity.ordinal and token.quantity.value > 1:
        return _MONTHS.get(token.quantity.unit, 0)
    asks = before and (before.roles.get("ask") == "name" or says_each(before) or before.text == "分")
    return _MONTHS.get(token.text, 0) if asks else 0


def _asks_twice(tokens: Sequence[Token]) -> bool:
    """Whether a clause asks how much it is of each, and one behind it which is the first of them."""
    stops = [at for at, token in enumerate(tokens) if token.text == ","]
    first, last = tokens[: stops[0]] if stops else [], tokens[stops[-1] :] if stops else []
    return any(map(says_each, first)) and any("ask" in t.roles for t in first) and any("order" in t.roles for t in last)


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of the things that stand side by side."""
    segments = [found for part in between_joins(tokens) if (found := list(filter(_says_what, part)))]
    return segments if len(segments) > 1 else [one for one in segments if any(map(is_about, one))]


def _is_within_a_name(tokens: Sequence[Token], at: int, index: Index) -> bool:
    """Whether a word lists nothing, as facts are called by what stands around it: 文化和旅游|事业费, 各项|贷款."""
    if tokens[at].text.startswith("各") and at + 1 < len(tokens):
        lists = any("list" in token.roles for token in tokens) or sum(map(says_each, tokens)) > 1
        return not lists and index.has_in_names(as_text(tokens[at : at + 2]))
    near = tokens[max(at - 1, 0) : at + 3]
    is_one = is_join(tokens[at]) and tokens[at].text != "、" and len(near) > 3
    return is_one and index.has_in_names(as_text(near))


def _beside(tokens: Sequence[Token], telling: Telling, counts: Sequence[Token]) -> SideBySide | None:
    """The things that stand side by side, without what only says that they are listed, or how many there are.

    None where it is all data on them or all of a kind that is wanted, of which each may have several.
    """
    is_of_all = any(token.roles.get("list") in _DATA or token.text in ALL for token in tokens)
    # 列出各类用水量：农业、工业 says which ones behind the colon.
    are_told = any(one.text == ":" and not is_join(other) for one, other in pairwise(tokens))
    is_of_all = is_of_all or sum(token.roles.get("ask") in FIGURES for token in tokens) > 1
    # 各项增速里最快的 is of all of them, but 各涨跌多少 and 各接待多少游客 of one each.
    behind = zip(tokens, tokens[1:], [*tokens[2:], None], strict=False)
    each = (one for before, one, last in behind if says_each(before) and not (last and "ask" in last.roles))
    if is_of_all or (not are_told and any(one.is_content for one in each)):
        return None
    rest = [token for at, token in enumerate(tokens) if at not in telling.words]
    beside = side_by_side([token for token in rest if not any(token is one for one in counts)])
    return beside if beside and beside.are_named else None


def _asking(asked: Observation, order: Order | None, telling: Telling, *, is_each: bool) -> Asking:
    """Whether it asks for all things of a kind, or for the first of them: 哪个下降了, what rose by over 9%."""
    listing = (token for token in asked.tokens if "list" in token.roles and "claim" not in token.roles)  # 继续增长
    lists = {token.roles["list"] for token in listing} - {"years"}
    names = bool(asked.asks & {"name", "what", "who"})
    changes = bool(asked.aspect.change) and (asked.asks & {"name", "who"} or not any(map(is_about, asked.tokens)))
    is_sure = (
        (telling.written and lists)
        or lists & {"all", "more", "about"}
        or ("data" in lists and asked.asks & {"name", "what", "overview"})
        or (order and (order.is_counted or lists or names))
        or (asked.asks & {"name", "what", "who"} and (telling.bounds or changes))
        or names_by_bound(asked)
    )
    if is_sure:
        return Asking.SURELY
    is_bare = order is not None and not asked.asks
    is_of_all = any(token.text == "都" for token in asked.tokens)
    return Asking.PERHAPS if is_bare or is_each or is_of_all else Asking.NO


def _says_what(token: Token) -> bool:
    is_named = token.is_content or not token.roles.keys().isdisjoint(("place", "subject"))
    is_thing = is_named or (token.is_unknown and len(token.text) > 1)
    return is_thing and token.roles.keys().isdisjoint(("list", "ask", "order"))
