"""What people mistype is mended into the words of the reports in force, and nothing else is touched."""

import pytest
from hypothesis import given

from tests.support.any_text import TEXT
from tests.support.reports.lake_town import FACTS, KNOWLEDGE, answerer, tokens_of
from tests.support.reports.told import Told, asked, stated
from tests.support.wordings import assert_alike


def meant(question: str) -> str:
    return "".join(token.text for token in answerer().question(question).tokens)


LAKE = Told.of(KNOWLEDGE).asked("""\
# homophones
grain: 粮食铲量是多少|良食产量
kindergartens: 幼儿圆有多少所
catering: 餐饮手入
gdp: 地去生产总值|权县生产总值|云则县GDP是多少
# swapped, dropped, doubled and wrong characters
gdp: 地区生总产值|地区产总值是多少|地区生产总总值|地区生产总佰|全年地区产生总值|地区生产总值是少多
tech-deals: 技术合同成文额
schools: 小学有多所少|县全小学有多少所
# Latin letters
gdp: GPD|GPD是多少
kindergartens: how many kindergatens are there
grain: grian output
# toneless pinyin
gdp: diqushengchanzongzhi|di qu sheng chan zong zhi shi duo shao|quannian GDP shi duoshao
grain: liangshi chanliang
kindergartens: youeryuan you duoshao|you er yuan you duo shao suo
gdp-growth: gdp zengzhang duoshao
pupils: xiao xue sheng you duo shao ren
""")


@asked(LAKE)
def test_a_slip_is_mended(case) -> None:
    case.check()


@pytest.mark.parametrize(
    "question",
    (
        "粮食产量是多少|小学和幼儿园各有多少所|城镇居民人均可支配收入|去年的财政收入增长了多少|"
        "山东省的固定资产投资|how many kindergartens are there|what was the growth of retail sales|"
        "286.4亿元是什么"
    ).split("|"),
)
def test_nothing_that_is_right_is_mended(question) -> None:
    assert meant(question) == "".join(token.text for token in tokens_of(question))


def test_a_known_word_is_no_slip_for_another_one_beside_it() -> None:
    port = Told("湖畔镇 全镇 2022\ntrade|对欧盟进出口值|3亿元\n").answerer
    assert "".join(token.text for token in port.question("对东盟进出口值").tokens) == "对东盟进出口值"


@pytest.mark.parametrize(
    "question",
    "外国人口总数|网页总数|首都机场吞吐量|无期徒刑人数|未结案件数|长途汽车站数|对东盟进出口值".split("|"),
)
def test_a_word_of_the_dictionary_is_no_slip_for_one_of_the_reports(question) -> None:
    town = Told("""\
湖畔镇 全镇 2022
people|全国人口总数|3亿人
users|网民总数|3万人
airport|机场吞吐量|3万人
prison|有期徒刑人数|3人
cases|办结案件数|3件
station|短途汽车站数|3个
""").answerer
    assert "".join(token.text for token in town.question(question).tokens) == question


def test_no_name_of_a_fact_is_mended() -> None:
    names = [name for fact in FACTS for name in (fact.label, *fact.keywords, fact.en.label) if name]
    assert [name for name in names if meant(name) != "".join(token.text for token in tokens_of(name))] == []


@pytest.mark.parametrize("question", ["gdb", "ab", "asdf", "龘龘"])
def test_what_resembles_no_word_stays_as_it_is(question) -> None:
    assert meant(question) == question


def test_preparing_changes_no_answer() -> None:
    before = meant("良食铲量")
    answerer().prepare()
    assert meant("良食铲量") == before == "粮食产量"


@given(text=TEXT)
def test_mending_never_raises_and_is_done_at_once(text) -> None:
    assert meant(text) == meant(text)


def test_english_is_mended_by_the_vocabulary_where_a_report_has_none() -> None:
    town = Told("湖畔镇 全镇 2022\nnurseries|幼儿园数量|3所\nguests|接待游客人次|9万人次\n")
    assert_alike("how many kindergatens|number of kindergardens", lambda asked: stated(town.last(asked)), ["nurseries"])
    assert_alike("toursit arrivals|tourist arivals", lambda asked: stated(town.last(asked)), ["guests"])


WORKSHOPS = Told("""\
临川市 2031
net|净增作坊数|41家
leavers|离校生人数|41人
furniture|家具制造业产值|5亿元
allowance|护林补贴发放额|7万元
""").asked("""\
# A slip is read in all ways that its characters have, and beside a single word for a change
net: 净曾作坊数
leavers: 离校升人数
# It may stand within a long name, and before a character that nothing knows
furniture: 家俱产值
allowance: 护林补帖领多少钱
""")


@asked(WORKSHOPS)
def test_what_is_meant_is_read(case) -> None:
    case.check()


def test_a_word_for_something_else_is_no_slip() -> None:
    town = Told("湖畔镇 全镇 2022\ntrucks|货车数量|3辆\nteachers|专任教师数|90人\n")
    assert town.answerer.question("火车数量").tokens[0].text == "火车"
    assert stated(town.last("专任教室数")) == ["teachers"]


FERRIES = Told("""\
临川市 2022
全市有渡轮航次120班、客车60辆。
  trips|渡轮航次|120班|||Trips of the Sulan line
  coaches|客车数|60辆|||Coaches
""")


@pytest.mark.parametrize("question", ["Sulan line", "the trips of the sulan line"])
def test_a_name_of_the_report_is_no_pinyin(question) -> None:
    assert stated(FERRIES.last(question)) == ["trips"]


def test_pinyin_is_read_beside_such_a_name() -> None:
    assert stated(FERRIES.last("sulan line, du lun hang ci you duo shao")) == ["trips"]
