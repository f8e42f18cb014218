import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Answer, Language, Match, Outcome
from bot.answering.evaluation import (
    Expectation,
    Question,
    QuestionsError,
    ScoreRow,
    grade,
    read_questions,
    rows_by_kind,
    shortfalls,
    totals,
)
from bot.answering.knowledge.model import Fact, Report, Subject
from tests.support.wordings import pairs

REPORT = Report("r", "年报", "周刊", 2021, Subject("河湾镇", "Hewan"))
FACTS = tuple(
    Fact(f"f{number}", f"茶园{number}", f"{number} 万亩", (), f"第{number}处茶园有{number} 万亩。", "产业", REPORT)
    for number in range(12)
)


def answer(outcome: Outcome, *numbers: int) -> Answer:
    return Answer("?", Language.CHINESE, outcome, tuple(Match(FACTS[number], 1.0) for number in numbers))


def question(kind: str, *expected: dict[str, str]) -> Question:
    return Question(q="?", expect=[Expectation(**one) for one in expected], kind=kind)


def score(asked: Question, answered: Answer) -> float:
    (graded,) = grade([asked], lambda _: answered)
    assert graded.missed == (graded.score < 1)
    return graded.score


def ids(*numbers: int) -> list[dict[str, str]]:
    return [{"id": f"f{number}"} for number in numbers]


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_an_expectation_is_told_by_everything_that_it_says() -> None:
    fitting = ({"id": "f3"}, {"figure": "3万"}, {"figure": "3 万 亩"}, {"sentence": "茶园有3万亩"})
    others = ({"id": "f33"}, {"figure": "4万"}, {"sentence": "茶园有4万亩"}, {"id": "f3", "figure": "4万"})
    assert [one for one in fitting if not Expectation(**one).fits(FACTS[3])] == []
    assert [one for one in others if Expectation(**one).fits(FACTS[3])] == []
    assert not Expectation(figure="3万", sentence="第4处").fits(FACTS[3])


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        ({"id": "f1", "or": [{"id": "f3"}]}, True),
        ({"or": [{"id": "f1"}, {"figure": "3万"}]}, True),
        ({"id": "f1", "or": [{"id": "f2", "or": [{"id": "f3"}]}]}, True),
        ({"id": "f1", "or": [{"id": "f2"}]}, False),
        ({"or": [{"id": "f2"}]}, False),
    ],
)
def test_others_may_be_as_good_as_the_expected_fact(expected, fits) -> None:
    assert Expectation.model_validate(expected).fits(FACTS[3]) is fits


# Kind, facts expected, and answer with its facts, by points.
GRADES = """\
# right: the first fact of an answer is the expected one
1: typo 3 answer 3|typo 3 answer 3 4
0: typo 3 answer 4 3|typo 3 choices 3|typo 3 none
# out of scope: it must not be answered
1: oos-place none|oos-place choices 1 2
0: oos-place answer 1
# multi: all the facts, and at most one other
1: multi 1 2 answer 2 1|multi 1 2 answer 1 5 2
0: multi 1 2 answer 1 5 6 2|multi 1 2 answer 1|multi 1 2 choices 1 2
# ambiguous: the share that is found among eight
1: ambiguous 1 2 choices 1 2|ambiguous 1 2 answer 1 2
0.5: ambiguous 1 2 choices 1|ambiguous 1 2 choices 3 4 5 6 7 8 9 1 2
0: ambiguous 1 2 answer 1|ambiguous 1 2 none"""


@pytest.mark.parametrize(("points", "told"), pairs(GRADES))
def test_how_an_answer_is_graded(points, told) -> None:
    kind, expected, outcome, facts = re.fullmatch(r"(\S+)([ \d]*) ([a-z]+)([ \d]*)", told).groups()
    answered = answer(Outcome(outcome), *map(int, facts.split()))
    assert score(question(kind, *ids(*map(int, expected.split()))), answered) == float(points)


