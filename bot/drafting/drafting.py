"""Drafts the report file of an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.exceptions import AnsweringError
from bot.answering.language.quantities import quantities

from .sections import sections
from .yaml_writer import DraftFact, DraftSentence, report_file

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact
    from bot.answering.language.vocabulary import Vocabulary

    from .details import Details


class NothingToDraftError(AnsweringError):
    """A text has no figure or name that a question could ask for; the text is one line that says so."""


@dataclass(frozen=True)
class Doubt:
    """A fact that its editor should look at. `why`: a sentence in Chinese or English, as the article is."""

    fact_id: str
    label: str
    why: str


@dataclass(frozen=True)
class Draft:
    """A report file. `figures`: how many the article has; `facts`: how many the file has."""

    text: str
    figures: int
    facts: int
    doubts: tuple[Doubt, ...]


def draft(
    text: str,
    details: Details,
    vocabulary: Vocabulary,
    like: Sequence[Fact] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Draft:
    """The first version of the report file of an article; what `details` leaves open is marked to be filled in.

    `like`: the facts of an older report, whose ids and labels those that recur keep. `progress`: told how many
    sentences are done, and how many there are.
    Raises `NothingToDraftError` where there would be no fact.
    """
    title = details.title or ""
    taken: set[str] = set()
    figures = facts = 0
    doubts: list[Doubt] = []
    drafted: list[tuple[str, list[DraftSentence]]] = []
    for section in sections(text, title):
        sentences = []
        for sentence in (one for paragraph in section.paragraphs for one in paragraph):
            found = DraftSentence(sentence)
            for quantity in quantities(sentence):
                figures += 1
                label = sentence[: quantity.start].rpartition("，")[2] or sentence[quantity.end :]
                label = label[-20:].strip("。，；") or sentence[:20]
                while label in taken:
                    label += "*"
                taken.add(label)
                facts += 1
                figure = sentence[quantity.start : quantity.end].strip()
                fact_id = f"f{facts}"
                found.facts.append(DraftFact(fact_id, label, figure, f"{details.year or 2000}年", (label,)))
                doubts.append(Doubt(fact_id, label, "名称是句中的原话，请改成人们的说法"))
            sentences.append(found)
        drafted.append((section.title, sentences))
    if not facts:
        raise NothingToDraftError("the article tells no figure: there is nothing to ask for")
    head = {
        "id": details.id or "report",
        "title": title,
        "publisher": details.publisher or "?",
        "year": str(details.year or 2000),
    }
    subject = {"label": details.subject or "?", "en": details.subject or "?"}
    return Draft(report_file(head, subject, drafted, []), figures, facts, tuple(doubts))
