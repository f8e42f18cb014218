"""What to state and what to offer, of the facts that fit.

With no qualifier the total is meant, and the report's own period; a fact whose own name is said wins over facts whose
names contain it; a level and its change are no choice where the question has an aspect. What leads is stated, with the
few others that a short question may mean as well, so that nobody need ask again.
"""

from collections.abc import Container, Iterable, Sequence

from bot.answering.answer import PAGE, Answer, Match, Outcome, Reason, language_of

from .coordination import Coordinated, Coordination
from .entries import NEW, Entry, closure, concepts_of
from .index import Index
from .observation import RELATIVE, Observation, as_text
from .parts import explains, parts_of
from .places import OTHER
from .ranking import Scored, measured, rank
from .register import in_talk, is_formal, is_talk
from .tuning import TUNING

_OTHER_ASPECT = frozenset(["change", "share", "level", "base", "contribution", "rank", "ratio"])
MOST_CHOICES = 6
MOST_NEAREST = 3
_ASKING = 2  # characters of a question word such as 多少
_FEW = 2  # facts beside the best one that a question may mean as well
_SAME = 0.99  # facts this near to each other in order are one as good as the other


def decide(text: str, question: Observation, ranked: Sequence[Scored], index: Index, *, in_full: bool = True) -> Answer:
    """The answer that the ranked facts make to a question that asks for one thing.

    `in_full`: it says all of what it asks for, and leaves nothing to the questions before.
    """
    fitting = [one for one in ranked if not one.misfit]
    if fitting and _is_told_otherwise(ranked, fitting[0]):
        fitting = []
    is_own_language = bool(fitting) and text.isascii() == fitting[0].entry.text.isascii()
    in_words = in_full and (is_own_language or not text.isascii())
    is_strict = in_words and is_own_language and is_formal(question)
    is_talked = in_words and not is_strict and is_talk(question)
    least = TUNING.stated_formal if is_strict else TUNING.offered if is_talked else TUNING.stated
    is_sure = bool(fitting) and _is_sure(question, fitting, ranked, index, least)
    # Those that fit alike may be meant, or where none is sure all that come near.
    offered = [one for one in fitting if one.score >= TUNING.offered]
    if is_sure and question.asks == {"overview"}:
        # 第三产业怎么样 asks for all that is told of it.
        offered = [one for one in offered if one.question >= TUNING.whole * fitting[0].question]
    elif is_sure:
        offered = _alike(fitting)
        if len(offered) == 1:
            offered = _left_open(question, fitting, in_words=in_words)
        else:
            offered = _said_in_full(question, _naming_as_much(question, offered))
    stated = _stated(question, fitting, offered, in_full=in_full) if is_sure and offered else []
    if stated:
        return Answer(text, language_of(text), Outcome.ANSWER, tuple(map(_match, stated)))
    if len(offered) > 1:
        return Answer(text, language_of(text), Outcome.CHOICES, tuple(map(_match, offered[:MOST_CHOICES])))
    reason, asked = _refusal(question, ranked, index)
    nearest = tuple(one.entry.fact for one in ranked[:MOST_NEAREST])
    return Answer(text, language_of(text), Outcome.NONE, reason=reason, asked=asked, nearest=nearest)


def _is_sure(
    question: Observation, fitting: Sequence[Scored], ranked: Sequence[Scored], index: Index, least: float
) -> bool:
    """Whether the best fact, or one that fits as well, is meant; `least`: the score from where on it is.

    In the terms of its own report it has to explain nearly all; in talk a little will do, as things are called
    otherwise.
    """
    best = fitting[0]
    is_stated = best.score >= least and not _is_kind_of_what_is_told(ranked, best, question, index)
    return is_stated or (least < TUNING.stated_formal and _is_called_alone(fitting, ranked))


def _stated(
    question: Observation, fitting: Sequence[Scored], offered: list[Scored], *, in_full: bool
) -> Sequence[Scored]:
    """What is stated of the facts that may be meant: the only one, or the one that leads the few others, with those."""
    best, *others = offered
    if not others:
        return [best, *(_meant_as_well(question, best, fitting) if in_full else [])]
    is_led = all(one.score < TUNING.margin * best.score for one in others)
    is_meant = is_led and best.is_called and best.question >= TUNING.whole
    return offered if in_full and question.asks - {"overview"} and is_meant else []


