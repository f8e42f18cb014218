"""What the terminal says in Chinese and in English: the texts of phrases.yaml."""

from functools import cache
from pathlib import Path

import yaml

from bot.answering.answer import Language


def say(language: Language, name: str, **values: object) -> str:
    """The text with this name, with the values filled in."""
    return _texts()[language][name].format(**values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    """By language and name. PyYAML reads the reports too, so that an answer waits for nothing else."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.load(text, yaml.CSafeLoader)
    return found
