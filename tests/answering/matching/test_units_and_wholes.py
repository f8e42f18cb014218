"""Facts that differ in their units and in what they are a share of, as a grid company's or a shopping street's are."""

from tests.support.reports.told import Told, asked, stated

GRID = Told("""\
云州电网 云网 全网 2021
全社会研发投入同比增长8.2%。
  all|全社会研发投入增速|8.2%
云网研发投入同比增长12.5%。
  own|云网研发投入增速|12.5%
完成新装增容3.1万户，容量420.5万千伏安，增长6.1%。
  connected|完成新装增容户数|3.1万户
  capacity|完成新装增容容量|420.5万千伏安
  capacity-growth|完成新装增容容量增速|6.1%
用电量38.4亿千瓦时，增长5%，增速提高0.8个百分点。
  used|用电量|38.4亿千瓦时
  used-growth|用电量增速|5%
  used-faster|用电量增速提高幅度|0.8个百分点
净增风电40万千瓦，占全省净增装机的三成。
  wind|净增风电装机|40万千瓦
  wind-share|风电占净增装机的比重|三成
机组平均利用小时1945小时。
  hours|机组平均利用小时|1945小时
4月份投诉下降6.1%，2020年4月份下降2.4%。
  complaints|4月份投诉降幅|6.1%|2021年4月
  complaints-before|2020年4月份投诉降幅|2.4%|2020年4月
售电收入增速比一季度低2.5个百分点，售电收入增长7%。
  slower|售电收入增速比一季度回落幅度|2.5个百分点
  sales|售电收入增速|7%
西部售电量增速超过全国增速9.9个百分点。
  ahead|西部售电量增速超过全国增速的幅度|9.9个百分点
夏季平均气温26.4℃，年日照2776.8小时。
  warm|夏季平均气温|26.4℃
  sun|日照时数|2776.8小时
全年关店4.7万家，上半年关店1.6万家，开店闭店比1.14。
  closed|关店数|4.7万家
  closed-half|上半年关店数|1.6万家|2021年上半年
  ratio|开店闭店比|1.14
工业用电占比62%，占比提高1.5个百分点；工业用电增长4%。
  industry-share|工业用电占比|62%
  industry-higher|工业用电占比提高幅度|1.5个百分点
  industry-growth|工业用电增速|4%
2018年开办充电驿站，当年充电费130.5万元。
  stations|充电驿站充电费|130.5万元|2018年
年用电1万至3万千瓦时的商户7家，3万至10万千瓦时的商户4家，1000万千瓦时以上的工厂3家。
  small|年用电1万至3万千瓦时的商户数|7家
  medium|年用电3万至10万千瓦时的商户数|4家
  large|年用电1000万千瓦时以上的工厂数|3家
""").asked("""\
all: 全社会研发投入增长多少|全社会 研发投入 增速
capacity: 完成新装增容的容量是多少万千伏安
used: 今年用掉了多少度电
wind: 风电净增多少|净增风电多少
wind-share: 风电占净增装机的百分之几
hours: 机组平均利用小时是多少小时
complaints: 4月份投诉下降多少|4月 投诉 降幅
complaints-before: 2020年4月份投诉下降多少
slower: 售电收入增速跟一季度比慢了几个点
sales: 售电收入曾长多少|售电收入赠长了多少
ahead: 西部售电量比全国快几个点
warm: 夏天平均气温几度
sun: 日照多少个钟头
closed closed-half: 全年关店多少家，上半年呢
industry-share industry-higher: 工业用电占比多少，提高了几个点
small: 一到三万度电的商户有几家|用电1到3万度的商户多少
medium: 用电三到十万度的商户有几家
large: 一千万以上的工厂有几家|1000万度以上的工厂多少家
stations: 2018年充电驿站当年充电费多少
""")


@asked(GRID)
def test_units_periods_and_wholes_tell_which_fact_is_meant(case) -> None:
    case.check()


def test_a_bare_ratio_is_no_number_of_shops() -> None:
    assert "ratio" not in stated(GRID.last("开店闭店多少家店"))
