"""The knowledge in force, with the replies and the conversations about it: one edition, replaced in one step."""

from collections.abc import MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime

from cachetools import LRUCache

from bot.answering.answer import Answer, Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation, last_answer
from bot.answering.knowledge.model import Fact

from . import buttons, rendering
from .contents import Contents, Search
from .messages import Reply
from .rendering import LIMIT, cut, to_html, units
from .suggestions import Suggestions
from .texts import Locale, texts


class Edition:
    """A knowledge, what is made of it once, in a thread, and replies. `fingerprint`: of the folder as it was read."""

    def __init__(self, answerer: Answerer, version: str, read_at: datetime, fingerprint: str = "") -> None:
        self.knowledge = answerer.knowledge
        self.answerer = answerer
        self.version = version
        self.read_at = read_at
        self.fingerprint = fingerprint
        self.contents = Contents(self.knowledge)
        self.suggestions = Suggestions(answerer)
        # No method of this object, as a cycle would keep it for longer than it is used.
        self.search = Search(self.contents, lambda question: last_answer(answerer, [question]))
        # By chat and person, in memory alone: what is lost makes the bot ask. One takes some 20 KB.
        self._conversations: MutableMapping[tuple[int, int], Conversation] = LRUCache(2_000)
        # Most people ask for the same facts, and to put one into words takes 0.13 ms.
        self._statements: MutableMapping[tuple[object, ...], Reply] = LRUCache(1_000)

    def conversation(self, chat_id: int, person_id: int) -> Conversation:
        """The conversation of a person in a chat; those of long ago are forgotten."""
        return self._conversations.setdefault((chat_id, person_id), Conversation(self.answerer))

    def reply_to(self, answer: Answer, locale: Locale, popular: Sequence[str] = (), *, brief: bool = False) -> Reply:
        """The reply to a question. `brief`: what the report does not say is one line, as becomes a group."""
        facts = tuple(match.fact for match in answer.matches)
        match answer.outcome:
            case Outcome.TALK:
                return Reply.plain(rendering.talk(answer, self.knowledge, self.suggestions.examples, locale))
            case Outcome.ANSWER if len(answer.listed) > 1:
                return _list(answer, facts, locale)
            case Outcome.ANSWER:
                lines = "\n".join(rendering.opening_lines(answer, locale))
                if lines or answer.missing:
                    return _statement(facts, locale, answer.missing, lines)
                return self._statement_of(facts, locale)
            case Outcome.CHOICES:
                return Reply.plain(texts(locale)("which"), buttons.choices(facts, locale))
            case Outcome.NONE:
                return self._refusal(answer, locale, popular, brief=brief)

    def reply_with(self, key: str, locale: Locale) -> Reply | None:
        """The fact with this key; None where the knowledge no longer has it."""
        fact = self.contents.fact(key)
        return self._statement_of((fact,), locale) if fact else None

    def welcome(self, locale: Locale, popular: Sequence[str]) -> Reply:
        """Who the bot is, what it has read, and how to ask."""
        reports = "\n".join(rendering.report_line(report, locale) for report in self.knowledge.reports[:5])
        # Fluent fills in no value longer than 2500 characters.
        text = texts(locale)("welcome", reports=cut(reports, 2000))
        return Reply.plain(text, buttons.questions(self.suggestions.examples(locale, popular), locale))

    def _statement_of(self, facts: tuple[Fact, ...], locale: Locale) -> Reply:
        # By identity, as to hash a fact means to hash all that it says; a reply keeps its facts alive.
        key = (*map(id, facts), locale)
        if key not in self._statements:
            self._statements[key] = _statement(facts, locale)
        return self._statements[key]

    def _refusal(self, answer: Answer, locale: Locale, popular: Sequence[str], *, brief: bool) -> Reply:
        text = rendering.refusal(answer, self.knowledge.reports, locale)
        if brief:
            return Reply.plain(text)
        near = {self.suggestions.question(fact, locale): fact for fact in answer.nearest}
        near.pop("", None)
        asked = near or self.suggestions.examples(locale, popular)
        if asked:
            text = f"{text}\n\n{texts(locale)('nearest' if near else 'examples')}"
        return Reply.plain(text, buttons.questions(asked, locale))


class Library:
    """Holds the edition in force, `now`, which a reload replaces; whatever handles an update looks at it once only."""

    def __init__(self, edition: Edition) -> None:
        self.now = edition


def _statement(facts: tuple[Fact, ...], locale: Locale, missing: tuple[str, ...] = (), before: str = "") -> Reply:
    """The facts, with lines around them that are never cut: `before` them, and what is `missing` of the question."""
    unsaid = rendering.missing(missing, locale)
    first, last = f"{before}\n" if before else "", f"\n\n{unsaid}" if unsaid else ""
    stated = rendering.facts(facts, locale, LIMIT - units(first + last))
    return Reply(to_html(first) + stated + to_html(last), stated=facts)


def _list(answer: Answer, facts: tuple[Fact, ...], locale: Locale) -> Reply:
    """The facts of a list, a line each; a button shows one with its sentence."""
    lines = [
        *rendering.opening_lines(answer, locale),
        *(f"• {buttons.name(fact, locale)}: {rendering.figure(fact, locale)}" for fact in facts),
    ]
    return replace(Reply.plain("\n".join(lines), buttons.listed(answer, locale)), pages=answer)
