"""A knowledge of any size: reports of invented towns, as values and as a folder, always the same for the same size."""

import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from bot.answering.knowledge.model import English, Fact, Knowledge, Lexicon, Report, Subject

FACTS_A_REPORT = 1000
_DISTRICTS = 10  # a report
LARGEST = 100 * FACTS_A_REPORT

_SYLLABLES = "云溪河江山湖林石松柳梅竹桥塘泉岭沙洲湾坪兰桂枫榆龙鹿马牛白青黄红金银铜"
_PINYIN = (
    "yun xi he jiang shan hu lin shi song liu mei zhu qiao tang quan ling sha zhou wan ping "
    "lan gui feng yu long lu ma niu bai qing huang hong jin yin tong"
)
_NAMES = list(zip(_SYLLABLES, _PINYIN.split(" "), strict=True))
_INDUSTRIES = (
    "纺织 软件 生物医药 新能源 汽车零部件 食品加工 化工 钢铁 造船 物流 "
    "旅游 金融 半导体 家具 陶瓷 渔业 茶叶 风电 机器人 印刷"
).split(" ")
_IN_ENGLISH = (
    "textile software biomedicine new-energy car-parts food chemical steel shipbuilding logistics tourism "
    "finance chip furniture ceramics fishing tea wind-power robot printing"
).split(" ")


# Each fact's kind, figure and English figure, its Chinese names, and its English ones; the first is its label.
_FACTS = """\
output|{output}亿元|CNY {output_en} billion
{of}产值|{short}产值|{industry}产值|{of}产业规模|{of}产出|{of}总产值
{trade} output of {place}|{both} output|{trade} output|{both} production value
growth|{growth}%|{growth}%
{of}产值增速|{short}增速|{industry}产值增速|{of}增长|{of}涨幅
growth of {trade} output in {place}|{both} growth|{trade} growth|{both} increase
companies|{companies}家|{companies} companies
{of}企业数量|{short}企业|{industry}企业数量|{of}公司|{of}企业家数
{trade} companies in {place}|{both} companies|{trade} companies|{both} firms
people|{people}万人|{people_en:,.0f} people
{of}从业人数|{short}从业人员|{industry}从业人数|{of}员工|{of}就业人数
people in {trade} in {place}|{both} employees|{trade} workforce|{both} staff
park|{cost}亿元|CNY {cost_en} billion
{project}{industry}产业园投资额|{project}产业园投资|{project}|{project}投资|{of}产业园投资额
investment in the {project_en} {trade} park|{project_en} park|{project_en}|{both} park cost
""".splitlines()
_SENTENCE = (
    "前三季度，{of}产业实现产值{output}亿元，增长{growth}%，有企业{companies}家、从业人员{people}万人，"
    "{project}{industry}产业园投资{cost}亿元。"
)


@dataclass(frozen=True, slots=True)
class _Name:
    label: str
    en: str


@dataclass(frozen=True, slots=True)
class _Topic:
    """An industry of a district; its five facts stand in one sentence. `number` counts the topics of all reports."""

    number: int
    report: Report
    district: _Name
    industry: _Name
    project: _Name


