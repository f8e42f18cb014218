from pathlib import Path

import pytest

from bot.cli import main

ARTICLE = "河湾镇2030年\n茶园面积3.2万亩，同比增长8%。\n"


@pytest.fixture(autouse=True)
def article(tmp_path, monkeypatch) -> None:
    """A working directory with an article, and no terminal to ask at."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")


def test_a_draft_is_written_checked_and_asked(printed) -> None:
    Path("k").mkdir()
    given = ["--id", "hewan-2030", "--subject", "河湾镇", "--publisher", "河湾周报"]
    assert printed("draft", "a.txt", *given, "--out", "k/hewan.yaml") == "2 figures, 2 facts, 0 in doubt\n"
    assert "0 errors" in printed("--knowledge", "k", "check", "--article", "a.txt")
    assert printed("--knowledge", "k", "ask", "茶园面积是多少").startswith("3.2万亩  茶园面积 · 2030年")


def test_nothing_is_overwritten(fails) -> None:
    Path("r.yaml").write_text("mine")
    told = fails("draft", "a.txt", "--out", "r.yaml")
    assert told == "shushuo: r.yaml: is there already, and is not overwritten: name another file"
    assert Path("r.yaml").read_text() == "mine"


def test_without_a_file_it_is_printed_and_the_counts_stand_beside_it(capsys) -> None:
    assert main(["draft", "a.txt", "--title", "茶: 一年", "--year", "2029"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("report:\n  id: ")
    assert '\n  title: "茶: 一年"\n  publisher: "?" # fill in\n  year: 2029\n' in out
    assert err == "2 figures, 2 facts, 0 in doubt\n"


@pytest.mark.parametrize(
    ("text", "arguments", "code", "said"),
    [
        ("大家好。", ["--year", "2030"], 1, "the article tells no figure"),
        ("大家好。", [], 1, "the article tells no figure"),
        ("茶园\t3\t5\n茶厂\t2\t6\n", ["--year", "2030"], 1, "no sentence of the article tells a figure"),
        ("", [], 2, "a.txt: holds no text"),
        ("茶园3万亩。", [], 2, "the text does not say which year it tells of: give it with --year"),
        ("茶园3万亩。", ["--like", "none.yaml", "--year", "2030"], 2, "none.yaml:1:1: no such file: check the name"),
    ],
)
def test_what_cannot_be_drafted_is_told_in_one_line(text, arguments, code, said, capsys) -> None:
    Path("a.txt").write_text(text, encoding="utf-8")
    assert main(["draft", "a.txt", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_long_article_tells_how_far_it_is(monkeypatch, capsys) -> None:
    monkeypatch.setattr("bot.terminal.drafting._LONG", 100)
    Path("a.txt").write_text(ARTICLE + "茶园很多。" * 50, encoding="utf-8")
    assert main(["draft", "a.txt", "--out", "r.yaml"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1] == "51 of 51 sentences"


def test_at_a_terminal_what_is_not_given_is_asked_for(monkeypatch) -> None:
    asked: list[tuple[str, str]] = []

    def typed(prompt: str, default: str) -> str:
        asked.append((prompt.partition(" ")[0], default))
        return {"id": "tea-2030", "publisher:": "河湾周报"}.get(prompt.split(" ", maxsplit=1)[0], default)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("bot.terminal.prompting.typed_line", typed)
    assert main(["draft", "a.txt", "--subject", "河湾镇", "--out", "r.yaml"]) == 0
    assert ("title,", "河湾镇2030年") in asked
    assert ("the", "2030") in asked
    assert "whom" not in dict(asked)
    assert "  id: tea-2030\n" in Path("r.yaml").read_text(encoding="utf-8")
