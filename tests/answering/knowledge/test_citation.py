import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.knowledge.citation import figure_span
from bot.answering.knowledge.model import Fact, Report, Subject

REPORT = Report("r", "年报", "周刊", 2021, Subject("河湾镇", "Hewan"))


def fact(label: str, figure: str, sentence: str) -> Fact:
    return Fact("id", label, figure, (label,), sentence, "产业", REPORT)


@pytest.mark.parametrize(
    ("label", "figure", "sentence", "before"),
    [
        ("茶叶产量", "35吨", "茶叶产量35吨。", "茶叶产量"),
        ("茶叶销量增速", "8.4%", "鲜鱼销量增长8.4%，茶叶销量增长8.4%。", "鲜鱼销量增长8.4%，茶叶销量增长"),
        ("鲜鱼销量增速", "8.4%", "鲜鱼销量增长8.4%，茶叶销量增长8.4%。", "鲜鱼销量增长"),
        ("小学数量", "5所", "学校15所，其中小学5所。", "学校15所，其中小学"),
        ("降幅", "2.5%", "一项降12.5%，另一项降2.5%。", "一项降12.5%，另一项降"),
        ("面积", "5亩", "一块2.5亩，一块5亩。", "一块2.5亩，一块"),
        ("项目", "三项", "共有十三项，新开三项。", "共有十三项，新开"),
        ("名次", "第3", "先是第30，后来第3。", "先是第30，后来"),
        ("获奖的桥", "两座", "两座，又两座获奖的桥。", "两座，又"),
        ("小学数量", "5所", "只有15所。", "只有1"),
    ],
)
def test_the_figure_is_found_after_its_name(label, figure, sentence, before) -> None:
    start, end = figure_span(fact(label, figure, sentence))
    assert (sentence[:start], sentence[start:end]) == (before, figure)


def test_a_figure_that_is_not_there_has_no_span() -> None:
    assert figure_span(fact("茶叶", "8吨", "茶叶很多。")) == (0, 0)


@given(label=st.text(), figure=st.text("1.5%万所(", min_size=1), rest=st.lists(st.text("1.5%万所(茶叶"), max_size=4))
def test_the_span_holds_the_figure_whatever_surrounds_it(label, figure, rest) -> None:
    sentence = figure.join(["", *rest, ""])
    start, end = figure_span(fact(label, figure, sentence))
    assert sentence[start:end] == figure
