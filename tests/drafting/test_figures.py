"""The figures of a draft: with their signs and units, as they are printed."""

from pathlib import Path

import pytest

from tests.support.drafts import drafted_facts


@pytest.mark.parametrize(
    ("text", "label", "figure"),
    [
        ("茶厂净利率为-6%。", "茶厂净利率", "-6%"),
        ("茶园2-3亩。", "茶园面积", "2-3亩"),
        ("茶园投资增速-15.4%。", "茶园投资增速", "-15.4%"),
        ("茶园投资增速为−1.4%。", "茶园投资增速", "−1.4%"),
        ("茶园投资同比增长-7.2%。", "茶园投资同比增速", "-7.2%"),
        ("茶叶价格上涨负0.2%。", "茶叶价格涨幅", "负0.2%"),
    ],
)
def test_a_figure_keeps_its_sign_and_its_label_is_that_of_any_other_one(
    text: str, label: str, figure: str, tmp_path: Path
) -> None:
    assert [(fact.label, fact.figure) for fact in drafted_facts(text, tmp_path)] == [(label, figure)]


def test_figures_keep_units_of_several_parts(tmp_path: Path) -> None:
    text = "茶车出动214.6万辆次，利率降4个基点。查验茶船5万艘（辆、列）次。扣留茶车9辆（艘）。"
    assert [fact.figure for fact in drafted_facts(text, tmp_path)] == [
        "214.6万辆次",
        "4个基点",
        "5万艘（辆、列）次",
        "9辆（艘）",
    ]


@pytest.mark.parametrize(
    "figure",
    ["305克/千瓦时", "3604亿千瓦小时", "0.6吨标准煤", "39万批次", "28万立方米每平方千米", "15万篇（册）次"],
)
def test_a_figure_has_its_whole_unit(figure: str, tmp_path: Path) -> None:
    assert [fact.figure for fact in drafted_facts(f"茶厂能耗为{figure}，比上年多。", tmp_path)] == [figure]
