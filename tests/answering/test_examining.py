"""What `shushuo check` finds in how facts are read."""

from pathlib import Path

import pytest

from bot.answering.examining import examine, fact_rows
from bot.answering.knowledge.folder import load
from bot.answering.knowledge.problem import Severity
from tests.support.reports.town_report import REPORT, changed, problems, write
from tests.support.repository import ROOT


def found(folder: Path, **files: str) -> list[str]:
    problems = examine(load(write(folder, **files)))
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [str(problem).replace(f"{folder}/", "") for problem in problems]


def test_a_good_report_has_nothing_to_tell(tmp_path) -> None:
    assert found(tmp_path, r=REPORT) == []


def test_every_name_in_the_shipped_knowledge_finds_its_fact() -> None:
    assert examine(load(ROOT / "knowledge")) == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        pytest.param("公司]", "企业有多少家]", "15:28", "'企业有多少家' is a question", id="question"),
        pytest.param("公司]", "请问一下]", "15:28", "'请问一下' says nothing", id="filler"),
        pytest.param(
            "公司]", "企业增速]", "15:28", "'企业增速' finds '企业增速' (growth) instead", id="another's name"
        ),
        pytest.param("公司]", "2019年企业]", "15:28", "it is read as about another period", id="another period"),
        pytest.param("公司]", "镇上]", "15:28", "'镇上' is read as a name of the report's subject", id="the subject"),
        pytest.param("公司]", "东京]", "15:28", "'东京' is read as a place): add what it is about", id="only a place"),
    ],
)
def test_a_name_that_does_not_find_its_fact(tmp_path, old, new, place, message) -> None:
    (problem,) = found(tmp_path, r=changed(old, new))
    assert problem.startswith(f"r.yaml:{place}: warning: ")
    assert message in problem


def test_a_rank_or_count_without_more_is_a_name_where_it_finds_its_fact(tmp_path) -> None:
    ranked = REPORT.replace("增长7%。", "增长7%，排名第3。")
    ranked += "          - {id: rank, label: 企业数量排名, figure: 第3, keywords: [排名, 本镇名次]}\n"
    assert found(tmp_path, r=ranked) == []


def test_two_facts_that_read_the_same(tmp_path) -> None:
    twice = changed(
        "label: 企业增速\n            figure: 7%\n            period: 2022年\n            keywords: [企业增长]",
        "label: 企业数\n            figure: 3.6万家\n            keywords: [公司]",
    ).replace("label: firms", "label: number of companies")
    (problem,) = found(tmp_path, r=twice)
    assert problem.startswith("r.yaml:18:20: warning: '企业数' reads the same as '企业数量' (firms)")
    assert problem.endswith("r.yaml:13:20")


def test_periods_tell_facts_with_the_same_names_apart(tmp_path) -> None:
    months = REPORT.replace("增长7%。", "增长7%；1—5月用电5亿度，5月用电1亿度。")
    for fact, figure, period in (("year", "5亿度", "2022年1—5月"), ("month", "1亿度", "2022年5月")):
        months += f"          - {{id: {fact}, label: 用电量, figure: {figure}, period: {period}, keywords: [用电]}}\n"
    assert problems(tmp_path, r=months) == []
    assert found(tmp_path, r=months) == []
    (problem,) = problems(tmp_path, r=months.replace("2022年1—5月", "2022年5月"))
    assert "no keyword tells 'month' from 'year'" in problem


def test_numbers_in_names_tell_facts_apart(tmp_path) -> None:
    halls = REPORT.replace("增长7%。", "增长7%，第一展厅5家，第二展厅6家。")
    for at, name in enumerate(("第一展厅", "第二展厅"), 5):
        halls += f"          - {{id: hall-{at}, label: {name}家数, figure: {at}家, keywords: [{name}]}}\n"
    assert found(tmp_path, r=halls) == []


def test_several_of_something_are_no_question(tmp_path) -> None:
    shops = REPORT.replace("增长7%。", "增长7%，另外3家最大的企业是甲、乙和丙。")
    shops += "          - {id: shops, label: 另外3家最大的企业, figure: 甲、乙和丙, keywords: [最大的另外几家企业]}\n"
    assert found(tmp_path, r=shops) == []


def test_where_nothing_is_in_force_nothing_is_examined(tmp_path) -> None:
    loaded = load(write(tmp_path, r=changed("year: 2022", "year: x")))
    assert examine(loaded) == ()
    assert list(fact_rows(loaded)) == []


def test_how_each_fact_was_read_is_a_row(tmp_path) -> None:
    firms, growth = fact_rows(load(write(tmp_path, r=REPORT)))
    assert firms[:3] == ("firms", "企业数量", "3.6万家")
    assert growth[:2] == ("growth", "企业增速")
    assert "change up" in growth[3]
    assert growth[4] == "2022年"
    assert "企业" in growth[5]
