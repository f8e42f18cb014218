from __future__ import annotations

from dataclasses import replace

import pytest
from browsed_reports import AREA, BROWSED, EMPTY, LAKE, SALES, SHOPS, TRADE, YIELD
from small_report import OUTPUT, REPORT, SCHOOLS

from bot.answering.knowledge.model import Knowledge, Lexicon
from bot.chat.browsing.contents import PAGE, Contents, Section, paged

CONTENTS = Contents(BROWSED)


def test_sections_in_the_order_of_the_reports() -> None:
    assert [section.title for section in CONTENTS.sections] == ["产业", "民生", "山水"]
    assert CONTENTS.sections[0].facts == TRADE
    assert CONTENTS.section_of(LAKE) is CONTENTS.sections[2]


def test_sections_of_one_title_in_two_reports_are_two() -> None:
    other = replace(OUTPUT, id="other", report=replace(REPORT, id="other"))
    sections = Contents(Knowledge((REPORT,), (OUTPUT, other), Lexicon())).sections
    assert [section.facts for section in sections] == [(OUTPUT,), (other,)]
    assert len({section.key for section in sections}) == 2


def test_a_page_has_sections_of_one_report() -> None:
    assert [[section.title for section in page] for page in CONTENTS.pages] == [["产业", "民生"], ["山水"]]
    assert [CONTENTS.page_of(section) for section in CONTENTS.sections] == [0, 0, 1]
    assert Contents(EMPTY).pages == []


def test_many_sections_take_several_pages() -> None:
    facts = tuple(replace(OUTPUT, id=f"f{n}", section=f"第{n}节") for n in range(PAGE + 1))
    contents = Contents(Knowledge((REPORT,), facts, Lexicon()))
    assert [len(page) for page in contents.pages] == [PAGE, 1]
    assert contents.page_of(contents.sections[-1]) == 1


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (PAGE, [PAGE]), (2 * PAGE + 1, [PAGE, PAGE, 1])])
def test_pages(count: int, sizes: list[int]) -> None:
    pages = paged(range(count))
    assert [len(page) for page in pages] == sizes
    assert [item for page in pages for item in page] == list(range(count))


def test_neighbours_are_the_other_facts_of_the_sentence() -> None:
    assert CONTENTS.neighbours(YIELD) == [AREA, SALES]
    assert CONTENTS.neighbours(SCHOOLS) == []
    twin = replace(AREA, id="twin", report=replace(REPORT, id="other"))
    assert Contents(Knowledge((REPORT,), (AREA, twin), Lexicon())).neighbours(AREA) == []


def test_what_is_not_there() -> None:
    assert CONTENTS.fact("gone") is None
    assert CONTENTS.section("gone") is None


def test_facts_and_sections_by_their_keys() -> None:
    assert CONTENTS.fact("lake") is LAKE
    assert [CONTENTS.section(section.key) for section in CONTENTS.sections] == CONTENTS.sections


@pytest.mark.parametrize(
    ("asked", "ids"),
    [("tea-aera", ["tea-area"]), ("TEA_YIELD", ["tea-yield"]), ("shop-9", ["shop-1", "shop-2", "shop-3"]), ("湖", [])],
)
def test_ids_that_are_written_alike(asked: str, ids: list[str]) -> None:
    assert [fact.id for fact in CONTENTS.like(asked)][: len(ids)] == ids
    assert bool(CONTENTS.like(asked)) == bool(ids)


def test_the_notable_fact_is_a_plain_figure_with_a_period() -> None:
    named = replace(OUTPUT, figure="镜湖")
    undated = replace(OUTPUT, period=None)
    assert Section(REPORT, "", (named, undated, SHOPS[0])).notable is SHOPS[0]
    assert Section(REPORT, "", (named, undated)).notable is named
