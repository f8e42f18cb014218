from __future__ import annotations

import pytest
from bot.answering.entries import Entry
from lake_town import vocabulary

WORDS = vocabulary()


def entry(word: str) -> Entry:
    return WORDS.entries[word]


def test_synonyms_mean_the_same_and_other_words_do_not() -> None:
    assert entry("增速").concept == entry("涨").concept == entry("growth").concept
    assert entry("增速").concept != entry("同比").concept


@pytest.mark.parametrize(
    ("word", "field", "value"),
    [
        ("请问", "filler", True),
        ("和", "joins", True),
        ("全区", "here", True),
        ("房价", "topic", True),
        ("分别", "asks", ("each",)),
        ("亩", "unit", "area"),
        ("去年", "period", "last_year"),
        ("青岗", "place", "青岗"),
        ("青岗市", "place", "青岗"),
        ("云岭省", "place", "云岭"),
        ("全市", "place", "city"),
    ],
)
def test_what_the_lexicon_says_of_a_word(word: str, field: str, value: object) -> None:
    assert getattr(entry(word), field) == value


@pytest.mark.parametrize("word", ["请问", "和", "全区", "分别", "去年", "亩"])
def test_words_that_do_not_say_which_fact_is_meant(word: str) -> None:
    assert not entry(word).content


@pytest.mark.parametrize("word", ["增速", "房价", "青岗", "全市"])
def test_words_that_say_which_fact_is_meant(word: str) -> None:
    assert entry(word).content


def test_a_place_and_its_longer_name_mean_the_same() -> None:
    assert entry("松州").concept == entry("松州市").concept != entry("青岗").concept


def test_without_english_only_abbreviations_are_known_in_latin_letters() -> None:
    known = {key for key in vocabulary(english=False).entries if key.isascii() and key.isalpha()}
    assert known == {"gdp"}
    assert {"growth", "the"} <= WORDS.entries.keys()


def test_words_that_are_added() -> None:
    words = vocabulary()
    assert words.add(["ＧＤＰ"])[0].concept == words.entries["gdp"].concept
    (new,) = words.add(["渡口"])
    assert new.content
    assert words.add_text("渡口") is new
    words.add_subject(["湖边"], "lake")
    words.add_subject(["湖边", "河边"], "river")
    assert words.entries["湖边"].subjects == {"lake", "river"}
    assert words.entries["河边"].subjects == {"river"}


def test_a_mark_is_one_concept_and_no_word() -> None:
    words = vocabulary()
    mark = words.mark("2019")
    assert words.mark("2019") == mark != words.mark("2020")
    assert words.marks == {"2019": mark, "2020": words.mark("2020")}
    assert mark not in {found.concept for found in words.entries.values()}
