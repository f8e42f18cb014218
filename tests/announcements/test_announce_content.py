"""What is announced: cut out behind /announce with its formatting, whatever letters come before and in it, and kept."""

import json
from datetime import UTC, datetime
from unittest.mock import AsyncMock, Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.announcements.content import (
    Copy,
    FactCard,
    FigureOfTheDay,
    PayloadError,
    Text,
    behind_command,
    payload_of,
    wanted,
)
from bot.chat.rendering import units
from bot.chat.texts import RequestError
from bot.storage.announcements import AlbumItem
from tests.support.bots.running_bot import edition
from tests.support.storage.no_memory import NoMemory

pytestmark = pytest.mark.asyncio

PLACE = Chat(7, "private")
PLAIN = st.characters(exclude_categories=["Cs", "Cc"])


def written(text: str, *entities: MessageEntity, command: str = "/announce", **fields: object) -> Message:
    given = [MessageEntity("bot_command", 0, len(command)), *entities]
    return Message(5, datetime.now(UTC), PLACE, text=text, entities=given, **fields)


@given(st.text(PLAIN), st.text(PLAIN, min_size=1), st.text(PLAIN), st.sampled_from([" ", "\n", "  "]))
async def test_a_marked_stretch_stays_marked(before, marked, after, gap) -> None:
    head = f"/announce{gap}{before}"
    message = written(f"{head}{marked}{after}", MessageEntity("bold", units(head), units(marked)))
    text, entities = behind_command(message)
    assert text == f"{before}{marked}{after}".strip()
    stretches = [
        text.encode("utf-16-le")[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in entities
    ]
    # What is cut at the ends is cut of it too.
    assert all(stretch and stretch in marked for stretch in stretches)
    if marked.strip() == marked:
        assert stretches == [marked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((f"/announce {text}", text) for text in ("Tea", "fact checking is fun", "facts", "Tea? Yes")),
        ("/announce fact output", "output"),
        ("/announce Fact OUTPUT", "output"),
        ("/announce ? 产值", "output"),
        ("/announce ？产值", "output"),
        ("/announce ? 增速", "announce-choices"),
        ("/announce ? 产值和小学", "announce-choices"),
        ("/announce ? 房价", "announce-no-answer"),
        ("/announce fact outputs", "announce-no-fact"),
    ],
)
async def test_texts_facts_and_questions(text, expected) -> None:
    wish = wanted(written(text), edition(), NoMemory().albums)
    if expected.startswith("announce-"):
        with pytest.raises(RequestError) as error:
            await wish
        assert error.value.key == expected
        return
    match await wish:
        case Text(html=found) | FactCard(id=found):
            assert found == expected
        case other:
            pytest.fail(f"{other}")


@pytest.mark.parametrize(("captioned", "editable"), [(True, "caption"), (False, "")])
async def test_an_album_is_all_its_messages(captioned, editable) -> None:
    albums = Mock(items=AsyncMock(return_value=[AlbumItem(3, captioned), AlbumItem(4, captioned=False)]))
    part = Message(4, datetime.now(UTC), PLACE, media_group_id="A")
    content = await wanted(written("/announce", reply_to_message=part), edition(), albums)
    assert content == Copy(7, (3, 4), editable)
    # Its last message has come after the rest was forgotten, or is not known yet.
    other = Message(9, datetime.now(UTC), PLACE, media_group_id="A")
    with pytest.raises(RequestError, match="Not all parts of this album"):
        await wanted(written("/announce", reply_to_message=other), edition(), albums)


async def test_nothing_is_named() -> None:
    with pytest.raises(RequestError, match="/announce fact"):
        await wanted(written("/announce"), edition(), NoMemory().albums)


# ---- as it is kept in the database

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
async def test_what_goes_in_comes_out(payload) -> None:
    assert payload_of(payload.to_json()) == payload


async def test_the_form_in_the_database_stays_as_it_is() -> None:
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
async def test_anything_else_is_refused_in_one_line(garbled) -> None:
    with pytest.raises(PayloadError) as raised:
        payload_of(garbled)
    assert str(raised.value).startswith("no payload of an announcement: ")
    assert "\n" not in str(raised.value)