def test_rows_and_totals() -> None:
    answers = {"a": answer(Outcome.ANSWER, 1), "b": answer(Outcome.NONE), "c": answer(Outcome.CHOICES, 1)}
    asked = [
        Question(q="a", expect=[Expectation(id="f1")], kind="typo"),
        Question(q="b", expect=[Expectation(id="f1")], kind="typo"),
        Question(q="a", expect=[Expectation(id="f1")], kind="english"),
        Question(q="b", expect=[], kind="oos-chat"),
        Question(q="c", expect=[Expectation(id="f1"), Expectation(id="f2")], kind="ambiguous"),
    ]
    graded = list(grade(asked, lambda messages: answers[messages[-1]]))
    assert rows_by_kind(graded) == [
        ScoreRow("ambiguous", 1, 0.5, 1),
        ScoreRow("english", 1, 1.0, 0),
        ScoreRow("oos-chat", 1, 1.0, 0),
        ScoreRow("typo", 2, 0.5, 1),
    ]
    assert totals(graded) == [
        ScoreRow("right", 3, pytest.approx(2 / 3), 1),
        ScoreRow("refused", 1, 1.0, 0),
        ScoreRow("multi", 0, None, 0),
        ScoreRow("ambiguous", 1, 0.5, 1),
        *(ScoreRow(name, 0, None, 0) for name in ("followup", "claim", "list", "meta")),
    ]


def test_a_minimum_that_is_not_reached_is_told() -> None:
    rows = [ScoreRow("right", 4, 0.75, 1), ScoreRow("typo", 2, 1.0, 0)]
    assert shortfalls(rows, {"right": 0.8, "typo": 1.0}) == ["right: 0.750 is below 0.8"]
    assert shortfalls(rows, {"right": 0.75}) == []


@pytest.mark.parametrize("name", ["rigth", "multi"])
def test_a_minimum_of_nothing_that_was_asked_is_an_error(name) -> None:
    with pytest.raises(QuestionsError, match=f"--min {name}: .*there are right$"):
        shortfalls([ScoreRow("right", 4, 0.75, 1), ScoreRow("multi", 0, None, 0)], {name: 0.5})


def test_questions_are_read_in_order_and_empty_lines_do_not_count(tmp_path) -> None:
    lines = (
        "\ufeff" + json.dumps({"q": "茶园\u2028？", "expect": [{"id": "f1"}], "kind": "typo", "note": "editor's own"}),
        "",
        {"q": "", "expect": [], "kind": "oos-chat"},
    )
    first, second = read_questions(write(tmp_path / "q.jsonl", *lines))
    assert (first.q, first.kind, first.expect[0].id) == ("茶园\u2028？", "typo", "f1")
    assert (second.q, second.total) == ("", "refused")


GOOD = {"q": "?", "expect": [{"id": "f1"}], "kind": "typo"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        ({**GOOD, "q": 3}, "q: .*string"),
        ({"q": "?", "kind": "typo"}, "expect: .*required"),
        ({**GOOD, "expect": []}, "expect at least one fact"),
        ({**GOOD, "expect": [{}]}, "expect.0: say the id"),
        ({**GOOD, "expect": [{"sentence": " "}]}, "expect.0: say the id"),
        ({**GOOD, "expect": [{"figrue": "3", "id": "f1"}]}, "expect.0.figrue: "),
        ({**GOOD, "kind": ""}, "kind: "),
        ({**GOOD, "kind": "a=b"}, "kind: "),
    ],
)
def test_a_bad_line_is_told_by_its_number(tmp_path, line, message) -> None:
    path = write(tmp_path / "q.jsonl", GOOD, "", line)
    with pytest.raises(QuestionsError, match=message) as caught:
        read_questions(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe{\n", b"[" * 100_000])
def test_a_file_that_is_none_is_an_error(tmp_path, content) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(QuestionsError, match=r"q\.jsonl"):
        read_questions(path)


def test_a_folder_or_a_missing_file_is_an_error(tmp_path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(QuestionsError, match=str(path)):
            read_questions(path)


@given(
    content=st.binary() | st.text().map(str.encode) | st.recursive(st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_content_is_questions_or_an_error_of_one_line(tmp_path_factory, content) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(content)
    with pytest.raises(QuestionsError) as caught:
        read_questions(path)
    assert len(str(caught.value).splitlines()) == 1
