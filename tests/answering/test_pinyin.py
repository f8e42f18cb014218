from __future__ import annotations

import pytest
from any_text import TEXT
from hypothesis import given

from bot.answering.language.pinyin import fold, is_pinyin, is_typed, read_alike, readings, sounds, word_sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhang", "zan"), ("shu", "su"), ("chang", "can"), ("lü", "lv"), ("nv", "nu"), ("ying", "yin"), ("sheng", "sen")],
)
def test_the_usual_confusions_sound_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ba", "pa"), ("hua", "fa"), ("nan", "lan"), ("chaye", "guoyuan")])
def test_other_sounds_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("char", "first"), [("茶", "cha"), ("a", "a"), ("1", None), ("😀", None), ("\ud800", None)])
def test_the_readings_of_one_character(char: str, first: str | None) -> None:
    assert readings(char)[:1] == ((first,) if first else ())


def test_a_character_of_two_readings_has_both() -> None:
    assert {"zhang", "chang"} <= set(readings("长"))


@pytest.mark.parametrize("typo", ["查业", "茶业", "查叶"])
def test_homophones_sound_like_the_word(typo: str) -> None:
    assert set(sounds(typo)) & set(word_sounds("茶叶"))


def test_a_word_is_read_as_the_phrase_that_it_is() -> None:
    assert word_sounds("增长") == (fold("zengzhang"),)
    assert word_sounds("长度") == (fold("changdu"),)


@pytest.mark.parametrize("text", ["茶😀", "茶,叶", "12"])
def test_text_that_has_no_sound_is_read_in_no_way(text: str) -> None:
    assert sounds(text) == ()
    assert word_sounds(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"), [("产量", "铲量", True), ("产量", "产", False), ("总", "重", False), ("长", "常", True)]
)
def test_texts_that_are_read_alike(one: str, other: str, alike: bool) -> None:
    assert read_alike(one, other) is alike


@pytest.mark.parametrize("word", ["chaye", "diqushengchanzongzhi", "er", "ai", "lv"])
def test_pinyin(word: str) -> None:
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["", "growth", "tea2", "茶", "chayé", "gdp", "orchard", "a" * 500])
def test_no_pinyin(word: str) -> None:
    assert not is_pinyin(word)


@given(text=TEXT)
def test_any_text_sounds_in_a_few_ways_at_most(text: str) -> None:
    assert len(sounds(text)) <= 4
    assert all(sound.isascii() or not text.isascii() for sound in sounds(text))
    assert not is_pinyin(text) or text.isascii()


@given(text=TEXT)
def test_longer_text_begins_to_sound_as_a_shorter_one_does(text: str) -> None:
    assert all(fold(text).startswith(fold(text[:end])) for end in range(len(text)))
    han = "".join(char for char in text if readings(char))
    for end in range(len(han)):
        beginnings = sounds(han[:end])
        assert all(sound.startswith(beginnings) for sound in sounds(han))


def test_letters_are_those_of_a_word_or_only_sound_like_them() -> None:
    assert is_typed("zengzhang", "增长")
    assert is_typed("chaye", "茶叶")
    assert not is_typed("zengzan", "增长")
    assert not is_typed("chaye", "")
