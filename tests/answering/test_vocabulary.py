from __future__ import annotations

import pytest
from any_text import TEXT
from hypothesis import given, settings
from lake_town import vocabulary

from bot.answering.pinyin import fold
from bot.answering.vocabulary import Entry

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


@pytest.mark.parametrize("typo", ["地区生总产值", "地区生产总植", "地区生产值", "地区生产总总值"])
def test_one_edit_away(typo: str) -> None:
    assert "地区生产总值" in {found.key for found in WORDS.spelled_like(typo)}


@pytest.mark.parametrize("typo", ["财政收人", "地区总生总值", "去午", "房", "", "多" * 100])
def test_more_edits_and_matters_that_refuse_an_answer_are_not_guessed(typo: str) -> None:
    assert WORDS.spelled_like(typo) == []


def test_words_by_their_sound() -> None:
    assert {found.key for found in WORDS.sounding(fold("zengzhang"))} == {"增长"}
    assert WORDS.sounding("zzz") == []


def test_longer_words_that_hold_a_piece() -> None:
    found = {known.key: likeness for known, likeness in WORDS.containing("区生产")}
    assert set(found) == {"地区生产总值"}
    assert 0 < found["地区生产总值"] <= 1
    assert WORDS.containing("渡口") == []


@pytest.mark.parametrize(("typo", "meant"), [("orchrad", "orchard"), ("visitro", "visitor")])
def test_english_words_mistyped(typo: str, meant: str) -> None:
    found = WORDS.english_like(typo)
    assert found is not None
    assert WORDS.is_english(found[0])
    assert found[0].startswith(meant)


@pytest.mark.parametrize("word", ["tae", "zzzzzz", "", "bicycle"])
def test_short_and_strange_english_words_are_not_guessed(word: str) -> None:
    assert WORDS.english_like(word) is None


@pytest.mark.parametrize(("word", "known"), [("visitors", True), ("companies", True), ("bicycle", False)])
def test_english_is_known_in_any_inflection(word: str, known: bool) -> None:
    assert WORDS.is_english(word) is known


def test_preparing_changes_no_answer() -> None:
    prepared, fresh = vocabulary(), vocabulary()
    prepared.prepare()
    for typo in ("地区生总产值", "区生产", "orchrad"):
        assert [e.key for e in prepared.spelled_like(typo)] == [e.key for e in fresh.spelled_like(typo)]
        assert [e.key for e, _ in prepared.containing(typo)] == [e.key for e, _ in fresh.containing(typo)]
        assert prepared.english_like(typo) == fresh.english_like(typo)


@settings(deadline=None)
@given(text=TEXT)
def test_any_text_is_like_a_few_words_at_most(text: str) -> None:
    for found in (WORDS.spelled_like(text), WORDS.sounding(text), WORDS.containing(text)):
        assert len(found) < 20
    assert WORDS.english_like(text) is None or WORDS.is_english(WORDS.english_like(text) or "")
