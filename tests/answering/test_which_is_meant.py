"""Which of several facts a question means that fits them alike, by what it says beside their names."""

import pytest

from tests.support.reports.told import Told, stated
from tests.support.wordings import assert_alike

QUAYS = Told("""全国 我国 2024
2024年青岛和甘孜的灯塔维修费分别超过20万元，其中青岛为31.5万元。
  both|青岛和甘孜灯塔维修费超过的数额|20万元||灯塔维修费
  qingdao|青岛灯塔维修费|31.5万元||灯塔维修费
木偶剧团5个，全年木偶剧团演出96场。
  troupes|木偶剧团数|5个
  shows|木偶剧团演出场次|96场
造纸厂电池产能50GWh。
  batteries|造纸厂电池产能|50GWh
海带单产4100公斤/公顷，海带产量12万吨。
  yield|海带单产|4100公斤/公顷
  kelp|海带产量|12万吨
渔政罚款总收入9万元，渔政罚款收入中现金8万元。
  fines|渔政罚款总收入|9万元
  cash|渔政罚款现金收入|8万元
2024年海盐产量增长6%，2023年同期海盐产量下降3%。
  salt|海盐产量同比增速|6%
  salt-before|2023年同期海盐产量降幅|3%|2023年
对一带一路沿线国家出口浮标2万台。
  buoys|对一带一路沿线国家浮标出口量|2万台
与17所大学共建浮标实验室。
  universities|共建浮标实验室的大学数|17所
  laboratories|浮标实验室数|2个
""")


@pytest.mark.parametrize(
    ("id_", "questions"),
    [
        ("qingdao", "青岛的灯塔维修费是多少|青岛灯塔维修费多少万元"),
        ("shows", "木偶剧团全年共演出多少场"),
        ("batteries", "造纸厂电池产能多大"),
        ("yield", "海带单产多少公斤"),
        ("kelp", "海带产量有多少吨|近几年海带产量多少|这几年产了多少吨海带"),
        ("fines", "渔政罚款一共收入多少"),
        ("salt-before", "2023年同期海盐产量同比下降多少"),
        ("buoys", "how many buoys were exported to Belt and Road countries"),
        ("universities", "我国与多少所大学共建浮标实验室"),
    ],
)
def test_the_one_that_is_meant(id_: str, questions: str) -> None:
    assert_alike(questions, lambda question: stated(QUAYS.last(question)), [id_])


OFFICES = Told("""临川市 2022
十年前登记站不足百个，现有登记站340个，登记站增长12%。
  before|十年前登记站数|不足百个|2012年|原来的登记站数量
  now|登记站数|340个||登记站数量
  growth|登记站增速|12%||登记站多了的比例
""")


@pytest.mark.parametrize(
    ("id_", "questions"),
    [
        ("before", "原来的登记站数量|十年前登记站数"),
        ("now", "登记站数量|请问登记站数量是多少"),
        ("growth", "登记站多了的比例"),
    ],
)
def test_a_whole_name_finds_its_own_fact_however_it_is_told(id_: str, questions: str) -> None:
    assert_alike(questions, lambda question: stated(OFFICES.last(question)), [id_])
