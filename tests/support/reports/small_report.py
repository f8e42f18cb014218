"""A small report of an invented town, as values for unit tests and as a folder for whole commands."""

from pathlib import Path

from bot.answering.answer import Answer, Language, Match, Outcome, Reason
from bot.answering.knowledge.model import English, Fact, Knowledge, Lexicon, Report, Subject

REPORT = Report(
    id="hewan-2021", title="河湾镇年报", publisher="河湾周刊", year=2021, subject=Subject("河湾镇", "Hewan", ("镇里",))
)
OUTPUT = Fact(
    id="output",
    label="工业产值",
    figure="35.2亿元",
    period="2021年前三季度",
    keywords=("工业产值", "产值"),
    sentence="前三季度，河湾镇工业产值达到35.2亿元。",
    section="产业",
    report=REPORT,
    en=English("industrial output", "CNY 3.52 billion", "first three quarters of 2021", ("output",)),
)
GROWTH = Fact(
    "growth", "茶叶销量增速", "8.4%", ("茶叶销量增速", "茶叶"), "鲜鱼销量增长8.4%，茶叶销量增长8.4%。", "产业", REPORT
)
SCHOOLS = Fact("schools", "小学数量", "5所", ("小学数量", "小学"), "全镇有小学5所，各类学校15所。", "民生", REPORT)
KNOWLEDGE = Knowledge((REPORT,), (OUTPUT, GROWTH, SCHOOLS), Lexicon())

YAML = """\
report:
  id: hewan-2021
  title: 河湾镇年报
  publisher: 河湾周刊
  year: 2021
  subject: {label: 河湾镇, en: Hewan, aliases: [镇里]}
sections:
  - title: 产业
    sentences:
      - text: 前三季度，河湾镇工业产值达到35.2亿元。
        facts:
          - id: output
            label: 工业产值
            figure: 35.2亿元
            period: 2021年前三季度
            keywords: [工业产值, 产值]
            en:
              label: industrial output
              figure: CNY 3.52 billion
              period: first three quarters of 2021
              keywords: [industrial output]
  - title: 民生
    sentences:
      - text: 全镇有小学5所，各类学校15所。
        facts:
          - id: schools
            label: 小学数量
            figure: 5所
            keywords: [小学数量, 小学]
"""
# The same report with a figure, a fact and a name that differ.
RICHER = YAML.replace("小学5所", "小学6所").replace("5所\n", "6所\n")
# What the report of another town is drafted from.
ARTICLE = """\
山口镇2020年统计公报

一、农业
全年山口镇粮食产量达到2.4万吨，比上年增长3.1%。

二、教育
全镇有幼儿园12所，在园幼儿860人。
"""


def write_report(folder: Path, text: str = YAML) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hewan.yaml").write_text(text, encoding="utf-8")
    return folder


def answered(
    *facts: Fact, question: str = "?", language: Language = Language.CHINESE, missing: tuple[str, ...] = ()
) -> Answer:
    matches = tuple(Match(fact, 0.98765) for fact in facts)
    return Answer(question, language, Outcome.ANSWER, matches, missing=missing)


def offered(*facts: Fact, question: str = "?", language: Language = Language.CHINESE) -> Answer:
    return Answer(question, language, Outcome.CHOICES, tuple(Match(fact, 0.5) for fact in facts))


def refused(
    *nearest: Fact,
    question: str = "?",
    language: Language = Language.CHINESE,
    reason: Reason = Reason.UNKNOWN,
    asked: str = "",
) -> Answer:
    return Answer(question, language, Outcome.NONE, (), reason, asked, nearest)
