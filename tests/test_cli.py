import asyncio
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.cli import main
from bot.storage.memory import Memory
from tests.support.reports.small_report import YAML, write_report

TOKEN = "123456789:" + "A" * 35
GOOD = {"q": "工业产值是多少？", "expect": [{"figure": "35.2亿"}], "kind": "canonical"}
BAD = {"q": "工业产值是多少？", "expect": [{"id": "schools"}], "kind": "typo"}


@pytest.fixture(autouse=True)
def knowledge(empty_folder) -> Path:
    return write_report(empty_folder / "knowledge")


@pytest.fixture
def served(monkeypatch) -> list[Path]:
    """The knowledge folders that `run` was told to serve."""
    folders: list[Path] = []
    monkeypatch.setattr("bot.serving.service.run", lambda settings: folders.append(settings.knowledge_dir) or 0)
    return folders


def questions(*lines: object) -> str:
    path = Path("questions.jsonl")
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path)


def test_ask_answers_each_argument(printed) -> None:
    first, second, end = printed("ask", "工业产值是多少？", "小学数量是多少？").split("\n\n")
    assert first.startswith("35.2亿元  工业产值 · 2021年前三季度\n")
    assert second.startswith("5所  小学数量")
    assert end == ""


def test_ask_json(printed) -> None:
    known, unknown = map(json.loads, printed("ask", "--json", "工业产值", "山后镇房价").splitlines())
    assert (known["question"], known["outcome"], known["facts"][0]["id"]) == ("工业产值", "answer", "output")
    assert unknown == {"question": "山后镇房价", "outcome": "none", "facts": []}


