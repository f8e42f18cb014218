"""Articles are drafted by a process of its own, which ends in a draft or in one line whatever it is given."""

import sys

import pytest

from bot.serving import drafting
from bot.serving.drafting import Drafter

pytestmark = pytest.mark.asyncio

ARTICLE = "山口镇2020年统计公报\n全年山口镇粮食产量达到2.4万吨，比上年增长3.1%。\n"


async def test_a_process_of_its_own_drafts() -> None:
    made = await Drafter().draft("公报.txt", ARTICLE.encode("gb18030"))
    assert (made.figures, made.facts) == (2, 2)
    assert "2.4万吨" in made.text


@pytest.mark.parametrize("script", ["exec sleep 600", "echo '{'", "kill -9 $$", "cat > /dev/null; exit 1"])
async def test_one_that_hangs_or_dies_is_ended_and_told_in_a_line(tmp_path, monkeypatch, script, logs) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(drafting, "_LONGEST", 0.2 if "sleep" in script else 60.0)
    told = await Drafter().draft("公报.pdf", b"x" * 1_000_000)
    assert told == "公报.pdf: reading it took too long, or too much memory: give its text alone, as .txt"
    assert [record["event"] for record in logs] == ["the drafting of an article broke off"]
