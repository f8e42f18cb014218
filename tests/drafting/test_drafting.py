from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.answerer import general_vocabulary
from bot.answering.knowledge.article import compare
from bot.answering.knowledge.folder import Loaded, load
from bot.answering.knowledge.model import Fact
from bot.answering.knowledge.problem import Severity
from bot.answering.language.quantities import quantities
from bot.drafting.articles.details import Details, details_of
from bot.drafting.articles.sections import UNSEEN
from bot.drafting.draft import Draft
from bot.drafting.drafting import NothingToDraftError, draft
from bot.drafting.recurring import facts_of_file
from tests.support.any_text import ANY_TEXT
from tests.support.drafts import DETAILS, drafted_facts
from tests.support.repository import ROOT


def _drafted(text: str, details: Details = DETAILS, like: list[Fact] | None = None) -> Draft:
    return draft(text, details, general_vocabulary(), like or [])


def _loaded(made: Draft, folder: Path) -> Loaded:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "r.yaml").write_text(made.text, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("全镇茶园面积3.2万亩，同比增长8%。", ["茶园面积", "茶园面积同比增速"]),
        ("小学在校生512人，比上年减少9人；教师40人。", ["小学在校生数", "小学在校生比上年减少数", "小学教师数"]),
        ("居民消费价格上涨2%。其中，衣着上涨1%。", ["居民消费价格涨幅", "衣着居民消费价格涨幅"]),
        ("春茶、秋茶产量分别增长5%和6%。", ["春茶产量增速", "秋茶产量增速"]),
        ("民办学校3所，占全部学校的比重为20%，比上年提高1个百分点。",
         ["民办学校数", "民办学校占全部学校的比重", "民办学校占全部学校的比重比上年提高幅度"]),
        ("合作社由2020年的5家发展到12家。", ["2020年合作社数", "合作社数"]),
        ("城乡居民收入比为1.9:1，水质优良率居全省第3位。", ["城乡居民收入比", "水质优良率在全省的位次"]),
        ("游客32人，比去年多9人；村庄比2025年少2个。", ["游客数", "游客比去年增加数", "村庄比2025年减少数"]),
        ("茶园面积3万亩。这一面积同比增长8%，该县茶叶产量5吨。", ["茶园面积", "茶园面积同比增速", "茶叶产量"]),
        ("股东应占溢利为3亿元人民币，每股收益为5分人民币。", ["股东应占溢利", "每股收益"]),
        ("茶厂这一块，产量9吨。", ["茶厂产量"]),
        ("茶农减少了5人，降至40人。", ["茶农减少数", "茶农人数"]),
        ("茶叶产量9吨，以5%的增速居各镇之首。", ["茶叶产量", "茶叶产量增速"]),
        ("45%的茶农把自己看作这里的师傅；表示愿意留下的有85%。",
         ["茶农把自己看作这里的师傅的比重", "表示愿意留下的比重"]),
        ("红茶农每月平均收入5元，绿茶农则为4元。", ["红茶农每月平均收入", "绿茶农每月平均收入"]),
        ("全年销售茶车2万辆，同比下降5%。", ["茶车销量", "茶车销量同比降幅"]),
        ("南山仍是河湾镇第一大贸易伙伴，茶客9人。", ["茶客数", "第一大贸易伙伴"]),
        ("甲村茶客最多，共9人，占30%；乙村第二，为7人，占20%。",
         ["甲村茶客数", "甲村茶客占比", "乙村人数", "乙村占比"]),
        ("48个书屋添了1.2万册书。", ["书屋数"]),
        ("游客连续5年超过百万。", ["游客连续超过百万的年数"]),
        ("从春茶占比来看，甲镇为5%，乙镇为6%。", ["甲镇占比", "乙镇占比"]),
        ("茶厂现有24个车间，前3名建有5座仓库。", ["茶厂车间数"]),
        ("茶叶产销分别完成3万吨和2万吨，同比下降5%和增长6%。",
         ["茶叶产量", "茶叶销量", "茶叶产量同比降幅", "茶叶销量同比增速"]),
        ("有206人享受茶农补贴。", ["享受茶农补贴人数"]),
        ("春茶、秋茶两类茶产量3吨，两年平均增长6%。", ["春茶、秋茶两类茶产量", "春茶、秋茶两类茶产量两年平均增速"]),
        ("「河湾」的茶叶产量同比增长仅为5%。", ["河湾的茶叶产量同比增速"]),
        ("年平均气温15.2℃，较常年偏高0.8℃。", ["年平均气温", "年平均气温较常年上升数"]),
        ("茶厂5家，从业人员30人，营业利润1万元。", ["茶厂数", "茶厂从业人员数", "茶厂营业利润"]),
        ("三次产业对增长的贡献分别为0.1、-5.6、1.3个百分点。",
         ["第一产业对增长的贡献", "第二产业对增长的贡献", "第三产业对增长的贡献"]),
        ("优良率12%，覆盖率36%，满意率13%，分别比上年下降0.1、提升2.5和0.2个百分点。",
         ["优良率", "覆盖率", "满意率", "优良率比上年下降幅度", "覆盖率比上年提升幅度", "满意率比上年提升幅度"]),
        ("净息差1%，比上年下降3个基点。", ["净息差", "净息差比上年下降幅度"]),
        ("猪、牛出栏分别增长2%、25%，比上年分别回升2.9个、23.9个百分点。",
         ["猪出栏增速", "牛出栏增速", "猪出栏增速比上年回升幅度", "牛出栏增速比上年回升幅度"]),
        ("公立医院床位使用率80%，其中县级医院70%。", ["公立医院床位使用率", "县级医院床位使用率"]),
        ("茶厂完成茶叶产量3吨，恢复到2029年的80%，其中春茶完成2吨。",
         ["茶厂茶叶产量", "茶厂茶叶产量恢复到2029年的比例", "春茶产量"]),
        ("红茶、白茶及其袋茶、青茶分别出口5万、4万、3万元。",
         ["红茶出口额", "白茶及其袋茶出口额", "青茶出口额"]),
        ("全镇共有协会20个。其中：茶艺类12个，其他8个。", ["协会数", "茶艺类协会数", "其他协会数"]),
        ("学校2所，教师8人；医院5家，床位30张，拥有救护车3辆。",
         ["学校数", "学校教师数", "医院数", "医院床位数", "医院救护车数"]),
        ("春茶贷款占全部贷款的15%；秋茶贷款增长2%，占13%。",
         ["春茶贷款占全部贷款的比重", "秋茶贷款增速", "秋茶贷款占全部贷款的比重"]),
        ("性别比（以女性为100）为105，茶农不断增多，增加8%。", ["性别比", "茶农增速"]),
        ("2030年，江苏茶叶产量5吨，增长3%；茶园面积2亩。其中茶厂7家。全省茶农9人。浙江和安徽茶园面积合计8亩。河湾镇茶厂3家。",
         ["江苏茶叶产量", "江苏茶叶产量增速", "江苏茶园面积", "江苏茶厂数", "江苏茶农人数", "浙江和安徽茶园面积",
          "茶厂数"]),
        ("茶厂一年创造了3亿元的收入，以及5%的毛利率。", ["收入", "毛利率"]),
        ("出生率10‰，比上年下降1.7个千分点。", ["出生率", "出生率比上年下降幅度"]),
        ("公路桥梁8座、60米，新建村路4公里。", ["公路桥梁数", "公路桥梁长度", "新建村路长度"]),
        ("蔬菜及食用菌产量5吨，其中食用菌产量2吨。", ["蔬菜及食用菌产量", "食用菌产量"]),
        ("六大支柱产业增加值3亿元，七人制球场2个。", ["六大支柱产业增加值", "七人制球场数"]),
        ("茶厂投资5万元，增长3%，增速比各项投资高2个百分点；占同期各项投资增量的4%。",
         ["茶厂投资", "茶厂投资增速", "茶厂投资增速比各项投资高的幅度", "茶厂投资占同期各项投资增量的比重"]),
        ("茶叶收入突破7千万元，达到7284.5万元。", ["茶叶收入"]),
        ("春茶、秋茶零售分别增长5%和6%，两年分别平均增长3%和4%。",
         ["春茶零售增速", "秋茶零售增速", "春茶零售两年平均增速", "秋茶零售两年平均增速"]),
        ("面积5亩的茶园很多。茶农获得了5万元的补贴。", ["茶园面积", "补贴"]),
        ("这些收入只有7%来自网店。", ["收入来自网店的比重"]),
        ("财政收入5万元，其中税收收入3万元。预算收入4万元，其中税收收入2万元。",
         ["财政收入", "财政收入税收收入", "预算收入", "预算收入税收收入"]),
        ("红茶和白茶进出口3万元和2万元，同增5%和6%。",
         ["红茶进出口额", "白茶进出口额", "红茶进出口增速", "白茶进出口增速"]),
        ("用水总量9吨。其中，茶园用水5吨，占用水总量的60%。",
         ["用水总量", "茶园用水总量", "茶园用水总量占用水总量的比重"]),
        ("全镇GDP5亿元。2、24个省级示范单位。红茶为绿茶的1/6。",
         ["GDP", "省级示范单位数", "红茶绿茶之比"]),
        ("茶厂出口5万元，增长8%，占全部出口的6%。",
         ["茶厂出口额", "茶厂出口增速", "茶厂出口占全部出口的比重"]),
        ("三次产业贡献率分别为7%、51%和42%。", ["第一产业贡献率", "第二产业贡献率", "第三产业贡献率"]),
        ("红茶产值超出绿茶3亿元，两者之间的差距为3亿元。", ["红茶产值超出绿茶的数额", "两者之间的差距"]),
        ("红茶进口大幅上涨，进口5吨。红茶进口增速快于整体，占进口总值的比重提升2个百分点。",
         ["红茶进口", "红茶进口占进口总值的比重提升幅度"]),
        ("茶农8人，与2020年普查的6人相比增长3%。", ["茶农人数", "普查茶农人数", "茶农增速"]),
        ("茶农5人以上（含本数）的茶厂有6个，最高20%收入组人均收入7元。",
         ["茶农5人以上的茶厂数", "最高20%收入组人均收入"]),
        ("茶厂入选十大名茶，十年滚动值为3。", ["十年滚动值"]),
        ("茶农8人，同2020年第五次普查的6人相比，十年共增加2人。", ["茶农人数", "第五次普查茶农人数", "茶农十年增加数"]),
        ("全镇茶园中共有茶树5棵，茶园收入的90%来自红茶。", ["茶树数"]),
        ("茶价由5元提高到6元，茶厂连续两个月交付超7套。", ["原茶价", "茶价", "茶厂连续交付超7套的月数"]),
        ("红茶厂、白茶厂茶叶产量分别为3吨、4吨，占比分别为5%和6%。",
         ["红茶厂茶叶产量", "白茶厂茶叶产量", "红茶厂茶叶产量占比", "白茶厂茶叶产量占比"]),
        ("红茶占比最高，达30%。自营茶馆收入3元，利润率17%，去年同期为15%。",
         ["红茶占比", "自营茶馆收入", "利润率", "2029年利润率"]),
        ("茶园存货从2028年底的47元增至2030年的137元。", ["2028年底茶园存货", "茶园存货"]),
        ("茶客9人，日均3人；农村茶客5人，占比56%。", ["茶客数", "日均茶客数", "农村茶客数", "农村茶客占比"]),
        ("茶叶规模居全县第一。茶农购茶由每月5元提高到6元。", ["茶叶规模在全县的位次"]),
        ("以茶山为代表的东部地区和以水乡为代表的南部地区开店数量分别为8家和3家，占比分别为41%和20%。",
         ["东部地区开店数量", "南部地区开店数量", "东部地区开店数量占比", "南部地区开店数量占比"]),
        ("杭州、苏州和无锡开店数量排名全国前三，占比分别为7%、6%和5%。",
         ["杭州开店数量占比", "苏州开店数量占比", "无锡开店数量占比"]),
        ("按常住茶农计算人均茶叶产值7433元。其中，春茶产值5716万元。", ["人均茶叶产值", "春茶产值"]),
        ("国家级一流茶园3个，省级8个。茶农传承“四大名茶”，近三年来培训茶农9人。",
         ["国家级一流茶园数", "省级一流茶园数", "培训茶农人数"]),
        ("茶叶网用户总数9户，其中100Mbps及以上接入速率的用户5户。",
         ["茶叶网用户总数", "100Mbps及以上接入速率的用户总数"]),
        ("全镇有茶校9所，其中高级茶校5所，中级茶校4所；在校学生86人。",
         ["茶校数", "高级茶校数", "中级茶校数", "茶校在校学生数"]),
        ("会员茶厂研发强度5%。前十的茶厂是甲厂、乙厂，销售额合计占比达45%。", ["会员茶厂研发强度", "销售额占比"]),
        ("据协会统计，12月单月产量为3台，全年累计产量386台，完成年度目标的108%。",
         ["12月产量", "产量", "产量完成年度目标的比例"]),
        ("接待茶客9人次，实现茶叶综合收入8元，分别增长5%和6%。",
         ["接待茶客人次", "茶叶综合收入", "接待茶客增速", "茶叶综合收入增速"]),
        ("茶艺登记机构和场所9个，其中茶艺登记机构5个。", ["茶艺登记机构和场所数", "茶艺登记机构数"]),
        ("茶园1号路、2号路全年客流分别为8人次和6人次，茶农满意率均为99%。",
         ["茶园1号路客流人次", "2号路客流人次", "茶农满意率"]),
        ("建成茶厂9座，加工率96%；生活垃圾处理率100%。", ["茶厂数", "加工率", "生活垃圾处理率"]),
        ("茶农人均收入5元，其中城镇茶农6元、乡村茶农4元，城乡收入比1.5:1。",
         ["茶农人均收入", "城镇茶农人均收入", "乡村茶农人均收入", "城乡收入比"]),
    ],
)  # fmt: skip
def test_labels_say_what_a_figure_is_of_and_how_it_is_told(text: str, labels: list[str], tmp_path: Path) -> None:
    assert [fact.label for fact in drafted_facts(text, tmp_path)][: len(labels)] == labels


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("上半年，新开民宿46家。接待游客3万人次。", ["2030年上半年", "2030年上半年"]),
        ("2029年末，茶厂5家，今年8家。", ["2029年末", "2030年"]),
        ("茶园3.2万亩，比2020年增加1万亩。", ["2030年", "2030年"]),
        ("2028年、2029年，茶园分别为3.2万亩、3.3万亩。茶农8人。", ["2028年", "2029年", "2030年"]),
        ("茶厂投资5万元（一季度为3万元），收入6万元。", ["2030年", "2030年一季度", "2030年"]),
        ("一季度、二季度茶叶产量分别为3吨和4吨。", ["2030年一季度", "2030年二季度"]),
    ],
)
def test_periods_hold_for_what_follows_but_not_for_what_is_compared(
    text: str, periods: list[str], tmp_path: Path
) -> None:
    assert [fact.period for fact in drafted_facts(text, tmp_path)] == periods