def _meant_as_well(question: Observation, best: Scored, fitting: Sequence[Scored]) -> list[Scored]:
    """The few facts that a question which says no more than a label may mean as well, told and explained alike.

    学校减少了多少所 means all of them, and may mean those of one stage; none whose label has fewer of its characters.
    """
    if not question.asks or question.total or _length(question) > len(best.entry.label) + _ASKING:
        return []
    found = [
        one
        for one in fitting
        if one is not best
        and one.question >= TUNING.whole * best.question
        and one.preference >= best.preference * _SAME
        and _told_in(one.entry) == _told_in(best.entry)
        and NEW not in one.entry.concepts  # which are fewer than all
    ]
    said = set(as_text(question.tokens))
    in_label = [sum(map(said.__contains__, one.entry.label)) for one in [best, *found]]
    found = [one for one, shared in zip(found, in_label[1:], strict=True) if shared >= in_label[0]]
    return found if len(found) <= _FEW else []


def _is_told_otherwise(ranked: Sequence[Scored], best: Scored) -> bool:
    """Whether the very thing that is asked for is in the report, but told in another way than is asked."""
    told = any(one.misfit in _OTHER_ASPECT and one.question >= TUNING.whole for one in ranked)
    return told and best.question < TUNING.choice


def _is_kind_of_what_is_told(ranked: Sequence[Scored], best: Scored, question: Observation, index: Index) -> bool:
    """Whether what is asked for is told in another way, and the best fact is of a kind of it: 消费贷款增速 of 贷款."""
    if best.own or best.is_called:
        return False
    said, label = closure(concepts_of(question.content), index.vocabulary), measured(best.entry)
    label -= _whole_of(best.entry)  # 税收占收入的比重 is told of 税收
    told = (one.entry for one in ranked if one.misfit in _OTHER_ASPECT and one.question >= TUNING.whole)
    return any(measured(entry) < label and measured(entry) <= said for entry in told)


def _whole_of(entry: Entry) -> frozenset[str]:
    """What the label of a share says that it is a part of, as concepts."""
    whole = entry.whole
    tokens = entry.names[0].tokens if whole and entry.names else ()
    return frozenset(concept for one in tokens if one.text in whole for sense in one.senses for concept in sense)


def _is_called_alone(fitting: Sequence[Scored], ranked: Sequence[Scored]) -> bool:
    """Whether a question calls the best fact by a name, no other one comes near it, and none tells more of it.

    摩托车 is all that 新注册登记摩托车 shares with their number, while others have 新注册登记.
    """
    best, *others = fitting
    most = max(one.question for one in ranked if one.misfit not in _OTHER_ASPECT)
    is_meant = best.is_called and best.question >= TUNING.second * most
    return is_meant and all(other.score < TUNING.choice * best.score for other in others)


def several(text: str, asked: Coordination, index: Index) -> Answer | None:
    """The answer to a question for several things; None where it asks for one after all, or none is known."""
    found: dict[str, Match] = {}
    missing: tuple[str, ...] = ()
    for part in asked.parts:
        facts = _answering(part, index, found)
        missing += () if facts else (part.text,)
        found |= {one.entry.fact.id: _match(one) for one in facts}
    if not found or (missing and not asked.certain) or _leaves_out_what_is_shared(asked, found, index):
        return None
    # Nothing is added up: what the sum would be made of is offered.
    is_sum = asked.is_sum and len(found) > 1
    outcome, most = (Outcome.CHOICES, MOST_CHOICES) if is_sum else (Outcome.ANSWER, PAGE)
    return Answer(text, language_of(text), outcome, tuple(found.values())[:most], missing=missing)


def _leaves_out_what_is_shared(asked: Coordination, found: Iterable[str], index: Index) -> bool:
    """Whether no fact explains a word that the parts share: 存款 of 居民和企业有多少存款, for 居民收入 and 企业利润."""
    shared = {token.text: token for part in asked.parts for token in part.shared[0]}
    words = [word for word in parts_of(shared.values(), index) if word.known and word.in_force]
    numbers = [index.numbers[fact] for fact in found]
    return any(not any(explains(word, number, index) for number in numbers) for word in words)


def _alike(fitting: Sequence[Scored]) -> list[Scored]:
    """The best fact and those that fit as well, of which none would be meant later than the best one."""
    best = fitting[0]
    is_named = best.own or best.is_called
    margin = TUNING.margin if is_named or best.question < TUNING.whole else TUNING.choice
    least, preference, explained = best.score * margin, best.preference * _SAME, best.question * TUNING.margin
    return [one for one in fitting if one.score >= least and one.preference >= preference and one.question >= explained]


def _left_open(question: Observation, fitting: Sequence[Scored], *, in_words: bool) -> list[Scored]:
    """The best fact, with those that a brief question for a number may mean as well; `in_words`: of somebody."""
    best = fitting[0]
    if "number" not in question.asks or _length(question) > TUNING.brief:
        return [best]
    near = [one for one in fitting[1:] if one.question >= TUNING.left_open * best.question]
    others = [] if question.total or best.own else [one for one in near if _is_told_alike(one, best, question)]
    if not others and in_words and _says_less(question, best):
        others = near
    return [best, *others]


