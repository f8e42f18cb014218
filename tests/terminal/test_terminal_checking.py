import json

from bot.answering.knowledge.folder import load
from bot.answering.knowledge.problem import Problem, Severity
from bot.answering.suggesting import Suggestion
from bot.terminal.checking import counts_text, next_step, problem_json, suggestion_lines, table_lines
from tests.support.reports.small_report import YAML, write_report

ERROR = Problem("河湾.yaml", 3, 5, "unknown key 'titel'")
WARNING = Problem("河湾.yaml", 4, 1, "two facts share a keyword", Severity.WARNING)


def test_a_problem_in_json() -> None:
    assert json.loads(problem_json(WARNING)) == {
        "file": "河湾.yaml",
        "line": 4,
        "column": 1,
        "severity": "warning",
        "message": "two facts share a keyword",
    }


def test_facts_stand_in_columns() -> None:
    rows = [("a", "小学", "5所", "level", "2021", "小学"), ("bc", "x\ty", "6", "level", "2021年", "x\x1b")]
    assert list(table_lines(rows)) == [
        "id\tlabel\tfigure\taspect\tperiod\tnames",
        "a \t小学 \t5所   \tlevel \t2021  \t小学",
        "bc\tx y  \t6     \tlevel \t2021年\tx\ufffd",
    ]


def test_counts(tmp_path) -> None:
    nothing = load(tmp_path / "none")
    assert counts_text(nothing, nothing.problems) == "0 facts, 0 sentences, 0 reports, 1 error, 0 warnings"
    folder = write_report(tmp_path / "knowledge")
    counted = counts_text(load(folder), [ERROR, WARNING, WARNING])
    assert counted == "2 facts, 2 sentences, 1 report, 1 error, 2 warnings"
    # A report that cannot be read.
    (folder / "broken.yaml").write_text(YAML.replace("year: 2021", "year: this"), encoding="utf-8")
    (folder / "lexicon.yaml").write_text("fillers: [桥]\n", encoding="utf-8")
    loaded = load(folder)
    assert counts_text(loaded, loaded.problems) == "2 facts, 2 sentences, 1 of 2 reports, 1 error, 0 warnings"


def test_what_an_editor_does_next() -> None:
    number = Problem("a.txt", 1, 1, "the number '3家' has no fact: give it one", Severity.WARNING)
    left_open = Problem("a.yaml", 4, 1, "'publisher' is not filled in: write it", Severity.WARNING)
    steps = [
        next_step(problems, compared=compared, graded=graded)
        for problems, compared, graded in (
            ([WARNING, ERROR], True, True),
            ([WARNING, left_open], True, True),
            ([WARNING, number], True, True),
            ([number, number], True, True),
            ([], False, True),
            ([], True, False),
            ([], True, True),
        )
    ]
    words = (
        "correct 河湾.yaml:3 and",
        "a.yaml:4 on",
        "--explain NAME",
        "give 2 numbers",
        "--article FILE",
        "questions.jsonl",
        "/reload",
    )
    assert all(step.startswith("Next: ") and word in step for step, word in zip(steps, words, strict=True))


def test_suggestions_are_lines_of_a_lexicon() -> None:
    found = [Suggestion(("民宿", "云栖小院"), {"云栖小院有几家": 3, "小院\x1b收入": 2})]
    head, key, line = suggestion_lines(found, 9, 1)
    assert head.startswith("# 9 questions of the last 1 day asked in vain. ")
    assert [key, line] == [
        "synonyms:",
        "  - [民宿, 云栖小院]  # would have answered 2 questions, asked 5 times: 云栖小院有几家; 小院\ufffd收入",
    ]
    assert list(suggestion_lines([], 1, 30)) == [
        "# 1 question of the last 30 days asked in vain: no synonym would have answered several."
    ]
