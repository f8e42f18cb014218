from pathlib import Path

import pytest

from bot.answering.knowledge.article import compare
from bot.answering.knowledge.folder import load
from tests.support.reports.town_report import REPORT, changed, write

SENTENCE = "企业达到3.6万家，增长7%。"


def _compared(folder: Path, article: str | bytes, **files: str) -> list[str]:
    path = folder / "article.txt"
    path.write_bytes(article if isinstance(article, bytes) else article.encode())
    knowledge = write(folder / "k", **(files or {"r": REPORT}))
    return [str(problem).replace(f"{folder}/", "") for problem in compare(load(knowledge), path)]


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(f"开头。{SENTENCE}结尾。", id="whole"),
        pytest.param("企业达到\n  3.6万家，\t增长\u30007%。", id="white space"),
        pytest.param("企业达到3.\n\n6万家，\n\n\n图为镇上的工厂。\n\n增长7%。", id="broken by a caption"),
        pytest.param("企业达到3.6万家，增长是好事。增长7%。", id="caption that begins like the sentence"),
    ],
)
def test_the_sentence_stands_in_the_article(tmp_path, article) -> None:
    assert _compared(tmp_path, article) == []


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        pytest.param("企业达到很多家。", "it differs after '企业达到'", id="other words"),
        pytest.param("没有数字。", "it is not there", id="nothing of it"),
        pytest.param("企业达到3.6万家，图甲增长图乙7%。", "it differs after '企业达到3.6万家，'", id="broken twice"),
        pytest.param(
            f"企业达到3.6万家，{'图' * 60}增长7%。", "it differs after '企业达到3.6万家，'", id="long caption"
        ),
        pytest.param("增长7%。企业达到3.6万家，", "it differs after '企业达到3.6万家，'", id="wrong order"),
    ],
)
def test_a_sentence_that_is_not_verbatim(tmp_path, article, expected) -> None:
    first = _compared(tmp_path, article)[0]
    assert first == f"k/r.yaml:10:15: the sentence is not verbatim in the article: {expected}"


def test_a_number_without_a_fact(tmp_path) -> None:
    article = f"今年\n有5所小学。{SENTENCE}又有四十周年。"
    message = "has no fact: give it one, or list its phrase under left_out"
    assert _compared(tmp_path, article) == [
        f"article.txt:2:2: warning: the number '5所' {message}",
        f"article.txt:2:{7 + len(SENTENCE) + 2}: warning: the number '四十周年' {message}",
    ]


def test_a_number_of_the_sentence_must_be_in_a_fact(tmp_path) -> None:
    report = REPORT.replace("增长7%。", "增长7%，其中9%在镇上。").replace("[企业增长]", "[企业增长, 增长9%]")
    article = "企业达到3.6万家，增长7%，其中9%在镇上。"
    assert _compared(tmp_path, article, r=report) == []
    without = report.replace(", 增长9%]", "]")
    (problem,) = _compared(tmp_path, article, r=without)
    assert problem.startswith("article.txt:1:18: warning: the number '9%' has no fact")


def test_the_unit_must_be_the_same(tmp_path) -> None:
    report = REPORT.replace("增长7%。", "增长7%，共7家。")
    (problem,) = _compared(tmp_path, "企业达到3.6万家，增长7%，共7家。", r=report)
    assert problem.startswith("article.txt:1:17: warning: the number '7家' has no fact")


def test_english_scales_may_stand_without_spaces(tmp_path) -> None:
    sentence = "A record $57.9 million net profit, up from $9 a share."
    report = changed(SENTENCE, sentence).replace("3.6万家", "$57.9 million").replace("7%", "$9")
    assert _compared(tmp_path, sentence, r=report) == []


def test_phrases_left_out_need_no_fact(tmp_path) -> None:
    report = REPORT + "left_out: [电话 12345]\n"
    assert _compared(tmp_path, f"{SENTENCE}电话12345，再说：电话\n12345。", r=report) == []


def test_a_phrase_left_out_must_be_in_the_article(tmp_path) -> None:
    report = REPORT + "left_out: [电话 12345, 电话54321]\n"
    (problem,) = _compared(tmp_path, f"{SENTENCE}电话12345。", r=report)
    assert problem.startswith("k/r.yaml:")
    assert problem.endswith("warning: '电话54321' is not in the article: copy it from there")


def test_of_two_reports_the_one_that_fits_is_compared(tmp_path) -> None:
    other = REPORT.replace("town-2022", "city").replace("id: firms", "id: a").replace("id: growth", "id: b")
    other = other.replace("企业达到", "工厂达到")
    assert _compared(tmp_path, "工厂达到3.6万家，增长7%。", a=REPORT, b=other) == []


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("", "article.txt:1:1: the article is empty: name the file that holds its text"),
        (" \n", "article.txt:1:1: the article is empty: name the file that holds its text"),
        ("企业达到".encode("gb18030"),
         "article.txt:1:1: the file is not UTF-8 (byte 0xC6), it looks like GBK: save it as UTF-8"),
    ],
)  # fmt: skip
def test_an_article_that_cannot_be_read(tmp_path, article, expected) -> None:
    assert _compared(tmp_path, article) == [expected]