def test_explain_follows_the_answer_and_goes_beside_json(capsys) -> None:
    assert main(["ask", "--explain", "工业产值"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("35.2亿元")
    assert any(line.startswith("    ") for line in out.splitlines())
    assert err == ""
    assert main(["ask", "--json", "--explain", "工业产值"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.startswith("    ")


def test_talk_has_a_question_that_is_answered_as_an_example(printed) -> None:
    text = json.loads(printed("ask", "--json", "你好"))["text"]
    assert printed("ask", "你好").strip() == text
    assert printed("ask", text.partition("可以这样问：")[2]).startswith("35.2亿元")


def test_an_option_may_follow_the_question_and_two_hyphens_begin_questions(printed) -> None:
    undecodable = os.fsdecode(b"\xe4\xb8")
    lines = printed("ask", "工业产值", undecodable, "--json") + printed("ask", "--json", "--", "--json")
    assert [json.loads(line)["question"] for line in lines.splitlines()] == ["工业产值", undecodable, "--json"]


@pytest.mark.parametrize(
    ("arguments", "environment", "file"),
    [
        (["--knowledge", "other", "ask"], "nowhere", "nowhere"),
        (["ask", "--knowledge", "other"], "nowhere", "nowhere"),
        (["ask"], "other", "nowhere"),
        (["ask"], "", "other"),
    ],
)
def test_the_command_line_the_environment_or_a_file_names_the_knowledge(
    printed, monkeypatch, arguments, environment, file
) -> None:
    write_report(Path("other"), YAML.replace("5所", "9所"))
    monkeypatch.setenv("KNOWLEDGE_DIR", environment)
    Path(".env").write_text(f"\ufeffKNOWLEDGE_DIR={file}\n", encoding="utf-8")
    assert printed(*arguments, "小学数量").startswith("9所  小学数量")


def test_chart_draws_what_can_be_compared(knowledge, printed, capsys, fails) -> None:
    shops = "".join(
        f"          - {{id: shop-{n}, label: 第{n}家店销售额, figure: {n}万元, keywords: [销售额]}}\n"
        for n in range(1, 4)
    )
    sentence = "      - text: 三家店分别卖出1万元、2万元、3万元。\n        facts:\n" + shops
    write_report(knowledge, YAML + sentence)
    assert printed("chart", "列出所有店的销售额", "--out", "shops.png") == "shops.png  河湾镇：数据对比 (3)\n"
    assert Path("shops.png").read_bytes().startswith(b"\x89PNG")
    assert "shops.png: is there already" in fails("chart", "列出所有店的销售额", "--out", "shops.png")
    assert main(["chart", "工业产值", "--out", "output.png"]) == 1
    assert "no three values" in capsys.readouterr().err
    assert not Path("output.png").exists()
    assert "--out" in fails("chart", "列出所有店的销售额")
    assert (
        fails("chart", "列出所有店的销售额", "--out", "no/shops.png")
        == "shushuo: no/shops.png: No such file or directory"
    )


def test_check_of_sound_knowledge(printed) -> None:
    counts, step = printed("check").splitlines()
    assert counts == "2 facts, 2 sentences, 1 report, 0 errors, 0 warnings"
    assert step == "Next: compare with the printed text: `shushuo check --article FILE`."
    assert printed("check", "--json") == ""


def test_check_asks_for_every_name_where_there_are_no_errors(knowledge, printed) -> None:
    question = YAML.replace("[小学数量, 小学]", "[小学数量, 小学有多少所]")
    write_report(knowledge, question)
    problem, counts, _ = printed("check").splitlines()
    assert problem.startswith("knowledge/hewan.yaml:29:30: warning: '小学有多少所' ")
    assert counts.endswith("0 errors, 1 warning")
    write_report(knowledge, question.replace("figure: 5所", "figure: 6所"))
    assert "小学有多少所" not in printed("check", code=1)


def test_check_facts_tells_how_each_fact_is_read(printed) -> None:
    head, *facts = [[cell.strip() for cell in line.split("\t")] for line in printed("check", "--facts").splitlines()]
    assert head == ["id", "label", "figure", "aspect", "period", "names"]
    assert [fact[:3] for fact in facts] == [["output", "工业产值", "35.2亿元"], ["schools", "小学数量", "5所"]]
    assert facts[0][4] == "2021年前三季度"
    _, schools = map(json.loads, printed("check", "--facts", "--json").splitlines())
    assert list(schools) == head
    assert (schools["id"], schools["label"], schools["figure"]) == ("schools", "小学数量", "5所")


def test_check_tells_the_problems(knowledge, printed) -> None:
    write_report(knowledge, YAML.replace("figure: 5所", "figure: 6所"))
    problem, counts, _ = printed("check", code=1).splitlines()
    assert problem.startswith("knowledge/hewan.yaml:28:21: ")
    assert counts.endswith("1 error, 0 warnings")
    (line,) = printed("check", "--json", code=1).splitlines()
    assert json.loads(line)["severity"] == "error"
    assert "hewan.yaml:28:21: " in printed("check", "--facts", code=1)  # nothing is read


def test_check_compares_with_an_article(printed) -> None:
    article = Path("article.txt")
    article.write_text("前三季度，河湾镇工业产值达到35.2亿元。全镇有小学5所，各类学校15所。", encoding="utf-8")
    assert "小学5所" not in printed("check", "--article", "article.txt", "--json")
    article.write_text("前三季度，河湾镇工业产值达到35.2亿元。", encoding="utf-8")
    assert "not verbatim" in printed("check", "--article", "article.txt", "--json", code=1)
    article.write_bytes(b"\xff")
    assert printed("check", "--article", "article.txt", code=1).startswith("article.txt:1:1: ")


def test_a_new_folder_answers_at_once(printed, monkeypatch) -> None:
    assert "mine/.env\n" in printed("new", "mine")
    monkeypatch.chdir("mine")
    assert printed("ask", "茶园面积").startswith("3.2万亩")
    assert printed("eval", "questions.jsonl", "--min", "right=1")
    assert main(["new", "."]) == 1
    Path("article.txt").write_text("河湾镇年报\n茶园面积达到3.2万亩，增长8%。", encoding="utf-8")
    assert printed("new", "drafted", "article.txt", "--year", "2030").endswith("2 figures, 2 facts, 0 in doubt\n")
    assert printed("ask", "--knowledge", "drafted/knowledge", "茶园面积").startswith("3.2万亩")


def test_synonyms_are_suggested_from_the_database(printed, monkeypatch) -> None:
    async def fill() -> None:
        memory = await Memory.open("sqlite:///data/shushuo.db")
        today = datetime.now(UTC).date()
        for question, day in (("龘鱻", today), ("龘鱻", today), ("麤", today - timedelta(days=8))):
            await memory.questions.asked(question, "none", [], day)
        await memory.written()
        await memory.close()

    # What it is set to would stay so for other tests.
    monkeypatch.setattr("structlog.configure", lambda **_: None)
    asyncio.run(fill())
    assert "# 2 questions of the last 30 days asked in vain: no synonym" in printed("suggest")
    assert "# 1 question of the last 7 days" in printed("suggest", "--days", "7")


def test_eval_prints_a_row_a_kind_and_the_totals_and_what_was_missed(printed) -> None:
    lines = printed("eval", "--missed", questions(GOOD, BAD)).splitlines()
    assert [line.split() for line in lines[:12]] == [
        ["kind", "questions", "score", "missed"],
        ["canonical", "1", "1.000", "0"],
        ["typo", "1", "0.000", "1"],
        [],
        ["right", "2", "0.500", "1"],
        ["refused", "0", "-", "0"],
        ["multi", "0", "-", "0"],
        ["ambiguous", "0", "-", "0"],
        *([name, "0", "-", "0"] for name in ("followup", "claim", "list", "meta")),
    ]
    assert lines[-3:] == ["typo: 工业产值是多少？", "  expected: schools", "  answered: answer; output 35.2亿元"]
    assert printed("eval", questions(GOOD, BAD)).splitlines() == lines[:12]


def test_eval_fails_below_a_minimum(printed) -> None:
    minima = [word for least in ("right=0.6", "canonical=1", "typo=0.1") for word in ("--min", least)]
    lines = printed("eval", questions(GOOD, BAD), *minima, code=1).splitlines()
    assert lines[-2:] == ["right: 0.500 is below 0.6", "typo: 0.000 is below 0.1"]
    printed("eval", questions(GOOD, BAD), "--min", "right=0.5")


def test_run_serves_the_knowledge(served) -> None:
    assert main(["run"]) == 0
    assert main(["run", "--knowledge", "other"]) == 0
    assert served == [Path("knowledge"), Path("other")]


def test_without_a_command_a_token_decides(served, monkeypatch) -> None:
    talked: list[int] = []
    monkeypatch.setattr("bot.terminal.session.chat", lambda answerer: talked.append(len(answerer.knowledge.facts)))
    assert main([]) == 0
    assert (served, talked) == ([], [2])
    Path(".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n")
    assert main(["--knowledge", "other"]) == 0
    assert (served, talked) == ([Path("other")], [2])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["talk"], "invalid choice: 'talk'"),
        (["ask", "--jsno"], "unrecognized arguments: --jsno"),
        (["ask", "--jsno\n\x1b[31m"], "unrecognized arguments: --jsno �[31m"),
        (["ask", "--knowledge"], "expected one argument"),
        (["ask", "--knowledge", "nowhere", "?"], "nowhere:1:1: no such folder"),
        (["ask", "--knowledge", "file", "?"], "file:1:1: this is a file"),
        (["chat", "--knowledge", "nowhere"], "nowhere:1:1: no such folder"),
        (["eval"], "QUESTIONS.jsonl"),
        (["eval", "nowhere"], "nowhere: No such file"),
        (["eval", "knowledge"], "knowledge: Is a directory"),
        (["eval", "file"], "file:1: Invalid JSON"),
        (["eval", "file", "--min", "right"], "write KEY=VALUE such as right=0.95"),
        (["eval", "file", "--min", "right=2"], "write KEY=VALUE"),
        (["eval", "file", "--min", "right=nan"], "write KEY=VALUE"),
        (["eval", "file", "--min", "=1"], "write KEY=VALUE"),
        (["eval", "good", "--min", "rigth=0.5"], "--min rigth"),
        (["suggest"], "there is no database at data/shushuo.db"),
        (["draft", "file", "--year", "30"], "'30' is no year; write four digits"),
        (["suggest", "--days", "0"], "write one from 1 to 3650"),
        (["suggest", "--days", "soon"], "invalid int value: 'soon'"),
        (["check", "--article", "nowhere"], "nowhere: there is no such file"),
        (["check", "--article", "knowledge"], "knowledge: there is no such file"),
    ],
)
def test_wrong_usage_is_one_line(fails, arguments, says) -> None:
    Path("file").write_text("{")
    Path(questions(GOOD)).rename("good")
    assert says in fails(*arguments)


def test_broken_knowledge_cannot_be_asked(knowledge, fails) -> None:
    write_report(knowledge, "report: [")
    for command in (["ask", "?"], ["chat"], ["eval", questions(GOOD)]):
        assert "run `shushuo check`" in fails(*command)


def test_wrong_settings_are_one_line(fails) -> None:
    Path(".env").write_text("TELEGRAM_BOT_TOKEN=x\n")
    for command in ([], ["run"]):
        assert "TELEGRAM_BOT_TOKEN: " in fails(*command)
    Path(".env").write_bytes(b"\xff\n")
    assert ".env: cannot be read" in fails("ask", "?")


def test_help_tells_the_commands_and_what_each_takes(capsys) -> None:
    for command, told in (
        ("", ["run", "chat", "ask", "check", "eval", "doctor", "backup", "migrate-database", "Exit codes"]),
        ("run", ["--knowledge DIR"]),
        ("check", ["--article FILE", "--facts", "--json"]),
        ("eval", ["--min KEY=VALUE", "--missed", "QUESTIONS.jsonl"]),
    ):
        with pytest.raises(SystemExit) as exit_:
            main([*command.split(), "--help"])
        assert exit_.value.code == 0
        out = capsys.readouterr().out
        assert [option for option in told if option not in out] == []
        assert out.startswith(f"usage: shushuo {command}".rstrip())


@pytest.mark.parametrize("columns", [50, 120])
@pytest.mark.parametrize("command", ["", "check"])
def test_help_fills_the_width_of_the_terminal(monkeypatch, capsys, command, columns) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    assert columns - 20 < max(map(len, capsys.readouterr().out.splitlines())) < columns


def test_an_interrupt_is_no_traceback(monkeypatch, capsys) -> None:
    monkeypatch.setattr("bot.serving.service.run", Mock(side_effect=KeyboardInterrupt))
    assert main(["run"]) == 130
    assert capsys.readouterr() == ("", "")


def test_closed_standard_input_has_no_questions(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["ask", "--json"]) == 0
    assert main(["chat"]) == 0
    assert capsys.readouterr().out == ""