def _is_told_alike(one: Scored, best: Scored, question: Observation) -> bool:
    """Whether a fact is told as the best one is, of the same kind of figure, and about as much of its name is said."""
    if one.preference < best.preference * TUNING.second or one.name < TUNING.stated * best.name:
        return False
    # An area and an output may both tell how much there is of one thing.
    units = {one.entry.aspect.unit, best.entry.aspect.unit}
    is_open = not (question.aspect.unit or one.entry.aspect.change) and units.isdisjoint(RELATIVE)
    return is_open or _told_in(one.entry) == _told_in(best.entry)


def _says_less(question: Observation, best: Scored) -> bool:
    """Whether a question is no longer than the label of the fact that it finds, and so leaves some of it open.

    It does not where it calls the fact by a keyword, or says when or that the whole is meant. Of everyday words the
    length tells nothing.
    """
    is_in_terms = len(in_talk(question)) <= 1 and not (question.spans or question.total)
    return is_in_terms and best.preference <= 1.0 and _length(question) <= len(best.entry.label)


def _length(question: Observation) -> int:
    """The characters of a question from its first word to the last one."""
    return question.tokens[-1].end - question.tokens[0].start if question.tokens else 0


def _told_in(entry: Entry) -> tuple[str, str, str, bool]:
    """What a fact is told in: the family of its unit, its currency, its change and whether it contributes."""
    aspect = entry.aspect
    currency = entry.quantities[0].unit if aspect.unit == "money" and entry.quantities else ""
    return aspect.unit, currency, aspect.change, "contribution" in aspect.forms


def _naming_as_much(question: Observation, alike: list[Scored]) -> list[Scored]:
    """Those of several facts whose labels have most of the places and wholes that a question names, such as 全社会."""
    said = [token.text for token in question.tokens if token in question.places or token.text.startswith("全")]
    named = [sum(text in one.entry.label for text in said) for one in alike]
    return [one for one, count in zip(alike, named, strict=True) if count == max(named)]


def _said_in_full(question: Observation, alike: Sequence[Scored]) -> list[Scored]:
    """The one of several facts that a question calls by its label or the longest name, word for word; else all."""
    content = {token.text for token in question.content}
    called = [one for one in alike if one.entry.names and {t.text for t in one.entry.names[0].tokens} == content]
    if len(called) == 1:
        return called
    said = "".join(token.text for token in question.tokens)
    lengths = [max((len(n) for n in one.entry.text.split("\n") if n in said), default=0) for one in alike]
    return [one for one, length in zip(alike, lengths, strict=True) if length == max(lengths)]


def _answering(part: Coordinated, index: Index, stated: Container[str]) -> list[Scored]:
    """The facts that answer a part, with what it shares with the others; rather one that is not `stated` yet."""
    own = parts_of(part.asked.content, index, head=part.asked.head)
    found: list[Scored] = []
    for shared in part.shared:
        taken = parts_of(shared, index, TUNING.around)
        ranked = [one for one in rank(part.asked, [*own, *taken], index) if not one.misfit]
        # Without anything of the others it has to say all of a name: 医生多少、护士多少.
        if ranked and (not found or (ranked[0].order > found[0].order and ranked[0].is_called)):
            found = ranked
    if not found or found[0].score < TUNING.stated:
        return []
    least = max(TUNING.stated, TUNING.choice * found[0].order)
    new = [one for one in found if one.order >= least and one.entry.fact.id not in stated] or found
    return [one for one in new[:2] if one.order >= new[0].order * _SAME]


def _match(scored: Scored) -> Match:
    return Match(scored.entry.fact, min(scored.score, 1.0))


def _refusal(question: Observation, ranked: Sequence[Scored], index: Index) -> tuple[Reason, str]:
    """Why nothing is said, and the words for the place or period that no report is about."""
    best = max(ranked, key=lambda one: one.score, default=None)
    if best is None or best.score < TUNING.stated or any(not one.misfit for one in ranked):
        return Reason.UNKNOWN, ""
    if best.misfit == "place":
        words = question.places
        # 我的 and 其他城市 are no names to tell it by.
        is_covered = any("subject" in token.roles or token.roles.get("place") == OTHER for token in words)
    elif best.misfit == "period":
        words = [token for token in question.tokens if token.span]
        is_covered = all(index.is_covered_year(token.span) for token in words if token.span)
    else:
        return Reason.UNKNOWN, ""
    # Of two reports, one may lack what the other has: the place or year is covered, and the matter is what is missing.
    return (Reason.UNKNOWN, "") if is_covered else (Reason(best.misfit), as_text(words))
