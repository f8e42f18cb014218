import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.payload import Copy, FactCard, FigureOfTheDay, PayloadError, Text, payload_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**60), 2**60)
PAYLOADS = st.one_of(
    st.builds(Text, TEXTS),
    st.builds(
        Copy, NUMBERS, st.lists(NUMBERS, min_size=1, max_size=10).map(tuple), st.sampled_from(["text", "caption", ""])
    ),
    st.builds(FactCard, TEXTS, st.dictionaries(TEXTS, TEXTS)),
    st.builds(FigureOfTheDay),
)
COPY = {"kind": "copy", "chat_id": 1, "messages": [1], "editable": ""}


@given(PAYLOADS)
def test_what_goes_in_comes_out(payload) -> None:
    assert payload_of(payload.to_json()) == payload


def test_the_form_in_the_database_stays_as_it_is() -> None:
    assert json.loads(Text("<b>1</b>").to_json()) == {"kind": "text", "html": "<b>1</b>"}
    assert json.loads(Copy(-5, (7, 8), "caption").to_json()) == {**COPY, "chat_id": -5, "messages": [7, 8]} | {
        "editable": "caption"
    }
    assert json.loads(FactCard("gdp", {"en": "1"}).to_json()) == {"kind": "fact", "id": "gdp", "html": {"en": "1"}}
    assert json.loads(FigureOfTheDay().to_json()) == {"kind": "figure-of-the-day"}


@pytest.mark.parametrize(
    "garbled",
    [
        "",
        "null",
        "[]",
        "{",
        '{"kind": "song"}',
        '{"html": "a"}',
        '{"kind": "text"}',
        '{"kind": "text", "html": 1}',
        '{"kind": "text", "html": "a", "colour": "red"}',
        json.dumps(COPY | {"messages": []}),
        json.dumps(COPY | {"messages": ["1"]}),
        json.dumps(COPY | {"editable": "photo"}),
        json.dumps(COPY | {"chat_id": True}),
    ],
)
def test_anything_else_is_refused_in_one_line(garbled) -> None:
    with pytest.raises(PayloadError) as raised:
        payload_of(garbled)
    assert str(raised.value).startswith("no payload of an announcement: ")
    assert "\n" not in str(raised.value)
