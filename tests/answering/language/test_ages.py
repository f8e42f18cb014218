"""Age groups: every way to name one comes to one spelling."""

import pytest

from bot.answering.language.ages import age_groups, is_age_group
from tests.support.wordings import assert_read, pairs


def test_an_age_group_has_one_spelling() -> None:
    table = """\
        60岁及以上: 60岁及以上人口|六十岁往上的人|who are 60 or older
        65岁及以上: 年满65周岁|people aged 65 and over
        80岁及以上: people over 80
        5岁及以下: 5岁以下儿童|children under 5
        3岁及以下: 不满三岁的孩子
        0-14岁: 0—14岁人口
        90后: 90后的新生|九零后
        15-59岁: 十五到五十九岁|aged 15 to 59"""
    assert_read(table, lambda text: ", ".join(group.name for group in age_groups(text)))
    assert all(is_age_group(name) for name, _ in pairs(table))


@pytest.mark.parametrize(
    "text", ["平均预期寿命78.2岁", "增长60%以上", "over 60 firms", "1.5亿元以上", "第三产业", "100后", "2090后"]
)
def test_other_numbers_are_no_age_groups(text) -> None:
    assert not list(age_groups(text))
