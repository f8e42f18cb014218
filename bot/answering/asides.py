"""What a chatty message tells around its question: who asks, what for, and thanks."""

from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise

from .language.tokens import COURTESIES, Token

_ASKING = frozenset(["asking", "requests", "en_asking1"])
_ENDS = frozenset(",.!?;:~…。")
_SPEAKERS = frozenset("我你您他她咱俺")  # how words for those begin who speak, or whom they speak of
_SPEAKING = frozenset("大家 i i'm i've i'd my we our me".split())
_LEADING = frozenset("by in of to from for at".split())  # by how much
_SENDS, _ME = frozenset("让叫托派问"), frozenset("我俺咱")  # 老师叫我查一下
_WANTS = "想"  # 想写一句
_ABOUT = frozenset("关于 说到 提到 至于 about regarding".split())
_NOT_MEANT = ("不是", "不算", "not ")
_WONDERS = frozenset(["不知道", "不晓得", "不清楚"])  # 不知道余额有多少
_MANY = "好多"  # 好多年没回去 asks for nothing
_ERRAND = 6  # tokens


def without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens of a question without what its clauses tell of those who ask, before and behind it.

    我在写论文，老师让我查一下有多少亩，谢谢 asks for no more than 有多少亩.
    """
    split = _clauses(tokens)
    if len(split) < 2:
        return _without_errand(tokens)
    clauses = list(map(_Clause, split))
    asking = _asking(clauses)
    if not asking:
        return tokens
    start = _start(clauses, asking)
    behind = range(asking[-1] + 1, len(clauses))
    end = next((at for at in behind if clauses[at].is_beside), len(clauses))
    sure = {start, *asking}
    kept = [at for at in range(start, end) if at in sure or not clauses[at].is_aside]
    asked = [token for at in kept for token in clauses[at].own]
    before = clauses[:start]
    is_led = len(before) > 1 and clauses[start].is_led
    if is_led or clauses[start].is_whole or any(clause.is_aside or clause.is_errand for clause in before):
        said = {token.text for token in asked}
        topics = [clause for clause in before if clause.is_topic and not clause.is_errand and clause.adds_to(said)]
        if topics and not clauses[start].is_whole:
            # 我想了解展览，那种常设的，有多少个: what follows is of the topic.
            topics += [clause for clause in before[before.index(topics[-1]) + 1 :] if not clause.is_aside]
        before = topics
    return [*chain.from_iterable(clause.tokens for clause in before), *asked]


class _Clause:
    """A clause of a message, with the sign that ends it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.own = _without_errand(tokens)
        asking = [token for token in tokens if "ask" in token.roles]
        self.asks = bool(asking)
        self.asks_surely = any(token.roles["ask"] != "overview" and token.text != _MANY for token in asking)
        self.asks_how_much = any(token.roles["ask"] == "number" and token.text != _MANY for token in asking)
        self.names = _names(tokens)
        self._fillers = [token.roles.get("filler") for token in tokens]

    @property
    def is_errand(self) -> bool:
        """Whether it says who wants something to be asked, or what for."""
        return len(self.own) < len(self.tokens)

    @property
    def is_led(self) -> bool:
        """Whether it begins as questions do: 请问."""
        return self._fillers[0] in COURTESIES

    @property
    def _wanted(self) -> list[Token]:
        """What stands behind the first word that says that it asks; none where it does not."""
        wants = next((at for at, filler in enumerate(self._fillers) if filler in _ASKING), len(self.tokens))
        if any(token.text in _WONDERS for token in self.tokens[:1]):
            wants = 0
        return self.tokens[wants:]

    @property
    def is_whole(self) -> bool:
        """Whether it says that it asks, before what it asks for: 就想确认一下养老保险的参保人数."""
        return _names(self._wanted)

    def adds_to(self, said: Container[str]) -> bool:
        """Whether it has a word for what is measured that is not `said`."""
        return any(token.is_content and token.text not in said for token in self.tokens)

    @cached_property
    def speaks(self) -> bool:
        """Whether it has a word for those who speak, or whom they speak of: 我, 你们."""
        return any(map(_is_speaker, self.tokens))

    @cached_property
    def is_topic(self) -> bool:
        """Whether it says what somebody wants to know of: 我想了解养老保险, 关于养老保险."""
        is_about = self.names and any(token.text in _ABOUT for token in self.tokens[:2])
        return self.is_whole or is_about

    @cached_property
    def is_aside(self) -> bool:
        """Whether it only greets, or tells of those who speak and not what they want to know."""
        if all(map(_says_nothing, self.tokens)) and not COURTESIES.isdisjoint(self._fillers):
            return True
        asks_for_more = not _ASKING.isdisjoint(self._fillers) and not (self.names and self.asks_how_much)
        return (self.speaks or asks_for_more) and not self.is_topic

    @property
    def is_beside(self) -> bool:
        """Whether it tells, behind a question, of those who ask, or says what is not meant; but not 我想是的."""
        if any(token.roles.get("claim") == "tag" for token in self.tokens):
            return False
        return self.is_led or self.speaks or "".join(t.text for t in self.tokens[:3]).startswith(_NOT_MEANT)


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """The clauses of a message; in English an own one begins where those who speak come to ask: I wonder | how many."""
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        if token.text.isascii() and _comes_to_ask(clauses[-1], token):
            begun = clauses[-1][-1:] if clauses[-1][-1].text in _LEADING else []
            clauses[-1:] = [clauses[-1][: len(clauses[-1]) - len(begun)], begun]
        clauses[-1].append(token)
        if token.text in _ENDS:
            clauses.append([])
    return list(filter(None, clauses))


