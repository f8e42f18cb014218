"""Whoever follows the editor's guide step by step sees what it prints."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[1]
GUIDES = [(ROOT / "knowledge" / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
GUIDE = GUIDES[0]  # the code is the same in both: tests/test_documents.py
UNKNOWN = "云栖小院有几家"
BEFORE_WHAT_IS_LEFT_OUT = "\nleft_out:"


def blocks(text: str, kind: str) -> list[str]:
    """The code blocks of one kind, without the indentation of a list that they stand in."""
    return [dedent(block) for block in re.findall(rf"^ *```{kind}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)]


def printed_after(command: str, text: str = GUIDE) -> str:
    """What a document says that a command prints."""
    (block,) = [block for block in blocks(text, "console") if block.startswith(f"$ shushuo {command}\n")]
    return block.partition("\n")[2]


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the guide has people make, with the report of its example."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "hewan-2030.yaml").write_text(blocks(GUIDE, "yaml")[0], encoding="utf-8")
    return folder


@pytest.fixture
def with_guesthouses(town: Path) -> None:
    """The example with the fact that the guide adds, and the article as a text file."""
    report, sentence, _ = blocks(GUIDE, "yaml")
    sentence = indent(sentence, " " * 6)
    file = town / "hewan-2030.yaml"
    file.write_text(report.replace(BEFORE_WHAT_IS_LEFT_OUT, sentence + BEFORE_WHAT_IS_LEFT_OUT), encoding="utf-8")
    lines = ["河湾镇这一年", "记者一行5人", "茶园添新绿", "".join(re.findall(r"- text: (.+)", report + sentence))]
    Path("town.txt").write_text("\n".join(lines), encoding="utf-8")


def test_answers_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    command = "--knowledge town ask --json 茶园面积是多少 小学有几所"
    assert main(command.split()) == 0
    assert capsys.readouterr().out == printed_after(
        command, (ROOT / "bot/terminal/README.md").read_text(encoding="utf-8")
    )


@pytest.mark.usefixtures("with_guesthouses")
def test_the_number_without_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    command = "--knowledge town check --article town.txt"
    assert main(command.split()) == 0
    place = r"town\.txt:\d+:\d+: "
    printed, promised = (re.sub(place, "", text) for text in (capsys.readouterr().out, printed_after(command)))
    assert printed == promised


@pytest.mark.usefixtures("with_guesthouses")
def test_the_explanation_of_an_unknown_word_and_the_lexicon_that_makes_it_known(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = f"--knowledge town ask --explain {UNKNOWN}"
    assert main(command.split()) == 0
    assert capsys.readouterr().out.strip() == printed_after(command).strip()
    (town / "lexicon.yaml").write_text(blocks(GUIDE, "yaml")[2], encoding="utf-8")
    assert main(["--knowledge", "town", "ask", UNKNOWN]) == 0
    assert capsys.readouterr().out.startswith("46家  新开民宿数量")
    assert main(["--knowledge", "town", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(" 0 errors, 0 warnings")


@pytest.mark.usefixtures("with_guesthouses")
def test_its_questions_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    Path("town.jsonl").write_text(blocks(GUIDE, "json")[0], encoding="utf-8")
    totals = [option for total in ("right", "refused", "multi") for option in ("--min", f"{total}=1")]
    assert main(["--knowledge", "town", "eval", *totals, "town.jsonl"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("guide", GUIDES)
def test_the_messages_that_it_explains_are_there(guide: str) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "answering").rglob("*.py"))
    messages = re.findall(r"^\| `((?:'…'|the) [^`]+)` \|", guide, re.MULTILINE)
    assert len(messages) == 6
    assert [part for message in messages for part in message.split("'…'") if part.strip() not in source] == []
