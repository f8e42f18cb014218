"""What the bot says in Telegram: the Fluent files of this folder, and which locale a person is spoken to in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain

from bot.answering.answer import Answer, Language
from bot.answering.language.normalize import is_traditional

_BEGINNING = re.compile("^(?=[a-z])", re.MULTILINE)


class Locale(StrEnum):
    """The languages and scripts of the bot's own words."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @property
    def language(self) -> Language:
        """The language that the facts of a report are named in."""
        return Language.ENGLISH if self is Locale.ENGLISH else Language.CHINESE


def locale_named(name: str | None) -> Locale:
    """The locale that the database has by its name; English where it has none, or one of another version."""
    return Locale(name) if name in set(Locale) else Locale.ENGLISH


def locale_of(language_code: str | None) -> Locale:
    """The locale of menus, from the IETF tag of the language that a person's Telegram is set to."""
    language, *subtags = (language_code or "").lower().replace("_", "-").split("-")
    if language != "zh":
        return Locale.ENGLISH
    # Written with traditional characters: by script, or by the places whose people write so.
    return Locale.TRADITIONAL if {"hant", "tw", "hk", "mo"} & set(subtags) else Locale.SIMPLIFIED


def locale_for(language: Language, reader: Locale) -> Locale:
    """The locale of a reply in `language`: the reader's own script where the language leaves the choice."""
    if language is reader.language:
        return reader
    return Locale.ENGLISH if language is Language.ENGLISH else Locale.SIMPLIFIED


def locale_of_reply(answer: Answer, reader: Locale) -> Locale:
    """The locale of the reply to a question: that of its language, and traditional where it is written so."""
    if answer.language is Language.CHINESE and is_traditional(answer.question):
        return Locale.TRADITIONAL
    return locale_for(answer.language, reader)


class RequestError(Exception):
    """What somebody asked for cannot be done: `key` and `values` are of the text that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def said(self, locale: Locale) -> str:
        return texts(locale)(self.key, **self.values)

    def __str__(self) -> str:
        """The text in English, for logs and shells."""
        return self.said(Locale.ENGLISH)


class Texts:
    """The texts of one locale by key."""

    def __init__(self, locale: Locale) -> None:
        from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415 - a shell asks without these texts

        self._resource = FluentResource
        # Isolating marks would be counted by Telegram, and searched for in vain by people.
        self._bundle = FluentBundle([locale], use_isolating=False)
        # Parsed one by one when they are first said, as all together take a fifth of a second.
        all_of_them = chain.from_iterable(map(_BEGINNING.split, sources(locale)))
        self._sources = {source.partition(" ")[0]: source for source in all_of_them}

    def __call__(self, key: str, /, **values: str | int) -> str:
        """The text with `values` filled in, numbers grouped (2,021). Raises LookupError for what is not there."""
        if key in self._sources and not self._bundle.has_message(key):
            self._bundle.add_resource(self._resource(self._sources[key]))
        pattern = self._bundle.get_message(key).value if self._bundle.has_message(key) else None
        if pattern is None:
            raise LookupError(f"there is no text {key!r}")
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(f"the text {key!r} could not be filled in: {errors[0]}")
        return str(text)


@cache
def texts(locale: Locale) -> Texts:
    """The texts of `locale`, read once."""
    return Texts(locale)


def sources(locale: Locale) -> Iterator[str]:
    """The Fluent source of each file of `locale`: NAME.zh.ftl or zh.ftl, and the same in en."""
    ending = "en.ftl" if locale is Locale.ENGLISH else "zh.ftl"
    converted = converter(locale)
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name == ending or file.name.endswith(f".{ending}"):
            yield converted(file.read_text(encoding="utf-8"))


@cache
def converter(locale: Locale) -> Callable[[str], str]:
    """Makes a traditional text of a simplified one, in the characters and words of Taiwan, where a locale has these."""
    if locale is not Locale.TRADITIONAL:
        return str
    from opencc import OpenCC  # noqa: PLC0415 - as above

    return OpenCC("s2twp").convert
