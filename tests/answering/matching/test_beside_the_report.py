"""What a report does not say is refused, however much of a question it explains."""

import pytest

from bot.answering.answer import Outcome
from tests.support.reports.told import Told, ids, stated

FISHING = Told("""\
望潮村 渔村 全村 2021
全村人口3000人，渔民480人，其中女渔民90人。
  people|全村人口|3000人
  fishers|渔民人数|480人
  women|女渔民人数|90人
渔船和渔网制造业产值8000万元，增长6%。
  boats|渔船和渔网制造业产值|8000万元
  boats-growth|渔船和渔网制造业产值增速|6%
带鱼产量700吨，增长5%；对虾产量300吨，增长9%。
  ribbon|带鱼产量|700吨
  ribbon-growth|带鱼产量增速|5%
  prawn|对虾产量|300吨
  prawn-growth|对虾产量增速|9%
""")


@pytest.mark.parametrize("other", ["外籍", "残疾", "退休", "夜间", "预计的", "少数民族"])
@pytest.mark.parametrize(
    "question",
    [
        "全村一共多少口人",
        "带鱼打了多少吨",
        "带鱼产量有700吨吧",
        "哪种产量增长最快",
        "列出所有产量",
        "对虾产量涨了百分之几",
    ],
)
def test_figures_of_a_whole_are_told_of_no_part_that_the_report_does_not_tell(question: str, other: str) -> None:
    assert FISHING.last(question).outcome is Outcome.ANSWER
    assert FISHING.last(other + question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize("question", ["渔船和渔网制造业产值的预算是多少", "线上渔船和渔网制造业产值是多少"])
def test_what_a_name_joins_is_not_asked_for_in_parts(question: str) -> None:
    assert FISHING.last(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("女渔民有多少人", "women"),
        ("渔船和渔网制造业产值和增速各是多少", "boats boats-growth"),
        ("带鱼产量和对虾产量是多少", "ribbon prawn"),
        # the kind of thing that is listed need not be said of any
        ("哪种海产的产量增长最快", "prawn-growth"),
        ("产量增长最快的海产", "prawn-growth"),
    ],
)
def test_what_the_report_tells_of_a_part_is_told(question: str, expected: str) -> None:
    assert stated(FISHING.last(question)) == expected.split()


def test_a_follow_up_may_call_a_thing_by_one_character_of_its_name() -> None:
    assert ids(FISHING.last("带鱼产量是多少", "虾呢")) == ["prawn"]
    assert ids(FISHING.last("渔船和渔网制造业产值多少", "网呢")) == []
