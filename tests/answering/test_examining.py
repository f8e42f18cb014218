"""What asking for every label and keyword tells an editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from town_report import write

from bot.answering.examining import examine, fact_rows
from bot.answering.knowledge.folder import load

REPORT = """\
report:
  id: town-2030
  title: 河湾镇这一年
  publisher: 河湾周报
  year: 2030
  subject: {label: 河湾镇, en: Hewan Town}
sections:
  - title: 茶园添新绿
    sentences:
      - text: 河湾镇茶园面积达到3.2万亩，同比增长8%，茶叶产量210吨，夏天60吨。
        facts:
          - {id: area, label: 茶园面积, figure: 3.2万亩, keywords: [茶山面积], en: {label: Area of tea gardens}}
          - {id: growth, label: 茶园面积增速, figure: 8%, keywords: [茶园面积涨幅]}
          - {id: tea, label: 茶叶产量, figure: 210吨, keywords: [产茶量]}
"""


def _examined(folder: Path, report: str = REPORT, **files: str) -> list[str]:
    """The messages, without their places."""
    return [problem.message.replace(f"{folder}/", "") for problem in examine(load(write(folder, r=report, **files)))]


def _with(keyword: str) -> str:
    """The report with one more keyword of its first fact."""
    return REPORT.replace("[茶山面积]", f"[茶山面积, {keyword}]")


def test_names_that_find_their_facts(tmp_path: Path) -> None:
    assert _examined(tmp_path) == []


def test_the_place_of_a_problem(tmp_path: Path) -> None:
    (problem,) = examine(load(write(tmp_path, r=_with("茶园有多大"))))
    assert str(problem) == (
        f"{tmp_path}/r.yaml:12:69: warning: '茶园有多大' is a question: write the name of what is measured"
    )


@pytest.mark.parametrize(
    "keyword",
    [
        "茶园有多少亩",
        "茶园面积是几万亩",
        "茶园有哪些",
        "茶园面积？",
        "How large are the gardens",
        "what is the area",
        "tea gardens?",
    ],
)
def test_questions_are_no_names(tmp_path: Path, keyword: str) -> None:
    (message,) = _examined(tmp_path, _with(keyword))
    assert message == f"'{keyword}' is a question: write the name of what is measured"


@pytest.mark.parametrize("keyword", ["茶园面积情况", "tea gardens that are what the town lives on"])
def test_nouns_that_could_ask_are_names(tmp_path: Path, keyword: str) -> None:
    assert not any("question" in message for message in _examined(tmp_path, _with(keyword)))


def test_a_name_of_another_fact(tmp_path: Path) -> None:
    report = REPORT.replace("[产茶量]", "[产茶量, 茶山面积]")
    assert _examined(tmp_path, report) == ["'茶山面积' finds 'area' instead of its own fact: say what tells them apart"]


def test_a_name_that_says_nothing(tmp_path: Path) -> None:
    (message,) = _examined(tmp_path, _with("全年"))
    assert message == (
        "'全年' says nothing that a question could ask for ('全年' is read as a period): write a longer name"
    )


def test_a_word_within_a_name_that_is_read_as_a_period(tmp_path: Path) -> None:
    report = REPORT.replace("label: 茶叶产量, figure: 210吨", "label: 四季度假村客人, period: 2030年, figure: 210吨")
    report = report.replace("产茶量", "四季度假村游客").replace("茶叶产量210吨", "四季度假村接待客人210吨")
    assert [message.partition(":")[0] for message in _examined(tmp_path, report)] == [
        f"'{name}' does not find its own fact ('四季度' is read as a period)"
        for name in ("四季度假村客人", "四季度假村游客")
    ]
    lexicon = "synonyms:\n  - [四季度假村, 四季度假区]\n"
    assert _examined(tmp_path, report, lexicon=lexicon) == []


def test_two_facts_that_read_the_same(tmp_path: Path) -> None:
    report = REPORT + "          - {id: harvest, label: 茶叶的产量, figure: 60吨, keywords: [产茶数量]}\n"
    assert _examined(tmp_path, report) == [
        "'harvest' reads the same as 'tea': say what tells them apart; the other is at r.yaml:14:30"
    ]


def test_facts_on_two_places_do_not_read_the_same(tmp_path: Path) -> None:
    report = REPORT.replace("label: 茶叶产量", "label: 茶叶对日本出口量").replace("产茶量", "日本买茶量")
    report += "          - {id: america, label: 茶叶对美国出口量, figure: 60吨, keywords: [美国买茶量]}\n"
    report = report.replace("茶叶产量210吨，夏天60吨", "茶叶对日本出口量210吨，对美国60吨")
    assert not any("reads the same" in message for message in _examined(tmp_path, report))


def test_no_more_problems_than_an_editor_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("examining", "knowledge.document"):
        monkeypatch.setattr(f"bot.answering.{module}.MOST_PROBLEMS", 2)
    questions = ", ".join(f"茶园{word}" for word in ("有多大", "有几亩", "有多少亩", "在哪里"))
    assert [message[-13:] for message in _examined(tmp_path, _with(questions))] == [
        "t is measured",
        "t is measured",
        "is not listed",
    ]


def test_knowledge_with_errors_is_not_asked(tmp_path: Path) -> None:
    assert _examined(tmp_path, REPORT.replace("figure: 8%", "figure: 9%")) == []
    assert list(fact_rows(load(tmp_path))) == []


def test_how_a_fact_is_read(tmp_path: Path) -> None:
    _, growth, _ = fact_rows(load(write(tmp_path, r=REPORT)))
    assert growth[:5] == ("growth", "茶园面积增速", "8%", "change up, percent, against year", "2030")
