"""Articles at a terminal: drafted, with what is missing asked for, and compared with their reports."""

import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bot.answering.answerer import general_vocabulary
from bot.answering.knowledge import article
from bot.answering.knowledge.folder import Loaded
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.report_file import FIRST_YEAR, LAST_YEAR
from bot.answering.knowledge.text_file import shown
from bot.drafting.articles.article_reader import SUFFIXES, UnreadableArticleError, read_article
from bot.drafting.articles.details import Details, details_of
from bot.drafting.draft import Draft
from bot.drafting.drafting import NothingToDraftError, draft
from bot.drafting.recurring import facts_of_file
from bot.errors import OperatingError, UsageError

from .streams import printable, show

_LONG = 20_000  # characters of an article from which on it is told how far its draft is
_STEPS = 10
_ASKED = {
    "id": "id of the report (small letters, digits, hyphens)",
    "title": "title, as printed",
    "subject": "whom or where it is about",
    "year": "the year that it tells of",
    "publisher": "publisher",
}


def draft_article(file: Path, wanted: Details, like: Path | None = None) -> Draft:
    """The draft of an article; what `wanted` leaves open is asked for at a terminal, and else taken from the text.

    Raises AnsweringError and UsageError with a line on what to do, OperatingError where there would be no fact, and
    OSError where the article cannot be opened.
    """
    text = read_article(printable(file.name), file.read_bytes())
    guessed = details_of(text)
    details = Details(**{one.name: getattr(wanted, one.name) or getattr(guessed, one.name) for one in fields(Details)})
    if sys.stdin is not None and sys.stdin.isatty():
        details = _asked(details, wanted)
    if details.year is not None and not FIRST_YEAR <= details.year <= LAST_YEAR:
        raise UsageError(f"{details.year} is no year: give four digits, from {FIRST_YEAR} to {LAST_YEAR}")
    facts: list[Fact] = facts_of_file(like) if like else []
    try:
        made = draft(text, details, general_vocabulary(), facts, _progress() if len(text) > _LONG else None)
    except NothingToDraftError as error:
        raise OperatingError(str(error)) from None
    # What has no figure needs no year.
    if details.year is None:
        raise UsageError("the text does not say which year it tells of: give it with --year")
    return made


def compare(loaded: Loaded, file: Path) -> tuple[Problem, ...]:
    """Where a report and its article differ, which may be in any format that an article can be drafted from."""
    if file.suffix.lower() not in SUFFIXES:
        return article.compare(loaded, file)
    name = printable(file.name)
    try:
        text = read_article(name, file.read_bytes())
    except UnreadableArticleError as error:
        return (Problem(shown(file), 1, 1, str(error).removeprefix(f"{name}: ")),)
    return article.compare(loaded, file, text)


def counts_text(made: Draft) -> str:
    """The last line: how many figures and facts a draft has, and how many are in doubt."""
    return f"{made.figures} figures, {made.facts} facts, {len(made.doubts)} in doubt"


def _asked(details: Details, wanted: Details) -> Details:
    """The details with what was not given asked for; what the text says is there to be taken by Enter."""
    from .prompting import typed_line  # noqa: PLC0415 - line editing is slow to import, and a pipe needs none

    known: dict[str, Any] = asdict(details)
    for name, what in _ASKED.items():
        if getattr(wanted, name) is None:
            answer = typed_line(f"{what}: ", str(known[name] or "")).strip()
            known[name] = (int(answer) if answer.isdigit() else 0) if name == "year" else answer or None
    return Details(**known)


def _progress() -> Callable[[int, int], None]:
    steps = 0

    def tell(done: int, count: int) -> None:
        nonlocal steps
        if done * _STEPS // count > steps:
            steps = done * _STEPS // count
            show(f"{done} of {count} sentences", error=True)

    return tell
