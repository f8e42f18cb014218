"""Which facts the words of a question name, and which only look like them."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Knowledge, Lexicon, Report, Subject

_REPORT = Report("quay", "码头市统计公报", "码头市统计局", 2023, Subject("码头市", "Quay", ()))
_FACTS = {
    "primary": ("小学数", "20所", "全市有小学20所。"),
    "schools": ("中小学教师数", "900人", "中小学教师900人。"),
    "private-pay": ("城镇私营单位年平均工资", "5万元", "城镇私营单位年平均工资5万元。"),
    "other-pay": ("城镇非私营单位年平均工资", "9万元", "城镇非私营单位年平均工资9万元。"),
    "east": ("华东地区销售额", "3亿元", "华东地区销售额3亿元。"),
    "aged": ("60岁及以上人口", "8万人", "60岁及以上人口8万人。"),
    "line": ("6号线长度", "23公里", "6号线长23公里。"),
    "zone": ("自贸试验区企业数", "210家", "自贸试验区有企业210家。"),
    "fine": ("罚款案件数", "118件", "罚款案件118件。"),
    "pension": ("基础养老金标准", "118元", "基础养老金标准118元。"),
    "trade": ("对日本进出口额", "2亿元", "对日本进出口额2亿元。"),
}


@pytest.fixture(scope="module")
def quay() -> Answerer:
    facts = (
        Fact(id_, label, figure, ("对日贸易",) if id_ == "trade" else (), sentence, "概况", _REPORT)
        for id_, (label, figure, sentence) in _FACTS.items()
    )
    return Answerer(Knowledge((_REPORT,), tuple(facts), Lexicon()))


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("城镇私营单位年平均工资是多少", ["private-pay"]),
        ("城镇非私营单位年平均工资是多少", ["other-pay"]),
        ("华东地区销售额多少", ["east"]),
        ("华南地区销售额多少", []),
        ("小学教师有多少", []),
        ("60岁以上的有多少人", ["aged"]),
        ("65岁以上的有多少人", []),
        ("6号线多长", ["line"]),
        ("how long is Line 6", ["line"]),
        ("2号线多长", []),
        ("自贸 企业数", ["zone"]),
        ("118件是指什么", ["fine"]),
        ("118元是指什么", ["pension"]),
        ("韩国进出口额", []),
        ("日本进出口额", ["trade"]),
    ],
)
def test_what_a_question_names(quay: Answerer, question: str, ids: list[str]) -> None:
    assert [match.fact.id for match in quay.answer(question).matches] == ids
