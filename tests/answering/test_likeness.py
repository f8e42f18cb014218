"""Mistyped words are found by what they sound and look like."""

from __future__ import annotations

import pytest
from any_text import TEXT
from hypothesis import given
from lake_town import vocabulary

from bot.answering.language.english import stem
from bot.answering.language.pinyin import fold

WORDS = vocabulary()
LIKENESS = WORDS.likeness


@pytest.mark.parametrize("typo", ["地区生总产值", "地区生产总植", "地区生产值", "地区生产总总值"])
def test_one_edit_away(typo: str) -> None:
    assert "地区生产总值" in {found.key for found in LIKENESS.spelled_like(typo)}


@pytest.mark.parametrize("typo", ["财政收人", "地区总生总值", "去午", "房", "", "多" * 100])
def test_more_edits_and_matters_that_refuse_an_answer_are_not_guessed(typo: str) -> None:
    assert LIKENESS.spelled_like(typo) == []


def test_words_by_their_sound() -> None:
    assert {found.key for found in LIKENESS.sounding(fold("zengzhang"))} == {"增长"}
    assert LIKENESS.sounding("zzz") == []


def test_how_words_begin_to_sound() -> None:
    sound = fold("zengzhang")
    assert all(LIKENESS.begins_a_sound(sound[:end]) for end in range(len(sound) + 1))
    assert not LIKENESS.begins_a_sound("zzz")
    assert not LIKENESS.begins_a_sound(sound + "zzz")


def test_longer_words_that_hold_a_piece() -> None:
    found = {known.key: likeness for known, likeness in LIKENESS.containing("区生产")}
    assert set(found) == {"地区生产总值"}
    assert 0 < found["地区生产总值"] <= 1
    assert LIKENESS.containing("渡口") == []


@pytest.mark.parametrize(("typo", "meant"), [("orchrad", "orchard"), ("visitro", "visitor")])
def test_english_words_mistyped(typo: str, meant: str) -> None:
    found = LIKENESS.english_like(typo)
    assert found is not None
    assert LIKENESS.is_english(found[0])
    assert found[0].startswith(meant)


@pytest.mark.parametrize("word", ["tae", "zzzzzz", "", "bicycle"])
def test_short_and_strange_english_words_are_not_guessed(word: str) -> None:
    assert LIKENESS.english_like(word) is None


@pytest.mark.parametrize(("word", "known"), [("visitors", True), ("companies", True), ("bicycle", False)])
def test_english_is_known_in_any_inflection(word: str, known: bool) -> None:
    assert LIKENESS.is_english(word) is known


def test_preparing_changes_no_answer() -> None:
    prepared, fresh = vocabulary().likeness, vocabulary().likeness
    prepared.prepare()
    for typo in ("地区生总产值", "区生产", "orchrad"):
        assert [e.key for e in prepared.spelled_like(typo)] == [e.key for e in fresh.spelled_like(typo)]
        assert [e.key for e, _ in prepared.containing(typo)] == [e.key for e, _ in fresh.containing(typo)]
        assert prepared.english_like(typo) == fresh.english_like(typo)


@given(text=TEXT)
def test_any_text_is_like_a_few_words_at_most(text: str) -> None:
    for found in (LIKENESS.spelled_like(text), LIKENESS.sounding(text), LIKENESS.containing(text)):
        assert len(found) < 20
    meant = LIKENESS.english_like(text)
    assert meant is None or meant[1] == stem(meant[0]) or meant[0] == meant[1]
