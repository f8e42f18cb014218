"""Text in lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picture.wrapping import Letter, plain, runs, shortened, width, wrapped

BOLD = frozenset({"bold"})
MIXED = st.text(st.sampled_from("ab iW12.，。《》“”河湾镇·"), max_size=60)


def lines(text: str, limit: float) -> list[str]:
    return ["".join(letter.character for letter in line) for line in wrapped(plain(text), limit)]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 5, [""]),
        ("three short words", 6, ["three short", "words"]),
        ("河湾镇茶园面积", 4, ["河湾镇茶", "园面积"]),
        ("茶园面积，增长", 4, ["茶园面", "积，增长"]),
        ("面积《年报》有", 3, ["面积", "《年", "报》有"]),
        ("unbroken", 3, ["unbro", "ken"]),
        ("the end ", 3.5, ["the end"]),
    ],
)
def test_lines_end_where_readers_expect(text: str, limit: float, expected: list[str]) -> None:
    assert lines(text, limit) == expected


@given(MIXED, st.floats(2, 20))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, limit: float) -> None:
    wrapped_lines = wrapped(plain(text), limit)
    assert all(width(line) <= limit for line in wrapped_lines)
    assert "".join("".join(line) for line in lines(text, limit)).replace(" ", "") == text.replace(" ", "")


@given(MIXED, st.floats(2, 20))
def test_a_shortened_text_fits(text: str, limit: float) -> None:
    short = shortened(text, limit)
    assert width(plain(short)) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_chinese_is_wider_than_latin_and_bold_than_plain() -> None:
    assert width(plain("镇")) > width(plain("W")) > width(plain("i"))
    assert width([Letter("a", BOLD)]) > width(plain("a"))


def test_letters_that_are_marked_alike_stay_together() -> None:
    line = [*plain("产值"), Letter("3", BOLD), Letter("亿", BOLD), *plain("。")]
    assert list(runs(line)) == [("产值", frozenset()), ("3亿", BOLD), ("。", frozenset())]
