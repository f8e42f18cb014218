"""Several things asked for at once: cuts a question into parts, each of which inherits what it leaves out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary

from .index import Index
from .observation import LISTS, Observation, asked_unit, is_set_beside, places_of, read, told

# Question words that ask for nothing of their own where another clause asks for a figure.
_NOT_ASKING = frozenset(["yesno", "overview", "name", "who", "what"])
# Question words for figures.
FIGURES = frozenset(["number", "money", "percent", "points", "times", "duration", "area"])
_QUOTES = frozenset("“”\"'‘’「」『』（）()《》")
_Tokens = list["Token"]


@dataclass(frozen=True, slots=True)
class Coordinated:
    """A part of a question: what it asks, the content that it may share with the other parts, and its text.

    `shared`: each way in which it may take over the content of others.
    """

    asked: Observation
    shared: Sequence[Sequence[Token]]
    text: str


@dataclass(frozen=True, slots=True)
class Coordination:
    """The parts of a question; `certain`: it says that it asks for several things; `is_sum`: for what they make."""

    parts: tuple[Coordinated, ...]
    certain: bool
    is_sum: bool = False


def coordination(question: Observation, index: Index) -> Coordination | None:
    """The parts of a question that asks for several things at once; None where it can only ask for one."""
    clauses = _clauses(question.tokens)
    if len(clauses) > 1 and any(map(is_join, question.tokens)):
        return Coordination(tuple(_of_clauses([read(clause) for clause in clauses], index)), certain=True)
    each = any(token.roles.get("join") == "each" for token in question.tokens)
    tokens = _with_joins(question.tokens, index.vocabulary) if each else question.tokens
    segments, joined = _segments(tokens, index)
    if not joined:
        segments = [part for segment in _with_lead_ins(segments) for part in _by_question_words(segment)]
    if len(segments) < 2:
        return None
    readings = [read(segment) for segment in segments]
    asking = sum(bool(one.asks - _NOT_ASKING) or _tells(one) or _asks_likewise(one) for one in readings)
    crossed = _of_each(*_things_and_aspects(segments, tokens, each=each)) if joined else []
    parts = crossed or [
        Coordinated(_inheriting(readings, at), _shared(readings, at, joined=joined), told(segment))
        for at, segment in enumerate(segments)
    ]
    # 成交额和增速, however few words of its own the second one has
    beside = joined and any(map(_is_aspect_alone, segments[1:]))
    is_sum = any(token.text in LISTS["sums"] for token in question.tokens)
    # 甲和乙一共多少, but not 甲和乙一共各多少
    is_sum = is_sum or (
        joined and not (each or crossed) and any(token.text in LISTS["in all"] for token in segments[-1])
    )
    return Coordination(tuple(parts), each or beside or asking > 1 or bool(crossed), is_sum)


def _with_joins(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """With a sign between what stands side by side and excludes each other: 上半年 | 下半年, 男的 | 女的."""
    found = list(tokens[:1])
    for before, token in pairwise(tokens):
        are_periods = before.span and token.span and before.span.months and token.span.months
        others = {other for concept in _meant(before) for other in vocabulary.exclusive.get(concept, ())}
        if are_periods or not others.isdisjoint(_meant(token)):
            found.append(Token("、", token.start, token.start))
        found.append(token)
    return found


def _meant(token: Token) -> Sequence[str]:
    """What a word says that has one meaning, as concepts."""
    return token.word.senses[0] if token.word and len(token.word.senses) == 1 else ()


def _clauses(tokens: Sequence[Token]) -> list[_Tokens]:
    """The stretches between commas that ask for figures, each with what leads up to it."""
    clauses: list[_Tokens] = [[]]
    for token in tokens:
        is_end = token.is_stop and token.text not in _QUOTES and token.text != "、"
        if is_end and any(map(_asks_for_figure, clauses[-1])):
            clauses.append([])
        else:
            clauses[-1].append(token)
    ends = [clause for clause in clauses if any(map(_asks_for_figure, clause))]
    return ends if len(ends) == len([clause for clause in clauses if clause]) else [list(tokens)]


def _of_clauses(clauses: Sequence[Observation], index: Index) -> Iterator[Coordinated]:
    """The parts of each of several clauses, which may take over what those before are about."""
    things: Sequence[Coordinated] = ()
    for at, clause in enumerate(clauses):
        inner = coordination(clause, index)
        if things and not (inner or clause.content):  # 粮食、茶叶的产量各是多少，分别增长多少
            asked = _inheriting(clauses[: at + 1], at)
            for thing in things:
                ways = [[*shared, *thing.asked.content] for shared in thing.shared]
                yield Coordinated(asked, ways, thing.text + told(clause.tokens))
            continue
        things = inner.parts if inner else ()
        parts = things or (Coordinated(clause, [[]], told(clause.tokens)),)
        before = _shared(clauses, at, joined=False)
        for part in parts:
            ways = [[*shared, *others] for others in before for shared in part.shared]
            yield Coordinated(_inheriting([*clauses[:at], part.asked], at), ways, part.text)


def _things_and_aspects(
    segments: Sequence[_Tokens], tokens: Sequence[Token], *, each: bool
) -> tuple[list[_Tokens], list[_Tokens]]:
    """The things that a question joins, and what it asks of each: 小麦和玉米的产量、增速; none where it does not."""
    ends = [(at, i) for at, segment in enumerate(segments) for i, token in enumerate(segment) if token.text == "的"]
    are_all_joined = sum(map(is_join, tokens)) == len(segments) - 1
    if are_all_joined and len(ends) == 1 and 0 < ends[0][0] < len(segments) - 1:
        at, i = ends[0]
        aspects = [segments[at][i + 1 :], *segments[at + 1 :]]
        # GDP增速 of 三次产业的增速和GDP增速 is of another thing.
        said = {token.text for token in aspects[0]}
        is_other = any(_tells(read(aspect)) and not said.isdisjoint(t.text for t in aspect) for aspect in aspects[1:])
        return ([], []) if is_other else ([*segments[:at], segments[at][:i]], aspects)
    *things, last = segments
    is_of_each = each or last[0].text.startswith("各")  # 各自的增速
    if len(things) > 1 and is_of_each and _is_aspect_alone(last) and not any(_tells(read(thing)) for thing in things):
        return things, [[], last]
    return [], []


def _of_each(things: Sequence[_Tokens], aspects: Sequence[_Tokens]) -> list[Coordinated]:
    """All that is asked of each of several things, with what the first one says of all of them."""
    if not things:
        return []
    found: list[Coordinated] = []
    about_all, last = read(things[0]).content[:-1], read(aspects[-1])
    for aspect in aspects:
        readings = [read([*thing, *aspect]) for thing in things]
        for at, thing in enumerate(things):
            own = _inheriting([*readings, last], at)
            shared = (token for token in about_all if token not in own.content)
            found.append(Coordinated(own, [list(shared)], told([*thing, *aspect])))
    return found


def _segments(tokens: Sequence[Token], index: Index) -> tuple[list[_Tokens], bool]:
    """The stretches between commas and joins, and whether a join such as 和 or 、 stands between two of them."""
    segments: list[_Tokens] = [[]]
    joined = joins = False
    for at, token in enumerate(tokens):
        if is_join(token) and not (_is_with(tokens, at, segments[-1]) or _is_in_a_name(tokens, at, index)):
            # What asks for figures by itself on both sides is not joined: 学校多少所、毕业多少人.
            are_apart = all(any(map(_asks_for_figure, some)) for some in (segments[-1], tokens[at + 1 :]))
            joins = bool(segments[-1]) and not are_apart
            segments.append([])
        elif not token.is_stop:
            segments[-1].append(token)
            joined, joins = joined or joins, False
        elif token.text not in _QUOTES:
            segments.append([])
    return [segment for segment in segments if segment], joined


def _is_in_a_name(tokens: Sequence[Token], at: int, index: Index) -> bool:
    """Whether a join stands in the name of some fact, between the same words: 文化和旅游部门."""
    return 0 < at < len(tokens) - 1 and index.has_in_names("".join(one.text for one in tokens[at - 1 : at + 2]))


def _is_with(tokens: Sequence[Token], at: int, before: Iterable[Token]) -> bool:
    """Whether a join asks with how many, or begins a comparison: 学校与多少所大学合作 asks for no school."""
    asks = any("ask" in token.roles for token in tokens[at + 1 : at + 2])
    return (asks and not any("ask" in token.roles for token in before)) or is_set_beside(tokens, at)


def _with_lead_ins(segments: Iterable[_Tokens]) -> list[_Tokens]:
    """With what asks for no figure put before the segment that does: 牛奶是不是少了，少了多少."""
    found: list[_Tokens] = []
    lead: _Tokens = []
    for segment in segments:
        goes_on = bool(found) and (_asks_likewise(read(segment)) or _is_aspect_alone(segment))
        if goes_on or any("ask" in token.roles and token.roles["ask"] != "yesno" for token in segment):
            found.append([*lead, *segment])
            lead = []
        else:
            lead.extend(segment)
    return found or [lead]


def _by_question_words(segment: _Tokens) -> list[_Tokens]:
    """A segment that asks for figures twice, cut behind the first question and its unit: 挣多少 | 花多少."""
    asking = [at for at, token in enumerate(segment) if _asks_for_figure(token)]
    if len(asking) < 2:
        return [segment]
    end = asking[0] + 1
    end += "unit" in segment[end].roles
    return [segment[:end], *_by_question_words(segment[end:])]


def _asks_for_figure(token: Token) -> bool:
    return token.roles.get("ask") in FIGURES


def _is_aspect_alone(segment: Sequence[Token]) -> bool:
    telling = [token for token in segment if not token.roles.keys().isdisjoint(("change", "aspect", "base"))]
    return bool(telling) and not any(t.is_content for t in segment if t not in telling)


def _inheriting(readings: Sequence[Observation], at: int) -> Observation:
    """A part with the period and place of the parts before it, and with the question that comes last."""
    own, last = readings[at], readings[-1]
    earlier = readings[:at][::-1]
    spans = next((one.spans for one in (own, *earlier) if one.spans), own.spans)
    about = next((one for one in earlier if one.places), None)
    places = places_of(own, about.places if about else [])
    if own.asks or _tells(own):
        bases = [other.aspect.base for other in earlier if other.aspect.change and own.aspect.change]
        aspect = replace(own.aspect, base=next(filter(None, [own.aspect.base, *bases]), ""))
        return replace(own, spans=spans, places=places, asks=own.asks or last.asks, aspect=aspect)
    if readings[0].asks:
        last = readings[0]  # English asks first
    # A unit that is only that of what is asked for last is none of the others: 业务量和收入各是多少.
    unit = last.aspect.unit if last.aspect.unit == asked_unit(last) and not own.aspect.unit else own.aspect.unit
    # 增速 of GDP和增速 is asked for beside the GDP; 增速 of 出口和进口的增速 is asked of both.
    aspect = replace(last.aspect, forms=last.aspect.forms | own.aspect.forms, unit=unit) if last.content else own.aspect
    return replace(own, spans=spans, places=places, asks=last.asks, aspect=aspect)


def _shared(readings: Sequence[Observation], at: int, *, joined: bool) -> Sequence[Sequence[Token]]:
    """The content that a part may take over: of all, the first or the last of those before it, or none where it has its
    own; of joined ones, what stands behind the last item.
    """
    first, last = readings[0].content, readings[-1].content
    if not joined:
        earlier = [one.content for one in readings[:at] if one.content]
        ends = [earlier[0], earlier[-1]] if len(earlier) > 1 else []
        return [*filter(None, [[token for content in earlier for token in content], *ends]), []]
    # 增速 of 产量、增速和单产 is that of the first one.
    behind = last[1:] if readings[at].content or (at and first) else last
    # 低保户数 has what it is of before the word for how that is counted, and 2019年 says nothing but when.
    end = readings[0].tokens[-1]
    is_whole = not last or end.span or end.roles.get("aspect") == "level"
    shared = [*(first if is_whole else first[:-1]), *(last if end.span else behind)]
    return [[token for token in shared if token not in readings[at].content]]


def is_join(token: Token) -> bool:
    """Whether a word joins things that stand side by side, as 和 and 、 do."""
    return token.text == "、" or token.roles.get("join") == "and"


def _asks_likewise(reading: Observation) -> bool:
    """Whether it asks of something else, or of another period, what was asked before: 幼儿园呢."""
    return bool(reading.content or reading.spans) and reading.tokens[-1].text == "呢"


def _tells(reading: Observation) -> bool:
    """Whether it says how its figure is told, beyond how much there is."""
    return bool(reading.aspect.change or reading.aspect.forms - {"level"})
