"""The texts of a locale, from the *.ftl files of this folder: NAME.zh.ftl or zh.ftl, and the same in en."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import opencc
from fluent.runtime import FluentBundle, FluentResource

from .locale import Locale

# The traditional texts are made of the simplified ones, in the characters and words of Taiwan.
_TRADITIONAL: Final = "s2twp"


class Texts:
    """The texts of one locale by key."""

    def __init__(self, bundle: FluentBundle) -> None:
        self._bundle = bundle

    def __call__(self, key: str, /, **values: str | int) -> str:
        """The text with `values` filled in. A number is grouped (2,021): give a year as a string.

        Raises LookupError for a key or a value that is not there.
        """
        if not self._bundle.has_message(key):
            raise LookupError(f"there is no text {key!r}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"the text {key!r} is empty")
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(f"the text {key!r} could not be filled in: {errors[0]}")
        return str(text)


@cache
def texts(locale: Locale) -> Texts:
    """The texts of `locale`, read once."""
    # Isolating marks would be counted by Telegram, and searched for in vain by people.
    bundle = FluentBundle([locale], use_isolating=False)
    for _, source in sources(locale):
        bundle.add_resource(FluentResource(source))
    return Texts(bundle)


def sources(locale: Locale) -> Iterator[tuple[str, str]]:
    """The name and the Fluent source of each file of `locale`."""
    ending = "en.ftl" if locale is Locale.ENGLISH else "zh.ftl"
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name == ending or file.name.endswith(f".{ending}"):
            source = file.read_text(encoding="utf-8")
            yield file.name, _converter().convert(source) if locale is Locale.TRADITIONAL else source


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC(_TRADITIONAL)
