"""Inline buttons that lead to facts, and what a press of one carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answering.answer import Language

from .plain_text import cut, one_line
from .rendering import label, period
from .texts import Locale, texts

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Fact

_LONGEST_DATA: Final = 64
_LONGEST_TEXT: Final = 60
_LONGEST_PERIOD: Final = 20


class Effect(StrEnum):
    """What a press does with the message that the button is under: `f` makes it the answer, `n` answers below it."""

    REPLACE = "f"
    NEW = "n"


@dataclass(frozen=True, slots=True)
class Press:
    """What the data of a button says: which fact to show, in which language, and where."""

    effect: Effect
    language: Language
    key: str

    @property
    def data(self) -> str:
        return f"{self.effect}:{self.language}:{self.key}"

    @classmethod
    def read(cls, data: str) -> Press | None:
        """None for data that no button of this bot carries."""
        effect, _, rest = data.partition(":")
        language, _, key = rest.partition(":")
        if effect not in list(Effect) or language not in list(Language):
            return None
        return cls(Effect(effect), Language(language), key)


_ROOM: Final = _LONGEST_DATA - len(Press(Effect.REPLACE, Language.CHINESE, "").data)


def key_of(fact: Fact) -> str:
    """The fact's id, or a hash of it where the id leaves no room in the 64 bytes of a button's data."""
    encoded = fact.id.encode()
    return fact.id if len(encoded) <= _ROOM else blake2b(encoded, digest_size=16).hexdigest()


def choices(facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup:
    """One fact a row; a press turns the message into the answer."""
    return InlineKeyboardMarkup([[_button(fact, _name(fact, locale), locale, Effect.REPLACE)] for fact in facts])


def examples(facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup:
    """One question a row; a press answers it below the message."""
    return InlineKeyboardMarkup([[_button(fact, question(fact, locale), locale, Effect.NEW)] for fact in facts])


def question(fact: Fact, locale: Locale) -> str:
    """A question that the fact answers."""
    counted = any(letter.isdigit() for letter in fact.figure)
    key = "how-many" if counted else "what"
    room = _LONGEST_TEXT - len(texts(locale)(key, label=""))
    return texts(locale)(key, label=cut(label(fact, locale), room))


def _name(fact: Fact, locale: Locale) -> str:
    when = cut(period(fact, locale), _LONGEST_PERIOD)
    name = cut(label(fact, locale), _LONGEST_TEXT - len(when))
    return f"{name} · {when}" if when else name


def _button(fact: Fact, text: str, locale: Locale, effect: Effect) -> InlineKeyboardButton:
    return InlineKeyboardButton(one_line(text), callback_data=Press(effect, locale.language, key_of(fact)).data)
