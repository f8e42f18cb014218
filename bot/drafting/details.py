"""What a report file says of the report itself, as far as the article tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Details:
    """What is known of a report; None: not yet. `subject`: whom or where it is about, `year`: the one it tells of."""

    id: str | None = None
    title: str | None = None
    subject: str | None = None
    year: int | None = None
    publisher: str | None = None


def details_of(text: str) -> Details:
    """The details that the text of an article tells; what it does not tell stays None."""
    title = next((line.strip() for line in text.splitlines() if line.strip()), None)
    return Details(title=title)
