from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browsed_reports import AREA, TRADE
from small_report import OUTPUT, SCHOOLS

from bot.chat.browsing.sharing import PAYLOAD, Sharing, key_in, keys_in, payload, query
from bot.chat.texts import Locale


def sharing(*, inline: bool) -> Sharing:
    bot: Any = SimpleNamespace(username="shushuo_test_bot", supports_inline_queries=inline)
    return Sharing(bot)


def test_a_link_names_its_fact() -> None:
    assert payload(AREA) == "fact-tea-area"
    assert key_in("fact-tea-area") == "tea-area"
    assert sharing(inline=True).link(AREA) == "https://t.me/shushuo_test_bot?start=fact-tea-area"


@pytest.mark.parametrize("given", ["", "fact", "tea-area", "inline"])
def test_other_payloads_name_none(given: str) -> None:
    assert key_in(given) is None


@pytest.mark.parametrize("text", ["/start fact-gdp", "/start@shushuo_bot  fact-gdp"])
def test_the_message_of_a_link(text: str) -> None:
    assert PAYLOAD.search(text)


@pytest.mark.parametrize("text", ["/start", "/start inline", "/start a fact-gdp", "start fact-gdp"])
def test_messages_of_no_link(text: str) -> None:
    assert not PAYLOAD.search(text)


def test_a_shared_query_is_read_as_it_was_written() -> None:
    assert query([AREA, SCHOOLS]) == "#tea-area #schools"
    assert keys_in("#tea-area  #schools ") == ["tea-area", "schools"]
    assert keys_in(query(TRADE)) == [fact.id for fact in TRADE]


@pytest.mark.parametrize("typed", ["", "tea-area", "#", "#tea area", "#茶园"])
def test_what_people_type_names_no_fact(typed: str) -> None:
    assert keys_in(typed) == []


def test_a_query_has_the_facts_that_fit_and_no_part_of_one() -> None:
    facts = [replace(OUTPUT, id=f"{number:02}" * 20) for number in range(12)]
    written = query(facts)
    assert len(written) <= 256
    assert keys_in(written) == [fact.id for fact in facts[:6]]


def test_the_button_opens_inline_mode() -> None:
    button = sharing(inline=True).button([AREA, SCHOOLS], Locale.SIMPLIFIED)
    assert (button.text, button.switch_inline_query) == ("转发", "#tea-area #schools")


def test_without_inline_mode_the_button_shares_a_link() -> None:
    button = sharing(inline=False).button([AREA, SCHOOLS], Locale.ENGLISH)
    assert button.url
    shared = parse_qs(urlsplit(button.url).query)
    assert shared == {
        "url": ["https://t.me/shushuo_test_bot?start=fact-tea-area"],
        "text": ["tea gardens: 20,000 hectares"],
    }
