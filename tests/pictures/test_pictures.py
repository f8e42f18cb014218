"""The pictures in the READMEs show what the bot says."""

import pytest

from tests.pictures.conversation import FOLDER, QUESTIONS, held
from tests.support.repository import text_of

READMES = {"en": "README.md", "zh": "README.zh-CN.md"}


@pytest.mark.asyncio
@pytest.mark.parametrize("language", QUESTIONS)
async def test_the_picture_shows_what_the_bot_says(language) -> None:
    kept = (FOLDER / f"conversation.{language}.txt").read_text(encoding="utf-8")
    assert await held(language) == kept, "the bot says something else by now: `make pictures`, and look at them"


@pytest.mark.parametrize("language", QUESTIONS)
def test_the_readme_has_its_picture(language) -> None:
    assert f"](tests/pictures/conversation.{language}.png)" in text_of(READMES[language])
