"""Names that are told with a figure each, and what the words around them say is measured."""

from pathlib import Path

import pytest

from tests.support.drafts import drafted_facts


def _told(text: str, folder: Path) -> dict[str, str]:
    """The figures of a draft of a text, by their labels."""
    return {fact.label: fact.figure for fact in drafted_facts(text, folder)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("茶园面积超过百亩的村有甲村（412亩）、乙村（187亩）和丙村（104亩）。",
         {"甲村茶园面积": "412亩", "乙村茶园面积": "187亩", "丙村茶园面积": "104亩"}),
        ("茶厂产值居前三位的依次是红茶、绿茶和其他茶加工业146万元，茶具业98万元，茶点业63万元。",
         {"红茶、绿茶和其他茶加工业茶厂产值": "146万元", "茶具业茶厂产值": "98万元", "茶点业茶厂产值": "63万元"}),
        ("茶叶产量高于全镇平均水平的有2个村，从高到低依次为甲村（3吨）、乙村（2吨）。",
         {"甲村茶叶产量": "3吨", "乙村茶叶产量": "2吨"}),
        ("两个村的茶农人口由多到少依次为：甲村412人，乙村187人。", {"甲村茶农人口": "412人", "乙村茶农人口": "187人"}),
        ("茶叶产量排名前两位的村依次为甲村和乙村，茶叶产量分别为3吨和2吨。",
         {"甲村茶叶产量": "3吨", "乙村茶叶产量": "2吨"}),
        ("茶叶出口额居前的是甲国、乙国，分别为3万元和2万元。", {"甲国茶叶出口额": "3万元", "乙国茶叶出口额": "2万元"}),
        ("年平均工资最高的行业是红茶、绿茶加工业，为9万元；最低的行业是茶具业，为5万元。",
         {"红茶、绿茶加工业年平均工资": "9万元", "茶具业年平均工资": "5万元",
          "年平均工资最高的行业": "红茶、绿茶加工业", "年平均工资最低的行业": "茶具业"}),
    ],
)  # fmt: skip
def test_what_is_measured_stands_before_the_names(text: str, told: dict[str, str], tmp_path: Path) -> None:
    assert _told(text, tmp_path).items() >= told.items()


def test_a_row_is_of_the_things_named_before_it(tmp_path: Path) -> None:
    text = "春茶面积5亩，夏茶面积6亩，秋茶面积7亩。三类面积占比依次为28%、33%和39%。"
    text += "红茶厂9家、绿茶厂8家，合格率分别为95%和96%。"
    told = _told(text, tmp_path)
    assert told["春茶面积占比"] == "28%"
    assert told["秋茶面积占比"] == "39%"
    assert told["绿茶厂合格率"] == "96%"
    told = _told("分品种看，红茶面积5亩，增长2%；绿茶面积6亩。两者占茶园面积的比重分别为45%和55%。", tmp_path)
    assert told["绿茶面积占茶园面积的比重"] == "55%"


def test_what_is_compared_and_what_is_counted_are_told_apart(tmp_path: Path) -> None:
    text = "茶农人口468人。与第六次茶农普查的452人相比，净增16人，增长3.5%。"
    text += "茶校承担的两项茶艺工程，实现了六项红茶品种和五项绿茶品种的推广。"
    told = _told(text, tmp_path)
    assert told["茶农人口净增数"] == "16人"
    assert told["茶校承担茶艺工程数"] == "两项"
    assert told["红茶品种数"] == "六项"


@pytest.mark.parametrize(
    ("text", "label", "figure"),
    [
        ("有红茶的茶厂9家。", "有红茶的茶厂数", "9家"),
        ("具有高级职称的茶师9人。", "具有高级职称的茶师数", "9人"),
        ("有效灌溉面积5亩。", "有效灌溉面积", "5亩"),
        ("茶叶出口9吨，逆势增长5%。", "茶叶出口增速", "5%"),
        ("茶园产值5元，与茶园面积之比为1.6%。", "茶园产值与茶园面积之比", "1.6%"),
        ("茶厂支出9元，增长5%，增速比上年回落2个百分点，但仍高于全国平均水平1个百分点。",
         "茶厂支出增速高于全国平均水平的幅度", "1个百分点"),
        ("茶园支出9元，增长5%，其中甲村增长6%。", "甲村支出增速", "6%"),
        ("在茶农人口中，男性238人，占51%。", "男性占茶农人口的比重", "51%"),
        ("与2018年相比，茶叶总产量增长34%。", "茶叶总产量比2018年增幅", "34%"),
        ("86名茶师人均制茶16公斤。", "茶师数", "86名"),
        ("茶店销售额5元，增长2%，相当于茶园产值的23%。", "茶店销售额相当于茶园产值的比例", "23%"),
        ("红茶、绿茶纠纷分别为7件和6件，其中红茶案件占44%。", "红茶案件占比", "44%"),
        ("茶叶合同纠纷54件，数量最多，涉案金额6元。", "茶叶合同纠纷涉案金额", "6元"),
        ("甲镇茶价下降1元，乙镇茶价则上涨5%。", "乙镇茶价涨幅", "5%"),
        ("具有大学文化程度的61人。", "大学文化程度人数", "61人"),
        ("茶叶产量27万吨（折54亿斤），比上年增加4万吨。", "茶叶产量比上年增加量", "4万吨"),
        ("红茶齿轮箱仍为公司第一大业务，全年收入38元。", "红茶齿轮箱收入", "38元"),
        ("茶农人均茶叶占有量为471公斤。", "茶农人均茶叶占有量", "471公斤"),
        ("茶校有效专利47件，其中有效发明专利5件。", "有效发明专利数", "5件"),
        ("春茶播种面积扩至412亩。", "春茶播种面积", "412亩"),
        ("茶校培训9.6人年。", "茶校培训人数", "9.6人年"),
        ("协会分批公布了红茶项目，共计15项。", "红茶项目数", "15项"),
    ],
)  # fmt: skip
def test_a_label_says_what_its_clause_says(text: str, label: str, figure: str, tmp_path: Path) -> None:
    assert _told(text, tmp_path).get(label) == figure


def test_a_multiple_of_the_year_before_is_of_this_year(tmp_path: Path) -> None:
    facts = drafted_facts("茶叶出口9吨，为上年的1.3倍。", tmp_path)
    assert [fact.period for fact in facts] == ["2030年", "2030年"]