@pytest.mark.parametrize(
    ("text", "label", "figure"),
    [
        ("3月5日，镇政府举行2030年茶会，来了5人。", "镇政府举行2030年茶会的时间", "3月5日"),
        ("2029年，新茶厂建成投产。来了5人。", "新茶厂建成投产的时间", "2029年"),
        ("引进茶叶研究院和茶具研究院两大科研机构，来了5人。", "科研机构", "茶叶研究院和茶具研究院"),
        ("首创“一箱双链”模式，来了5人。", "首创模式", "“一箱双链”"),
        ("2004年开始种植红茶。来了5人。", "开始种植红茶的时间", "2004年"),
        ("实施两大工程：种红茶，种绿茶。来了5人。", "两大工程", "种红茶，种绿茶"),
        ("受干旱影响，春茶减产。来了5人。", "春茶减产的原因", "干旱"),
        ("立茶厂位于山前村，来了5人。", "立茶厂的位置", "山前村"),
        ("茶会由茶艺协会主办，来了5人。", "主办单位", "茶艺协会"),
        ("茶叶出口位居同类前列，来了5人。", "茶叶出口的位次", "同类前列"),
        ("红茶、绿茶2个茶叶品种，来了5人。", "茶叶品种", "红茶、绿茶"),
        ("茶价在5元至6元之间，最高的是山前村，最低的是山后村。", "茶价最低的村", "山后村"),
        ("茶价最高的山前村为6元。", "茶价最高的村", "山前村"),
        ("按茶叶产量排名，排在前两位的依次是山前村、山后村。来了5人。", "茶叶产量排在前两位的村", "山前村、山后村"),
        ("茶农5人，与上年持平。", "茶农人数与上年相比的变化", "与上年持平"),
        ("茶园水质为优，来了5人。", "茶园水质", "优"),
        ("茶馆增加3家，茶厂因修路减少2家。", "茶厂减少的原因", "修路"),
        ("茶园5亩。春茶的减产，主要与干旱有关。", "春茶的减产的原因", "干旱"),
        ("茶厂厂长李青介绍，来了5人。", "茶厂厂长", "李青"),
    ],
)
def test_a_name_is_told_by_what_it_is_and_a_date_by_what_happened_on_it(
    text: str, label: str, figure: str, tmp_path: Path
) -> None:
    assert (label, figure) in [(fact.label, fact.figure) for fact in drafted_facts(text, tmp_path)]


