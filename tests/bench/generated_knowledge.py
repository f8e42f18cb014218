"""A knowledge of any size: reports of invented towns, as values and as a folder, always the same for the same size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from pathlib import Path

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
    ("纺织", "textile"),
    ("软件", "software"),
    ("生物医药", "biomedicine"),
    ("新能源", "new-energy"),
    ("汽车零部件", "car-parts"),
    ("食品加工", "food"),
    ("化工", "chemical"),
    ("钢铁", "steel"),
    ("造船", "shipbuilding"),
    ("物流", "logistics"),
    ("旅游", "tourism"),
    ("金融", "finance"),
    ("半导体", "chip"),
    ("家具", "furniture"),
    ("陶瓷", "ceramics"),
    ("渔业", "fishing"),
    ("茶叶", "tea"),
    ("风电", "wind-power"),
    ("机器人", "robot"),
    ("印刷", "printing"),
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
    if not 0 < facts <= LARGEST:
        raise ValueError(f"facts must be 1 to {LARGEST}")
    found: list[Fact] = []
    for number in range(-(-facts // 5)):
        found += _facts(_topic(number))
    del found[facts:]
    reports = tuple(dict.fromkeys(fact.report for fact in found))
    return Knowledge(reports, tuple(found), Lexicon())


def write(knowledge: Knowledge, folder: Path) -> None:
    """Writes a file for each report."""
    folder.mkdir(parents=True, exist_ok=True)
    for report, facts in groupby(knowledge.facts, key=attrgetter("report")):
        (folder / f"{report.id}.yaml").write_text("".join(_lines(report, facts)), encoding="utf-8")


def _topic(number: int) -> _Topic:
    district, industry = divmod(number, len(_INDUSTRIES))
    zh, en = _INDUSTRIES[industry]
    place = _two(LARGEST // FACTS_A_REPORT + district)
    return _Topic(
        number,
        _report(district // _DISTRICTS),
        _Name(f"{place.label}区", place.en),
        _Name(zh, en),
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


def _facts(topic: _Topic) -> Iterator[Fact]:
    place, industry, project = topic.district, topic.industry, topic.project
    output = Decimal(topic.number * 7919 % 9973 + 11) / 10
    growth = Decimal(topic.number * 613 % 397 + 3) / 10
    companies = topic.number * 31 % 887 + 2
    people = Decimal(topic.number * 53 % 191 + 2) / 10
    cost = Decimal(topic.number * 97 % 499 + 5) / 10
    sentence = (
        f"前三季度，{place.label}{industry.label}产业实现产值{output}亿元，增长{growth}%，有企业{companies}家、从业人员{people}万人，"
        f"{project.label}{industry.label}产业园投资{cost}亿元。"
    )

    def fact(kind: str, figure: str, english: str, zh: tuple[str, ...], en: tuple[str, ...]) -> Fact:
        year = topic.report.year
        return Fact(
            id=f"{place.en.lower()}-{industry.en}-{kind}",
            label=zh[0],
            figure=figure,
            keywords=zh[1:],
            sentence=sentence,
            section=f"{place.label}的产业",
            report=topic.report,
            period=f"{year}年前三季度",
            en=English(en[0], english, f"first three quarters of {year}", en[1:]),
        )

    of, short = f"{place.label}{industry.label}", place.label.removesuffix("区")
    both = f"{place.en} {industry.en}"
    yield fact(
        "output",
        f"{output}亿元",
        f"CNY {output / 10} billion",
        (
            f"{of}产值",
            f"{short}{industry.label}产值",
            f"{industry.label}产值",
            f"{of}产业规模",
            f"{of}产出",
            f"{of}总产值",
        ),
        (f"{industry.en} output of {place.en}", f"{both} output", f"{industry.en} output", f"{both} production value"),
    )
    yield fact(
        "growth",
        f"{growth}%",
        f"{growth}%",
        (f"{of}产值增速", f"{short}{industry.label}增速", f"{industry.label}产值增速", f"{of}增长", f"{of}涨幅"),
        (
            f"growth of {industry.en} output in {place.en}",
            f"{both} growth",
            f"{industry.en} growth",
            f"{both} increase",
        ),
    )
    yield fact(
        "companies",
        f"{companies}家",
        f"{companies} companies",
        (f"{of}企业数量", f"{short}{industry.label}企业", f"{industry.label}企业数量", f"{of}公司", f"{of}企业家数"),
        (f"{industry.en} companies in {place.en}", f"{both} companies", f"{industry.en} companies", f"{both} firms"),
    )
    yield fact(
        "people",
        f"{people}万人",
        f"{people * 10_000:,.0f} people",
        (
            f"{of}从业人数",
            f"{short}{industry.label}从业人员",
            f"{industry.label}从业人数",
            f"{of}员工",
            f"{of}就业人数",
        ),
        (f"people in {industry.en} in {place.en}", f"{both} employees", f"{industry.en} workforce", f"{both} staff"),
    )
    park = f"{project.label}{industry.label}产业园"
    yield fact(
        "park",
        f"{cost}亿元",
        f"CNY {cost / 10} billion",
        (f"{park}投资额", f"{project.label}产业园投资", project.label, f"{project.label}投资", f"{of}产业园投资额"),
        (f"investment in the {project.en} {industry.en} park", f"{project.en} park", project.en, f"{both} park cost"),
    )


def _lines(report: Report, facts: Iterator[Fact]) -> Iterator[str]:
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
