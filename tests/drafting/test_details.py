"""What a draft takes of a text beside its facts: title, year, subject, its other names, and the English ones."""

import pytest
from hypothesis import given

from bot.answering.answerer import general_vocabulary
from bot.answering.language.places import gazetteer
from bot.drafting.articles.details import Details, details_of, english_of
from bot.drafting.drafting import draft
from tests.support.any_text import ANY_TEXT
from tests.support.repository import ROOT


def test_the_year_is_not_one_that_something_began_in_or_is_compared_with() -> None:
    assert details_of("茶厂简介\n茶厂始建于1951年。产茶5吨，比2028年增长，较2028年多。2030年销茶4吨。").year == 2030


@given(ANY_TEXT)
def test_details_are_taken_from_any_text(text: str) -> None:
    found = details_of(text)
    assert found.year is None or 1900 <= found.year <= 2100


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("南京市玄武区2030年统计公报", "玄武区"),
        ("云栖山茶证券净利润增长5%", "云栖山茶证券"),
        ("2030年前三季度茶业保险市场情况", None),
        ("河湾镇2030年工作总结", "河湾镇"),
        ("2030年河湾县图书馆事业统计公报", "河湾县"),
        ("2030年我国公共图书馆情况", "中国"),
    ],
)
def test_the_title_tells_what_a_report_is_about(title: str, subject: str) -> None:
    assert details_of(f"{title}\n茶园3亩。").subject == subject


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("2030年统计公报\n河湾县统计局\n产茶5吨。", "河湾县统计局"),
        ("2030年统计公报\n产茶5吨。\n（河湾县统计局）\n2031年3月18日", "河湾县统计局"),
        ("2030年统计公报\n2031-03-18 来源：河湾县教育局 浏览：3次\n产茶5吨。", "河湾县教育局"),
    ],
)
def test_who_is_named_below_the_title_or_at_the_end_has_published_it_and_tells_where(text: str, publisher: str) -> None:
    found = details_of(text)
    assert (found.publisher, found.subject, found.year) == (publisher, "河湾县", 2030)


@pytest.mark.parametrize(
    ("subject", "english"),
    [
        ("济南市", "Jinan"),
        ("武陵源区", "Wulingyuan District"),
        ("济南高新区", "Jinan High-tech Zone"),
        ("甘孜", "Ganzi"),
    ],
)
def test_a_place_is_called_in_english_by_the_gazetteer_or_by_its_sounds(subject: str, english: str) -> None:
    assert english_of(subject) == english


def test_every_place_has_an_english_name() -> None:
    assert [name for name in gazetteer() if not name.isascii() and not english_of(name)] == []


def test_what_is_counted_behind_its_figure_has_an_english_name_too() -> None:
    details = Details(id="c-2030", title="河湾镇这一年", subject="河湾镇", year=2030)
    assert "label: Primary school" in draft("全镇有28所小学。", details, general_vocabulary()).text


def test_a_draft_made_again_is_the_same() -> None:
    text = (ROOT / "tests/reports/city/article.txt").read_text(encoding="utf-8")
    first, second = (draft(text, details_of(text), general_vocabulary()) for _ in range(2))
    assert first.text == second.text
