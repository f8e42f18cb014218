"""Messages of every kind over HTTP: copied, given other captions, pinned, and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from telegram_server import Person, TelegramServer
from telegram_server.media import CAPTIONED, KINDS

if TYPE_CHECKING:
    from telegram_server.conftest import Client

pytestmark = pytest.mark.asyncio


async def started(server: TelegramServer) -> Person:
    person = server.user()
    await person.send("/start")
    return person


@pytest.mark.parametrize("kind", KINDS)
async def test_a_copy_looks_the_same(server: TelegramServer, client: Client, kind: str) -> None:
    person, group = await started(server), server.group()
    caption = "Tea" if kind in CAPTIONED else ""
    original = await person.send_media(kind, caption=caption)
    await client.result("copyMessage", chat_id=group.id, from_chat_id=person.id, message_id=original.message_id)
    copy = await group.next_message()
    assert (copy.text, copy.fields) == (caption, original.fields)


async def test_an_album_is_copied_as_another_album(server: TelegramServer, client: Client) -> None:
    person, group = await started(server), server.group()
    originals = [await person.send_media("photo", caption=caption, album="A") for caption in ("Tea", "")]
    ids = [message.message_id for message in originals]
    copied = await client.result(
        "copyMessages", chat_id=group.id, from_chat_id=person.id, message_ids=[*ids, 999], disable_notification=True
    )
    copies = [group.messages[item["message_id"]] for item in copied]
    assert [copy.text for copy in copies] == ["Tea", ""]
    assert len({copy.fields["media_group_id"] for copy in copies}) == 1
    assert copies[0].fields["media_group_id"] != "A"
    assert all(copy.silent for copy in copies)


async def test_what_cannot_be_copied(server: TelegramServer, client: Client) -> None:
    person, group = await started(server), server.group()
    protected = await person.send_media("photo", fields={"has_protected_content": True})
    where = {"chat_id": group.id, "from_chat_id": person.id}
    assert await client.declined("copyMessage", **where, message_id=protected.message_id) == (
        400,
        "Bad Request: message can't be copied",
    )
    assert "not found" in (await client.declined("copyMessage", **where, message_id=99))[1]
    assert "no messages to copy" in (await client.declined("copyMessages", **where, message_ids=[98, 99]))[1]
    assert "strictly increasing" in await client.refused("copyMessages", **where, message_ids=[2, 1])
    assert "not specified" in await client.refused("copyMessages", **where, message_ids=[])
    assert "too many" in await client.refused("copyMessages", **where, message_ids=list(range(1, 102)))


async def test_captions_are_given_with_a_copy_and_edited(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    photo, text = await person.send_media("photo", caption="Tea"), await person.send("words")
    where = {"chat_id": person.id, "from_chat_id": person.id}
    copied = await client.result(
        "copyMessage", **where, message_id=photo.message_id, caption="<b>More</b> tea", parse_mode="HTML"
    )
    copy = person.chat.messages[copied["message_id"]]
    assert (copy.text, copy.entities[0].type) == ("More tea", "bold")
    edited = await client.result("editMessageCaption", chat_id=person.id, message_id=copy.message_id, caption="Less")
    assert (edited["caption"], copy.text) == ("Less", "Less")
    at = {"chat_id": person.id, "message_id": copy.message_id}
    assert "not modified" in (await client.declined("editMessageCaption", **at, caption="Less"))[1]
    assert "too long" in await client.refused("editMessageCaption", **at, caption="a" * 1025)
    assert "no text in the message" in (await client.declined("editMessageText", **at, text="x"))[1]
    plain = await client.result("copyMessage", **where, message_id=text.message_id)
    at = {"chat_id": person.id, "message_id": plain["message_id"]}
    assert "no caption in the message" in (await client.declined("editMessageCaption", **at, caption="x"))[1]


async def test_pinning_takes_the_right_to_it(server: TelegramServer, client: Client) -> None:
    person, group = await started(server), server.group()
    sent = await client.result("sendMessage", chat_id=group.id, text="Tea")
    pin = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert "not enough rights" in (await client.declined("pinChatMessage", **pin))[1]
    person.set_bot_status(group, "administrator")
    assert await client.result("pinChatMessage", **pin) is True
    assert group.pinned == [sent["message_id"]]


async def test_messages_are_deleted_for_48_hours(server: TelegramServer, client: Client) -> None:
    group = server.group()
    sent = [(await client.result("sendMessage", chat_id=group.id, text="Tea"))["message_id"] for _ in range(3)]
    assert await client.result("deleteMessages", chat_id=group.id, message_ids=[*sent[:2], 99]) is True
    assert [message.deleted for message in group.bot_messages] == [True, True, False]
    group.messages[sent[2]].date -= 49 * 3600
    late = {"chat_id": group.id, "message_id": sent[2]}
    assert "can't be deleted" in (await client.declined("deleteMessage", **late))[1]
