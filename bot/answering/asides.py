"""What a chatty message tells around its question: who asks, what for, and thanks."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise

from .language.tokens import COURTESIES, Token

_ASKING = frozenset(["asking", "requests", "en_asking1"])
_ENDS = frozenset(",.!?;:~…。")
_SPEAKERS = frozenset("我你您他她咱俺")  # how words for those begin who speak, or whom they speak of
_SENDS, _ME = frozenset("让叫托派"), frozenset("我俺咱")  # 领导让我查一下
_ERRAND = 6  # tokens
_NOT_MEANT = ("不是", "不算", "not ")


def without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens of a question without what its clauses tell of those who ask, before and behind it.

    我在写论文，有多少亩，谢谢 asks for no more than 有多少亩.
    """
    tokens = _without_errand(tokens)
    split = _clauses(tokens)
    clauses = list(map(_Clause, split)) if len(split) > 1 else []
    asking = _asking(clauses)
    if not asking:
        return tokens
    start = _start(clauses, asking)
    behind = range(asking[-1] + 1, len(clauses))
    end = next((at for at in behind if clauses[at].is_beside), len(clauses))
    kept = [at for at in range(start, end) if at in {start, *asking} or not clauses[at].is_aside]
    before = list(range(start))
    if clauses[start].is_topic or any(clauses[at].is_aside for at in before):
        before = [at for at in before if clauses[at].is_topic]
    return list(chain.from_iterable(clauses[at].tokens for at in [*before, *kept]))


class _Clause:
    """A clause of a message, with the sign that ends it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        asking = [token for token in tokens if "ask" in token.roles]
        self.asks = bool(asking)
        self.asks_surely = any(token.roles["ask"] != "overview" for token in asking)
        self.names = _names(tokens)
        self._fillers = [token.roles.get("filler") for token in tokens]

    @cached_property
    def speaks(self) -> bool:
        """Whether it has a word for those who speak, or whom they speak of: 我, 你们."""
        return any(token.text[0] in _SPEAKERS for token in self.tokens)

    @cached_property
    def is_topic(self) -> bool:
        """Whether it says that somebody asks, before what is asked for: 就想确认一下养老保险的参保人数."""
        wants = next((at for at, filler in enumerate(self._fillers) if filler in _ASKING), len(self.tokens))
        return _names(self.tokens[wants:])

    @cached_property
    def is_aside(self) -> bool:
        """Whether it tells of those who speak, or asks to be told, and does not say what or how much of it."""
        is_request = not _ASKING.isdisjoint(self._fillers)
        if is_request and not self.speaks and any("change" in token.roles for token in self.tokens):
            return False  # 涨幅给个数
        return (is_request or self.speaks) and not (self.is_topic or any("first" in t.roles for t in self.tokens))

    @property
    def is_beside(self) -> bool:
        """Whether it tells, behind a question, of those who ask, or says what is not meant; but not 我想是的."""
        if any(token.roles.get("claim") == "tag" for token in self.tokens):
            return False
        is_courtesy = self._fillers[0] in COURTESIES
        return is_courtesy or self.speaks or "".join(t.text for t in self.tokens[:3]).startswith(_NOT_MEANT)


def _without_errand(tokens: list[Token]) -> list[Token]:
    """A message without the words with which it begins that say who wants it to be asked: 领导让我."""
    pairs = enumerate(pairwise(tokens[:_ERRAND]), 2)
    sent = (end for end, (one, two) in pairs if one.text[-1] in _SENDS and two.text[0] in _ME)
    return tokens[next(sent, 0) :] or tokens


def _clauses(tokens: Iterable[Token]) -> list[list[Token]]:
    """The clauses of a message."""
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        clauses[-1].append(token)
        if token.text in _ENDS:
            clauses.append([])
    return list(filter(None, clauses))


def _asking(clauses: Sequence[_Clause]) -> list[int]:
    """Which clauses ask for something, or where none does name something.

    情况 asks for nothing where another one asks for a figure.
    """
    asks = [at for at, one in enumerate(clauses) if one.asks_surely]
    asks = asks or [at for at, one in enumerate(clauses) if one.asks]
    return (
        [at for at in asks if not clauses[at].is_aside]
        or asks
        or [at for at, one in enumerate(clauses) if one.names and not one.is_aside]
    )


def _start(clauses: Sequence[_Clause], asking: Sequence[int]) -> int:
    """The clause with which a question begins, which names what is asked for.

    That may be said before it is asked for: 养老保险参保人数，我没找到，能告诉我是多少吗.
    """
    naming = [at for at in range(asking[0] + 1) if clauses[at].names]
    told = [at for at in naming if at in asking or not clauses[at].is_aside]
    return max(told or naming, default=0)


def _names(tokens: Iterable[Token]) -> bool:
    """Whether some token is a word for what is measured, or one that nothing knows."""
    return any(token.is_content or (token.is_unknown and len(token.text) > 1) for token in tokens)
