"""A follow-up is a question whose holes are filled from the one before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from bot.answering.language.tokens import Token
from bot.answering.matching.asked import Asked, breakdowns_of
from bot.answering.matching.coordination import FIGURES
from bot.answering.matching.entries import NEW, TOTAL, Entry, closure, concepts_of, is_of_number
from bot.answering.matching.filters import doubt, misfit, preference
from bot.answering.matching.index import COMMON, Index
from bot.answering.matching.observation import (
    COUNTED,
    LISTS,
    Observation,
    asks_in_large,
    places_of,
    read,
    says_its_unit,
)
from bot.answering.matching.parts import concepts_in, parts_of
from bot.answering.matching.tuning import TUNING

from .words import CALLED, between_joins, covered_label, saying, share, shares_of, spoken

# What counts beside that a fact says what the message says itself: that it shares all words of the one before, that it
# stands in the same sentence, that it is told near by, that their labels share characters, and how many facts away is
# far.
_SHARED, _BESIDE, _NEAR, _LITERAL, _FAR = 1.5, 0.25, 0.1, 0.3, 10
_WIDER = 0.3  # what the wider concepts and other names of the fact before count beside its label
_LEAST_SHARED = 0.2  # with less, a fact in another sentence has nothing to do with the one before
OF_ANOTHER = 0.5  # labels that are so much alike tell the same of two things
THE_SAME = 0.35  # two labels that say so much of each other, multiplied, are of the same thing
_SAME = 0.97  # facts this near to the best one fit alike
_NAMED = 0.25  # of a score, what is up to how much of the label has been said by now
_OTHER_TYPE, _OTHER_UNIT = 0.5, 0.8
# Question words that leave open how a figure is told.
_OPEN = frozenset(["yesno", "number", "many", "what", "overview"])


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was understood, the facts that were stated or offered, none if no report tells, and its time.

    `is_led`: the first of several facts fits better than the next one.
    """

    asked: Observation
    entries: tuple[Entry, ...]
    at: float
    is_led: bool = False


def leans(asked: Observation) -> bool:
    """Whether a message says that it goes on from the one before, or says too little to stand by itself."""
    # 泽湖市有多少人 asks for the population, whatever was asked before.
    is_of_people = asked.aspect.unit == "person" and any("subject" in token.roles for token in asked.places)
    return goes_on(asked) or not (is_of_people or any(map(_tells_what, asked.content)))


def goes_on(asked: Observation) -> bool:
    """Whether a message says itself that it goes on from the one before."""
    is_meant = any(token.roles.get("follow") in ("it", "before") for token in asked.tokens)
    return is_meant or any("follow" in token.roles for token in _edges(asked.tokens))


def _edges(tokens: Sequence[Token]) -> Iterator[Token]:
    """The first word of a message, and the last one where it asks with that alone: 小学呢."""
    said = spoken(tokens)
    yield from said[:1]
    if said and said[-1].text.endswith("呢") and not any("ask" in token.roles for token in said):
        yield said[-1]


def _tells_what(token: Token) -> bool:
    return token.quantity is not None or token.is_content or (token.is_unknown and len(token.text) > 1)


def filled_from(asked: Observation, turn: Turn) -> Observation:
    """A message with the period and the place of the one before, where it says none of its own."""
    return replace(asked, spans=asked.spans or turn.asked.spans, places=places_of(asked, turn.asked.places))


def asked_on(asked: Observation, turn: Turn) -> Observation:
    """A message that names nothing, as it asks on about what no report tells: 涨了吗 after the price of houses."""
    named = [id(token) for token in (*things_named(turn.asked), *turn.asked.places)]
    return read([*(token for token in turn.asked.tokens if token.span or id(token) in named), *asked.tokens])


def things_named(asked: Observation) -> Iterator[Token]:
    """The words of a message that name something; one without any goes on from the last turn alone."""
    return (token for token in asked.content if token.quantity is None)


def tells_how(asked: Observation) -> bool:
    """Whether a message says how its figure is told."""
    aspect = asked.aspect
    return bool(aspect.change or aspect.forms - {"level"} or aspect.base)


def is_told_as(entry: Entry, turn: Turn) -> bool:
    """Whether a fact tells its figure just as those of a turn do: a growth in percent, a number of persons."""
    has = entry.aspect
    told = [before.aspect for before in turn.entries]
    units = COUNTED - {"person"}
    return all(
        (has.change != "", has.forms) == (had.change != "", had.forms)
        and (has.unit == had.unit or {has.unit, had.unit} <= units)
        for had in told
    )


