"""What a clause leaves to those before it, in articles of the press, of firms and of associations."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.drafting.articles.details import Details, details_of
from tests.support.drafts import DETAILS, drafted_facts


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        # Those over a bound are of the kind that the clause before names.
        # What was counted behind its figure is what grew.
        ("因此5人受罚，同比增长3%。", ["受罚人数", "受罚同比增速"]),
        ("茶园事故6起，同比下降8%，9人因此被拘留，同比增长4%。",
         ["茶园事故", "茶园事故同比降幅", "因此被拘留人数", "因此被拘留人同比增速"]),
        # A share that rose, and what it came to.
        # What came of a plan is of the same thing.
        # What is measured itself, a firm that was named before, and a share of another thing as well.
        ("茶园投资增长5%；实际利用外资增长6%，实际利用内资增长7%。",
         ["茶园投资增速", "实际利用外资增速", "实际利用内资增速"]),
        # A name goes on, words around a share, and a place that was spoken of before.
        ("河湾镇立茶校产茶9吨。", ["河湾镇立茶校产茶"]),
        ("茶叶售价达到每台1097元。茶馆9家，一年多了3家；茶农8人，只比上年8月多7%。",
         ["茶叶售价", "茶馆数", "茶馆增加数", "茶农人数", "茶农增速"]),
        ("绿化率和入园率同为100%。", ["绿化率和入园率"]),
        # The year before, and what it told.
        ("茶叶收入3元，较上年同期的2元大增5%。", ["茶叶收入", "2029年茶叶收入", "茶叶收入增速"]),
        ("茶馆9家，去年同期为8家。", ["茶馆数", "2029年茶馆数"]),
        # What is beside another thing is not of that, but of what that is of.
        ("茶园覆盖率3%，比2027年的6%降低，绿化率5%。", ["茶园覆盖率", "2027年茶园覆盖率", "绿化率"]),
        ("各级茶厂收入3元。在办案件5件。并表茶馆6家。", ["各级茶厂收入", "在办案件数", "并表茶馆数"]),
        # A mark that was passed, a measure with its average, what there is for each, and two counts of one deed.
        ("茶叶收入首次突破8亿元，达到9亿元。", ["茶叶收入"]),
        ("茶馆藏书9册，生均3册。完成搬迁3户、6人。", ["茶馆藏书数", "生均茶馆藏书数", "搬迁数", "搬迁人数"]),
        # What is put forward before a colon, or by where it stands.
        ("这家公司的毛利率为5%，由此取得的茶叶收入为6元。讲座办了7场。", ["毛利率", "茶叶收入", "讲座数"]),
        # A list of which the verb is said once.
        # Of each part, all that is told of the whole.
        ("其中，乡村毕业生平均收入35元，城镇毕业生为29元。", ["乡村毕业生平均收入", "城镇毕业生平均收入"]),
        # Whose a figure is not: the place beside it, where a school lies, what a firm owns.
        # A list before what is counted, the years of others, praise, and a number of digits in a name.
        ("红茶、白茶等7个省级茶园，“绿茶”等4个茶厂，来自35个国家的400名茶客。",
         ["省级茶园数", "茶厂数", "国家数", "茶客数"]),
        ("茶厂师资力量雄厚，现有教职工15人。", ["教职工数"]),
        ("茶厂有2个省级“2011”中心。", ["茶厂省级2011中心数"]),
        # A share within something, one told by a colon, and which of several things a row is of.
        ("红茶收入在全部收入中占比为6%。", ["红茶收入占全部收入的比重"]),
        ("东中西三个地区茶叶产量占比分别为：8%、1%和2%。",
         ["东部地区茶叶产量占比", "中部地区茶叶产量占比", "西部地区茶叶产量占比"]),
        ("产量最多的山前村、山后村茶价分别为3元和4元。", ["山前村茶价", "山后村茶价"]),
        ("检查茶厂9家，罚款8元，后两项分别下降5%和6%。", ["检查茶厂数", "罚款", "检查茶厂降幅", "罚款降幅"]),
        # A rate that grows by less, what starts with the name before it, and what is new.
        ("茶叶收入3元，同比下降5%，增速同比回落2个百分点，较去年全年回落3个百分点。",
         ["茶叶收入", "茶叶收入同比降幅", "茶叶收入增速同比回落幅度", "茶叶收入增速较去年全年回落幅度"]),
        ("茶叶完成茶叶业务收入3元。茶农规模9人，新增茶农2人。", ["茶叶业务收入", "茶农规模", "新增茶农人数"]),
        ("六项茶叶指标达标的茶园有8个，其中水茶园3个。", ["六项茶叶指标达标的茶园数", "水茶园数"]),
        ("茶厂9家，其中产值超百元的3家。发现白茶5次，最大面积4亩。",
         ["茶厂数", "产值超百元的茶厂数", "发现白茶次数", "发现白茶最大面积"]),
        ("茶价最高的山前村为6元。", ["山前村茶价"]),
        ("除山前等3个茶园（关闭2个）外，接待茶客5人次。", ["除山前等茶园数"]),
        # Durations, numbers in names, and what stands glued together.
        ("有“151”人才2人，刘某（男，45岁）获奖3次。", ["151人才人数", "刘某获奖次数"]),
        ("5%的茶农种红茶，其中有55%在卖茶。", ["茶农种红茶的比重", "在卖茶的比重"]),
        ("违法行为7起，东山庙会6人次。", ["违法行为", "东山庙会人次"]),
        ("公交集团日均出车6辆，累计运送茶客5人次。", ["公交集团日均出车数", "公交集团运送茶客人次"]),
    ],
)  # fmt: skip
def test_labels_have_what_was_said_before_and_nothing_that_is_another_ones(
    text: str, labels: list[str], tmp_path: Path
) -> None:
    assert [fact.label for fact in drafted_facts(text, tmp_path)][: len(labels)] == labels


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2030年1-6月，茶价5元。其中，红茶价6元。", ["2030年1-6月", "2030年1-6月"]),
        ("10月1日至10月7日，接待茶客5人次。", ["2030年10月1日至10月7日"]),
        # That year is the one that was told of last, and a clause may lead up to it.
        ("回看2027年，茶农5人。当年茶厂9家，茶馆8家。", ["2027年", "2027年", "2027年"]),
        ("作为对照，2028年茶农6人。当时茶厂7家。", ["2028年", "2028年"]),
    ],
)
def test_periods_hold_for_the_section_that_names_them(text: str, periods: list[str], tmp_path: Path) -> None:
    assert [fact.period for fact in drafted_facts(text, tmp_path)] == periods


def test_the_same_time_of_the_year_before_has_its_months(tmp_path: Path) -> None:
    facts = drafted_facts("茶叶收入3元，上年同期为2元。", tmp_path, replace(DETAILS, title="2030年上半年河湾镇"))
    assert [fact.period for fact in facts] == ["2030年上半年", "2029年上半年"]


def test_the_same_of_several_months_is_told_apart_by_these(tmp_path: Path) -> None:
    text = "11月，红茶出货5吨，占出货量的6%。\n1-11月，红茶出货8吨，占出货量的7%。"
    facts = drafted_facts(text, tmp_path, Details("m-2030", "2030年11月茶市", None, 2030))
    assert [fact.label for fact in facts] == [
        "红茶出货", "红茶出货占出货量的比重", "1-11月红茶出货", "1-11月红茶出货占出货量的比重"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("春节七天茶客增加\n茶客5人。上海公园9人，上海茶馆8人，上海机场7人。", None),
    ],
)
def test_a_subject_is_found_where_the_title_names_none(text: str, subject: str | None) -> None:
    assert details_of(text).subject == subject


def test_a_name_of_the_title_that_begins_clauses_is_an_alias(tmp_path: Path) -> None:
    text = "嗝嗝2030年业绩\n嗝嗝收入5元，嗝嗝利润6元。"
    facts = drafted_facts(text, tmp_path, Details("g-2030", "嗝嗝2030年业绩", None, 2030))
    assert [fact.label for fact in facts] == ["收入", "利润"]
    assert facts[0].report.subject.aliases == ("嗝嗝",)


@pytest.mark.parametrize(
    ("subject", "names"),
    [("河湾州", {"全州", "河湾"}), ("云栖茶业", {"公司"}), (None, {"全州", "全县"})],
)
def test_what_the_article_is_about_is_called_as_the_text_calls_it(
    subject: str | None, names: set[str], tmp_path: Path
) -> None:
    text = "公司茶厂5家，全州茶馆6家，全县茶园7个。公司茶农8人。公司茶价9元。"
    facts = drafted_facts(text, tmp_path, Details("w-2030", "2030年这一年", subject, 2030, "周报"))
    assert {*facts[0].report.subject.aliases} == names


def test_the_same_number_under_two_names_is_one_fact(tmp_path: Path) -> None:
    facts = drafted_facts("全镇茶农32160人。今年，全镇茶农数量为32160人。", tmp_path)
    assert [fact.label for fact in facts] == ["茶农人数"]
