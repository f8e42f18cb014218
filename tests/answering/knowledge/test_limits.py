"""Files with more problems than anybody reads."""

import pytest

from bot.answering.knowledge.folder import load
from tests.support.reports.town_report import REPORT, changed, problems, write

MORE = "there are more than 1,000 of this kind: the rest is not listed"
MANY = 5_000
HEAD, _, _ = REPORT.partition("  - title")


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}  [{'a,' * MANY}]\n",
        HEAD + "  [" + "{sentences: [a, a, a, a, a, a, a, a]}," * MANY + "]\n",
        HEAD + "  [" + "{b: '', c: '', d: ''}," * MANY + "]\n",
        f"left_out: [{',' * MANY}'']\n",
        f"left_out: [{chr(39) * 2}{(',' + chr(39) * 2) * MANY}]\n",
        f"[{'!a,' * MANY}]",
        f"[{'&a ,' * MANY}]",
        f"{{{'a: ,' * MANY}}}",
        "{" + ",".join(map(str, range(MANY))) + "}",
    ],
)
def test_reading_stops_after_1000_problems(tmp_path, content) -> None:
    assert 1 <= len(problems(tmp_path, r=content)) <= 1_003


@pytest.mark.parametrize(
    "content",
    [
        f"fillers: [{'一, ' * MANY}]\n",
        f"synonyms: [{'[一], ' * MANY}]\n",
        "{" + ", ".join(f"a{number}: []" for number in range(1000)) + "}\n",
    ],
)
def test_so_it_does_in_a_lexicon(tmp_path, content) -> None:
    assert 1_000 <= len(problems(tmp_path, r=REPORT, lexicon=content)) <= 1_001


def test_files_behind_1000_problems_are_not_read(tmp_path) -> None:
    wrong = f"[{'!a,' * MANY}]"
    found = problems(tmp_path, a=wrong, b=wrong, c=wrong)
    assert len(found) == 1_000
    assert {problem.partition(":")[0] for problem in found} == {"a.yaml"}


def test_1000_problems_are_told_with_a_last_one_that_says_so(tmp_path) -> None:
    sentence = "      - text: 又一句。\n"
    facts = "".join(
        f"          - {{id: f-{number}, label: 产值, figure: {number}亿元, keywords: [产值]}}\n"
        for number in range(MANY)
    )
    found = problems(tmp_path, r=f"{REPORT}{sentence}        facts:\n{facts}")
    assert len(found) == 1_001
    assert [problem.endswith(MORE) for problem in found].count(True) == 1


def test_many_warnings_hide_no_error_and_keep_nobody_from_using_the_knowledge(tmp_path) -> None:
    warned = changed("keywords: [企业, 公司]", f"keywords: [企业{', 公司' * MANY}]")
    loaded = load(write(tmp_path / "good", r=warned))
    assert loaded.knowledge is not None
    assert len(loaded.problems) == 1_001
    assert str(loaded.problems[-1]).endswith(f"warning: {MORE}")
    wrong = warned.replace("figure: 7%", "figure: 8%")
    loaded = load(write(tmp_path / "wrong", r=wrong))
    assert loaded.knowledge is None
    assert any("'8%' is not in its sentence" in str(problem) for problem in loaded.problems)
