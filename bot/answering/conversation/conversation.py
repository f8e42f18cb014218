"""A conversation with one person in one chat: a message comes in, an answer goes out."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.answering.answer import PAGE, Answer, Match, Outcome, Reason, Topic, language_of
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact
from bot.answering.language.normalize import normalize
from bot.answering.matching.asked import quoting
from bot.answering.matching.entries import Entry
from bot.answering.matching.frames import series
from bot.answering.matching.index import Index
from bot.answering.matching.observation import Observation
from bot.answering.matching.policy import MOST_CHOICES, MOST_NEAREST
from bot.answering.matching.tuning import TUNING

from .choice import called_alike
from .claims import (
    Claim,
    Comparison,
    claim_beside_a_year,
    claim_of,
    dated_claim_of,
    is_called,
    is_claimed,
    level_of,
    named_claims_of,
    trend,
)
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
    tells_how,
    things_named,
)
from .lists import how_told, in_order, without_wholes
from .message import Message, calls, message_of
from .talk import is_about_the_bot
from .things import one_each
from .wanted import Wanted
from .words import NAMED, is_said, spoken

_CLAUSES = re.compile(r"[,，;；?？](?!\d)")
_MOST_CLAUSES = 4  # that are asked one after another
TURNS = 3  # that a follow-up may go back to
LASTS = 600.0  # seconds in which it may


class Conversation:
    """Answers messages from one knowledge, and remembers the last questions that were answered."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._turns: deque[Turn] = deque(maxlen=TURNS)
        # The page of a list that was stated last, and all facts that it was made of.
        self._page: Answer | None = None
        self._made_of: tuple[Entry, ...] = ()
        self._told: tuple[Fact, ...] = ()  # what the last answer states

    def reply(self, text: str, now: float) -> Answer:
        """The answer to a message; `now`: the time in seconds, by the same clock for all messages."""
        while self._turns and now - self._turns[0].at > LASTS:
            self._turns.popleft()
        if not self._turns:
            self._page, self._made_of, self._told = None, (), ()
        told, _, beside = text.replace("，", ",").partition(",")
        if asks_beside(beside) and quoting(self._answerer.question(told)) and self.reply(told, now).matches:
            return replace(self.reply(beside, now), question=text)  # 红茶增长9%，绿茶呢
        if answer := self._one_after_another(text, now):
            return answer
        answer, understood = self._understood(message_of(text, self._answerer))
        stated = [self._entry(match) for match in answer.matches]
        if answer.outcome is not Outcome.TALK:
            self._told = tuple(entry.fact for entry in stated) if answer.outcome is Outcome.ANSWER else ()
        is_of_another = answer.outcome is Outcome.NONE and any(things_named(understood)) and not leans(understood)
        if stated or is_of_another:  # 涨了吗 after a thing that no report tells of asks for nothing else
            self._turns.append(Turn(understood, tuple(stated), now, _is_led(answer)))
        if stated:
            self._page = answer
            if not answer.listed:
                self._made_of = ()
        return answer

    def _one_after_another(self, text: str, now: float) -> Answer | None:
        """The answers to the clauses of a message that ask on about the first one: 产量多少，比上年增长多少."""
        clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
        if not 1 < len(clauses) <= _MOST_CLAUSES:
            return None
        asked = message_of(clauses[0], self._answerer).heard
        if leans(asked) or asked.asks <= {"yesno"}:
            return None
        others = (message_of(clause, self._answerer).heard for clause in clauses[1:])
        if not all(leans(one) and (one.asks or tells_how(one)) for one in others):
            return None
        trial = Conversation(self._answerer)
        trial._turns.extend(self._turns)
        answers = [trial.reply(clause, now) for clause in clauses]
        one_each = all(one.outcome is Outcome.ANSWER and (len(one.matches) == 1 or _is_led(one)) for one in answers)
        matches = {match.fact.id: match for one in answers for match in one.matches[:1]}
        if not one_each or len(matches) < len(clauses):
            return None
        self._turns, self._told = trial._turns, tuple(match.fact for match in matches.values())
        self._page = replace(answers[0], question=text, matches=tuple(matches.values()))
        self._made_of = ()
        return self._page

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

    def _understood(self, message: Message) -> tuple[Answer, Observation]:
        """The answer, and the question as it was understood."""
        asked, text, wanted, comparison = message.asked, message.text, message.wanted, message.comparison
        if told := self._more(message) or self._talk(message) or message.one_fact:
            return told, asked
        if comparison and (answer := self._verdict_on_two(comparison, text)):
            return answer, comparison.first or comparison.second
        is_first = wanted and wanted.order and is_claimed(message.heard)
        if wanted and is_first:
            if answer := self._verdict_on_first(wanted, text):
                return answer, asked
            if named := self._verdict_on_name(message):
                return named
        if wanted and (answer := self._list(message, wanted)):
            return answer, asked
        judged = self._verdict_on_figure(message.heard, text)
        if comparison and judged and not all(self._entry(m).aspect.base == "place" for m in judged[0].matches):
            judged = None  # how the first thing has changed says nothing of the second one
        return judged or self._verdict_on_name(message) or self._found(asked, message.heard, message.alone)

    def _list(self, message: Message, wanted: Wanted) -> Answer | None:
        """The answer to a message that asks for a list; None where it asks for one thing, or nothing fits."""
        among = self._among(wanted)
        answer, made_of = message.list_of(wanted, among) if among else message.list_of_all
        self._made_of = made_of or self._made_of
        return answer

    def _talk(self, message: Message) -> Answer | None:
        """The answer to small talk, and to what is asked of the bot and no report says."""
        text = message.text
        if message.topic:
            return Answer(text, language_of(text), Outcome.TALK, topic=message.topic, nearest=self._told)
        if is_about_the_bot(message.heard):
            return _unknown(text)
        return None

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
            if not all(calls(whole, self._entry(match), self._index, NAMED) for match in answer.matches):
                answer = replace(answer, outcome=Outcome.NONE, matches=(), reason=Reason.UNKNOWN)
            return answer, whole
        stated = [self._entry(match) for match in alone.matches] if alone.outcome is Outcome.ANSWER else []
        offered = {self._entry(match) for match in alone.matches} if alone.outcome is Outcome.CHOICES else set()
        leaning = leans(heard)
        states_value = fits is not None and bool(heard.asks)
        for turn in reversed(turns if states_value or any(things_named(heard)) else turns[-1:]):
            if stated and not leaning and (fits is not None or any(entry in turn.entries for entry in stated)):
                break
            found = self._going_on(heard, turn, fits)
            if heard.asks and not (stated or leaning):
                # 企业有多少 is about one of those that are offered, 外国人有多少 about no firms of foreigners near by.
                found = [entry for entry in found if entry in offered or calls(heard, entry, self._index)]
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

    def _going_on(self, heard: Observation, turn: Turn, fits: Callable[[Entry], bool] | None) -> list[Entry]:
        """The facts that a message may ask for which goes on from a turn; from the one that leads, where one does."""
        if turn.is_led:
            led = replace(turn, entries=turn.entries[:1], is_led=False)
            if found := self._going_on(heard, led, fits):
                return found
        found = follow_up(heard, turn, self._index, may_repeat=fits is not None)
        return [entry for entry in found if fits is None or fits(entry)]

    # ---- verdicts on what is claimed

    def _verdict_on_figure(self, heard: Observation, text: str) -> tuple[Answer, Observation] | None:
        """The verdict on what a message claims of a figure, or else of a year; None where it claims nothing sure."""
        claim, dated = claim_of(heard, self._index.vocabulary), dated_claim_of(heard)
        if beside := claim_beside_a_year(heard):
            judged = self._claimed(beside, text)
            if judged.verdict is not None:
                return judged, beside.question
        answer = self._claimed(claim, text) if claim else None
        if dated and not (answer and answer.outcome is Outcome.ANSWER):
            judged = self._claimed(dated, text)
            if judged.outcome is Outcome.ANSWER:
                return judged, dated.question
        return (answer, claim.question) if answer and claim else None

    def _verdict_on_name(self, message: Message) -> tuple[Answer, Observation] | None:
        """The verdict on what is claimed to be called so; None where no report tells what it is called."""
        for about, said in named_claims_of(message.heard):
            question = replace(self._answerer.question(about), asks=frozenset(["name"]))
            answer = self._answerer.answer_to(question, message.text, _is_name)
            if answer.outcome is Outcome.ANSWER and len(answer.matches) == 1:
                name = normalize(answer.matches[0].fact.figure)
                return replace(answer, verdict=is_called(name, said)), question
        return None

    def _verdict_on_first(self, wanted: Wanted, text: str) -> Answer | None:
        """The verdict on what is said to be the first of all that is called alike; None where no one fact is meant."""
        plain = self._answerer.answer_to(wanted.one_but([]), text)
        named = [self._entry(match) for match in plain.matches] if plain.outcome is Outcome.ANSWER else []
        alike = called_alike(named[0], self._index) if len(named) == 1 else ()
        found = in_order(without_wholes(alike), wanted.order)
        if not found.entries:
            return None
        first = (Match(entry.fact, 1.0) for entry in found.entries if entry not in named)
        return replace(plain, matches=(*plain.matches, *first), verdict=named[0] in found.entries)

    def _verdict_on_two(self, comparison: Comparison, text: str) -> Answer | None:
        """The verdict on two facts; None where the report does not have both of them."""
        named = comparison.named
        pair = one_each(*named, self._index, how_told) if named else self._with_the_last(comparison)
        verdict = comparison.verdict(pair[0], pair[1], self._index.vocabulary) if len(pair) == 2 else None
        facts = tuple(Match(entry.fact, 1.0) for entry in pair)
        return None if verdict is None else Answer(text, language_of(text), Outcome.ANSWER, facts, verdict=verdict)

    def _claimed(self, claim: Claim, text: str) -> Answer:
        """The verdict on what a message claims, and whatever it may be about where that is not sure."""
        if not (self._turns or claim.question.places or any(things_named(claim.question))):
            return _unknown(text)  # whatever is over 18
        vocabulary = self._index.vocabulary
        bears = partial(claim.is_about, vocabulary=vocabulary)
        plain = self._answerer.answer_to(claim.question, text, bears)
        answer = plain if leans(claim.question) else self._meant(claim, plain)
        if answer.outcome is not Outcome.ANSWER or answer is plain:
            answer = self._meant(claim, self._found(claim.question, claim.question, plain, bears)[0])
        if answer.outcome is not Outcome.ANSWER:
            return self._trend(claim, text) or answer
        verdict = claim.verdict(self._entry(answer.matches[0]), vocabulary)
        return (self._trend(claim, text) if verdict is None else None) or replace(answer, verdict=verdict)

    def _meant(self, claim: Claim, answer: Answer) -> Answer:
        """An answer with the one of several facts that a claim can mean only, where there is such a one."""
        best = max((match.score for match in answer.matches), default=0.0)
        alike = [self._entry(match) for match in answer.matches if match.score >= TUNING.margin * best]
        if answer.outcome is Outcome.CHOICES and (meant := claim.meant(alike, self._index.vocabulary)):
            return replace(answer, outcome=Outcome.ANSWER, matches=(Match(meant.fact, 1.0),))
        return answer

    def _trend(self, claim: Claim, text: str) -> Answer | None:
        """The verdict on a change by the figures of the years that it is about; None where there are no such."""
        level = level_of(claim)
        matches = self._answerer.answer_to(level, "").matches if level else ()
        told = series(self._entry(matches[0]), self._index) if matches else []
        is_one = bool(matches) and {match.fact for match in matches} <= {entry.fact for entry in told}
        if not is_one or not (found := trend(claim, told)):
            return None
        facts = tuple(Match(entry.fact, 1.0) for entry in found[0])
        return Answer(text, language_of(text), Outcome.ANSWER, facts, verdict=found[1])

    def _with_the_last(self, comparison: Comparison) -> list[Entry]:
        """The one fact that was stated last, and the one that it is compared with; none where that is not sure."""
        turn = self._turns[-1] if self._turns else None
        if turn is None or len(turn.entries) != 1:
            return []
        last = turn.entries[0]
        plain = [self._entry(match) for match in self._answerer.answer_to(comparison.second, "").matches]
        beside = follow_up(comparison.second, turn, self._index)
        others = [only[0] for only in (plain, beside) if len(only) == 1 and only[0] is not last]
        return [last, others[0]] if others else []

    # ---- what was said before

    def _says_all(self, asked: Observation, answer: Answer, turn: Turn) -> bool:
        """Whether the facts of an answer to a follow-up are called as it says, or told as before."""
        least = (THE_SAME if is_told_as(entry, turn) else TUNING.own for entry in map(self._entry, answer.matches))
        return all(is_said(self._entry(match), asked, said) for match, said in zip(answer.matches, least, strict=True))

    def _among(self, wanted: Wanted) -> tuple[Entry, ...]:
        """The facts that were stated last, where a list is of these: 其中下降的有哪些, or 哪个最高 and no more."""
        if self._turns and (goes_on(wanted.asked) or (wanted.order and wanted.says_nothing)):
            last = self._made_of or self._turns[-1].entries
            return last if len(last) > 1 else ()
        return ()

    def _more(self, message: Message) -> Answer | None:
        """The next page of the list that was stated last, or that there is none, where a message asks for no more."""
        text, said = message.text, spoken(message.heard.tokens)
        if not said or any(token.roles.get("list") != "more" for token in said):
            return None
        if self._page and (page := self._page.page(self._page.first + PAGE)):
            return replace(page, question=text)
        return Answer(text, language_of(text), Outcome.TALK, topic=Topic.NO_MORE)

    def _entry(self, match: Match) -> Entry:
        return self._index.entry_of(match.fact)


def _unknown(text: str) -> Answer:
    return Answer(text, language_of(text), Outcome.NONE, reason=Reason.UNKNOWN)


def _is_name(entry: Entry) -> bool:
    return entry.aspect.unit == "name" and not entry.is_date


def _is_led(answer: Answer) -> bool:
    """Whether the first of several facts that are stated or offered fits better than the next one."""
    scores = [match.score for match in answer.matches[:2]]
    return not answer.listed and len(scores) > 1 and scores[1] < TUNING.margin * scores[0]


def last_answer(answerer: Answerer, messages: Sequence[str]) -> Answer:
    """The answer to the last message of a conversation, of which one comes a second after the other."""
    conversation = Conversation(answerer)
    return [conversation.reply(message, float(at)) for at, message in enumerate(messages)][-1]
