from __future__ import annotations

import pytest
from any_text import TEXT
from bot.answering.cells import is_chinese, key_of, split
from hypothesis import given

from bot.answering.language.normalize import normalize


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("茶叶", ["han", "han"]),
        ("tea茶", ["word", "han"]),
        ("1106.8亿", ["number", "han"]),
        ("12,000", ["number"]),
        ("7.3%", ["number", "sign"]),
        ("茶,果。", ["han", "stop", "han", "stop"]),
        ("end. new", ["word", "stop", "word"]),
        ("“茶”-(果)…😀", ["han", "han"]),
        ("pm2", ["word"]),
        ("", []),
    ],
)
def test_the_kinds_of_cells(text: str, kinds: list[str]) -> None:
    assert [cell.kind for cell in split(text)] == kinds


@pytest.mark.parametrize("text", ["r&d", "it's", "xi’an"])
def test_a_sign_inside_a_word_is_a_part_of_it(text: str) -> None:
    assert [cell.end - cell.start for cell in split(text)] == [len(text)]


@given(text=TEXT)
def test_cells_stand_in_the_text_one_behind_the_other(text: str) -> None:
    normal = normalize(text)
    at = 0
    for cell in split(normal):
        assert at <= cell.start < cell.end <= len(normal)
        if cell.kind != "word":
            assert cell.text == normal[cell.start : cell.end]
        at = cell.end


@pytest.mark.parametrize(
    ("text", "spelled", "length"),
    [
        ("茶叶企业", "茶叶企业", 4),
        ("tea  companies", "tea companies", 2),
        ("gdp 2019 增速 up", "gdp 2019增速up", 5),
        ("茶 叶", "茶叶", 2),
        ("“茶-叶”", "茶叶", 2),
    ],
)
def test_a_key_is_free_of_spaces_around_chinese_and_of_signs(text: str, spelled: str, length: int) -> None:
    key = key_of(text)
    assert (key.spelled, key.length) == (spelled, length)


@pytest.mark.parametrize(("one", "other"), [("tea companies", "tea company"), ("top 10 teas", "top 10 tea")])
def test_inflections_come_to_one_stemmed_key(one: str, other: str) -> None:
    assert key_of(one).stemmed == key_of(other).stemmed
    assert key_of(one).spelled != key_of(other).spelled


@pytest.mark.parametrize(("text", "result"), [("茶叶", True), ("茶叶a", False), ("", False), ("茶 叶", False)])
def test_only_chinese_characters(text: str, result: bool) -> None:
    assert is_chinese(text) is result
