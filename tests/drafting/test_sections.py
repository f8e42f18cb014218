"""The parts of an article: its sentences in their sections, and what is in none."""

import pytest

from bot.drafting.articles.sections import outline


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2031-03-18 10:30 来源：河湾镇政府 浏览：1024次",
        "2031年3月18日",
        "2031-03-18 10:30:05  茶业科",
        "来源：河湾周报",
        "字号：[大 中 小] 打印本页",
        "【打印】 【关闭】",
        "阅读次数：37",
        "Published: 18 March 2031",
        "茶园 | 单位 | 3.2",
        "指标 | 数值",
    ],
)
def test_what_a_page_puts_around_an_article_and_rows_without_a_figure_are_in_no_section(line: str) -> None:
    found = outline(f"茶园\n{line}\n茶园3万亩。", "茶园")
    assert [section.title for section in found.sections] == ["茶园"]
    assert found.sections[0].paragraphs == [["茶园3万亩。"]]
    assert line in found.others or " ".join(line.split()) in found.others


@pytest.mark.parametrize(
    "line", ["茶园 | 3.2万亩", "来源于茶园的收入3元。", "发布茶叶标准5项。", "2031年3月18日，茶园3亩。"]
)
def test_a_row_that_tells_how_much_one_thing_is_and_prose_are_sentences(line: str) -> None:
    assert outline(line, "茶园").sections[0].paragraphs == [[line]]
