"""Messages that name nothing, and questions for a reason: what no fact tells is not told by another fact near by."""

import pytest

from tests.support.reports.told import Case, Told, asked, stated

PORT = Told("""\
白沙港 港口公司 2022
全年货物吞吐量820万吨，增长6.2%，占全省的12%；集装箱吞吐量31万箱。
  cargo|货物吞吐量|820万吨
  cargo-growth|货物吞吐量增速|6.2%
  cargo-share|货物吞吐量占全省的比重|12%
  boxes|集装箱吞吐量|31万箱
上年集装箱吞吐量29万箱。
  boxes-before|2021年集装箱吞吐量|29万箱|2021年
港区职工1200人，其中女职工300人。
  staff|职工人数|1200人
  women|女职工人数|300人
营业收入9.5亿元；净利润1.1亿元，增长3.5%，主要得益于新航线开通。
  income|营业收入|9.5亿元
  profit|净利润|1.1亿元
  profit-growth|净利润增速|3.5%
  profit-reason|净利润增长的原因|新航线开通
货物运输稳步提高。
  trend|货物运输的走势|稳步提高
""").asked("""\
# A message that names nothing is answered by no neighbour
-: 货物吞吐量多少 / 怎么回事
-: 货物吞吐量多少 / 什么意思
-: 货物吞吐量多少 / 怎么算的
-: 货物吞吐量多少 / 最大的数是哪个
-: 货物吞吐量多少 / 去年呢
-: 货物吞吐量多少 / 全国呢
-: 货物吞吐量多少 / 谁负责
-: 货物吞吐量多少 / 在哪里
# How it is told is asked of the very thing
cargo-growth: 货物吞吐量多少 / 跟去年比怎么样
cargo-share: 货物吞吐量多少 / 占多少
# how it has changed, and not how much it was
-: 集装箱吞吐量多少 / 跟去年比怎么样
boxes-before: 集装箱吞吐量多少 / 上年呢
-: 女职工多少人 / 增长多少
# What has just been told may be asked for again
staff: 职工多少人 / 有多少人
profit: 净利润多少 / 多少钱
profit-growth: 净利润增长多少 / 跟去年比怎么样
# A message that names nothing goes on from the last turn alone
-: 货物吞吐量多少 / 职工多少人 / 占多少
# A reason is told by what says that it is one
profit-reason: 净利润为什么增长
profit-reason: 净利润增长是什么原因
-: 货物运输为什么提高
-: 货物吞吐量和营业收入为什么下降
-: 为什么货物吞吐量最大
""")


@pytest.mark.parametrize(("message", "facts"), [("船公司有多少", []), ("航线", ["routes-growth"])])
def test_how_many_there_are_of_something_is_told_by_no_growth_of_it(message: str, facts: list[str]) -> None:
    report = Told("""\
白沙港 港口 2022
货物吞吐量增长6.2%，船公司营业收入增长4.1%，航线收入增长2.5%。
  cargo-growth|货物吞吐量增速|6.2%
  firms-growth|船公司营业收入增速|4.1%
  routes-growth|航线收入增速|2.5%
""")
    assert stated(report.last("货物吞吐量增长多少", message)) == facts


@asked(PORT)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
