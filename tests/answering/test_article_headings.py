"""Headlines, headings and the markers of lists have numbers that need no fact."""

from pathlib import Path

import pytest

from bot.answering.knowledge.article import compare
from bot.answering.knowledge.folder import load
from tests.support.reports.town_report import REPORT, changed, write

SENTENCE = "企业达到3.6万家，增长7%。"


def _untold(folder: Path, article: str, report: str = REPORT) -> list[str]:
    """The numbers of the article that no fact tells."""
    path = folder / "article.txt"
    path.write_text(article, encoding="utf-8")
    problems = compare(load(write(folder / "k", r=report)), path)
    return [problem.message.split("'")[1] for problem in problems]


@pytest.mark.parametrize(
    "heading",
    [
        "1.产业",
        "1. 企业概况",
        "2、企业概况",
        "（3）企业概况",
        "(12) 企业概况",
        "十二、企业概况",
        "一、2022年企业5家",
        "（二）2022年的企业",
        "第一章 企业",
        "第三部分 2022年的企业",
    ],
)
def test_headings_and_markers(tmp_path: Path, heading: str) -> None:
    assert _untold(tmp_path, f"年报\n\n  {heading}\n{SENTENCE}\n") == []


@pytest.mark.parametrize("line", ["1.{}", "（1）{}", "十一、{}"])
def test_the_sentence_behind_a_marker_is_still_compared(tmp_path: Path, line: str) -> None:
    assert _untold(tmp_path, line.format(f"小学5所。{SENTENCE}")) == ["5所"]


def test_the_titles_of_the_report_and_of_its_sections(tmp_path: Path) -> None:
    report = changed("title: 年报", "title: 2022年企业突破3万家").replace("title: 产业", "title: 百强企业5家，居第2位")
    article = f"2022年企业突\n破3万家\n一、百强企业5家，居第2位\n{SENTENCE}"
    assert _untold(tmp_path, article, report) == []
    assert _untold(tmp_path, f"有人说百强企业5家，居第2位。{SENTENCE}", report) == ["5家", "第2位"]


@pytest.mark.parametrize("line", ["1.5倍", "12.3亿元", "2030年", "5所小学"])
def test_a_line_that_begins_with_a_figure_has_no_marker(tmp_path: Path, line: str) -> None:
    assert _untold(tmp_path, f"{line}\n{SENTENCE}") == [line.removesuffix("小学")]
