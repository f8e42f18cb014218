"""The English figure of a fact is the same quantity as the Chinese one."""

from __future__ import annotations

import pytest

from bot.answering.knowledge.figures import difference


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("一倍", "doubled"),
        ("1倍", "doubling"),
        ("增至2倍", "doubled"),
        ("两倍", "tripled"),
        ("3倍", "tripled"),
        ("3倍", "Quadrupled"),
        ("1.5倍", "1.5 times"),
        ("每万元0.3吨", "0.3 tonnes per 10,000 yuan"),
        ("0.3吨/万元", "0.3 tonnes per CNY 10,000"),
        ("0.3吨标准煤", "0.3 tonnes of standard coal per 10,000 yuan"),
        ("每百户38辆", "38 per 100 households"),
        ("每百户38辆", "38 cars"),
        ("每10万人12例", "12 for every 100,000 people"),
    ],
)
def test_the_same_in_both_languages(chinese: str, english: str) -> None:
    assert difference(chinese, english) == ""


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("一倍", "tripled", "'tripled' has no number but '一倍' is 1 倍"),
        ("5%", "doubled", "'doubled' has no number but '5%' is 5 %"),
        (
            "每万元0.3吨",
            "0.3 tonnes per 1,000 yuan",
            "'0.3 tonnes per 1,000 yuan' is 0.3 and 1,000 but '每万元0.3吨' is 0.3 and 10,000",
        ),
        ("每百户38辆", "83 per 100 households", "'83 per 100 households' is 83 and 100 but '每百户38辆' is 38 and 100"),
        ("0.3万元", "10,000 yuan", "'10,000 yuan' is 10,000 but '0.3万元' is 3,000"),
    ],
)
def test_another_quantity(chinese: str, english: str, expected: str) -> None:
    assert difference(chinese, english) == expected
