"""The pictures in the READMEs are those that a run of the bot gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from picture.conversation import LANGUAGES, held
from picture.drawing import picture, place

pytestmark = pytest.mark.asyncio

ROOT = Path(__file__).parents[2]
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
COMMAND = "PYTHONPATH=tests:tests/support .venv/bin/python -m picture"


async def test_the_pictures_show_what_the_bot_says() -> None:
    conversations = await held()
    drawn = {language: picture(columns, language).encode() for language, columns in conversations.items()}
    kept = {language: place(language).read_bytes() for language in LANGUAGES}
    stale = [language for language in LANGUAGES if drawn[language] != kept[language]]
    assert stale == [], f"the bot says something else by now: look at what `{COMMAND}` draws"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_readme_has_its_picture_and_how_to_draw_it(language: str) -> None:
    readme = (ROOT / READMES[language]).read_text(encoding="utf-8")
    assert f"]({place(language).relative_to(ROOT).as_posix()})" in readme
    assert COMMAND in readme
