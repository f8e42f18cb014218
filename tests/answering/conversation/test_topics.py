"""Lists on a topic and of places, and claims of what comes first and of when something was."""

import pytest

from bot.answering.answer import Outcome
from tests.support.reports.told import Told, ids

YEARBOOK = Told("""\
远洋年鉴 远洋协会 2022
全国共有灯塔420座，登塔人次36万。
  towers|灯塔数|420座
  climbers|登塔人次|36万
进港货物8亿吨，增长3%。
  inbound|进港货物|8亿吨
  inbound-growth|进港货物增速|3%
其中，进港木材2亿吨。
  timber|进港木材|2亿吨
青岛造船量90艘，增长5%。
  qingdao|青岛造船量|90艘
  qingdao-growth|青岛造船量增速|5%
大连造船量70艘，增长8%；上海造船量60艘，增长2%。
  dalian|大连造船量|70艘
  dalian-growth|大连造船量增速|8%
  shanghai|上海造船量|60艘
  shanghai-growth|上海造船量增速|2%
国家潜水学校1986年设立，1994年改称潜水学院。
  founded|潜水学校设立年份|1986年
  renamed|改称潜水学院的年份|1994年
潜水员3000人；潜水服产量5万件，增长9%，出口1万件。
  divers|潜水员人数|3000人
  suits|潜水服产量|5万件
  suits-growth|潜水服产量增速|9%
  suits-export|潜水服出口量|1万件
""")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # what else is told where most is on it, or what the sentence begins with
        ("灯塔方面有哪些数据", "towers climbers"),
        ("进港货物有哪几个数", "inbound inbound-growth timber"),
        # what is called so, and not all that stands beside it
        ("潜水员方面有哪些数据", "divers"),
        # figures by the places that their labels name
        ("各城市的造船量是多少", "qingdao dalian shanghai"),
        ("哪个城市造船量增长最快", "dalian-growth"),
        ("哪些城市的造船量增速超过4%", "qingdao-growth dalian-growth"),
    ],
)
def test_a_list_is_of_what_the_report_tells_of_a_topic_or_by_place(question: str, expected: str) -> None:
    found = YEARBOOK.last(question)
    assert (found.outcome, ids(found)) == (Outcome.ANSWER, expected.split())


@pytest.mark.parametrize(
    ("claim", "facts", "verdict"),
    [
        # what is said to be the first of all that is called so
        ("青岛的造船量最多吧", "qingdao", True),
        ("上海造船量增长最快吧", "shanghai-growth dalian-growth", False),
        ("大连造船量超过青岛了", "dalian qingdao", False),
        # when something was
        ("潜水学校是1986年设立的吧", "founded", True),
        ("潜水学校是1980年以前设立的吧", "founded", False),
        ("潜水学院是1990年以后改称的吧", "renamed", True),
    ],
)
def test_claims_of_what_is_first_and_of_when_it_was(claim: str, facts: str, verdict: bool) -> None:
    found = YEARBOOK.last(claim)
    assert (ids(found), found.verdict) == (facts.split(), verdict)
