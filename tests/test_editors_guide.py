"""Whoever follows the editor's guide step by step sees what it prints."""

import re
import shlex
from pathlib import Path
from textwrap import dedent

import pytest

from tests.support.repository import ROOT, text_of

GUIDES = [text_of("knowledge/README.md"), text_of("knowledge/README.zh-CN.md")]
GUIDE = GUIDES[0]  # the code is the same in both: tests/test_documents.py
IN_SHELLS = text_of("bot/terminal/README.md")
REPORT = Path("town/hewan-2030.yaml")


def blocks(text: str, kind: str) -> list[str]:
    """The code blocks of one kind, without the indentation of a list that they stand in."""
    return [dedent(block) for block in re.findall(rf"^ *```{kind}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)]


def session(beginning: str, text: str = GUIDE) -> tuple[list[str], str]:
    """A command of a document, and what the document says that it prints."""
    (block,) = [block for block in blocks(text, "console") if block.startswith(f"$ shushuo {beginning}")]
    command, _, printed = block.partition("\n")
    return shlex.split(command)[2:], printed


@pytest.fixture(autouse=True)
def town(tmp_path, monkeypatch) -> None:
    """The article and the report of the guide, in the places that it names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    Path("town.txt").write_text(blocks(GUIDE, "text")[0], encoding="utf-8")
    REPORT.parent.mkdir()
    REPORT.write_text(blocks(GUIDE, "yaml")[0], encoding="utf-8")


def test_the_article_becomes_the_draft(printed) -> None:
    REPORT.unlink()
    command, promised = session("draft")
    assert printed(*command) == promised
    assert REPORT.read_text(encoding="utf-8") == blocks(GUIDE, "yaml")[0]


@pytest.mark.parametrize(
    ("beginning", "page"), [("--knowledge town check", GUIDE), ("--knowledge town ask --json", IN_SHELLS)]
)
def test_a_command_prints_what_it_says(beginning, page, printed) -> None:
    command, promised = session(beginning, page)
    assert printed(*command) == promised


def test_the_lexicon_makes_a_nickname_known(printed) -> None:
    asked = ["--knowledge", "town", "ask", "云栖坡有多大"]
    assert "3.2万亩" not in printed(*asked)
    Path("town/lexicon.yaml").write_text(blocks(GUIDE, "yaml")[1], encoding="utf-8")
    assert printed(*asked).startswith("3.2万亩  茶园面积")
    assert printed("--knowledge", "town", "check").splitlines()[0].endswith(" 0 errors, 0 warnings")


def test_the_questions_on_it_are_answered(printed) -> None:
    Path("town.jsonl").write_text(blocks(IN_SHELLS, "json")[0], encoding="utf-8")
    totals = [f"{total}=1" for total in ("right", "refused", "multi", "followup", "claim")]
    printed("--knowledge", "town", "eval", *(part for total in totals for part in ("--min", total)), "town.jsonl")


@pytest.mark.parametrize("guide", GUIDES)
def test_the_messages_that_it_explains_are_there(guide) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "answering").rglob("*.py"))
    messages = re.findall(r"^\| `((?:.….|the|no) [^`]+)` \|", guide, re.MULTILINE)
    assert len(messages) == 9
    assert [part for message in messages for part in message.split("'…'") if part.strip() not in source] == []
