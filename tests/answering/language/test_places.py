import pytest
from hypothesis import given

from bot.answering.language.normalize import normalize
from bot.answering.language.places import CITY, COUNTRY, COUNTY, PROVINCE, gazetteer, place
from tests.support.any_text import TEXT
from tests.support.wordings import assert_read


def test_places_are_known_by_their_names() -> None:
    table = """\
        370000: 山东省|山东|shandong
        370100: 济南市|济南|jinan
        150000: 内蒙古|inner mongolia
        450000: 广西壮族自治区|广西
        140000: 山西|shanxi
        610000: 陕西|shaanxi
        370113: 长清区
        JP: 日本|japan
        GB: 英国|britain
        FR: france
        GB/London: 伦敦|london
        US/New_York: 纽约|new york"""
    assert_read(table, gazetteer().__getitem__)


@pytest.mark.parametrize(
    ("code", "level", "parents"),
    [
        ("FR", COUNTRY, ()),
        ("JP/Tokyo", CITY, ("JP",)),
        ("370000", PROVINCE, ("CN",)),
        ("370100", CITY, ("370000", "CN")),
        ("370113", COUNTY, ("370100", "370000", "CN")),
    ],
)
def test_a_place_lies_in_others(code, level, parents) -> None:
    assert (place(code).level, place(code).parents) == (level, parents)


@pytest.mark.parametrize("name", ["人口", "企业", "小学", "增长", "gdp", "the", "工业", "农村"])
def test_ordinary_words_are_no_places(name) -> None:
    assert name not in gazetteer()


def test_names_are_normal() -> None:
    assert [name for name in gazetteer() if name != normalize(name)] == []


@given(text=TEXT)
def test_what_is_written_otherwise_is_no_key(text) -> None:
    assert text not in gazetteer() or normalize(text) == text
