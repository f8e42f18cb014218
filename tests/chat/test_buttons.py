"""Buttons: what stands on them, and what they carry."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, ClassVar, get_origin, get_type_hints
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Language
from bot.chat.admin.asked_questions import TeachButton, TeachStep, UnansweredFileButton, UnansweredPageButton
from bot.chat.admin.documents import Decision, DocumentButton
from bot.chat.browsing import ListButton, ListKind
from bot.chat.buttons import (
    MOST_BYTES,
    CallbackData,
    FactButton,
    Placement,
    choices,
    key_in,
    key_of,
    keys_in,
    link,
    query,
    questions,
    share_button,
)
from bot.chat.charts import ChartButton
from bot.chat.questions import Sign, VoteButton
from bot.chat.subscriptions import SubscribeButton
from bot.chat.texts import Locale
from bot.rehearsal.telegram_server.content import parse_keyboard
from tests.support.reports.browsed_reports import AREA, TRADE
from tests.support.reports.small_report import GROWTH, OUTPUT, SCHOOLS

NAMED = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


def texts(keyboard) -> list[str]:
    return [button.text for row in keyboard.inline_keyboard for button in row]


@given(st.lists(NAMED, min_size=1, max_size=6, unique=True), NAMED, st.none() | NAMED, st.sampled_from(Locale))
def test_telegram_takes_the_buttons_of_any_facts(ids, label, period, locale) -> None:
    facts = [replace(OUTPUT, id=id_ * 40, label=label * 40, period=period, figure=label) for id_ in ids]
    asked = questions({f"{number}{label}": fact for number, fact in enumerate(facts)}, locale)
    assert asked
    for keyboard in (choices(facts, locale), asked):
        rows = parse_keyboard(keyboard.to_dict())
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


# ---- what they carry: within Telegram's limit, and read again, also as earlier versions wrote it

CHINESE, ENGLISH = Language.CHINESE, Language.ENGLISH
KINDS = [kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("bot.chat.")]
# Buttons with these stand in chats.
IN_CHATS: dict[str, CallbackData] = {
    "f:zh:gdp": FactButton(Placement.IN_PLACE, CHINESE, "gdp"),
    "n:en:gdp": FactButton(Placement.BELOW, ENGLISH, "gdp"),
    "t:zh:0:": ListButton(ListKind.SECTIONS, CHINESE, 0),
    "s:en:12:0123456789abcdef": ListButton(ListKind.FACTS, ENGLISH, 12, "0123456789abcdef"),
    "d:zh:gdp": FactButton(Placement.PAGE, CHINESE, "gdp"),
    "r:zh:gdp": FactButton(Placement.RANDOM_PAGE, CHINESE, "gdp"),
    "vu0:0123456789abcdef:gdp growth": VoteButton(Sign.UP, "0123456789abcdef", "gdp growth"),
    "vd0::gdp": VoteButton(Sign.DOWN, "", "gdp"),
    "chart:zh:c0mpAr3-bl_eABCD": ChartButton(CHINESE, "c0mpAr3-bl_eABCD"),
    "sub:on": SubscribeButton(),
    "doc:a:0123456789abcdef:0f": DocumentButton(Decision.APPLY, "0123456789abcdef", "0f"),
    "doc:d:0123456789abcdef:0f": DocumentButton(Decision.DROP, "0123456789abcdef", "0f"),
    "desk-unanswered:7:10": UnansweredPageButton(7, 10),
    "desk-csv:7": UnansweredFileButton(7),
    "tf:0123456789abcdef:gdp": TeachButton(TeachStep.FACT, "0123456789abcdef", "gdp"),
    "to:0123456789abcdef:": TeachButton(TeachStep.OPEN, "0123456789abcdef"),
    "tw:0123456789abcdef:": TeachButton(TeachStep.SEARCH, "0123456789abcdef"),
    "ta:0123456789abcdef:": TeachButton(TeachStep.ASIDE, "0123456789abcdef"),
    "tr:0123456789abcdef:": TeachButton(TeachStep.RELIST, "0123456789abcdef"),
}


def read(data: object) -> list[CallbackData]:
    """What each kind of button makes of it."""
    return [found for kind in KINDS if (found := kind.unpack(data))]


@pytest.mark.parametrize(("data", "button"), IN_CHATS.items())
def test_a_button_is_written_as_ever_and_read_by_its_own_kind_alone(data, button) -> None:
    assert button.pack() == data
    assert read(data) == [button]


@pytest.mark.parametrize(("data", "sign"), [("vuu::gdp", Sign.UP), ("vud::gdp", Sign.UP), ("vdu::gdp", Sign.DOWN)])
def test_the_first_version_wrote_the_earlier_vote_too(data, sign) -> None:
    assert read(data) == [VoteButton(sign, "", "gdp")]


OF_NO_BUTTON = """
    f f:zh x:zh:output f:fr:output t:zh t:zh:x: t:zh:-1: s:zh:٣:k d: vu0 vu0: vux::a v00::a vu::a vu0x::a
    doc: doc:a doc:x:0:0 desk-csv: desk-csv:-1 desk-csv:٧ desk-csv:9999999999999999999 desk-unanswered:7
"""


@pytest.mark.parametrize("data", [*OF_NO_BUTTON.split(), "", "desk-csv:7 ", None, 7])
def test_data_of_no_button(data) -> None:
    assert read(data) == []


@given(st.sampled_from(KINDS), st.data())
def test_whatever_is_written_is_read_again(kind, data) -> None:
    values: dict[str, Any] = {}
    for name, type_ in get_type_hints(kind).items():
        if get_origin(type_) is ClassVar:
            continue
        of_type = {str: st.text("abc-", max_size=8), int: st.integers(0, 10**18 - 1)}
        values[name] = data.draw(of_type[type_] if type_ in of_type else st.sampled_from(list(type_)))
    button = kind(**values)
    assert kind.unpack(button.pack()) == button


def test_more_than_telegram_takes_is_refused() -> None:
    assert len(FactButton(Placement.BELOW, CHINESE, "很" * 19 + "ab").pack().encode()) == MOST_BYTES
    with pytest.raises(ValueError, match="64 bytes"):
        FactButton(Placement.BELOW, CHINESE, "很" * 19 + "abc").pack()


@given(
    st.sampled_from(Sign), st.text("0123456789abcdef", max_size=16), st.lists(st.text("abc-", min_size=1), min_size=1)
)
def test_a_vote_has_as_many_facts_as_there_is_room_for(sign, question, keys) -> None:
    keys = [key[:40] for key in keys]
    button = VoteButton.of(sign, question, keys)
    kept = button.keys.split(" ")
    assert kept == keys[: len(kept)]
    assert kept == keys or len(f"{button.pack()} {keys[len(kept)]}") > MOST_BYTES
