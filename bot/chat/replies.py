"""Replies as Telegram takes them: HTML and the buttons under it. Knows the knowledge, and no updates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.answering.answer import Answer, Language, Outcome

from . import buttons, rendering
from .markup import Piece, to_html
from .texts import TEXTS

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.answering.knowledge import Fact, Knowledge

    from .buttons import Press

_EXAMPLES: Final = 3
_REPORTS: Final = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send: its HTML, at most 4096 UTF-16 units of text, and its buttons."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


class Replies:
    """Makes every reply of the conversation from the knowledge and from `answer`, which answers a question."""

    def __init__(self, knowledge: Knowledge, answer: Callable[[str], Answer]) -> None:
        self._reports = knowledge.reports
        self._answer = answer
        self._facts = {buttons.key_of(fact): fact for fact in knowledge.facts}
        self._examples = _examples(knowledge)

    def to_question(self, question: str) -> Reply:
        """The reply to what somebody wrote, in the language of the question."""
        answer = self._answer(question)
        facts = [match.fact for match in answer.matches]
        match answer.outcome:
            case Outcome.ANSWER:
                return Reply(to_html(rendering.facts(facts, answer.language)))
            case Outcome.CHOICES:
                which = to_html([Piece(TEXTS[answer.language].which)])
                return Reply(which, buttons.choices(facts, answer.language))
            case Outcome.NONE:
                return self._refusal(answer)

    def to_press(self, press: Press) -> Reply | None:
        """The fact that a button stands for; None where the knowledge no longer has it."""
        fact = self._facts.get(press.key)
        return Reply(to_html(rendering.facts([fact], press.language))) if fact else None

    def welcome(self, language: Language) -> Reply:
        """Who the bot is, what it has read, and how to ask."""
        reports = "\n".join(rendering.report_line(report, language) for report in self._reports[:_REPORTS])
        text = TEXTS[language].welcome.format(reports=reports)
        return Reply(to_html([Piece(text)]), self._example_buttons(language))

    def _refusal(self, answer: Answer) -> Reply:
        texts = TEXTS[answer.language]
        offer = texts.nearest if answer.nearest else texts.examples
        html = to_html([*rendering.refusal(answer, self._reports), Piece(f"\n\n{offer}")])
        if answer.nearest:
            return Reply(html, buttons.choices(answer.nearest, answer.language))
        return Reply(html, self._example_buttons(answer.language))

    def _example_buttons(self, language: Language) -> InlineKeyboardMarkup:
        return buttons.examples(self._examples, language)


def _examples(knowledge: Knowledge) -> list[Fact]:
    """Facts of different sections, since one subject tells less of what can be asked; plain figures come first."""
    firsts: dict[tuple[str, str], Fact] = {}
    for fact in sorted(knowledge.facts, key=lambda fact: not (fact.period and fact.figure[:1].isdigit())):
        firsts.setdefault((fact.report.id, fact.section), fact)
    return list(islice(firsts.values(), _EXAMPLES))