def test_a_name_that_whole_and_parts_could_have_is_that_of_the_whole(tmp_path: Path) -> None:
    whole, part = drafted_facts("本外币绿色贷款余额5亿元，交通运输、仓储和邮政业绿色贷款余额2亿元。", tmp_path)
    assert "绿色贷款余额" in whole.keywords
    assert "绿色贷款余额" not in part.keywords


def test_what_is_told_twice_is_one_fact_and_left_out_the_second_time(tmp_path: Path) -> None:
    text = "茶园面积3.2万亩。\n茶园面积3.2万亩，再创新高。"
    assert [fact.figure for fact in drafted_facts(text, tmp_path)] == ["3.2万亩"]
    assert "left_out:\n  - 茶园面积3.2万亩，再创新" in _drafted(text).text


def test_what_has_no_figure_of_its_own_is_left_out_and_needs_no_fact(tmp_path: Path) -> None:
    text = "一、茶园\n1.面积。2025年以来，第十五个五年规划实施，9时30分开会，茶园3万亩。\n表1\t2.5\t3.5\n"
    made = _drafted(text)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert compare(_loaded(made, tmp_path / "k"), tmp_path / "a.txt") == ()
    assert (made.figures, made.facts) == (1, 1)


def test_a_doubt_is_told_in_the_file_and_beside_it() -> None:
    made = _drafted("茶厂很多。达到3家。")
    (doubt,) = made.doubts
    assert doubt.why in made.text
    assert f"          # {doubt.why}\n          - id: {doubt.fact_id}\n            label: {doubt.label}\n" in made.text


