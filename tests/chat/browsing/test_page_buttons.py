from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_report import OUTPUT

from bot.answering.answer import Language
from bot.chat.browsing.contents import Section
from bot.chat.browsing.page_buttons import TURNS, Place, Turn
from bot.chat.buttons import Effect, Press, key_of

TITLES = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(exclude_categories=["C"]))


@given(st.sampled_from([Place.TOPICS, Place.SECTION]), st.sampled_from(Language), KEYS, st.integers(0, 9999))
def test_a_turn_of_several_pages_is_read_as_it_was_written(
    place: Place, language: Language, key: str, page: int
) -> None:
    turn = Turn(place, language, key, page)
    assert Turn.read(turn.data) == turn


@given(st.sampled_from([Place.FACT, Place.RANDOM]), st.sampled_from(Language), KEYS)
def test_a_turn_to_a_fact_is_read_as_it_was_written(place: Place, language: Language, key: str) -> None:
    turn = Turn(place, language, key)
    assert Turn.read(turn.data) == turn
    assert TURNS.match(turn.data)


@given(st.text())
def test_any_data_is_read_or_declined(data: str) -> None:
    turn = Turn.read(data)
    assert turn is None or turn.place in Place


@pytest.mark.parametrize("data", ["", "t", "t:zh", "t:zh:x:", "t:zh:-1:", "s:zh:٣:k", "s:zh:10000:k", "t:fr:0:", "d:"])
def test_data_of_no_turn(data: str) -> None:
    assert Turn.read(data) is None


def test_presses_of_other_buttons_are_left_to_others() -> None:
    assert not any(TURNS.match(Press(effect, Language.CHINESE, "output").data) for effect in Effect)
    assert not TURNS.match("vu0::output")
    assert all(re.match(TURNS, Turn(place, Language.CHINESE, "x").data) for place in Place)


@given(st.sampled_from(Language), TITLES, TITLES)
def test_telegram_takes_the_data_of_any_turn(language: Language, title: str, id_: str) -> None:
    section = Section(OUTPUT.report, title, (OUTPUT,))
    fact = replace(OUTPUT, id=id_)
    turns = [Turn(Place.SECTION, language, section.key, 9999), Turn(Place.FACT, language, key_of(fact))]
    assert all(len(turn.data.encode()) <= 64 for turn in turns)
