"""A fact as it is announced: the card that an answer would be, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import payload
from bot.chat.markup import to_html
from bot.chat.rendering import facts
from bot.chat.texts import Locale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.knowledge.model import Fact
    from bot.chat.library import Library


class Cards:
    """The facts in force as they are announced."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def ids(self) -> Sequence[str]:
        return [fact.id for fact in self._library.now.knowledge.facts]

    def card(self, id_: str) -> payload.Fact:
        """Raises LookupError for a fact that is not in force."""
        return card({fact.id: fact for fact in self._library.now.knowledge.facts}[id_])


def card(fact: Fact) -> payload.Fact:
    """Figure, label, period and source sentence, for each chat in its own language."""
    return payload.Fact(fact.id, {str(locale): to_html(facts([fact], locale)) for locale in Locale})