def test_what_recurs_keeps_its_id_and_its_names(tmp_path: Path) -> None:
    older = _drafted("全镇茶园面积3.2万亩，同比增长8%。")
    edited = older.text.replace("label: 茶园面积同比增速", "label: 茶山扩大的速度")
    (tmp_path / "old.yaml").write_text(edited, encoding="utf-8")
    like = facts_of_file(tmp_path / "old.yaml")
    newer = replace(DETAILS, id="hewan-2031", year=2031)
    known = _loaded(_drafted("茶园面积3.5万亩，同比增长9%，新栽2万株。", newer, like), tmp_path / "k").knowledge
    assert known is not None
    ids = [fact.id.replace("h30-", "h31-") for fact in like]
    assert [fact.id for fact in known.facts][:2] == ids
    assert [(fact.label, fact.figure) for fact in known.facts][:2] == [
        ("茶园面积", "3.5万亩"),
        ("茶山扩大的速度", "9%"),
    ]


@pytest.mark.parametrize("name", ["city", "health", "trade", "english"])
def test_the_draft_of_a_whole_report_has_its_figures(name: str, tmp_path: Path) -> None:
    folder = ROOT / "tests/reports" / name
    article = folder / "article.txt"
    made = _drafted(article.read_text(encoding="utf-8"), details_of(article.read_text(encoding="utf-8")))
    loaded = _loaded(made, tmp_path)
    assert [str(problem) for problem in compare(loaded, article)] == []
    assert loaded.knowledge is not None
    has = {(fact.sentence, quantity.value) for fact in loaded.knowledge.facts for quantity in quantities(fact.figure)}
    wanted = [fact for fact in facts_of_file(folder / "report.yaml") if any(c.isdigit() for c in fact.figure)]
    found = sum(any((fact.sentence, one.value) in has for one in quantities(fact.figure)) for fact in wanted)
    assert found >= 0.9 * len(wanted)