def generated(facts: int) -> Knowledge:
    """A knowledge of 1 to LARGEST facts in reports of FACTS_A_REPORT; a smaller one is a larger one's beginning."""
    found: list[Fact] = []
    for number in range(-(-facts // 5)):
        found += _facts(_topic(number))
    del found[facts:]
    reports = tuple(dict.fromkeys(fact.report for fact in found))
    return Knowledge(reports, tuple(found), Lexicon())


def write(knowledge: Knowledge, folder) -> None:
    """Writes a file for each report."""
    folder.mkdir(parents=True, exist_ok=True)
    for report, facts in groupby(knowledge.facts, key=attrgetter("report")):
        (folder / f"{report.id}.yaml").write_text("".join(_lines(report, facts)), encoding="utf-8")


def _topic(number: int) -> _Topic:
    district, industry = divmod(number, len(_INDUSTRIES))
    place = _two(LARGEST // FACTS_A_REPORT + district)
    return _Topic(
        number,
        _report(district // _DISTRICTS),
        _Name(f"{place.label}区", place.en),
        _Name(_INDUSTRIES[industry], _IN_ENGLISH[industry]),
        _three(number),
    )


def _report(number: int) -> Report:
    city = _two(number)
    return Report(
        id=f"r{number:03}-{city.en.lower()}",
        title=f"{city.label}市统计公报",
        publisher=f"{city.label}统计局",
        year=2018 + number % 6,
        subject=Subject(f"{city.label}市", city.en, (f"{city.label}全市",)),
    )


def _two(number: int) -> _Name:
    """The pairs of different syllables, each once, in an order that mixes them."""
    pairs = len(_NAMES) * (len(_NAMES) - 1)
    first, behind = divmod(number * 457 % pairs, len(_NAMES) - 1)
    return _name(first, (first + 1 + behind) % len(_NAMES))


def _three(number: int) -> _Name:
    first, rest = divmod(number * 9973 % len(_NAMES) ** 3, len(_NAMES) ** 2)
    return _name(first, *divmod(rest, len(_NAMES)))


def _name(*syllables: int) -> _Name:
    return _Name("".join(_NAMES[i][0] for i in syllables), "".join(_NAMES[i][1] for i in syllables).capitalize())


def _facts(topic: _Topic):
    place, industry, project, year = topic.district, topic.industry, topic.project, topic.report.year
    output = Decimal(topic.number * 7919 % 9973 + 11) / 10
    people = Decimal(topic.number * 53 % 191 + 2) / 10
    cost = Decimal(topic.number * 97 % 499 + 5) / 10
    said = {
        "of": f"{place.label}{industry.label}",
        "short": f"{place.label.removesuffix('区')}{industry.label}",
        "both": f"{place.en} {industry.en}",
        "place": place.en,
        "industry": industry.label,
        "trade": industry.en,
        "project": project.label,
        "project_en": project.en,
        "output": output,
        "output_en": output / 10,
        "growth": Decimal(topic.number * 613 % 397 + 3) / 10,
        "companies": topic.number * 31 % 887 + 2,
        "people": people,
        "people_en": people * 10_000,
        "cost": cost,
        "cost_en": cost / 10,
    }
    sentence, lines = _SENTENCE.format_map(said), iter([line.format_map(said).split("|") for line in _FACTS])
    for (kind, figure, english), zh, en in zip(lines, lines, lines, strict=True):
        yield Fact(
            id=f"{place.en.lower()}-{industry.en}-{kind}",
            label=zh[0],
            figure=figure,
            keywords=tuple(zh[1:]),
            sentence=sentence,
            section=f"{place.label}的产业",
            report=topic.report,
            period=f"{year}年前三季度",
            en=English(en[0], english, f"first three quarters of {year}", tuple(en[1:])),
        )


def _lines(report: Report, facts):
    subject = {"label": report.subject.label, "en": report.subject.en, "aliases": report.subject.aliases}
    yield f"report:\n  id: {report.id}\n  title: {report.title}\n"
    yield f"  publisher: {report.publisher}\n  year: {report.year}\n"
    yield f"  subject: {_flow(subject)}\nsections:\n"
    for section, told in groupby(facts, key=attrgetter("section")):
        yield f"  - title: {section}\n    sentences:\n"
        for sentence, said in groupby(told, key=attrgetter("sentence")):
            yield f"      - text: {sentence}\n        facts:\n"
            yield from map(_fact_lines, said)


def _fact_lines(fact: Fact) -> str:
    en = {"label": fact.en.label, "figure": fact.en.figure, "period": fact.en.period, "keywords": fact.en.keywords}
    return (
        f"          - id: {fact.id}\n            label: {fact.label}\n            figure: {_flow(fact.figure)}\n"
        f"            period: {fact.period}\n"
        f"            keywords: {_flow(fact.keywords)}\n            en: {_flow(en)}\n"
    )


def _flow(value: object) -> str:
    """JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
