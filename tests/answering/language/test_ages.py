"""Age groups: every way to name one comes to one spelling."""

import pytest

from bot.answering.language.ages import age_groups, is_age_group


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("60岁及以上人口", "60岁及以上"),
        ("六十岁往上的人", "60岁及以上"),
        ("年满65周岁", "65岁及以上"),
        ("people aged 65 and over", "65岁及以上"),
        ("who are 60 or older", "60岁及以上"),
        ("people over 80", "80岁及以上"),
        ("5岁以下儿童", "5岁及以下"),
        ("不满三岁的孩子", "3岁及以下"),
        ("children under 5", "5岁及以下"),
        ("0—14岁人口", "0-14岁"),
        ("十五到五十九岁", "15-59岁"),
        ("aged 15 to 59", "15-59岁"),
    ],
)
def test_an_age_group_has_one_spelling(text: str, name: str) -> None:
    assert [group.name for group in age_groups(text)] == [name]
    assert is_age_group(name)


@pytest.mark.parametrize("text", ["平均预期寿命78.2岁", "增长60%以上", "over 60 firms", "1.5亿元以上", "第三产业"])
def test_other_numbers_are_no_age_groups(text: str) -> None:
    assert not list(age_groups(text))
