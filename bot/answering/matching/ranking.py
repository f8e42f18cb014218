"""Which facts fit a question: those that share its rarest words, filtered by type, then ranked by one score.

A score tells how much of the question a fact explains, and how much of its name the question says.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple

from bot.answering.language.periods import FULL_YEAR, period
from bot.answering.language.pinyin import fold, sounds
from bot.answering.language.quantities import is_among
from bot.answering.language.tokens import Token

from .asked import Asked, bound, breakdowns_of, is_code, numbers_a_name, times_named
from .entries import NEW, TOTAL, Entry, Name, NameToken, Sense, closure
from .filters import doubt, misfit, preference, preference_of_place
from .index import COMMON, Index, Shares
from .observation import LISTS, MEASURES, Observation, as_text, told, unended
from .parts import Part, concepts_in, covered, explaining, explains, frequency_of, shares_among
from .tuning import TUNING

# Of the facts that share a word with the question, those are looked at that explain this share of what the best one
# does, and no more than so many.
_NEAR = 0.55
_MOST_LOOKED_AT = 60
_NEVER_ITS_OWN = frozenset(["place", "period", "change"])  # why a fact does not answer, even where it is called so
_OF = re.compile("^(?: *(?:of|for|the) )+|^ ")  # between a word and the name that it belongs to
_ALL_OF_IT = re.compile("(?:合计|总计|总[数量额])$")  # how a name ends that tells of all of a thing
# Before all other facts.
_FIRST = 2.0


class Scored(NamedTuple):
    """A fact and how well it fits, 0..1.

    `question`: how much of the question it explains. `name`: how much of its name the question says. `misfit`: why it
    does not answer whatever its score, "" where it does. `order`: by which facts are compared: the score, lower where
    another fact of the kind would be meant first. `own`: its label is said in full.
    """

    entry: Entry
    score: float
    question: float
    name: float
    order: float
    own: bool
    misfit: str = ""

    @property
    def is_called(self) -> bool:
        """Whether the question says one of its names in full."""
        return self.name >= TUNING.own * TUNING.elsewhere

    @property
    def is_all_that_is_said(self) -> bool:
        """Whether one of its names is all that the question says."""
        return self.order == _FIRST

    @property
    def preference(self) -> float:
        """Below 1 where a fact of another kind would be meant first."""
        return self.order / self.score if self.score else 0.0


def rank(question: Observation, parts: Sequence[Part], index: Index) -> list[Scored]:
    """The facts that share something with a question, best first; those of another type come last, marked."""
    aspect = question.aspect
    is_of_a_kind = aspect.change or aspect.forms - {"level"} or aspect.unit or aspect.base or question.spans
    is_of_a_place = bool(question.places) and (question.asks or "subject" not in question.places[0].roles)
    if not (parts or is_of_a_kind or is_of_a_place):
        return []  # it does not even say of which kind, period or place a figure it asks for is
    explained, weighed = _explained(parts, index)
    if not parts:
        explained = dict.fromkeys(range(min(len(index), COMMON)), 1.0)
    scorer = Scorer(question, parts, index)
    scored: list[Scored] = []
    least, most = 0.0, _MOST_LOOKED_AT if parts else COMMON
    for number in nlargest(most, explained, key=explained.__getitem__):
        if explained[number] < least:
            break
        entry = index.entry(number)
        # 多少米 and no more asks for what is told in such a unit, and for no bare number.
        if not parts and aspect.unit and not entry.aspect.unit:
            continue
        met = sum(against for against, shares in weighed if shares.get(number, 0.0))
        scored.append(scorer.score(entry, explained[number], met))
        if not scored[-1].misfit:
            least = max(least, _NEAR * explained[number])
    scored = _without_what_is_of_another(scored, question, parts, index)
    if not question.quantities:
        scored = _with_plain_first(scored, scorer.is_plain)
    if parts and "overview" not in question.asks:
        scored = _with_its_name_first(scored, question)
    return sorted(scored, key=lambda one: (bool(one.misfit), -one.order, one.entry.number))


def beside_names(parts: Sequence[Part], question: Observation, entries: Sequence[Entry], index: Index) -> list[Part]:
    """What is said right beside a name of some fact and makes another thing of it: 女性就业人数 is no 就业人数."""
    text, found = "", list[Part]()
    for token in question.tokens:
        text = text.ljust(token.start) + token.text
    for part in parts:
        token = part.token
        if len(token.text) == 1 or token.text.endswith("了"):  # 建了几处
            continue
        if not (part.known or token.text.isascii() or token.is_entry):
            continue
        before = text[: token.start].rstrip().removesuffix("的")
        of = "" if part.is_everyday else "的"  # 娃娃的入园率
        behind = _OF.sub("", text[token.end :].removeprefix(of))
        # Most facts have no such name, which two characters tell sooner.
        tips = [tip for tip in (before[-2:], behind[:2]) if len(tip) > 1]
        for entry in (entry for tip in tips for entry in entries if tip in entry.text):
            names = tuple([name for name in entry.text.split("\n") if len(name) > 1])
            is_beside = before.endswith(names) or behind.startswith(names)
            if is_beside and not explains(part, entry.number, index):
                found.append(part)
                break
    return found


def _without_what_is_of_another(
    scored: list[Scored], question: Observation, parts: Sequence[Part], index: Index
) -> list[Scored]:
    """With the facts marked that leave out what makes another thing of theirs, a name, or a number that names one."""
    fitting = [one.entry.number for one in scored if not one.misfit]
    lacking = [part for part in parts if not all(explains(part, number, index) for number in fitting)]
    numbers = [part.token.text for part in parts if numbers_a_name(part.token, question)]
    names = [part for part in lacking if part.token.is_proper or is_code(part.token)]
    called = [one.entry for one in scored if one.is_called or one.misfit]
    beside = [*beside_names(lacking, question, called, index), *times_named(lacking, question)]
    needed = list(bound(parts, question))
    others = [(word, thing) for word, thing in needed if any(word is part.token for part in lacking)]
    heads = [part for part in parts if any(word is part.token and thing is None for word, thing in needed)]
    # 学位授予率 is told by what is called so, and not by what its sentence tells beside.
    heads = [part for part in heads if any(explains(part, number, index, TUNING.nearby) for number in fitting)]
    if not (heads or names or beside or others or numbers):
        return scored
    # What was done may stand in the sentence alone.
    said_by = [(part, 0.0 if part.token.text in LISTS["deeds"] else TUNING.around) for part in heads]

    def says(entry: Entry, token: Token, least: float = 0.0) -> bool:
        return any(explains(part, entry.number, index, least) for part in parts if part.token is token)

    def is_of_another(entry: Entry) -> bool:
        if not all(number in entry.text or number in entry.sentence for number in numbers):
            return True
        if not all(explains(part, entry.number, index, least) for part, least in said_by):
            return True
        said = (word for word, thing in others if thing is None or says(entry, thing))
        if not all(says(entry, word, TUNING.around) for word in said):
            return True
        is_said = (explains(name, entry.number, index) or _is_spelt(name.token.text, entry) for name in names)
        return not (all(is_said) and all(explains(part, entry.number, index) for part in beside))

    return [
        one._replace(order=0.0, misfit="thing") if not one.misfit and is_of_another(one.entry) else one
        for one in scored
    ]


def _is_spelt(name: str, entry: Entry) -> bool:
    """Whether a fact may say a name by its sound, Xiqing for 西青, or in another language: no English one says 华为."""
    return fold(name) in "".join(sounds(entry.sentence)) if name.isascii() else entry.text.isascii()


def _with_plain_first(scored: list[Scored], is_plain: Callable[[Entry], bool]) -> list[Scored]:
    """With facts of other periods behind the same one of the period that is asked for."""
    are_plain = [is_plain(one.entry) for one in scored]
    if all(are_plain):
        return scored
    plain = [one for one, is_so in zip(scored, are_plain, strict=True) if is_so and not one.misfit]
    # What is called in full is not the same as what has more to its name: 企业 and 超百亿元的企业.
    same, named = (
        {measured(one.entry) for one in some} for some in (plain, [one for one in plain if one.name >= TUNING.choice])
    )

    def is_told_plainly(one: Scored) -> bool:
        return any(measured(one.entry) <= other for other in (named if one.own else same))

    return [
        one._replace(order=one.order * TUNING.other_type) if not is_so and is_told_plainly(one) else one
        for one, is_so in zip(scored, are_plain, strict=True)
    ]


def _with_its_name_first(scored: list[Scored], question: Observation) -> list[Scored]:
    """With the facts ahead of which a whole name is all that is said: it is the editor's word for what is meant.

    Of several things that share words, another fact may be called by those as well: 甲和乙的收入. What is no more
    than a name, without a question word, means its fact however that is told, unless the name speaks of another place,
    period or change; but not a part of a question for several things, whose 增速 stands in none of them.
    """
    most = max((one.question for one in scored if one.own and not one.misfit), default=0.0)
    near = [one for one in scored if one.question >= most * TUNING.elsewhere]
    said, name = as_text(unended(question.tokens)), told(question.tokens)
    called = [one for one in near if one.misfit not in _NEVER_ITS_OWN and _is_name_of(said, one.entry)]
    called = called or [one for one in near if not one.misfit and _is_name_of(name, one.entry)]
    if not called:
        return scored
    meant = TUNING.second * max(one.preference for one in called)
    called = [one for one in called if one.preference >= meant]
    return [Scored(one.entry, 1.0, 1.0, 1.0, _FIRST, own=True) if one in called else one for one in scored]


def _is_name_of(text: str, entry: Entry) -> bool:
    return text in entry.text and (text in entry.text.split("\n") or text == _ALL_OF_IT.sub("", entry.label))


def measured(entry: Entry) -> frozenset[str]:
    """The concepts of a fact's label, with what each is a kind of."""
    return entry.names[0].concepts if entry.names else frozenset()


