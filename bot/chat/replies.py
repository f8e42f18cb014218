"""Replies as Telegram takes them: HTML and the buttons under it. Knows the knowledge, and no updates."""

from collections.abc import MutableMapping, Sequence
from dataclasses import replace

from cachetools import LRUCache

from bot.answering.answer import Answer, Outcome
from bot.answering.knowledge.model import Fact, Knowledge
from bot.chat.browsing.contents import Contents

from . import buttons, rendering
from .rendering import LIMIT, cut, to_html, units
from .sending import Reply
from .suggestions import Suggestions
from .texts import Locale, texts


class Replies:
    """Makes every reply of the conversation from the knowledge; `contents` and `suggestions` are of the same one."""

    def __init__(self, knowledge: Knowledge, contents: Contents, suggestions: Suggestions) -> None:
        self._knowledge = knowledge
        self._reports = knowledge.reports
        self._contents = contents
        self._suggestions = suggestions
        # Most people ask for the same facts.
        self._statements: MutableMapping[tuple[object, ...], Reply] = LRUCache(1_000)

    def to_answer(self, answer: Answer, locale: Locale, popular: Sequence[str] = (), *, brief: bool = False) -> Reply:
        """The reply to a question. `brief`: what the report does not say is one line, as becomes a group."""
        facts = tuple(match.fact for match in answer.matches)
        match answer.outcome:
            case Outcome.TALK:
                return Reply.plain(rendering.talk(answer, self._knowledge, self._suggestions.examples, locale))
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

    def to_pick(self, key: str, locale: Locale) -> Reply | None:
        """The fact with this key; None where the knowledge no longer has it."""
        fact = self._contents.fact(key)
        return self._statement_of((fact,), locale) if fact else None

    def welcome(self, locale: Locale, popular: Sequence[str]) -> Reply:
        """Who the bot is, what it has read, and how to ask."""
        reports = "\n".join(rendering.report_line(report, locale) for report in self._reports[:5])
        # Fluent fills in no value longer than 2500 characters.
        text = texts(locale)("welcome", reports=cut(reports, 2000))
        return Reply.plain(text, buttons.questions(self._suggestions.examples(locale, popular), locale))

    def _statement_of(self, facts: tuple[Fact, ...], locale: Locale) -> Reply:
        # By identity, as to hash a fact means to hash all that it says; a reply keeps its facts alive.
        key = (*map(id, facts), locale)
        if key not in self._statements:
            self._statements[key] = _statement(facts, locale)
        return self._statements[key]

    def _refusal(self, answer: Answer, locale: Locale, popular: Sequence[str], *, brief: bool) -> Reply:
        text = rendering.refusal(answer, self._reports, locale)
        if brief:
            return Reply.plain(text)
        near = {self._suggestions.question(fact, locale): fact for fact in answer.nearest}
        near.pop("", None)
        asked = near or self._suggestions.examples(locale, popular)
        if asked:
            text = f"{text}\n\n{texts(locale)('nearest' if near else 'examples')}"
        return Reply.plain(text, buttons.questions(asked, locale))


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
