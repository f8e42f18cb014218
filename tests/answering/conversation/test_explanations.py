"""How something is done, what it means, what comes next and how others fare is told by no figure of a report."""

import pytest

from bot.answering.answer import Reason
from tests.support.reports.told import Case, Told, asked, ids

FERRY = Told("""\
雁洲轮渡 轮渡公司 2021
全年客运量80万人次，增长5.0%，营业收入1200万元。
  riders|客运量|80万人次
  riders-growth|客运量增速|5.0%
  revenue|营业收入|1200万元
船票预约办法是在码头登记，月票的含义是当月不限次数。
  booking|船票预约办法|在码头登记
  monthly|月票的含义|当月不限次数
新开航线：北湾线、南湾线；平均票价3元。
  routes|新开航线|北湾线、南湾线
  fare|平均票价|3元
售票最多的码头售票30万张，售票点设在东街。
  busiest|售票最多的码头的售票数|30万张
  office|售票点地址|东街
船员60人。
  crew|船员人数|60人
""").asked("""\
# No figure tells it
-: 客运量怎么统计
-: 怎么提高客运量
-: 客运量是什么意思
-: 什么叫客运量
-: 客运量的定义
""")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        *(
            ("船票怎么预约", "booking"),
            ("月票是什么意思", "monthly"),
            ("新开了哪些航线", "routes"),
            ("票价平均多少", "fare"),
        ),
        *(("售票点在哪里", "office"), ("售票最多的码头卖了多少票", "busiest")),
        *(("客运量怎么样", "riders"), ("客运量怎么变化的", "riders-growth")),
        *(("全年客运量如何", "riders"), ("客运量涨得怎么样", "riders-growth"), ("80万人次是什么意思", "riders")),
    ],
)
def test_what_the_report_tells_is_told(question: str, told: str) -> None:
    assert told in ids(FERRY.last(question))


@pytest.mark.parametrize("question", ["我的营业收入是多少", "其他城市的客运量呢"])
def test_what_is_no_name_is_not_told_as_one(question: str) -> None:
    assert FERRY.last(question).reason is Reason.UNKNOWN


@asked(FERRY)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
