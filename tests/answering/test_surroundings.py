from __future__ import annotations

from dataclasses import replace

import pytest
from bot.answering.surroundings import surroundings
from lake_town import LEXICON, REPORT, vocabulary

from bot.answering.knowledge.model import Report, Subject
from bot.answering.vocabulary import AROUND


def names_of(word: str, *reports: Report) -> set[str]:
    """The words that name the same place around the reports' own as `word` does."""
    words = vocabulary()
    same = surroundings(reports, LEXICON, words)
    concepts = same.get(words.add([word])[0].concept, frozenset())
    return {key for key, entry in words.entries.items() if entry.concept in concepts}


@pytest.mark.parametrize("word", ["全市", "澜城", "澜城市", "Lancheng", "citywide"])
def test_the_city_of_the_report(word: str) -> None:
    assert {"全市", "澜城", "澜城市", "lancheng", "citywide"} <= names_of(word, REPORT)
    assert not names_of(word, REPORT) & {"全省", "云岭", "松州", "全国"}


@pytest.mark.parametrize("word", ["全省", "云岭"])
def test_the_province_of_the_report(word: str) -> None:
    assert {"全省", "云岭", "云岭省"} <= names_of(word, REPORT)
    assert "全市" not in names_of(word, REPORT)


@pytest.mark.parametrize("word", ["松州", "青岗", "海东"])
def test_other_places_are_not_around(word: str) -> None:
    assert names_of(word, REPORT) == set()


def test_places_around_are_marked_as_such() -> None:
    words = vocabulary()
    surroundings([REPORT], LEXICON, words)
    assert {words.entries[word].place for word in ("澜城", "全市", "云岭")} == {AROUND}
    assert words.entries["青岗"].place == "青岗"


def test_a_report_of_an_unknown_place_has_no_surroundings() -> None:
    elsewhere = replace(REPORT, subject=Subject("无名岛", "Nameless Island"))
    assert surroundings([elsewhere], LEXICON, vocabulary()) == {}


def test_reports_of_two_cities_have_both_around() -> None:
    other = replace(REPORT, subject=Subject("青岗湾区", "Qinggang Bay"))
    assert {"澜城", "青岗"} <= names_of("全市", REPORT, other)
