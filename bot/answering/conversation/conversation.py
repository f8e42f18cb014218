"""A conversation with one person in one chat: a message comes in, an answer goes out."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.answering.answer import PAGE, Answer, Match, Outcome, Reason, Topic
from bot.answering.answerer import Answerer, language_of
from bot.answering.knowledge.model import Fact
from bot.answering.language.normalize import normalize
from bot.answering.matching.asked import quoting
from bot.answering.matching.entries import Entry
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.observation import told as told_back
from bot.answering.matching.parts import parts_of
from bot.answering.matching.policy import MOST_CHOICES, MOST_NEAREST
from bot.answering.matching.ranking import beside_names
from bot.answering.matching.tuning import TUNING

from .claims import comparison_of, is_claimed
from .followups import (
    THE_SAME,
    Turn,
    asked_on,
    asks_beside,
    filled_from,
    follow_up,
    follow_up_on_each,
    goes_on,
    is_told_as,
    leans,
    things_named,
)
from .judging import Judge
from .kinds import lists_data, says_each, some_of_a_kind, with_nouns
from .lists import (
    Listed,
    are_names,
    are_of_one,
    completed,
    how_told,
    in_order,
    is_as_many,
    listed,
    listed_each,
    without_wholes,
)
from .talk import is_about_the_bot, topic_of
from .values import NAMES, quoted
from .wanted import Asking, Wanted, wanted_of
from .words import CALLED, NAMED, as_written, is_said, share, spoken

TURNS = 3  # that a follow-up may go back to
LASTS = 600.0  # seconds in which it may


class Conversation:
    """Answers messages from one knowledge, and remembers the last questions that were answered."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._turns: deque[Turn] = deque(maxlen=TURNS)
        self._judge = Judge(answerer, self._turns, lambda asked, alone, fits: self._found(asked, asked, alone, fits)[0])
        # The page of a list that was stated last, and all facts that it was made of.
        self._page: Answer | None = None
        self._made_of: tuple[Entry, ...] = ()
        self._told: tuple[Fact, ...] = ()  # what the last answer states
        self._plain: tuple[Observation, Answer] | None = None  # the last message, and its answer by itself

    def reply(self, text: str, now: float) -> Answer:
        """The answer to a message; `now`: the time in seconds, by the same clock for all messages."""
        while self._turns and now - self._turns[0].at > LASTS:
            self._turns.popleft()
        if not self._turns:
            self._page, self._made_of, self._told = None, (), ()
        told, _, beside = text.replace("，", ",").partition(",")
        if asks_beside(beside) and quoting(self._answerer.question(told)) and self.reply(told, now).matches:
            return replace(self.reply(beside, now), question=text)  # 红茶增长9%，绿茶呢
        asked = self._answerer.question(text)
        answer, understood = self._understood(asked, text)
        stated = [self._entry(match) for match in answer.matches]
        if answer.outcome is not Outcome.TALK:
            self._told = tuple(entry.fact for entry in stated) if answer.outcome is Outcome.ANSWER else ()
        is_of_another = answer.outcome is Outcome.NONE and any(things_named(understood)) and not leans(understood)
        if stated or is_of_another:  # 涨了吗 after a thing that no report tells of asks for nothing else
            self._turns.append(Turn(understood, tuple(stated), now))
        if stated:
            self._page = answer
            if not answer.listed:
                self._made_of = ()
        return answer

    def chosen(self, fact_id: str, now: float) -> None:
        """The fact that a person has chosen of those that were offered is what a follow-up goes on from."""
        number = self._index.numbers.get(fact_id)
        if number is not None:
            entry = self._index.entry(number)
            self._told = (entry.fact,)
            self._turns.append(Turn(self._answerer.question(entry.fact.label), (entry,), now))

    @property
    def _index(self) -> Index:
        return self._answerer.index

    def _understood(self, asked: Observation, text: str) -> tuple[Answer, Observation]:
        """The answer, and the question as it was understood."""
        index, heard = self._index, self._heard(asked, text)
        if told := self._more(heard, text) or self._talk(heard, text):
            return told, asked
        if one := self._one_fact(asked, heard, text):
            return one, asked
        wanted = wanted_of(heard, index)
        comparison = comparison_of(heard)
        if comparison and (answer := self._judge.on_two(comparison, text)):
            return answer, comparison.first or comparison.second
        is_first = wanted and wanted.order and is_claimed(heard)
        if wanted and is_first and (answer := self._judge.on_first(wanted, text)):
            return answer, asked
        if wanted and (answer := self._list(wanted, asked, text)):
            return answer, asked
        judged = self._judge.on_figure(heard, text)
        if comparison and judged and not all(self._entry(m).aspect.base == "place" for m in judged[0].matches):
            judged = None  # how the first thing has changed says nothing of the second one
        return judged or self._found(asked, heard, self._alone(asked, text))

    def _one_fact(self, asked: Observation, heard: Observation, text: str) -> Answer | None:
        """The fact whose label a message says, with no more than a question word, or whose figure it quotes.

        So is one that is called by all numbers of a message: 研发强度超过5%的行业数.
        """
        roles = {role for token in heard.tokens for role in token.roles}
        numbers = (
            []
            if roles & {"claim", "list", "order"} or any(map(says_each, heard.tokens))
            else [t.text for t in asked.tokens if t.quantity and not t.quantity.ordinal]
        )
        if numbers or not (leans(heard) or is_claimed(heard)):
            plain = self._alone(asked, text)
            entry = self._entry(plain.matches[0]) if len(plain.matches) == 1 else None
            is_called = entry and numbers and all(number in entry.text for number in numbers)
            if entry and (is_called or (told_back(asked.tokens) == entry.label and not lists_data(heard))):
                return plain
        lists = any(token.text == "哪些" for token in heard.tokens)  # 占一半以上的有哪些 quotes no 50%
        return None if "order" in roles or ("bound" in roles and lists) else quoted(asked, text, self._answerer)

    def _talk(self, heard: Observation, text: str) -> Answer | None:
        """The answer to small talk, and to what is asked of the bot and no report says."""
        if topic := topic_of(heard, self._index):
            return Answer(text, language_of(text), Outcome.TALK, topic=topic, nearest=self._told)
        if is_about_the_bot(heard):
            return Answer(text, language_of(text), Outcome.NONE, reason=Reason.UNKNOWN)
        return None

    def _heard(self, asked: Observation, text: str) -> Observation:
        """A message read with the words of conversation, and with its numbers as they are written."""
        return some_of_a_kind(with_nouns(self._answerer.message(as_written(normalize(text)), asked)))

    def _found(
        self, asked: Observation, heard: Observation, alone: Answer, fits: Callable[[Entry], bool] | None = None
    ) -> tuple[Answer, Observation]:
        """The answer to a question by itself, or where that says too little as one that goes on from the one before.

        `heard`: the question as it is read with the words of conversation. `alone`: its answer by itself.
        """
        text, turns = alone.question, [turn for turn in self._turns if turn.entries]
        if self._turns and not (self._turns[-1].entries or any(things_named(heard))):
            whole = asked_on(heard, self._turns[-1])
            answer = self._answerer.answer_to(whole, text, fits)
            if not all(self._calls(whole, self._entry(match), NAMED) for match in answer.matches):
                answer = replace(answer, outcome=Outcome.NONE, matches=(), reason=Reason.UNKNOWN)
            return answer, whole
        stated = [self._entry(match) for match in alone.matches] if alone.outcome is Outcome.ANSWER else []
        offered = {self._entry(match) for match in alone.matches} if alone.outcome is Outcome.CHOICES else set()
        leaning = leans(heard)
        states_value = fits is not None and bool(heard.asks)
        for turn in reversed(turns if states_value or any(things_named(heard)) else turns[-1:]):
            if stated and not leaning and (fits is not None or any(entry in turn.entries for entry in stated)):
                break
            found = follow_up(heard, turn, self._index, may_repeat=fits is not None)
            found = [entry for entry in found if fits is None or fits(entry)]
            if heard.asks and not (stated or leaning):
                # 企业有多少 is about one of those that are offered, 外国人有多少 about no firms of foreigners near by.
                found = [entry for entry in found if entry in offered or self._calls(heard, entry)]
            if found:
                each = follow_up_on_each(heard, turn, self._index)
                found = each or found
                outcome = Outcome.ANSWER if each or len(found) == 1 else Outcome.CHOICES
                matches = tuple(Match(entry.fact, 1.0) for entry in found[:MOST_CHOICES])
                return Answer(text, language_of(text), outcome, matches), filled_from(heard, turn)
        if leaning and turns and not self._says_all(asked, alone, turns[-1]):
            # 那高铁旅客呢 is no question for the passengers of the airport, and 上年呢 none for all that had one.
            nearest = tuple(match.fact for match in alone.matches[:MOST_NEAREST])
            return replace(alone, outcome=Outcome.NONE, matches=(), nearest=nearest, reason=Reason.UNKNOWN), asked
        return alone, asked

    def _alone(self, asked: Observation, text: str) -> Answer:
        """The answer to a message by itself, which is found once for it, and for all who ask so briefly."""
        if self._plain is None or self._plain[0] is not asked:
            self._plain = asked, self._answerer.plain_answer(asked, text)
        return self._plain[1]

    def _calls(self, asked: Observation, entry: Entry, least: float = CALLED) -> bool:
        """Whether a question says what a fact is called, at `least` by its other names, and nothing else."""
        parts = parts_of(asked.content, self._index)
        return bool(parts) and all(share(part, entry, self._index) >= least for part in parts)

    def _is_of_one(self, wanted: Wanted, asked: Observation, stated: Sequence[Entry]) -> bool:
        """Whether a question that has an answer asks for a name, or for the number of its label: 各级单位人员有多少."""
        aspect = wanted.telling.question.aspect
        says_how = aspect.change or aspect.forms or wanted.speaks_of_data or wanted.telling.wants_figures
        is_name = asked.asks <= NAMES and not says_how and all(entry.aspect.unit == "name" for entry in stated)
        each = [token.text for token in asked.tokens if says_each(token)]
        said = f"{stated[0].text}\n{stated[0].sentence}" if len(stated) == 1 else ""
        is_called = bool(said) and "number" in asked.asks and all(text in said for text in each)
        is_label = is_called and is_said(stated[0], asked, TUNING.own) and self._calls(asked, stated[0])
        return is_label or is_name or are_of_one(stated)  # 产量和增速各是多少

    def _says_all(self, asked: Observation, answer: Answer, turn: Turn) -> bool:
        """Whether the facts of an answer to a follow-up are called as it says, or told as before."""
        least = (THE_SAME if is_told_as(entry, turn) else TUNING.own for entry in map(self._entry, answer.matches))
        return all(is_said(self._entry(match), asked, said) for match, said in zip(answer.matches, least, strict=True))

    def _list(self, wanted: Wanted, asked: Observation, text: str) -> Answer | None:
        """The answer to a question for a list; None where it asks for one thing by its name, or nothing fits."""
        plain, among = self._alone(asked, text), self._among(wanted)
        stated, is_answered = [self._entry(match) for match in plain.matches], plain.outcome is Outcome.ANSWER
        is_one = is_answered and len(stated) == 1
        is_of_named = text.isascii() and wanted.beside is not None and wanted.beside.names_each(is_one=is_one)
        if wanted.asking is Asking.NO and not (wanted.is_of_some or is_of_named):
            return None
        each = listed_each(wanted, self._index) if not among else Listed(())
        is_no_list = is_answered and wanted.asking is Asking.NO and not is_of_named
        if each.entries and not (is_no_list or wanted.is_of_other_than_places(each.entries)):
            return self._listed(each, text)
        found = listed(wanted, self._index, partial(self._answerer.answer_to, question=text), among)
        if is_answered and self._tells_all(wanted, asked, stated, found):
            return None
        found = self._with_stated(found, wanted, asked, plain) if not among else found
        is_of_others = wanted.is_of_other_than_places(each.entries or found.entries)
        told = found.compared or found.entries
        is_of_another = beside_names(wanted.words, asked, told, self._index) or wanted.says_more_than(told, self._index)
        if is_of_others or is_of_another:
            found = Listed(())
        is_sure = (found.is_sure or is_as_many(found, wanted)) and not among
        is_one_of_them = len(stated) == 1 and (wanted.is_each or wanted.speaks_of_data)
        is_plain = is_answered and wanted.asking is Asking.PERHAPS and not (is_one_of_them or among or is_of_others)
        if not is_sure and (is_plain or wanted.asking is Asking.NO):
            return None
        least = 2 if wanted.asking is Asking.PERHAPS and not (wanted.order or is_sure) else 1
        if len(found.entries) < least and wanted.is_each and not is_of_others and len(set(map(how_told, stated))) == 1:
            found = Listed(tuple(stated))  # what is offered is told alike
        if len(found.entries) >= least:
            return self._listed(found, text)
        # No plain answer tells 各国的产量 either, nor which figures fell where none did.
        is_open = wanted.asking is Asking.SURELY and not (wanted.words or wanted.kinds or wanted.beside or among)
        is_none = is_of_others or (is_open and bool(wanted.telling.question.aspect.change))
        return replace(plain, outcome=Outcome.NONE, matches=(), reason=Reason.UNKNOWN) if is_none else None

    def _tells_all(self, wanted: Wanted, asked: Observation, stated: Sequence[Entry], found: Listed) -> bool:
        """Whether the facts that answer a question by itself are all that is wanted, and no more would be listed."""
        if wanted.order:
            # 第一大市场 answers what is the largest one.
            names = [entry for entry in stated if entry.aspect.unit == "name" and not entry.aspect.change]
            return len(stated) == len(names) == 1 and self._calls(asked, names[0], NAMED)
        if are_names(found, stated):
            return False
        is_each = wanted.is_of_things and len(stated) == len(wanted.segments) and set(found.entries) < set(stated)
        return is_each or self._is_of_one(wanted, asked, stated)

    def _with_stated(self, found: Listed, wanted: Wanted, asked: Observation, plain: Answer) -> Listed:
        """A list with what a plain answer has beside it, or all that this compares alike."""
        stated = [self._entry(match) for match in plain.matches]
        if wanted.order:
            is_more = set(found.compared or found.entries) < set(stated)
            alike = without_wholes(wanted.telling.within(stated)) if is_more else []
            return in_order(alike, wanted.order) if is_more else found
        if is_as_many(found, wanted) or not (wanted.words or not found.entries):
            return found
        # The whole stands beside its kinds, but not beside some of its parts that are named.
        is_of_some = plain.outcome is Outcome.ANSWER and not wanted.kinds
        more = [entry for entry in stated if not (is_of_some and is_said(entry, asked, TUNING.own))]
        more = [] if found.entries and wanted.is_of_other_than_places(more) else more
        return replace(found, entries=completed(found, wanted.telling.within(more)))

    def _listed(self, found: Listed, text: str) -> Answer:
        """The first page of a list."""
        self._made_of = found.compared or found.entries
        facts = tuple(entry.fact for entry in found.entries)
        answer = Answer(text, language_of(text), Outcome.ANSWER, listed=facts, chosen_from=len(found.compared))
        return replace(answer.page(0) or answer, first=found.first)

    def _among(self, wanted: Wanted) -> tuple[Entry, ...]:
        """The facts that were stated last, where a list is of these: 其中下降的有哪些, or 哪个最高 and no more."""
        if self._turns and (goes_on(wanted.asked) or (wanted.order and wanted.says_nothing)):
            last = self._made_of or self._turns[-1].entries
            return last if len(last) > 1 else ()
        return ()

    def _more(self, heard: Observation, text: str) -> Answer | None:
        """The next page of the list that was stated last, or that there is none, where a message asks for no more."""
        said = spoken(heard.tokens)
        if not said or any(token.roles.get("list") != "more" for token in said):
            return None
        if self._page and (page := self._page.page(self._page.first + PAGE)):
            return replace(page, question=text)
        return Answer(text, language_of(text), Outcome.TALK, topic=Topic.NO_MORE)

    def _entry(self, match: Match) -> Entry:
        return self._index.entry(self._index.numbers[match.fact.id])


def last_answer(answerer: Answerer, messages: Sequence[str]) -> Answer:
    """The answer to the last message of a conversation, of which one comes a second after the other."""
    conversation = Conversation(answerer)
    return [conversation.reply(message, float(at)) for at, message in enumerate(messages)][-1]
