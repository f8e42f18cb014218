"""The English figure of a fact is the same quantity as the Chinese one."""

import pytest

from bot.answering.knowledge.figures import difference, with_shared_unit
from tests.support.wordings import pairs


def test_the_same_in_both_languages() -> None:
    table = """\
        3057.4亿元: CNY 305.74 billion|305.74 billion yuan
        2.6亿: RMB 260 million
        近30亿美元: nearly US$3 billion
        六千万美元: USD 60 million
        1500余家: more than 1,500 companies
        1400万人次: 14 million visits
        2.7万多亩: over 27,000 mu
        7500亩: 500 hectares
        1.7倍: 1.7 times
        100倍: 100-fold
        6次: six times|6 reforms
        一半以上: more than half|over 50%
        第12个: 12th
        全市第一: top in the city
        2—10月: February to October
        清单18条: the List of 18
        40家企业、3项: 3 projects, 40 companies
        河湾模式: the Hewan model of 2021
        第三产业: the tertiary industry
        国家二级标准: Grade II of the national standard
        四升两降: four rose and two fell
        两位数增长: double-digit growth
        二次消费: secondary spending
        一倍: doubled
        1倍: doubling
        增至2倍: doubled
        两倍: tripled
        3倍: tripled|Quadrupled
        1.5倍: 1.5 times
        每万元0.3吨: 0.3 tonnes per 10,000 yuan
        0.3吨/万元: 0.3 tonnes per CNY 10,000
        0.3吨标准煤: 0.3 tonnes of standard coal per 10,000 yuan
        每百户38辆: 38 per 100 households|38 cars
        1.76‰: 1.76 per 1,000|1.76 per thousand
        5 716座: 5,716 bridges
        3.5/10万: 3.5 per 100,000
        万分之三: 3 per 10,000
        0.5‰: 0.05%
        每10万人12例: 12 for every 100,000 people
        19时至凌晨2时: 7 pm to 2 am|19:00 to 2:00"""
    assert {both: found for both in pairs(table) if (found := difference(*both))} == {}


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("3057.4亿元", "CNY 30.574 billion",
         "'CNY 30.574 billion' is 30,574,000,000 but '3057.4亿元' is 305,740,000,000"),
        ("30亿美元", "CNY 3 billion", "'CNY 3 billion' is 3,000,000,000 元 but '30亿美元' is 3,000,000,000 美元"),
        ("2.7万亩", "27,000 hectares", "'27,000 hectares' is 405,000 but '2.7万亩' is 27,000"),
        ("1.76‰", "1.76 per 10,000", "'1.76 per 10,000' is 1.76 but '1.76‰' is 1.76 ‰"),
        ("17.3%", "17.3", "'17.3' is 17.3 but '17.3%' is 17.3 %"),
        ("17.3%", "17.3 percentage points", "'17.3 percentage points' is 17.3 百分点 but '17.3%' is 17.3 %"),
        ("1.7倍", "1.7%", "'1.7%' is 1.7 % but '1.7倍' is 1.7 倍"),
        ("三期工程", "phase 2 of the works", "'phase 2 of the works' is 2 but '三期工程' is 3"),
        ("40家", "40%", "'40%' is 40 % but '40家' is 40"),
        ("40家、3项", "40 companies", "'40 companies' is 40 but '40家、3项' is 40 and 3"),
        ("40家", "40 of 50 companies", "'40 of 50 companies' is 40 and 50 but '40家' is 40"),
        ("两项", "both", "'both' has no number but '两项' is 2"),
        ("一倍", "tripled", "'tripled' has no number but '一倍' is 1 倍"),
        ("5%", "doubled", "'doubled' has no number but '5%' is 5 %"),
        ("每万元0.3吨", "0.3 tonnes per 1,000 yuan",
         "'0.3 tonnes per 1,000 yuan' is 0.3 and 1,000 but '每万元0.3吨' is 0.3 and 10,000"),
        ("每百户38辆", "83 per 100 households", "'83 per 100 households' is 83 and 100 but '每百户38辆' is 38 and 100"),
        ("0.3万元", "10,000 yuan", "'10,000 yuan' is 10,000 but '0.3万元' is 3,000"),
    ],
)  # fmt: skip
def test_another_quantity(chinese, english, expected) -> None:
    assert difference(chinese, english) == expected


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("红茶、绿茶分别为2289.4、2026.7和1873.5亿元。", "2289.4亿元"),
        ("分别提高2289.4和3.4个百分点。", "2289.4个百分点"),
        ("红茶2289.4，绿茶很多。", "2289.4"),
        ("红茶很多。", "2289.4"),
    ],
)
def test_numbers_in_a_row_share_a_unit(sentence, whole) -> None:
    assert with_shared_unit("2289.4", sentence) == whole
