"""Things that a message names side by side, and the facts that tell the same of each of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, starmap, takewhile
from operator import attrgetter

from bot.answering.language.tokens import Token
from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import is_number
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Aspect, as_text, read
from bot.answering.matching.parts import question_parts
from bot.answering.matching.ranking import Scored, measured, rank
from bot.answering.matching.tuning import TUNING

from .followups import OF_ANOTHER, likeness
from .words import OR, is_join

_PREPOSITIONS = frozenset(["for", "from", "in", "at", "of", "by", "on"])
_LONGEST = 6  # words of a thing, or about all of them, that are told apart
# As nobody else is answered while a message is read: the words of it, and the questions that it may be made into.
_MOST_WORDS, _MOST_ASKED = 60, 24
_ALIKE = 0.05  # scores of two ways to read a message that differ by less, for each thing, are as good


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The words of things that are joined, and all others of a message."""

    things: tuple[tuple[Token, ...], ...]
    rest: tuple[Token, ...]

    @property
    def are_apart(self) -> bool:
        """Whether each thing is told apart by a word of its own, as one fact may be on all: for Japan and for Korea."""
        return all(thing[0].text in _PREPOSITIONS for thing in self.things[1:])

    @property
    def are_named(self) -> bool:
        """Whether each thing has a word that says what, where or when it is, beside how it is told: by how much."""
        return all(any(map(_is_name, thing)) for thing in self.things)

    def readings(self) -> Iterator[tuple[int, list[tuple[Sequence[Token], Sequence[Token]]]]]:
        """The words of each thing, and those about all of them, with how many of these stand among the things.

        These may begin the first one, or end the first or the last: 江苏的稻谷、玉米, 稻谷产量和玉米, 稻谷和玉米的产量.
        """
        first, last = self.things[0], self.things[-1]
        for ahead in range(min(len(first), _LONGEST)):
            for end in range(max(len(last) - _LONGEST, 1), len(last) + 1):
                things = [first[ahead:], *self.things[1:-1], last[:end]]
                yield ahead + len(last) - end, [(thing, first[:ahead] + last[end:] + self.rest) for thing in things]
            for end in range(max(len(first) - _LONGEST, ahead + 1), len(first)):
                shared = first[:ahead] + first[end:]
                yield len(shared), [(thing, shared + self.rest) for thing in (first[ahead:end], *self.things[1:])]


def side_by_side(tokens: Sequence[Token]) -> SideBySide | None:
    """The things that stand side by side in a message, up to the next comma; None where nothing is joined."""
    joins = [at for at, token in enumerate(tokens) if is_join(token) and token.text not in OR]
    if not joins:
        return None
    stops = [at for at, token in enumerate(tokens) if token.is_stop]
    start = max((at + 1 for at in stops if at < joins[0]), default=0)
    end = min((at for at in stops if at > joins[-1]), default=len(tokens))
    things: list[list[Token]] = [[]]
    for token in tokens[start:end]:
        if is_join(token) or (token.is_stop and token.text != "/"):
            things.append([])
        elif may_name(token):
            things[-1].append(token)
    found = tuple(tuple(thing) for thing in things if thing)
    rest = filter(may_name, [*tokens[:start], *tokens[end:]])
    return SideBySide(found, tuple(rest)) if len(found) > 1 else None


def may_name(token: Token) -> bool:
    """Whether a word may be part of what something is called, or say when, where or how it is told."""
    is_grammar = token.roles.keys() & {"ask", "list"} or token.roles.get("filler") == "particles"
    return not (token.is_stop or is_grammar)


def _is_name(token: Token) -> bool:
    names = token.is_content or token.is_unknown or token.span is not None
    return names or not token.roles.keys().isdisjoint(("place", "subject", "total"))


