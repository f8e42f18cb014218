"""The languages and scripts of the bot's own words."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.answering.answer import Language

# Written with traditional characters: by script, or by the places whose people write so.
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})


class Locale(StrEnum):
    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @property
    def language(self) -> Language:
        """The language that the facts of a report are named in."""
        return Language.ENGLISH if self is Locale.ENGLISH else Language.CHINESE


def locale_named(name: str) -> Locale:
    """The locale that the database has by its name; English where only another version of the bot knows it."""
    return Locale(name) if name in set(Locale) else Locale.ENGLISH


def locale_of(language_code: str | None) -> Locale:
    """The locale of menus, from the IETF tag of the language that a person's Telegram is set to."""
    language, *subtags = (language_code or "").lower().replace("_", "-").split("-")
    if language != "zh":
        return Locale.ENGLISH
    return Locale.TRADITIONAL if _TRADITIONAL & set(subtags) else Locale.SIMPLIFIED


def locale_for(language: Language, reader: Locale) -> Locale:
    """The locale of a reply in `language`: the reader's own script where the language leaves the choice."""
    if language is reader.language:
        return reader
    return Locale.ENGLISH if language is Language.ENGLISH else Locale.SIMPLIFIED
