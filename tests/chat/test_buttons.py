from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.chat.buttons import choices, key_in, key_of, keys_in, link, query, questions, share_button
from bot.chat.texts import Locale
from bot.rehearsal.telegram_server.content.keyboards import parse_markup
from tests.support.reports.browsed_reports import AREA, TRADE
from tests.support.reports.small_report import GROWTH, OUTPUT, SCHOOLS

NAMED = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


def texts(keyboard: InlineKeyboardMarkup) -> list[str]:
    return [button.text for row in keyboard.inline_keyboard for button in row]


@given(st.lists(NAMED, min_size=1, max_size=6, unique=True), NAMED, st.none() | NAMED, st.sampled_from(Locale))
def test_telegram_takes_the_buttons_of_any_facts(ids, label, period, locale) -> None:
    facts = [replace(OUTPUT, id=id_ * 40, label=label * 40, period=period, figure=label) for id_ in ids]
    asked = questions({f"{number}{label}": fact for number, fact in enumerate(facts)}, locale)
    assert asked
    for keyboard in (choices(facts, locale), asked):
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


# ---- passed on


def bot(*, inline: bool):
    return SimpleNamespace(username="shushuo_test_bot", supports_inline_queries=inline)


def test_a_link_names_its_fact() -> None:
    assert link(AREA, bot(inline=True)) == "https://t.me/shushuo_test_bot?start=fact-tea-area"
    assert key_in("fact-tea-area") == "tea-area"
    assert [key_in(payload) for payload in ("", "fact", "tea-area", "inline")] == [None] * 4


def test_a_shared_query_is_read_as_it_was_written() -> None:
    assert query([AREA, SCHOOLS]) == "#tea-area #schools"
    assert keys_in("#tea-area  #schools ") == ["tea-area", "schools"]
    assert keys_in(query(TRADE)) == [fact.id for fact in TRADE]
    assert [keys_in(typed) for typed in ("", "tea-area", "#", "#tea area", "#茶园")] == [[]] * 5


def test_a_query_has_the_facts_that_fit_and_no_part_of_one() -> None:
    facts = [replace(OUTPUT, id=f"{number:02}" * 20) for number in range(12)]
    written = query(facts)
    assert len(written) <= 256
    assert keys_in(written) == [fact.id for fact in facts[:6]]


def test_sharing_opens_inline_mode_or_shares_a_link_where_that_is_off() -> None:
    button = share_button([AREA, SCHOOLS], Locale.SIMPLIFIED, bot(inline=True))
    assert (button.text, button.switch_inline_query) == ("转发", "#tea-area #schools")
    url = share_button([AREA, SCHOOLS], Locale.ENGLISH, bot(inline=False)).url
    assert parse_qs(urlsplit(url).query) == {
        "url": ["https://t.me/shushuo_test_bot?start=fact-tea-area"],
        "text": ["tea gardens: 20,000 hectares"],
    }
