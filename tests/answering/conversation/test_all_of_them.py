"""Lists of all there is: without their wholes, with every name, and of each of several things."""

from tests.support.reports.told import Told, asked

COUNTY = Told("""\
云栖县 县里 2030
全县用水量8亿立方米，其中农业用水量5亿立方米、工业用水量2亿立方米、生活用水量0.6亿立方米、生态用水量0.4亿立方米。
  water|河道外用水量|8亿立方米
  farms|农业用水量|5亿立方米
  works|工业用水量|2亿立方米
  homes|生活用水量|0.6亿立方米
  nature|生态用水量|0.4亿立方米
万元GDP用水量120立方米，人均用水量360立方米。
  per-gdp|万元GDP用水量|120立方米
  per-head|人均用水量|360立方米
县里接管了东山医院，托管了西山医院。
  taken|接管的医院|东山医院
  run|托管的医院|西山医院
茶园面积9万亩，增长5%；竹林面积3万亩，增长6%。
  gardens|茶园面积|9万亩
  gardens-growth|茶园面积增速|5%
  bamboo|竹林面积|3万亩
  bamboo-growth|竹林面积增速|6%
茶厂投资增长9%。民宿投资增长12%，码头投资增长30%。
  works-growth|茶厂投资增速|9%
  inns-growth|民宿投资增速|12%
  docks-growth|码头投资增速|30%
东部游客占60%，西部游客占40%。
  east|东部游客占比|60%
  west|西部游客占比|40%
鼓楼区常住人口7万人，玄武区常住人口5万人，茶农人口4万人。
  south|鼓楼区常住人口|7万人
  north|玄武区常住人口|5万人
  growers|茶农人口|4万人
东厂绿茶产量7吨，东厂白茶产量5吨；西厂绿茶产量9吨，西厂白茶产量8吨。
  east-green|东厂绿茶产量|7吨
  east-white|东厂白茶产量|5吨
  west-green|西厂绿茶产量|9吨
  west-white|西厂白茶产量|8吨
""").asked("""\
# A figure that is the sum of all others is that of their whole; what is told of one of many is apart
farms: 哪类用水量最大
# Names are listed, too
taken run: 接管或托管了哪些医院
# and each of several things with what is asked of each
gardens bamboo gardens-growth bamboo-growth: 茶园面积、竹林面积和各自的增速
docks-growth: 投资增长最快的是哪一项
east west: 各地区的游客占比
east-green: 东厂哪种产品产量最高
east-green: 东厂哪个产品产量最大
# A kind is none of the things that stand side by side, and may stand behind an order
south north: 两个区人口分别是多少
north: 人口最少的区|哪个区人口最少
""")


@asked(COUNTY)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
