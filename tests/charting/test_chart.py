"""Which facts make a chart, and how long their bars are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Knowledge, Lexicon
from bot.charting.chart import MOST_BARS, comparable
from tests.support.reports.small_report import OUTPUT, REPORT


def fact(label: str, figure: str) -> Fact:
    return replace(OUTPUT, id=label, label=label, figure=figure, keywords=(label,), sentence=f"{label}{figure}。")


def amounts(*told: tuple[str, str]) -> dict[str, Decimal]:
    """The amounts of the comparable ones of facts, each told by its label and figure."""
    facts = tuple(fact(*one) for one in told)
    index = Answerer(Knowledge((REPORT,), facts, Lexicon())).index
    return {value.entry.fact.label: value.amount for value in comparable(facts, index)}


YIELDS = (("茶叶产量", "8吨"), ("苹果产量", "3000公斤"), ("梨产量", "500公斤"))


def test_values_of_one_kind_are_told_in_one_unit() -> None:
    assert amounts(*YIELDS) == {"茶叶产量": 8, "苹果产量": 3, "梨产量": Decimal("0.5")}
    money = amounts(("工业产值", "35.2亿元"), ("税收收入", "8000万元"), ("存款余额", "1亿元"))
    assert money == {"工业产值": 3_520_000_000, "税收收入": 80_000_000, "存款余额": 100_000_000}


def test_falls_are_below_zero_however_they_are_told() -> None:
    told = amounts(("产值增速", "8.4%"), ("出口降幅", "4.7%"), ("税收增速", "-2.1%"), ("零售额增速", "−3%"))
    assert told == {
        "产值增速": Decimal("8.4"),
        "出口降幅": Decimal("-4.7"),
        "税收增速": Decimal("-2.1"),
        "零售额增速": -3,
    }


@pytest.mark.parametrize(
    "other",
    [
        ("茶叶产量增速", "8吨"),
        ("茶叶产值", "8万元"),
        ("茶叶产量排名", "第8位"),
        ("茶农与茶商之比", "3:1"),
        ("茶叶产量和销量", "8吨、5吨"),
        ("茶叶上市时间", "2021年4月"),
        ("茶叶品牌", "云雾"),
    ],
)
def test_what_is_told_otherwise_makes_no_bar(other) -> None:
    assert other[0] not in amounts(*YIELDS, other)
    assert amounts(*YIELDS[:2], other) == {}


def test_currencies_changes_against_other_bases_and_unknown_units_stay_apart() -> None:
    assert amounts(("出口额", "3亿美元"), ("进口额", "3亿元"), ("零售额", "2亿元")) == {}
    assert amounts(("产值同比增速", "3%"), ("税收同比增速", "4%"), ("出口环比增速", "2%")) == {}
    assert amounts(("绿道", "3环"), ("县报", "4版"), ("泉水", "2股")) == {}


def test_the_largest_kind_is_shown_each_fact_once_and_not_too_many() -> None:
    rest = [(f"第{n}家茶厂产值", f"{n}万元") for n in range(1, 20)]
    assert list(amounts(*YIELDS, *rest)) == [label for label, _ in rest][:MOST_BARS]
    twice = (fact(*YIELDS[0]), fact(*YIELDS[1]))
    assert comparable(twice * 2, Answerer(Knowledge((REPORT,), twice, Lexicon())).index) == []
