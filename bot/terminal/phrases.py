"""What the terminal says: the texts of phrases.yaml, of which the traditional ones are made of the simplified ones."""

from functools import cache
from pathlib import Path

import yaml

from bot.chat.texts import Locale, converter


def say(locale: Locale, name: str, **values: object) -> str:
    """The text with this name, with the values filled in."""
    return converter(locale)(_texts()[locale.language][name]).format(**values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    """The texts by language and name; PyYAML reads the reports too, so that an answer waits for nothing else."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.load(text, yaml.CSafeLoader)
    return found
