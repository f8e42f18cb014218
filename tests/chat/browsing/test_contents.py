from dataclasses import replace

from bot.answering.knowledge.model import Knowledge, Lexicon
from bot.chat.browsing.contents import PAGE, Contents, ReportSection
from tests.support.reports.browsed_reports import AREA, SHOPS
from tests.support.reports.small_report import OUTPUT, REPORT


def test_sections_of_one_title_in_two_reports_are_two() -> None:
    other = replace(OUTPUT, id="other", report=replace(REPORT, id="other"))
    sections = Contents(Knowledge((REPORT,), (OUTPUT, other), Lexicon())).sections
    assert [section.facts for section in sections] == [(OUTPUT,), (other,)]
    assert len({section.key for section in sections}) == 2


def test_many_sections_take_several_pages() -> None:
    facts = tuple(replace(OUTPUT, id=f"f{n}", section=f"第{n}节") for n in range(PAGE + 1))
    contents = Contents(Knowledge((REPORT,), facts, Lexicon()))
    assert [len(page) for page in contents.pages] == [PAGE, 1]
    assert contents.pages[1] == contents.sections[-1:]


def test_a_sentence_of_another_report_has_no_neighbours_here() -> None:
    twin = replace(AREA, id="twin", report=replace(REPORT, id="other"))
    assert Contents(Knowledge((REPORT,), (AREA, twin), Lexicon())).neighbours(AREA) == []


def test_the_notable_fact_is_a_plain_figure_with_a_period() -> None:
    named = replace(OUTPUT, figure="镜湖")
    undated = replace(OUTPUT, period=None)
    assert ReportSection(REPORT, "", (named, undated, SHOPS[0])).notable is SHOPS[0]
    assert ReportSection(REPORT, "", (named, undated)).notable is named
