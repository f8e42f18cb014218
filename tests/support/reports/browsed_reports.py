"""Two small reports to leaf through: ten facts of trade, three of them in one sentence, and two more sections."""

from dataclasses import replace

from bot.answering.knowledge.model import Knowledge, Lexicon, Subject
from tests.support.reports.small_report import OUTPUT, REPORT, SCHOOLS

TEA = "今年种茶3万亩，产茶8吨，卖出5吨。"
AREA, YIELD, SALES = (
    replace(OUTPUT, id=id_, label=label, figure=figure, sentence=TEA, keywords=(label,), en=english)
    for id_, label, figure, english in (
        ("tea-area", "茶园面积", "3万亩", replace(OUTPUT.en, label="tea gardens", figure="20,000 hectares")),
        ("tea-yield", "茶叶产量", "8吨", replace(OUTPUT.en, label="tea yield", figure="8 tonnes")),
        ("tea-sales", "茶叶销量", "5吨", replace(OUTPUT.en, label="exported tea", figure="5 tonnes")),
    )
)
SHOPS = [
    replace(
        OUTPUT, id=f"shop-{n}", label=f"第{n}家店", figure=f"{n}元", keywords=("店",), sentence=f"第{n}家店卖{n}元。"
    )
    for n in range(1, 8)
]
TRADE = (AREA, YIELD, SALES, *SHOPS)
OTHER_REPORT = replace(REPORT, id="shankou-2020", title="山口镇年报", year=2020, subject=Subject("山口镇", "Shankou"))
LAKE = replace(
    SCHOOLS, id="lake", label="湖", figure="镜湖", sentence="镇里有镜湖。", section="山水", report=OTHER_REPORT
)
BROWSED = Knowledge((REPORT, OTHER_REPORT), (*TRADE, SCHOOLS, LAKE), Lexicon())
EMPTY = Knowledge((), (), Lexicon())