def _explained(parts: Iterable[Part], index: Index) -> tuple[dict[int, float], list[tuple[float, Shares]]]:
    """How much of a question each fact explains, in weights; and what each part weighs against those that do not.

    The latter with the facts that explain the part, as it is summed up for the few alone that are looked at.
    """
    found: dict[int, float] = {}
    weighed: list[tuple[float, Shares]] = []
    frequencies = [(frequency_of(part, index), at, part) for at, part in enumerate(parts)]
    for frequency, _, part in sorted(frequencies):
        many = found and frequency > COMMON
        shares = shares_among(found, part, index) if many else explaining(part, frequency, index)
        weighed.append((_against(part), shares))
        weight = part.weight
        for number, share in shares.items():
            if share:
                found[number] = found.get(number, 0.0) + weight * share
    return found, weighed


def _against(part: Part) -> float:
    """What it weighs against a fact that it does not explain a part, beside the part's own weight.

    Below 0 for a word of everyday talk, which may be meant in some other way; little for one that no fact has.
    """
    if part.is_everyday and not part.is_own:
        return (TUNING.around - 1.0) * part.weight
    return (1.0 if part.in_force else TUNING.around * part.known) * part.weight


class Scorer:
    """Scores facts for one question; what the question says is looked up once for each token of a name."""

    def __init__(self, question: Observation, parts: Sequence[Part], index: Index) -> None:
        self._question, self._index = question, index
        self._said = closure(concepts_in(parts), index.vocabulary)
        self._breakdowns = breakdowns_of((part.token for part in parts), index.vocabulary)
        self._against = sum(map(_against, parts))
        self._concepts = [part for part in parts if part.known]
        self._quoted = [part for part in parts if part.token.quantity]
        self._weight = sum(part.weight for part in parts) or 1.0
        said = [token.text for token in (*question.content, *question.places, *(part.token for part in parts))]
        self._text = "\n".join([*said, *(text for part in parts for text in part.texts)])
        self._is_of_new = NEW in self._said or bool(question.aspect.change)
        self._measures = MEASURES.get(question.aspect.unit, ())  # 里程 of what is asked for in 公里
        self._known: dict[str, float] = {TOTAL: float(question.total)}
        self._by_report: dict[str, Asked] = {}
        asked = period(question.spans, 0)
        self._any_period, self._any_year = asked.months <= {FULL_YEAR}, not asked.years

    def is_plain(self, entry: Entry) -> bool:
        """Whether a fact is of the period that is asked for, or else of the last one."""
        if self._any_year and self._index.is_told_anew(entry):
            return False
        if self._any_period:
            return self._index.is_usual(entry)
        # 4月份 is that of the report's year, where none is said.
        return not self._any_year or entry.period.years <= {entry.fact.report.year}

    def score(self, entry: Entry, explained: float, met: float) -> Scored:
        """A fact that explains so much of the question, in weights; marked where it is of another type.

        `met`: of what counts against facts that leave a part unexplained, that of the parts which it explains.
        """
        share = explained / (self._weight + self._against - met)
        report, known = entry.fact.report, self._by_report
        asked = known.get(report.id) or known.setdefault(
            report.id, Asked(self._question, self._said, self._breakdowns, report, self._index)
        )
        if why := misfit(asked, entry):
            return Scored(entry, share, share, 0.0, share, own=False, misfit=why)
        meant = preference(asked, entry) * preference_of_place(asked, entry)
        return self._by_names(entry, share, doubt(asked, entry), meant)

    def _by_names(self, entry: Entry, explained: float, doubt: float, preference: float) -> Scored:
        """A fact of a fitting type, of which all names together explain the share `explained` of the question.

        It is scored by its best name: what only another name explains counts a little less, as does a keyword that is
        said beside a label.
        """
        said = [is_among(part.token.quantity, entry.quantities) for part in self._quoted if part.token.quantity]
        quoted = bool(said) and all(said)
        best = (TUNING.elsewhere * explained * (1 - TUNING.name_share), TUNING.elsewhere * explained, 0.0)
        own = False
        for at, name in enumerate(entry.names):
            share = 1.0 if quoted else self._share(name)
            if not share:
                continue
            own = own or (share >= TUNING.own and at == 0)
            share *= TUNING.elsewhere if at else 1.0
            share *= TUNING.nearby if name.is_increase and not self._is_of_new else 1.0
            # No name explains more than all together do, so that most cannot be the best any more.
            if explained * (1 - TUNING.name_share + TUNING.name_share * share) < best[0]:
                continue
            coverage = explained - (1.0 - TUNING.elsewhere) * min(self._lacks(name) / self._weight, explained)
            best = max(best, (coverage * (1 - TUNING.name_share + TUNING.name_share * share), coverage, share))
        score = best[0] * doubt
        return Scored(entry, score, best[1], best[2], score * preference, own)

    def _lacks(self, name: Name) -> float:
        """The weight of the words of the question that a name does not say."""
        lacking = 0.0
        for part in self._concepts:
            if not _says_any(name.concepts, part.senses):
                lacking += part.weight
        return lacking

    def _share(self, name: Name) -> float:
        """How much of a name the question says, 0..1."""
        got = 0.0
        for token in name.tokens:
            known = self._known.get(token.text)
            if known is None:
                known = self._known[token.text] = self._is_said(token)
            got += token.weight * known
        return got / name.weight

    def _is_said(self, token: NameToken) -> float:
        if _says_any(self._said, token.senses) or token.text in self._measures:
            return 1.0
        return covered(token.text, self._text) if len(token.text) > 1 else float(token.text in self._text)


def _says_any(said: frozenset[str], senses: Iterable[Sense]) -> bool:
    """Whether all concepts of some sense are said; a loop, as it takes half the time of `any`."""
    for sense in senses:  # noqa: SIM110
        if said.issuperset(sense):
            return True
    return False
