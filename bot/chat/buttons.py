"""Inline buttons that answer with facts."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answering.answer import Language
from bot.answering.knowledge.model import Fact

from .callback_data import MOST_BYTES, FactButton, Placement
from .plain_text import cut, one_line
from .rendering import label, period
from .texts import Locale, texts

_LONGEST_TEXT: Final = 60
_LONGEST_PERIOD: Final = 20
_ROOM: Final = MOST_BYTES - len(FactButton(Placement.IN_PLACE, Language.CHINESE, "").pack())


def key_of(fact: Fact) -> str:
    """The fact's id, or a hash of it where the id leaves no room in the 64 bytes of a button's data."""
    encoded = fact.id.encode()
    return fact.id if len(encoded) <= _ROOM else blake2b(encoded, digest_size=16).hexdigest()


def choices(facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup:
    """One fact a row; a press turns the message into the answer."""
    return InlineKeyboardMarkup([[_button(fact, _name(fact, locale), locale, Placement.IN_PLACE)] for fact in facts])


def examples(facts: Iterable[Fact], locale: Locale) -> InlineKeyboardMarkup:
    """One question a row; a press answers it below the message."""
    return InlineKeyboardMarkup([[_button(fact, question(fact, locale), locale, Placement.BELOW)] for fact in facts])


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


def _button(fact: Fact, text: str, locale: Locale, placement: Placement) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        one_line(text), callback_data=FactButton(placement, locale.language, key_of(fact)).pack()
    )
