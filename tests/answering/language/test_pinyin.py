import pytest
from hypothesis import given

from bot.answering.language.pinyin import fold, sounds, syllables
from tests.support.any_text import TEXT


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhang", "zan"), ("shu", "su"), ("chang", "can"), ("lü", "lv"), ("nv", "nu"), ("ying", "yin"), ("sheng", "sen")],
)
def test_the_usual_confusions_sound_alike(one, other) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ba", "pa"), ("hua", "fa"), ("nan", "lan"), ("chaye", "guoyuan")])
def test_other_sounds_stay_apart(one, other) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("typo", ["查业", "茶业", "查叶"])
def test_homophones_sound_like_the_word(typo) -> None:
    assert sounds(typo) == sounds("茶叶") != ()


def test_a_character_is_read_as_in_its_word() -> None:
    assert sounds("增长")[1] == fold("zhang")
    assert sounds("长度")[0] == fold("chang")


@pytest.mark.parametrize("read", "cha ye|xian|fang an|er|sheng chan zong zhi".split("|"))
def test_pinyin_is_cut_into_as_few_syllables_as_possible(read) -> None:
    word = read.replace(" ", "")
    assert len(syllables(word)) == len(read.split())
    assert "".join(syllables(word)) == word


def test_an_apostrophe_parts_two_syllables() -> None:
    assert syllables("xi'an") == ("xi", "an")
    assert syllables("don't") == syllables("'") == ()


@pytest.mark.parametrize("word", ["", "growth", "tea2", "茶", "chayé", "gdp", "orchard", "a" * 500])
def test_no_pinyin(word) -> None:
    assert syllables(word) == ()


@given(text=TEXT)
def test_any_text_sounds_a_syllable_a_character(text) -> None:
    assert len(sounds(text)) == len(text)
    assert "".join(syllables(text)) in ("", text.replace("'", ""))
