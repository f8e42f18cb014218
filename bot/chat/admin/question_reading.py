"""How the knowledge in force reads a question that it does not answer, for editors who want to help it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.answer import Outcome

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.chat.library import Edition


@dataclass(frozen=True, slots=True)
class Reading:
    """`core`: the words of a question that say what it asks for. `unknown`: those that no fact explains.

    `nearest`: the fact that comes nearest, if any does. `answered`: whether the question would be answered now.
    """

    core: str
    unknown: tuple[str, ...]
    nearest: Fact | None
    answered: bool


def core(question: str, edition: Edition) -> str:
    """The words of a question that say what it asks for; the question itself where it has none."""
    return " ".join(edition.wording(question).said) or question


def reading(question: str, edition: Edition) -> Reading:
    """How `edition` reads a question."""
    wording = edition.wording(question)
    answer = edition.answer(question)
    facts = [*(match.fact for match in answer.matches), *answer.nearest]
    return Reading(
        " ".join(wording.said) or question,
        (answer.asked,) if answer.asked else wording.unexplained,
        facts[0] if facts else None,
        answer.outcome is Outcome.ANSWER,
    )
