from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_report import GROWTH, OUTPUT
from telegram_server.keyboards import parse_markup

from bot.chat.buttons import choices, examples, key_of, question
from bot.chat.texts import Locale

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.answering.knowledge.model import Fact

NAMED = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


def texts(keyboard: InlineKeyboardMarkup) -> list[str]:
    return [button.text for row in keyboard.inline_keyboard for button in row]


@given(st.lists(NAMED, min_size=1, max_size=6, unique=True), NAMED, st.none() | NAMED, st.sampled_from(Locale))
def test_telegram_takes_the_buttons_of_any_facts(
    ids: list[str], label: str, period: str | None, locale: Locale
) -> None:
    facts = [replace(OUTPUT, id=id_ * 40, label=label * 40, period=period, figure=label) for id_ in ids]
    for keyboard in (choices(facts, locale), examples(facts, locale)):
        rows = parse_markup(keyboard.to_dict()).buttons
        assert [len(row) for row in rows] == [1] * len(facts)
        assert len({row[0].data for row in rows}) == len(facts)


def test_an_id_without_room_is_hashed() -> None:
    assert key_of(OUTPUT) == "output"
    keys = {key_of(replace(OUTPUT, id="很长的编号" * 10 + end)) for end in "ab"}
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)


def test_a_choice_names_the_fact_and_its_period() -> None:
    assert texts(choices([OUTPUT, GROWTH], Locale.SIMPLIFIED)) == ["工业产值 · 2021年前三季度", "茶叶销量增速"]
    assert texts(choices([OUTPUT], Locale.ENGLISH)) == ["industrial output · first three quarter…"]


@pytest.mark.parametrize(
    ("fact", "locale", "expected"),
    [
        (OUTPUT, Locale.SIMPLIFIED, "工业产值是多少？"),
        (OUTPUT, Locale.ENGLISH, "industrial output: how much?"),
        (replace(OUTPUT, label="最大的湖", figure="镜湖"), Locale.SIMPLIFIED, "最大的湖是什么？"),
    ],
)
def test_questions(fact: Fact, locale: Locale, expected: str) -> None:
    assert question(fact, locale) == expected