def _comes_to_ask(before: Sequence[Token], token: Token) -> bool:
    """Whether an English question begins with a token, behind what somebody tells of who speaks."""
    begins = token.roles.get("ask", "yesno") != "yesno" or token.roles.get("filler") in _ASKING
    return begins and any(_is_speaker(one) for one in before)


def _is_speaker(token: Token) -> bool:
    """Whether a word is one for those who speak, or whom they speak of: 我, my."""
    is_word = token.text in _SPEAKING or token.text[0] in _SPEAKERS
    return is_word and not token.roles.keys().isdisjoint(("filler", "place"))


def _asking(clauses: Sequence[_Clause]) -> list[int]:
    """Which clauses ask for something, or where none does say what is wanted.

    情况 asks for nothing where another one asks for a figure.
    """
    asks = [at for at, one in enumerate(clauses) if one.asks_surely]
    asks = asks or [at for at, one in enumerate(clauses) if one.asks]
    return (
        [at for at in asks if not clauses[at].is_aside]
        or [at for at in asks if clauses[at].names]
        or asks
        or [at for at, one in enumerate(clauses) if one.is_whole]
        or [at for at, one in enumerate(clauses) if one.names and not (one.is_aside or one.is_beside)]
    )


def _start(clauses: Sequence[_Clause], asking: Sequence[int]) -> int:
    """The clause with which a question begins, which names what is asked for.

    That may be said before it is asked for: 老师让我们找产量，我没找到，能告诉我是多少吗.
    """
    naming = [at for at in range(asking[0] + 1) if clauses[at].names]
    told = [at for at in naming if at in asking or not clauses[at].is_aside or clauses[at].is_errand]
    return max(told or naming, default=0)


def _without_errand(clause: list[Token]) -> list[Token]:
    """A clause without the words that say who wants it to be asked, or what for: 领导让我, 想写."""
    if len(clause) > 1 and clause[0].is_unknown and clause[0].text[0] == _WANTS:
        return clause[1:]
    for at, (one, behind) in enumerate(pairwise(clause[:_ERRAND])):
        is_sent = one.text[-1] in _SENDS and (at or len(one.text) > 1) and behind.text[0] in _ME
        is_sent = is_sent or (one.text in _ME and behind.text == "问")  # 天天追着我问
        if is_sent and not all(map(_says_nothing, clause[at + 2 :])):
            return clause[at + 2 :]
    return clause


def _names(tokens: Iterable[Token]) -> bool:
    """Whether some token is a word for what is measured, or one that nothing knows."""
    return any(token.is_content or (token.is_unknown and len(token.text) > 1) for token in tokens)


def _says_nothing(token: Token) -> bool:
    if token.is_content or token.quantity or token.span:
        return False
    return len(token.text) == 1 if token.is_unknown else token.roles.keys() == {"filler"} or token.text == "吗"
