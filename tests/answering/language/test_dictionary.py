"""English words in Chinese, by the dictionary that others keep."""

import pytest

from bot.answering.language.dictionary import chinese_names
from bot.answering.language.vocabulary import key_of
from tests.support.reports.told import Told, asked

VALLEY = Told("""霜谷 2024
rinks|滑冰馆数|6座
party|篝火晚会参加人数|800人
telescopes|望远镜销量|95台
blankets|毛毯采购支出|12万元
""").asked("""\
# English words that the vocabulary lacks find the facts of a Chinese report
telescopes: how many telescopes were sold
party: how many people came to the campfire party
rinks: number of skating rinks
blankets: how much was spent on blankets
# What no fact has stays unsaid
-: how many microscopes were sold
-: how many violins are there
""")


@pytest.mark.parametrize(
    ("name", "chinese"),
    [("blankets", "毛毯"), ("to purchase", "采购"), ("screen", "银幕"), ("telescope", "望远镜")],
)
def test_a_name_is_found_by_its_stems(name, chinese) -> None:
    assert chinese in chinese_names()[key_of(name.removeprefix("to "))].split()


def test_no_name_is_a_single_character() -> None:
    assert all(len(word) > 1 for words in chinese_names().values() for word in words.split())


@asked(VALLEY)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
