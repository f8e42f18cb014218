"""Wordings of one figure on a small sports and industry report: which fact each finds, and which none."""

from tests.support.reports.told import Told, asked

XIWAN = Told("""\
汐湾市 全市 2022
# 综合
unemployment|城镇调查失业率|5.1%
地区生产总值420亿元，增长6.2%，增速比全省高0.4个百分点。
  gdp|地区生产总值|420亿元
  gdp-growth|地区生产总值增速|6.2%
  gdp-ahead|地区生产总值增速高于全省的幅度|0.4个百分点
第一、二、三产业投资分别增长3.1%、4.2%和5.3%。
  first|第一产业投资增速|3.1%
  second|第二产业投资增速|4.2%
  third|第三产业投资增速|5.3%
工业增加值150亿元，其中地方工业增加值90亿元。
  industry|工业增加值|150亿元
  local|地方工业增加值|90亿元
农林水支出增长20.7%。
  water-growth|农林水支出增速|20.7%
肉类总产量9091吨，其中猪肉7905吨。
  meat|肉类总产量|9091吨
  pork|猪肉产量|7905吨
全市有健身步道378条，长1280公里。
  trails|健身步道数|378条
  trails-length|健身步道长度|1280公里
五人制足球场267个，占45.4%；沙滩足球场3个，占0.1%。
  five|五人制足球场数|267个
  five-share|五人制足球场占比|45.4%
  beach-share|沙滩足球场占比|0.1%
建成水窖2059口。
  cellars|水窖数|2059口
平均住院日8.8日，次均住院费用10315元。
  stay|平均住院日|8.8日
  cost|次均住院费用|10315元
sex-ratio|出生人口性别比|111.3
最受欢迎的车型是“Model 3”。
  model|最受欢迎的车型|“Model 3”
""").asked("""\
# points said loosely
unemployment: 调查失业率几个点
gdp-ahead: 地区生产总值增速比全省快几个点
gdp-growth: GDP涨了几个点
# a bare name may be all that a growth is called by
water-growth: 农林水支出
-: 农林水支出是多少
# ordinals that share what follows them
first second third: 一二三产投资各增长多少
second third: 第二、三产业投资增速分别是多少
# numbered questions
industry meat: 1. 工业增加值多少？2. 肉类总产量多少
cellars stay: 1、水窖数 2、平均住院日是多少
# what a report's own names say is meant
industry: 工业增加值多少
local: 地方工业增加值多少
pork: 猪肉一共产了多少吨
# units, apart and in English
trails-length: 步道 公里|how long are the fitness trails
# numbers that are figures, parts of names, or none
cellars: 2059口是什么
five five-share: 五人制足球场有几个，占比多少
-: 最受欢迎的车型卖了多少钱
# questions within words
stay: 平均住几天
-: 出生了多少人
# whose figure is asked for
-: 邻海集团GDP多少|栖澜GDP有多少|栖澜的GDP是多少
# a name that is said word for word
industry: 全市完成工业增加值多少
# points that are percent
gdp-growth: 地区生产总值涨了几个百分点
""")


@asked(XIWAN)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
