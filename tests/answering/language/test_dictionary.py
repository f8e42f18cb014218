"""English words in Chinese, by the dictionary that others keep."""

import pytest

from bot.answering.language.dictionary import chinese_names
from bot.answering.language.vocabulary import key_of
from tests.support.reports.told import Told, stated

VALLEY = Told("""霜谷 2024
rinks|滑冰馆数|6座
party|篝火晚会参加人数|800人
telescopes|望远镜销量|95台
blankets|毛毯采购支出|12万元
""")


@pytest.mark.parametrize(
    ("name", "chinese"),
    [("blankets", "毛毯"), ("to purchase", "采购"), ("screen", "银幕"), ("telescope", "望远镜")],
)
def test_a_name_is_found_by_its_stems(name: str, chinese: str) -> None:
    assert chinese in chinese_names()[key_of(name.removeprefix("to "))].split()


def test_no_name_is_a_single_character() -> None:
    assert all(len(word) > 1 for words in chinese_names().values() for word in words.split())


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("how many telescopes were sold", "telescopes"),
        ("how many people came to the campfire party", "party"),
        ("number of skating rinks", "rinks"),
        ("how much was spent on blankets", "blankets"),
    ],
)
def test_english_words_that_the_vocabulary_lacks_find_the_facts_of_a_chinese_report(question: str, id_: str) -> None:
    assert stated(VALLEY.last(question)) == [id_]


@pytest.mark.parametrize("question", ["how many microscopes were sold", "how many violins are there"])
def test_what_no_fact_has_stays_unsaid(question: str) -> None:
    assert stated(VALLEY.last(question)) == []