def follow_up(asked: Observation, turn: Turn, index: Index, *, may_repeat: bool = False) -> list[Entry]:
    """The facts that a message means as a follow-up: the best one, or those that fit alike; none where none does.

    `may_repeat`: it may be about the very fact of the turn, as a claim is.
    """
    return _FollowUp(asked, turn, index).found(may_repeat=may_repeat)


def follow_up_on_each(asked: Observation, turn: Turn, index: Index) -> list[Entry]:
    """The facts that a message means, one of each of the things that it joins: 城镇和农村呢; none if any is open."""
    parts = between_joins(asked.tokens)
    found = [follow_up(read(part), turn, index) for part in parts] if len(parts) > 1 and all(parts) else []
    is_sure = bool(found) and len(found) == len({one[0] for one in found if len(one) == 1})
    return [one[0] for one in found] if is_sure else []


class _FollowUp:
    """A message after a turn.

    `own`: what it says itself; `said`: these as concepts, with the wider ones. `bare`: it says nothing of what is
    measured, how, or when. `again`: it may ask for what the turn has told. `earlier`: it asks how that was before;
    `elsewhere`: in another place.
    """

    def __init__(self, asked: Observation, turn: Turn, index: Index) -> None:
        self.asked, self.turn, self.index = asked, turn, index
        # 3万平方米以上的呢 names some by a number that their names have.
        numbers = (t for t in asked.content if t.quantity and not index.named.isdisjoint(concepts_of([t])))
        content = [*things_named(asked), *numbers]
        self.own = parts_of(content, index)
        self.said = closure(concepts_in(self.own), index.vocabulary)
        self.bare = not (self.own or asked.spans or tells_how(asked))
        self.again = not self.own and self._asks_again()
        self.earlier = any(token.roles.get("follow") == "before" for token in asked.tokens)
        is_of_new = any(NEW in before.concepts for before in turn.entries)
        names = (f"{part.token.text}{end}" for part in self.own for end in "省市县区旗州")
        words = filter(None, map(index.vocabulary.words.get, names))
        self.elsewhere = any("place" in word.roles for word in words)  # 尚义 of 尚义县
        are_names = bool(self.own) and all(token.text.isascii() for token in content)
        # Rye after York
        self.elsewhere = self.elsewhere or (are_names and any(before.named for before in turn.entries))
        self.filled = replace(filled_from(asked, turn), total=asked.total and not (self.own or is_of_new))
        self.filled.places = self.asked.places if self.elsewhere else self.filled.places
        are_rates = all(
            before.aspect.unit in ("percent", "permille") and not before.aspect.change for before in turn.entries
        )
        if asked.aspect.change and are_rates and not self.own:  # what is told in percent changes by points
            self.filled.aspect = replace(asked.aspect, kind="points")
        if not says_its_unit(asked):  # 网购的呢 is of complaints after one on these
            self.filled.aspect = replace(self.filled.aspect, unit="")
        self._asked_of: dict[str, Asked] = {}

    def _asks_again(self) -> bool:
        """Whether it asks for what the turn has told: 多少钱 after one in 元, but not 合多少平方米 after one in 亩."""
        units = [t.text for t in self.asked.tokens if "unit" in t.roles or t.text in LISTS["large"]]
        figures = "".join(before.fact.figure for before in self.turn.entries)
        how = self.asked.aspect
        is_told_so = all(
            bool(before.aspect.change) >= bool(how.change or how.base) and before.aspect.forms >= how.forms - {"level"}
            for before in self.turn.entries
        )
        asks_how_much = bool(self.asked.asks & FIGURES) or tells_how(self.asked)
        return asks_how_much and is_told_so and all(unit in figures for unit in units)

    def found(self, *, may_repeat: bool) -> list[Entry]:
        """The best fact, or those that fit alike."""
        if self.bare and any("order" in token.roles for token in self.asked.tokens):
            return []  # 最大的是哪个 is asked of several
        fitting: list[tuple[Entry, float]] = []
        for entry in self._saying_all():
            # Of facts that were only offered, a follow-up may choose one.
            is_before = entry in self.turn.entries
            repeats = is_before and (len(self.turn.entries) == 1 or not (self.own or self.asked.spans))
            asked = self._for(entry)
            is_new = not repeats or self.again or (may_repeat and self.bare)
            goes_with = self.own or any(self._goes_with(entry, before) for before in self.turn.entries)
            if is_new and goes_with and not misfit(asked, entry) and self._score(entry, in_any_way=True):
                fitting.append((entry, doubt(asked, entry) * preference(asked, entry) ** 2))
        # What is called so is meant, rather than what only stands in a sentence with it.
        named = [one for one in fitting if self._is_named(one[0])]
        told = [one for one in named if is_told_as(one[0], self.turn)]
        fitting = told or named or fitting
        # 医护比 is told in no other way than with its name; of 观影人次 the growth is meant after another growth.
        alike = any(self._is_named(entry) and is_told_as(entry, self.turn) for entry, _ in fitting)
        scored = [
            (self._score(entry, in_any_way=not alike) * factor + (entry in self.turn.entries), entry)
            for entry, factor in fitting
        ]
        if self.bare:
            # 然后呢 and =1+1 ask for nothing; 在校的呢 does, and a claim is about the fact itself.
            called = [one for one in scored if self._is_called_so(one[1])]
            scored = called or (scored if may_repeat or self._says_kind() else [])
        best = max((score for score, _ in scored), default=0.0)
        return [entry for score, entry in scored if score >= best * _SAME]

    def _says_kind(self) -> bool:
        """Whether a message says of what kind, where or how long ago what it asks for is: 多少亿, 多少人, 上次呢."""
        asked = self.asked
        return bool(asks_in_large(asked) or asked.aspect.unit or asked.asks - _OPEN or asked.places or self.earlier)

    def _saying_all(self) -> Iterator[Entry]:
        """The facts that say all of the message by their names or clause, or by what leads up to a figure just told."""
        quoted = {entry.sentence for entry in self.turn.entries}
        said = [(part.token.text, shares_of(part, self.index)) for part in self.own]
        for entry in self._related():
            # 居住 of a sentence tells of no figure before it.
            led = self.index.reader.texts[entry.number].before_figure if entry.sentence in quoted else ""
            says = all(share_of(entry) >= (TUNING.around if text in led else TUNING.nearby) for text, share_of in said)
            if says:
                yield entry

    def _related(self) -> list[Entry]:
        """The facts that share a word with those of the turn, but for words of very many, and those that stand near.

        Of these, those that may say all of the message.
        """
        index, found = self.index, set[int]()
        for before in self.turn.entries:
            found.update(range(max(before.number - _FAR, 0), min(before.number + _FAR + 1, len(index))))
            for concept in before.concepts:
                if index.frequency(concept) <= COMMON:
                    found.update(index.shares(concept))
        found.intersection_update(*(saying(part, index) for part in self.own))
        return [index.entry(number) for number in sorted(found)]

    def _for(self, entry: Entry) -> Asked:
        """The question as asked of a fact, made once for all of its report."""
        report, known = entry.fact.report, self._asked_of
        if report.id not in known:
            breakdowns = breakdowns_of((part.token for part in self.own), self.index.vocabulary)
            spans = [] if self.earlier else self.filled.spans
            known[report.id] = Asked(replace(self.filled, spans=spans), self.said, breakdowns, report, self.index)
            known[report.id].of_shares |= any("share" in before.aspect.forms for before in self.turn.entries)
        return known[report.id]

    def _goes_with(self, entry: Entry, before: Entry) -> bool:
        """Whether a message that names nothing may be about a fact: on the same thing, or beside it in another unit.

        Where no unit is asked for, the fact has to say what is no word: 募 of 今年打算募多少.
        """
        if entry.named and self.asked.places:
            return True
        unit, says_how = self.asked.aspect.unit, tells_how(self.asked)
        if not (unit or says_how) and any(s.offset for s in self.asked.spans) and entry.period == before.period:
            return False  # 去年呢 asks for another time
        if unit and not says_how and entry.sentence == before.sentence and entry.aspect.unit != before.aspect.unit:
            return True
        return (self.bare and self._is_called_so(entry)) or self._is_of_the_same(entry, before)

    def _is_of_the_same(self, entry: Entry, before: Entry) -> bool:
        """Whether a fact tells of the very thing of another one, and not of a kind or a neighbour of it.

        增速呢 after the output of cars asks for no growth of other industries.
        """
        said = covered_label(before, entry.concepts | self.said, entry.text, in_part=True)
        told = covered_label(entry, before.concepts | self.said, before.text, in_part=True)
        aspect, asked = entry.aspect, self.asked
        is_told = aspect.unit != "name" or aspect.change or aspect.forms & asked.aspect.forms or "reason" in asked.asks
        # A sentence may call its thing by less of its name: profit before tax, for that before tax and other items.
        is_short = entry.sentence == before.sentence and told == 1.0 and said > 0.0
        return bool(is_told) and (is_short or said * told >= THE_SAME)

    def _is_named(self, entry: Entry) -> bool:
        """Whether a fact is called by all that the message says itself."""
        return bool(self.own) and all(share(part, entry, self.index) >= CALLED for part in self.own)

    def _score(self, entry: Entry, *, in_any_way: bool) -> float:
        """How well a fact goes on from those of the turn; `in_any_way`: however it is told, where its name is said."""
        others = [before for before in self.turn.entries if before is not entry]
        is_told = in_any_way and self._is_named(entry) and covered_label(entry, self.said) >= TUNING.own
        scores = (self._score_after(entry, before) for before in others or self.turn.entries)
        return max(score * (1.0 if is_told else alike) for score, alike in scores)

    def _score_after(self, entry: Entry, before: Entry) -> tuple[float, float]:
        """How well a fact goes on from another one, 0 where it has nothing to do with it, and is told like that."""
        index, context = self.index, self._context(before)
        shared = sum(w * index.share(c, entry) for c, w in context.items()) / (sum(context.values()) or 1.0)
        beside, alike = entry.sentence == before.sentence, self._told_alike(entry, before)
        # 三产 after the growth of the GDP is that of another thing, which is told likewise.
        literal = likeness(before.fact.label, entry.fact.label)
        is_of_another = bool(before.aspect.change) or literal >= OF_ANOTHER
        covered = covered_label(entry, self.said.union(context), before.fact.label)
        is_of_another = is_of_another or covered == 1.0
        goes_on = beside or (self._is_named(entry) and alike >= _OTHER_UNIT and is_of_another)
        if shared < _LEAST_SHARED and not goes_on:
            return 0.0, alike
        weight = sum(part.weight for part in self.own)
        said = sum(part.weight * share(part, entry, index) for part in self.own) / weight if weight else 1.0
        near = 1 - min(abs(entry.number - before.number) / _FAR, 1.0)
        score = said + _SHARED * shared + _BESIDE * beside + _NEAR * near + _LITERAL * literal
        if index.is_usual(before) and not (index.is_usual(entry) or self.asked.spans or self.earlier):
            score *= TUNING.other_type
        return score * (1 - _NAMED + _NAMED * covered), alike

    def _context(self, before: Entry) -> dict[str, float]:
        """What the fact before is about, weighed, but for what the message says another thing of: 农村 after 城镇."""
        label = {c for name in before.names[:1] for token in name.tokens for sense in token.senses for c in sense}
        weights = dict.fromkeys(before.concepts, _WIDER) | dict.fromkeys(label - {TOTAL}, 1.0)
        exclusive = self.index.vocabulary.exclusive
        return {
            concept: weight * self.index.weight(concept)
            for concept, weight in weights.items()
            if exclusive.get(concept, frozenset()).isdisjoint(self.said) and not is_of_number(concept)
        }

    def _told_alike(self, entry: Entry, before: Entry) -> float:
        """A factor for whether a fact tells its figure as the one before does, in what the message leaves open."""
        has, had, asked = entry.aspect, before.aspect, self.asked
        if tells_how(asked) or asked.asks - _OPEN or asked.aspect.unit:
            return _OTHER_TYPE if had.forms - has.forms - asked.aspect.forms else 1.0
        if (bool(has.change), has.forms, has.kind) != (bool(had.change), had.forms, had.kind):
            return _OTHER_TYPE
        return 1.0 if has.unit == had.unit else _OTHER_UNIT

    @cached_property
    def _said_text(self) -> str:
        """The message without what only says that it goes on, or asks: 在校 of 在校的呢."""
        fillers = ("demonstratives", "particles")
        said = (t for t in spoken(self.asked.tokens) if t.roles.get("filler") not in fillers)
        return "".join(token.text for token in takewhile(lambda token: "ask" not in token.roles, said))

    def _is_called_so(self, entry: Entry) -> bool:
        """Whether a fact is called by the characters of a message without a word: 在校 of 在校的呢, 船 of 船呢."""
        text = self._said_text
        if len(text) > 1:
            return text in entry.text
        # What is left beside a number is no name, nor is what the label of the turn says as well.
        is_name = text and not (self.asked.quantities or any(text in before.label for before in self.turn.entries))
        return bool(is_name) and text in entry.label


def likeness(one: str, other: str) -> float:
    """How much of two labels is the same at their beginnings and ends, 0..1."""
    from rapidfuzz.distance import Postfix, Prefix  # noqa: PLC0415 - other questions do not wait for it

    return min((Prefix.similarity(one, other) + Postfix.similarity(one, other)) / max(len(one), len(other)), 1.0)


def asks_beside(text: str) -> bool:
    """Whether a text is one clause that asks for the same of something else: 绿茶呢, but not 有哪些呢."""
    return text.rstrip("?？ ").endswith("呢") and "," not in text and "哪" not in text
