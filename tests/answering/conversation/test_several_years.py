"""Reports on one subject of several years side by side."""

from tests.support.reports.told import Case, Told, asked

REPORTS = Told(
    """\
雁港镇 全镇 2022
全镇船员200人，比上年增长1.5%，平均年龄42.5岁。
  crew-22|船员人数|200人
  growth-22|船员人数增速|1.5%
  age-22|船员平均年龄|42.5岁
货轮船员90人，渔轮船员110人，新建灯塔3座。
  cargo-22|货轮船员人数|90人
  fishing-22|渔轮船员人数|110人
  towers-22|新建灯塔数|3座
""",
    """\
雁港镇 全镇 2023
全镇船员190人，比上年下降5.0%，平均年龄43.1岁。
  crew-23|船员人数|190人
  growth-23|船员人数增速|-5.0%
  age-23|船员平均年龄|43.1岁
货轮船员80人，渔轮船员110人。
  cargo-23|货轮船员人数|80人
  fishing-23|渔轮船员人数|110人
""",
).asked("""\
# The newest is meant where no year is named
crew-23: 船员人数|船员有多少人|全镇一共多少船员|今年船员有多少|2023年船员人数
crew-22: 2022年船员人数|22年船员有多少人
age-23: 船员平均年龄多大|平均年龄
cargo-23: 货轮船员有多少
towers-22: 新建灯塔多少座|2022年新建了几座灯塔
# A follow up asks for another year
age-22: 2023年船员平均年龄多大 / 那前一年呢
crew-22: 2023年船员人数 / 前一年同期呢
cargo-23: 2022年货轮船员有多少 / 2023年呢
fishing-22: 2022年货轮船员有多少 / 那渔轮的呢
# The years are told and compared
age-22 age-23: 历年船员平均年龄
crew-22 crew-23: 2022年和2023年船员人数各是多少
age-23: 哪年船员平均年龄最大
age-23: 哪一年的船员平均年龄更大，2022年还是2023年
crew-22: 2022年还是2023年船员人数多
fishing-23: 货轮船员还是渔轮船员多
# What neither year tells is refused
none: 2021年船员有多少人
none: 2023年新建灯塔多少座
""")


@asked(REPORTS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
