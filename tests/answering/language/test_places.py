import pytest
from hypothesis import given

from bot.answering.language.normalize import normalize
from bot.answering.language.places import CITY, COUNTRY, COUNTY, PROVINCE, gazetteer, place
from tests.support.any_text import TEXT


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("山东省", "370000"),
        ("山东", "370000"),
        ("shandong", "370000"),
        ("济南市", "370100"),
        ("济南", "370100"),
        ("jinan", "370100"),
        ("内蒙古", "150000"),
        ("inner mongolia", "150000"),
        ("广西壮族自治区", "450000"),
        ("广西", "450000"),
        ("山西", "140000"),
        ("陕西", "610000"),
        ("shaanxi", "610000"),
        ("shanxi", "140000"),
        ("长清区", "370113"),
        ("日本", "JP"),
        ("japan", "JP"),
        ("英国", "GB"),
        ("britain", "GB"),
        ("france", "FR"),
    ],
)
def test_places_are_known_by_their_names(name: str, code: str) -> None:
    assert gazetteer()[name].code == code


@pytest.mark.parametrize(
    ("code", "level", "parents"),
    [
        ("FR", COUNTRY, ()),
        ("370000", PROVINCE, ("CN",)),
        ("370100", CITY, ("370000", "CN")),
        ("370113", COUNTY, ("370100", "370000", "CN")),
    ],
)
def test_a_place_lies_in_others(code: str, level: str, parents: tuple[str, ...]) -> None:
    assert (place(code).level, place(code).parents) == (level, parents)


@pytest.mark.parametrize("name", ["人口", "企业", "小学", "增长", "gdp", "the", "工业", "农村"])
def test_ordinary_words_are_no_places(name: str) -> None:
    assert name not in gazetteer()


def test_names_are_normal() -> None:
    assert [name for name in gazetteer() if name != normalize(name)] == []


@given(text=TEXT)
def test_what_is_written_otherwise_is_no_key(text: str) -> None:
    assert text not in gazetteer() or normalize(text) == text
