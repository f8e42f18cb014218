"""A report of an invented chain of tea houses, which tells its figures for three years and for each of its regions."""

from bot.answering.knowledge.model import Knowledge, Lexicon, Report, Subject
from tests.support.reports.small_report import facts_of

CHAIN = Report("chain-2022", "云岫茶馆2022年报", "云岫茶馆", 2022, Subject("云岫茶馆", "Yunxiu Tea Houses", ("公司",)))
# Each section, each sentence, and its facts: id, label, figure, period.
_TABLE = """\
# 一、会员持续增加
年末会员35万人，全年新增6万人，人均到店9次。
  members|会员人数|35万人|2022年
  members-new|新增会员人数|6万人|2022年
  visits|人均到店次数|9次|2022年
# 二、经营情况
2020年至2022年，门店分别为120家、150家和180家，毛利率分别为61.2%、70.5%和66.0%。
  stores-2020|2020年门店数量|120家|2020年
  stores-2021|2021年门店数量|150家|2021年
  stores|门店数量|180家|2022年
  margin-2020|2020年毛利率|61.2%|2020年
  margin-2021|2021年毛利率|70.5%|2021年
  margin|毛利率|66.0%|2022年
全年营业收入6.7亿元，其中东岸分部3.2亿元，西岸分部2.1亿元，南岸分部1.4亿元，分别增长8.1%、12.4%和3.3%。
  revenue|营业收入|6.7亿元|2022年
  east|东岸分部营业收入|3.2亿元|2022年
  west|西岸分部营业收入|2.1亿元|2022年
  south|南岸分部营业收入|1.4亿元|2022年
  east-growth|东岸分部营业收入增速|8.1%|2022年
  west-growth|西岸分部营业收入增速|12.4%|2022年
  south-growth|南岸分部营业收入增速|3.3%|2022年
红茶销售占比从2021年的42%升到45%，绿茶从30%降到27%。
  black-2021|2021年红茶销售占比|42%|2021年
  black|红茶销售占比|45%|2022年
  green-2021|2021年绿茶销售占比|30%|2021年
  green|绿茶销售占比|27%|2022年
三大海外市场蓝洲、赤洲和白洲的出口分别增长5.1%、107.2%和2.2%，对青洲的出口增长30%；茶具损耗率4.5‰，店员日均工作82分钟。
  markets|三大海外市场|蓝洲、赤洲和白洲|2022年
  blue-growth|对蓝洲出口增速|5.1%|2022年
  red-growth|对赤洲出口增速|107.2%|2022年
  white-growth|对白洲出口增速|2.2%|2022年
  cyan-growth|对青洲出口增速|30%|2022年
  loss|茶具损耗率|4.5‰|2022年
  minutes|店员日均工作时长|82分钟|2022年
"""

TEA_HOUSES = Knowledge((CHAIN,), facts_of(CHAIN, _TABLE), Lexicon())