def one_each(named: SideBySide, aspect: Aspect, index: Index, *how_told: Callable[[Entry], object]) -> list[Entry]:
    """The facts that answer the same question for each of several things, one for each; none where some has none.

    They are told alike in one of some ways, `how_told`, and of the same time where that may be.
    """
    best, found, enough = 0.0, list[Entry](), _ALIKE * len(named.things)
    if sum(map(len, named.things)) + len(named.rest) > _MOST_WORDS:
        return found
    likely = sorted(named.readings(), key=lambda one: (not _begin_alike([own for own, _ in one[1]]), -one[0]))
    known: dict[tuple[Token, ...], list[Scored]] = {}  # as most ways ask some question again

    def answers(own: Sequence[Token], rest: Sequence[Token]) -> list[Scored]:
        tokens = tuple(sorted([*own, *rest], key=attrgetter("start")))
        if tokens not in known:
            known[tokens] = _fitting(tokens, aspect, index)
        return known[tokens]

    for _, things in likely[: max(_MOST_ASKED // len(named.things), 1)]:
        ranked = list(takewhile(bool, starmap(answers, things)))
        if len(ranked) < len(things):
            continue
        texts = [as_text(own) for own, _ in things]
        alike = chain.from_iterable(_told_alike(ranked, texts, how) for how in how_told)
        told = max(alike, key=lambda told: sum(one.order for one in told), default=[])
        score = sum(one.score for one in told)
        if score > best + enough:
            best, found = score, [one.entry for one in told]
        if best + enough >= len(things):
            break  # no score is above 1
    return found


def _begin_alike(things: Sequence[Sequence[Token]]) -> bool:
    """Whether all things are told by the same English preposition: in Wales, in England."""
    first = {thing[0].text for thing in things if len(thing) > 1}
    return len(first) == 1 and first <= _PREPOSITIONS and all(len(thing) > 1 for thing in things)


def _told_alike(
    ranked: Sequence[Sequence[Scored]], texts: Sequence[str], how_told: Callable[[Entry], object]
) -> Iterator[list[Scored]]:
    """One fact for each of several things in each way that these are told, at the same time or at any."""
    for kind_of in (lambda entry: (how_told(entry), entry.period), how_told):
        for kind in dict.fromkeys(kind_of(one.entry) for one in ranked[0]):
            alike = ([one for one in scored if kind_of(one.entry) == kind] for scored in ranked)
            near = [_near(scored, text) for scored, text in zip(alike, texts, strict=True)]
            sure = [one[0].entry for one in near if len(one) == 1]
            for seed in [sure] if sure else [[one.entry] for one in near[0]]:
                found = [one for one in (_meant(one, seed) for one in near) if one]
                if len({one.entry for one in found}) == len(ranked):
                    yield found


def _fitting(tokens: Sequence[Token], aspect: Aspect, index: Index) -> list[Scored]:
    """The numbers that answer a question of some words, best first."""
    asked = replace(read(tokens), aspect=aspect, asks=frozenset(["number"]), quantities=[])
    ranked = [one for one in rank(asked, question_parts(asked, index), index) if not one.misfit]
    least = max(TUNING.stated, TUNING.choice * min(ranked[0].order, 1.0)) if ranked else 0.0
    return [one for one in ranked if one.score >= least and is_number(one.entry)]


def _near(ranked: Sequence[Scored], text: str) -> list[Scored]:
    """The facts that are as good as the best one, of these those whose labels have a text, if any."""
    best = next(iter(ranked), None)
    near = [one for one in ranked if best and one.own >= best.own and one.order >= best.order * TUNING.elsewhere]
    return [one for one in near if text in one.entry.label] or near


def _meant(near: Sequence[Scored], sure: Sequence[Entry]) -> Scored | None:
    """Of facts that are as good the one that is called most like those of other things that are sure."""
    if len(near) < 2:
        return next(iter(near), None)
    likest = max(near, key=lambda one: (max(alikeness(one.entry, other) for other in sure), one.order))
    return likest if any(alikeness(likest.entry, other) >= OF_ANOTHER for other in sure) else None


def alikeness(one: Entry, other: Entry) -> float:
    """How alike two facts are called, in characters or in what these say: 全省生产总值, GDP."""
    first, second = measured(one), measured(other)
    return max(likeness(one.label, other.label), len(first & second) / (len(first | second) or 1))
