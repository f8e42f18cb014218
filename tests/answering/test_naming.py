"""Facts named in a reader's language."""

from dataclasses import replace

import pytest

from bot.answering.answer import Language
from bot.answering.naming import label_of, period_of
from tests.support.reports.small_report import GROWTH, OUTPUT, SCHOOLS


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2021年", "2021"),
        ("2021年全年", "2021"),
        ("2023年末", "end of 2023"),
        ("2023年上半年", "first half of 2023"),
        ("2021年前三季度", "first three quarters of 2021"),
        ("2023年二季度", "second quarter of 2023"),
        ("2010年以来", "since 2010"),
        ("2022年1—11月", "January–November 2022"),
        ("2023年6月", "June 2023"),
        ("截至2021年11月底", "end of November 2021"),
        ("2022年12月31日", "31 December 2022"),
        ("2023年13月", ""),
        ("2023年“五一”假期", ""),
        ("end of 2020", "end of 2020"),
        ("January–March 2020", "January–March 2020"),
    ],
)
def test_a_period_is_said_in_english_or_left_out(period: str, said: str) -> None:
    assert period_of(replace(SCHOOLS, period=period), Language.ENGLISH) == said
    assert period_of(replace(SCHOOLS, period=period), Language.CHINESE) == period


def test_a_fact_has_the_english_of_its_file_and_else_its_chinese_label() -> None:
    assert (label_of(OUTPUT, Language.ENGLISH), label_of(GROWTH, Language.ENGLISH)) == (
        "industrial output",
        GROWTH.label,
    )
    assert period_of(GROWTH, Language.ENGLISH) == ""