def test_a_missing_article(tmp_path) -> None:
    (problem,) = compare(load(write(tmp_path / "k", r=REPORT)), tmp_path / "none.txt")
    assert str(problem) == f"{tmp_path}/none.txt:1:1: no such file: check the name"


def test_without_a_good_report_there_is_nothing_to_compare(tmp_path) -> None:
    assert _compared(tmp_path, "5所小学。", r="{") == []


# ---- headlines, headings and the markers of lists have numbers that need no fact


def _untold(folder: Path, article: str, report: str = REPORT) -> list[str]:
    """The numbers of the article that no fact tells."""
    return [problem.split("'")[1] for problem in _compared(folder, article, r=report)]


@pytest.mark.parametrize(
    "heading",
    (
        "1.产业|1. 企业概况|2、企业概况|（3）企业概况|(12) 企业概况|十二、企业概况|一、2022年企业5家|"
        "（二）2022年的企业|第一章 企业|第三部分 2022年的企业"
    ).split("|"),
)
def test_headings_and_markers(tmp_path, heading) -> None:
    assert _untold(tmp_path, f"年报\n\n  {heading}\n{SENTENCE}\n") == []


@pytest.mark.parametrize("line", ["1.{}", "（1）{}", "十一、{}"])
def test_the_sentence_behind_a_marker_is_still_compared(tmp_path, line) -> None:
    assert _untold(tmp_path, line.format(f"小学5所。{SENTENCE}")) == ["5所"]


def test_the_titles_of_the_report_and_of_its_sections(tmp_path) -> None:
    report = changed("title: 年报", "title: 2022年企业突破3万家").replace("title: 产业", "title: 百强企业5家，居第2位")
    article = f"2022年企业突\n破3万家\n一、百强企业5家，居第2位\n{SENTENCE}"
    assert _untold(tmp_path, article, report) == []
    assert _untold(tmp_path, f"有人说百强企业5家，居第2位。{SENTENCE}", report) == ["5家", "第2位"]


@pytest.mark.parametrize("line", ["1.5倍", "12.3亿元", "2030年", "5所小学"])
def test_a_line_that_begins_with_a_figure_has_no_marker(tmp_path, line) -> None:
    assert _untold(tmp_path, f"{line}\n{SENTENCE}") == [line.removesuffix("小学")]


# ---- what else needs no fact: periods of the facts, bases of comparison, names, bylines


def test_the_period_of_a_fact_in_other_words(tmp_path) -> None:
    report = changed("period: 2022年", "period: 2022年1—8月").replace("text: 企业", "text: 前8个月，企业")
    assert _untold(tmp_path, f"前8个月，{SENTENCE}", report) == []
    assert _untold(tmp_path, f"前8个月，{SENTENCE}前7个月有雨。", report) == ["7个月"]


@pytest.mark.parametrize(
    "text",
    (
        "比2020年有所增加。|较2020年11月1日多。|与2020年相比，增加了。|与2020年末持平。|由2020年的少数发展而来。"
        "|学习党的二十大精神。|十九届五中全会后。|第七次全国人口普查后。|参加第3届茶业博览会。|《2020年公报》发布。|2022年是好年。"
    ).split("|"),
)
def test_bases_of_comparison_and_names_need_no_fact(tmp_path, text) -> None:
    assert _untold(tmp_path, f"{SENTENCE}{text}") == []


@pytest.mark.parametrize("text", ["到2020年。", "二十大品牌。", "第3次获奖。", "举办3次会议。"])
def test_others_do(tmp_path, text) -> None:
    assert len(_untold(tmp_path, f"{SENTENCE}{text}")) == 1


@pytest.mark.parametrize("line", ["周刊 第12期", "某报，2023年6月1日", "2023-06-15", "来源：某网  2023/6/15 08:30"])
def test_the_byline(tmp_path, line) -> None:
    assert _untold(tmp_path, f"年报\n{line}\n{SENTENCE}") == []
    assert _untold(tmp_path, f"年报\n{SENTENCE}\n{line}") != []


def test_no_number_goes_on_over_the_end_of_a_line_but_in_a_sentence(tmp_path) -> None:
    report = REPORT.replace("text: 企业", "text: 2022年企业")
    assert _untold(tmp_path, f"电话 12345-30\n2022年{SENTENCE}", report) == ["12345", "30"]
    assert _untold(tmp_path, f"20\n22年{SENTENCE}", report) == []
