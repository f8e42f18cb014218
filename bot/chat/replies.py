"""Replies as Telegram takes them: HTML and the buttons under it. Knows the knowledge, and no updates."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache
from telegram import InlineKeyboardMarkup

from bot.answering.answer import Answer, Outcome
from bot.answering.knowledge.model import Fact, Knowledge
from bot.chat.browsing.contents import Contents, is_plain

from . import buttons, rendering
from .markup import LIMIT, Piece, to_html
from .plain_text import cut, units
from .texts import Locale, texts

_EXAMPLES: Final = 3
_CACHED: Final = 1_000  # statements; most people ask for the same facts
_REPORTS: Final = 5
# Fluent fills in no value longer than 2500 characters.
_LONGEST_LIST: Final = 2000


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send: its HTML, at most 4096 UTF-16 units of text, its buttons, and the facts that it states."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    stated: tuple[Fact, ...] = ()

    @classmethod
    def plain(cls, text: str, keyboard: InlineKeyboardMarkup | None = None) -> Reply:
        """A reply of plain text, escaped and cut."""
        return cls(to_html([Piece(text)]), keyboard)


class Replies:
    """Makes every reply of the conversation from the knowledge; `contents` is of the same one."""

    def __init__(self, knowledge: Knowledge, contents: Contents) -> None:
        self._reports = knowledge.reports
        self._contents = contents
        self._examples = _examples(contents)
        self._statements: MutableMapping[tuple[object, ...], Reply] = LRUCache(_CACHED)

    def to_answer(self, answer: Answer, locale: Locale, *, brief: bool = False) -> Reply:
        """The reply to a question. `brief`: what the report does not say is one line, as becomes a group."""
        facts = tuple(match.fact for match in answer.matches)
        match answer.outcome:
            case Outcome.ANSWER if answer.missing:
                return _statement(facts, locale, answer.missing)
            case Outcome.ANSWER:
                return self._statement_of(facts, locale)
            case Outcome.CHOICES:
                return Reply.plain(texts(locale)("which"), buttons.choices(facts, locale))
            case Outcome.NONE if brief:
                return Reply(to_html(rendering.refusal(answer, self._reports, locale)))
            case Outcome.NONE:
                return self._refusal(answer, locale)

    def to_pick(self, key: str, locale: Locale) -> Reply | None:
        """The fact with this key; None where the knowledge no longer has it."""
        fact = self._contents.fact(key)
        return self._statement_of((fact,), locale) if fact else None

    def welcome(self, locale: Locale) -> Reply:
        """Who the bot is, what it has read, and how to ask."""
        reports = "\n".join(rendering.report_line(report, locale) for report in self._reports[:_REPORTS])
        text = texts(locale)("welcome", reports=cut(reports, _LONGEST_LIST))
        return Reply.plain(text, self._example_buttons(locale))

    def _statement_of(self, facts: tuple[Fact, ...], locale: Locale) -> Reply:
        # By identity, as to hash a fact means to hash all that it says; a reply keeps its facts alive.
        key = (*map(id, facts), locale)
        if key not in self._statements:
            self._statements[key] = _statement(facts, locale)
        return self._statements[key]

    def _refusal(self, answer: Answer, locale: Locale) -> Reply:
        offer = texts(locale)("nearest" if answer.nearest else "examples")
        html = to_html([*rendering.refusal(answer, self._reports, locale), Piece(f"\n\n{offer}")])
        if answer.nearest:
            return Reply(html, buttons.choices(answer.nearest, locale))
        return Reply(html, self._example_buttons(locale))

    def _example_buttons(self, locale: Locale) -> InlineKeyboardMarkup:
        return buttons.examples(self._examples, locale)


def _statement(facts: tuple[Fact, ...], locale: Locale, missing: tuple[str, ...] = ()) -> Reply:
    """The facts, and a last line that is never cut: the parts of the question that the report does not say."""
    unsaid = rendering.missing(missing, locale)
    last = [Piece("\n\n"), *unsaid] if unsaid else []
    limit = LIMIT - sum(units(piece.text) for piece in last)
    return Reply(to_html(rendering.facts(facts, locale, limit), limit) + to_html(last), stated=facts)


def _examples(contents: Contents) -> list[Fact]:
    """Facts of different sections, since one subject tells less of what can be asked; plain figures come first."""
    notable = [section.notable for section in contents.sections]
    return sorted(notable, key=lambda fact: not is_plain(fact))[:_EXAMPLES]
