import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.language.normalize import MAX_LENGTH, normalize, normalize_all, spelled_out
from tests.support.any_text import TEXT


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＧＤＰ", "gdp"),
        ("１２３．４％", "123.4%"),
        ("茶叶，（企业）？！：；～", "茶叶,(企业)?!:;~"),
        ("Ｃａｆｅ\u0301", "cafe"),
        ("茶葉企業數量", "茶叶企业数量"),
        ("地區生產總值", "地区生产总值"),
        ("茶\u200b叶\u200d\ufeff", "茶叶"),
        ("茶\u00ad叶\u2060", "茶叶"),
        ("\u202e茶叶\u202c\u200f", "茶叶"),
        ("茶\ud800叶\udfff", "茶叶"),
        ("茶\U000e0001叶\ue000", "茶叶"),
        ("茶\x07叶\x00", "茶 叶"),
        ("茶叶\n企业\r\n数量", "茶叶 企业 数量"),
        ("\t\u3000Tea\u00a0 \u2003companies ", "tea companies"),
        ("Straße", "strasse"),
        ("2021 年有 5 716 座 5G 基站，占 3% 以上", "2021年有5716座5g基站,占3%以上"),
        ("2 to 3 towns, 1 900 years", "2 to 3 towns, 1900 years"),
        ("多少啊啊啊啊啊啊啊？？？？？？", "多少啊啊啊???"),
        ("", ""),
        (" \u200b\n", ""),
    ],
)
def test_the_form_in_which_text_is_compared(written, read) -> None:
    assert normalize(written) == read


def test_a_verb_and_its_object_are_one_word_whatever_stands_between() -> None:
    assert spelled_out("一年看几回病") == "一年看病几回"
    assert spelled_out("要跑几趟医院") == "要跑医院几趟"


@pytest.mark.parametrize("number", ["10000000", "1111.11", "66666666亿元"])
def test_repeated_digits_are_a_number(number) -> None:
    assert normalize(number) == number


def test_simplified_words_stay_as_they_are() -> None:
    assert normalize("新增企业里面的着力点") == "新增企业里面的着力点"


@pytest.mark.parametrize("length", [MAX_LENGTH, MAX_LENGTH + 1, 4096, 100_000])
def test_a_long_text_is_read_at_both_ends(length) -> None:
    text = "茶叶企业" + "甲乙" * length + "果园面积"
    read = normalize(text)
    assert len(read) <= MAX_LENGTH
    assert read.startswith("茶叶企业")
    assert read.endswith("果园面积")


@given(text=TEXT, times=st.integers(1, 5000))
def test_the_length_is_bounded(text, times) -> None:
    assert len(normalize(text * times)) <= MAX_LENGTH


@given(text=TEXT)
def test_what_is_normal_stays_as_it_is(text) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(text=TEXT)
def test_nothing_unseen_is_left(text) -> None:
    assert not {unicodedata.category(char) for char in normalize(text)} & {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"}


@given(texts=st.lists(TEXT, min_size=1, max_size=5))
@example(texts=["\x1f", "^"])
@example(texts=["😂", "★"])
def test_many_texts_are_read_as_each_alone(texts) -> None:
    assert normalize_all(texts) == [normalize_all([text])[0] for text in texts]


@pytest.mark.parametrize("text", ["ＧＤＰ增速", "茶葉\n企業", "Tea\u200b companies"])
def test_keywords_and_questions_come_to_the_same(text) -> None:
    assert normalize_all([text, text]) == [normalize(text)] * 2
