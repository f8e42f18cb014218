"""A message as it is understood by itself, whatever was said before it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TypeAlias

from bot.answering.answer import Answer, Match, Outcome, Reason, Topic, language_of
from bot.answering.answerer import Answerer
from bot.answering.language.normalize import normalize
from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import is_number, named_by
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation, as_text, told
from bot.answering.matching.parts import parts_of
from bot.answering.matching.ranking import beside_names, measured
from bot.answering.matching.tuning import TUNING

from .claims import Comparison, comparison_of, is_claimed
from .followups import leans
from .kinds import lists_data, says_each, some_of_a_kind
from .lists import (
    Listed,
    are_names,
    are_of_one,
    completed,
    in_order,
    listed,
    listed_each,
)
from .talk import topic_of
from .topics import of_section
from .values import NAMES, quoted
from .wanted import Asking, Wanted, wanted_of
from .words import CALLED, NAMED, as_written, is_said, share

_NAMES = re.compile("[、,和与及]")
# The answer to a message that asks for a list, None where it lists nothing, and all facts that it was made of.
FoundList: TypeAlias = tuple[Answer | None, tuple[Entry, ...]]


class Message:
    """What a text says by itself, each part of which is found when it is first looked at.

    `asked`: the text read as a question. `heard`: the same with the words of conversation. `alone`: the answer to it as
    a question. `wanted`: what it wants listed, None for no list. `comparison`: the two that it compares, if any.
    """

    def __init__(self, text: str, answerer: Answerer) -> None:
        self.text, self.answerer = text, answerer
        self.asked = answerer.question(text)

    @cached_property
    def heard(self) -> Observation:
        return some_of_a_kind(self.answerer.message(as_written(normalize(self.text)), self.asked))

    @cached_property
    def alone(self) -> Answer:
        return self.answerer.answer_to(self.asked, self.text)

    @cached_property
    def stated(self) -> Sequence[Entry]:
        """The facts of its answer as a question."""
        return [self._index.entry_of(match.fact) for match in self.alone.matches]

    @cached_property
    def _in_section(self) -> tuple[Observation, list[Entry]]:
        return of_section(self.heard, self._index)

    @cached_property
    def wanted(self) -> Wanted | None:
        return wanted_of(self._in_section[0], self._index)

    @cached_property
    def comparison(self) -> Comparison | None:
        return comparison_of(self.heard)

    @cached_property
    def topic(self) -> Topic | None:
        """What small talk it is."""
        return topic_of(self.heard, self._index)

    @cached_property
    def one_fact(self) -> Answer | None:
        """The fact whose label a message says, with no more than a question word, or whose figure it quotes.

        So is one that is called by all numbers of a message: 研发强度超过5%的行业数.
        """
        asked, heard = self.asked, self.heard
        roles = {role for token in heard.tokens for role in token.roles}
        numbers = (
            []
            if roles & {"claim", "list", "order"} or any(map(says_each, heard.tokens))
            else [t.text for t in asked.tokens if t.quantity and not t.quantity.ordinal]
        )
        if numbers or not (leans(heard) or is_claimed(heard)):
            entry = self.stated[0] if len(self.stated) == 1 else None
            is_called = entry and numbers and all(number in entry.text for number in numbers)
            if entry and (is_called or (_says_label(asked, entry) and not lists_data(heard))):
                return self.alone
        lists = any(token.roles.get("list") == "all" for token in heard.tokens)  # 占一半以上的有哪些 quotes no 50%
        return None if "order" in roles or ("bound" in roles and lists) else quoted(asked, self.text, self.answerer)

    @cached_property
    def list_of_all(self) -> FoundList:
        """The answer where a list of any facts is asked for, or of those of a section."""
        return self.list_of(self.wanted, self._in_section[1]) if self.wanted else (None, ())

    def list_of(self, wanted: Wanted, among: Sequence[Entry]) -> FoundList:
        """The answer where a list is asked for, of some facts if there are any, else of all."""
        text, stated, is_answered = self.text, self.stated, self.alone.outcome is Outcome.ANSWER
        if is_answered and wanted.is_each and (named := self._with_their_figures()):
            return named, ()
        is_one = is_answered and len(stated) == 1
        beside = wanted.beside if text.isascii() else None
        is_of_named = beside is not None and (not is_one or beside.are_apart)
        if wanted.asking is Asking.NO and not (wanted.is_of_some or is_of_named):
            return None, ()
        each = listed_each(wanted, self._index) if not among else Listed(())
        if each.entries and not wanted.is_of_other_than_places(each.entries):
            return _first_page(each, text)
        found = listed(wanted, self._index, partial(self.answerer.answer_to, question=text), among)
        if is_answered and self._tells_all(wanted, stated, found):
            return self._with_its_figure(found), ()
        return self._page_of(found if among else self._with_stated(found, wanted), wanted, among)

    def _page_of(self, found: Listed, wanted: Wanted, among: Sequence[Entry]) -> FoundList:
        """A list as an answer, where that is what is asked for, rather than the answer to the message as a question."""
        plain, stated = self.alone, self.stated
        none = replace(plain, outcome=Outcome.NONE, matches=(), reason=Reason.UNKNOWN)
        if wanted.is_of_other_than_places(found.entries):
            # No plain answer tells 各国的产量 either, but one may name the country of the highest.
            is_named = wanted.order and any(entry.aspect.unit == "name" for entry in stated)
            return (None if is_named or wanted.asking is Asking.NO else none), ()
        those = found.compared or found.entries
        if wanted.names_more or beside_names(wanted.words, self.asked, those, self._index):
            found = Listed(())
        is_sure = found.is_sure and not among
        is_one_of_them = len(stated) == 1 and wanted.is_each
        is_answered = plain.outcome is Outcome.ANSWER
        is_plain = is_answered and wanted.asking is Asking.PERHAPS and not (is_one_of_them or among)
        if not is_sure and (is_plain or wanted.asking is Asking.NO):
            return None, ()
        least = 2 if wanted.asking is Asking.PERHAPS and not wanted.order else 1
        if len(found.entries) >= least:
            return _first_page(found, self.text)
        # Nor does one tell which figures fell where none did.
        is_open = wanted.asking is Asking.SURELY and not (wanted.words or wanted.kinds or wanted.beside or among)
        return none if is_open and wanted.telling.question.aspect.change else None, ()

    def _with_its_figure(self, found: Listed) -> Answer | None:
        """The answer that names the first of some, with the figure of that: 永和县 and 永和县人口; None for no such."""
        first, name = next(iter(found.entries), None), normalize(self.stated[0].fact.figure)
        if first is None or not found.compared or len(self.stated) > 1 or not first.label.startswith(name):
            return None
        return replace(self.alone, matches=(*self.alone.matches, Match(first.fact, 1.0)))

    def _with_their_figures(self) -> Answer | None:
        """The answer that names several, with a figure of each: 江州和云浦 and 江州产量, 云浦产量; None for none."""
        names = _NAMES.split(normalize(self.stated[0].fact.figure)) if self.stated[0].aspect.unit == "name" else []
        if len(names) < 2 or "number" not in self.asked.asks:
            return None
        told: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in filter(is_number, named_by(measured(self.stated[0]), self._index)):
            for name in filter(entry.label.startswith, names):
                told[entry.label.removeprefix(name)].append(entry)
        each = next((entries for entries in told.values() if len(entries) == len(names)), [])
        matches = (self.alone.matches[0], *(Match(entry.fact, 1.0) for entry in each))
        return replace(self.alone, matches=matches) if each else None

    def _tells_all(self, wanted: Wanted, stated: Sequence[Entry], found: Listed) -> bool:
        """Whether the facts that answer a question by itself are all that is wanted, and no more would be listed."""
        if wanted.order:
            # 第一大市场 answers what is the largest one, but not which one grew fastest.
            changes = wanted.telling.question.aspect.change
            names = [one for one in stated if one.aspect.unit == "name" and not (one.aspect.change or changes)]
            # 降水量最大的是哪个市，下了多少 asks for the name and for the figure beside it.
            are_beside = len({one.sentence for one in stated}) == 1
            is_called = names and (len(stated) > 1 or calls(self.asked, names[0], self._index, NAMED))
            return len(names) == 1 and are_beside and bool(is_called)
        return not are_names(found, stated) and self._is_of_one(wanted, stated)

    def _is_of_one(self, wanted: Wanted, stated: Sequence[Entry]) -> bool:
        """Whether a question that has an answer asks for a name, or for the number of its label: 各级单位人员有多少."""
        asked, aspect = self.asked, wanted.telling.question.aspect
        is_of_data = wanted.telling.on_data and not wanted.kinds
        says_how = aspect.change or aspect.forms or wanted.telling.bounds or is_of_data
        is_name = asked.asks <= NAMES and not says_how and all(entry.aspect.unit == "name" for entry in stated)
        each = [token.text for token in asked.tokens if says_each(token)]
        said = f"{stated[0].text}\n{stated[0].sentence}" if len(stated) == 1 else ""
        is_called = bool(said) and "number" in asked.asks and all(text in said for text in each)
        is_label = is_called and is_said(stated[0], asked, TUNING.own) and calls(asked, stated[0], self._index)
        # 产量和增速各是多少, and 都说说 behind it
        is_open = wanted.telling.on_data or not asked.asks.isdisjoint(("name", "what"))
        is_one = are_of_one(stated) and not (wanted.asking is Asking.SURELY and is_open)
        return is_label or is_name or is_one

    def _with_stated(self, found: Listed, wanted: Wanted) -> Listed:
        """A list with what a plain answer has beside it, or all that this compares alike."""
        asked, plain, stated = self.asked, self.alone, self.stated
        if wanted.months:
            return found
        if wanted.order:
            is_more = set(found.compared or found.entries) < set(stated) and not wanted.is_of_places
            alike = wanted.telling.within(stated) if is_more else []
            return in_order(alike, wanted.order) if is_more else found
        if found.entries and not wanted.words:
            return found
        # The whole stands beside its kinds, but not beside some of its parts that are named.
        is_of_some = plain.outcome is Outcome.ANSWER and not wanted.kinds
        more = [entry for entry in stated if not (is_of_some and is_said(entry, asked, TUNING.own))]
        return replace(found, entries=completed(found, wanted.telling.within(more)))

    @property
    def _index(self) -> Index:
        return self.answerer.index


def message_of(text: str, answerer: Answerer) -> Message:
    """A message, which is read once for all who say the same."""
    return answerer.once(text, lambda: Message(text, answerer))


def calls(asked: Observation, entry: Entry, index: Index, least: float = CALLED) -> bool:
    """Whether a question says what a fact is called, at `least` by its other names, and nothing else."""
    parts = parts_of(asked.content, index)
    return bool(parts) and all(share(part, entry, index) >= least for part in parts)


def _says_label(asked: Observation, entry: Entry) -> bool:
    """Whether a question says a fact's label, with or without 的, and no more than a question word."""
    said, label, about = (text.replace("的", "") for text in (as_text(asked.tokens), entry.label, told(asked.tokens)))
    return about == label or (about != "" and label in said and label.startswith(about))  # 指标 may only ask


def _first_page(found: Listed, text: str) -> FoundList:
    facts = tuple(entry.fact for entry in found.entries)
    answer = Answer(text, language_of(text), Outcome.ANSWER, listed=facts, chosen_from=len(found.compared))
    return replace(answer.page(0) or answer, first=found.first), found.compared or found.entries