_PIECES = (
    "全镇 其中 小学 在校生 茶园 产量 增长 比上年 同比 分别 占 的比重 达到 第 位 由 到 3.2万亩 8% 1个百分点 5所 1:2 "
    "两大 2030年 上半年 "
    "12元/吨 和 、 ， ； 。 （ ） 一、 1. “ ” 《 》 rose 5% to # : ' \" 等 打造"
)
_PROSE = st.lists(st.sampled_from([*_PIECES.split(), "\n", "\t", " "]), max_size=60).map("".join)


@given(_PROSE | ANY_TEXT)
@example("")
@example("：1。" * 30)
@example("5%。" + "，" * 3000)
@example("5家!\x1f\0")
def test_whatever_the_text_its_draft_is_a_report_that_fits_it(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    try:
        made = _drafted(text)
    except NothingToDraftError:
        return
    folder = tmp_path_factory.mktemp("k")
    loaded = _loaded(made, folder / "k")
    assert [str(problem) for problem in loaded.errors] == []
    problems = compare(loaded, folder / "a.txt", UNSEEN.sub(" ", text))
    assert [str(one) for one in problems if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        # A name before a period says whose the clauses behind it are.
        ("小学\n招生5人。校舍面积3亩。\n中学\n招生6人。校舍面积4亩。",
         ["小学招生数", "小学校舍面积", "中学招生数", "中学校舍面积"]),
        ("第三产业增加值4元。三次产业增加值结构为6:4:1。2029年生产总值2元，三次产业增加值结构为5:4:1。",
         ["第三产业增加值", "三次产业增加值结构之比", "生产总值", "2029年三次产业增加值结构之比"]),
        ("1-7月，茶叶销量5吨。7月份，茶叶销量1吨。", ["茶叶销量", "7月茶叶销量"]),
    ],
)  # fmt: skip
def test_labels_say_whose_a_figure_is_where_that_was_said_before(text: str, labels: list[str], tmp_path: Path) -> None:
    assert [fact.label for fact in drafted_facts(text, tmp_path)] == labels


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("茶叶总产值（GDP）5元，增长3%。", "GDP"),
        ("茶叶总产值（GDP）5元，增长3%。", "GDP增速"),
        ("茶艺（助理）师6人。", "茶艺助理师数"),
    ],
)
def test_what_stands_in_brackets_and_that_it_is_all_make_other_names(text: str, name: str, tmp_path: Path) -> None:
    assert name in [keyword for fact in drafted_facts(text, tmp_path) for keyword in fact.keywords]


def test_an_increase_is_also_called_new(tmp_path: Path) -> None:
    told = next(fact for fact in drafted_facts("茶馆8家，比上年增加2家。", tmp_path) if fact.figure == "2家")
    assert "新增茶馆" in told.keywords
