"""Messages of every kind over HTTP: sent, edited, copied, pinned, deleted, and what people can be the cause of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from telegram_server import Person, TelegramServer
from telegram_server.files import MAX_DOWNLOAD
from telegram_server.message_methods import NOT_MODIFIED
from telegram_server.test_server_refusals import ACTION, button, keyboard

if TYPE_CHECKING:
    from telegram_server.conftest import Client

pytestmark = pytest.mark.asyncio


@pytest.fixture
def person(server: TelegramServer) -> Person:
    """Has begun a conversation with the bot."""
    person = server.user()
    person.chat.started = True
    return person


async def test_errors_that_people_cause_are_no_violations(
    server: TelegramServer, client: Client, person: Person
) -> None:
    text = {"chat_id": person.id, "text": "a"}
    assert await client.declined("sendMessage", chat_id=5, text="a") == "Bad Request: chat not found"
    replying = await client.declined("sendMessage", **text, reply_parameters={"message_id": 9})
    assert replying == "Bad Request: message to be replied not found"
    person.block()
    assert await client.declined("sendMessage", **text) == "Forbidden: bot was blocked by the user"
    person.unblock()
    await client.result("sendMessage", **text, reply_parameters={"message_id": 9, "allow_sending_without_reply": True})
    group = server.group()
    for group.bot_status, reason in (("kicked", "was kicked from"), ("left", "is not a member of")):
        refusal = f"Forbidden: bot {reason} the group chat"
        assert await client.declined("sendMessage", chat_id=group.id, text="a") == refusal
    status, reply = await client.call("sendMessage", chat_id=server.user().id, text="a")
    assert (status, reply["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")
    assert len(server.violations) == 1
    server.violations.clear()


async def test_topics(server: TelegramServer, client: Client) -> None:
    forum, plain = server.supergroup(topics={7: "news"}), server.supergroup()
    sent = await client.result("sendMessage", chat_id=forum.id, text="a", message_thread_id=7)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (7, True)
    assert "message_thread_id" not in await client.result("sendMessage", chat_id=forum.id, text="a")
    for chat, topic in ((forum, 8), (plain, 7)):
        gone = await client.declined("sendMessage", chat_id=chat.id, text="a", message_thread_id=topic)
        assert gone == "Bad Request: message thread not found"


async def test_an_edit_keeps_what_was_there_before(client: Client, person: Person) -> None:
    sent = await client.result("sendMessage", chat_id=person.id, text="a", **ACTION)
    there = {"chat_id": person.id, "message_id": sent["message_id"]}
    await client.result("editMessageText", **there, text="b")
    message = await person.next_edit()
    assert (message.text, message.buttons, [content.source for content in message.edits]) == ("b", (), ["a"])
    assert message.find_button("go").data == "a"
    await client.result("editMessageReplyMarkup", **there, reply_markup=keyboard([button(callback_data="y")]))
    message = await person.next_edit()
    assert (message.text, message.buttons[0][0].data) == ("b", "y")


async def test_edits_that_change_nothing_or_hit_nothing(client: Client, person: Person) -> None:
    sent = await client.result("sendMessage", chat_id=person.id, text="<b>a</b>", parse_mode="HTML")
    there = {"chat_id": person.id, "message_id": sent["message_id"]}
    same = {"text": "<b>a</b> ", "parse_mode": "HTML"}
    assert await client.declined("editMessageText", **there, **same) == f"Bad Request: {NOT_MODIFIED}"
    assert await client.declined("editMessageReplyMarkup", **there) == f"Bad Request: {NOT_MODIFIED}"
    own = await person.send("mine")
    for number, problem in ((99, "message to edit not found"), (own.message_id, "message can't be edited")):
        other = {"chat_id": person.id, "message_id": number}
        assert await client.declined("editMessageText", **other, text="a") == f"Bad Request: {problem}"


async def test_an_album_is_copied_as_another_album(server: TelegramServer, client: Client, person: Person) -> None:
    group = server.group()
    originals = [await person.send_media("photo", caption=caption, album="A") for caption in ("Tea", "")]
    where = {"chat_id": group.id, "from_chat_id": person.id, "disable_notification": True}
    ids = [*(message.message_id for message in originals), 999]
    copied = await client.result("copyMessages", **where, message_ids=ids)
    copies = [group.messages[item["message_id"]] for item in copied]
    assert [copy.text for copy in copies] == ["Tea", ""]
    [album] = {copy.fields["media_group_id"] for copy in copies}
    assert album != "A"
    assert all(copy.silent for copy in copies)


async def test_what_cannot_be_copied(server: TelegramServer, client: Client, person: Person) -> None:
    protected = await person.send_media("photo", fields={"has_protected_content": True})
    where = {"chat_id": server.group().id, "from_chat_id": person.id}
    for number, problem in ((protected.message_id, "message can't be copied"), (99, "message to copy not found")):
        assert await client.declined("copyMessage", **where, message_id=number) == f"Bad Request: {problem}"
    assert "no messages to copy" in await client.declined("copyMessages", **where, message_ids=[98, 99])


async def test_captions_are_given_with_a_copy_and_edited(client: Client, person: Person) -> None:
    photo, text = await person.send_media("photo", caption="Tea"), await person.send("words")
    where = {"chat_id": person.id, "from_chat_id": person.id}
    captioned = {"message_id": photo.message_id, "caption": "<b>More</b> tea", "parse_mode": "HTML"}
    copied = await client.result("copyMessage", **where, **captioned)
    copy = person.chat.messages[copied["message_id"]]
    assert (copy.text, copy.entities[0].type) == ("More tea", "bold")
    at = {"chat_id": person.id, "message_id": copy.message_id}
    edited = await client.result("editMessageCaption", **at, caption="Less")
    assert (edited["caption"], copy.text) == ("Less", "Less")
    assert "not modified" in await client.declined("editMessageCaption", **at, caption="Less")
    assert "too long" in await client.refused("editMessageCaption", **at, caption="a" * 1025)
    assert "no text in the message" in await client.declined("editMessageText", **at, text="x")
    plain = await client.result("copyMessage", **where, message_id=text.message_id)
    at = {"chat_id": person.id, "message_id": plain["message_id"]}
    assert "no caption in the message" in await client.declined("editMessageCaption", **at, caption="x")


async def test_pinning_takes_a_right_and_deleting_ends_after_48_hours(
    server: TelegramServer, client: Client, person: Person
) -> None:
    group = server.group()
    ids = [(await client.result("sendMessage", chat_id=group.id, text="Tea"))["message_id"] for _ in range(3)]
    last = {"chat_id": group.id, "message_id": ids[2]}
    assert "not enough rights" in await client.declined("pinChatMessage", **last)
    person.set_bot_status(group, "administrator")
    assert await client.result("pinChatMessage", **last) is True
    assert group.pinned == ids[2:]
    assert await client.result("deleteMessages", chat_id=group.id, message_ids=[*ids[:2], 99]) is True
    assert [message.deleted for message in group.bot_messages] == [True, True, False]
    group.messages[ids[2]].date -= 49 * 3600
    assert "can't be deleted" in await client.declined("deleteMessage", **last)


async def test_a_document_is_told_and_fetched(server: TelegramServer, client: Client, person: Person) -> None:
    await person.send_document(b"\x00\xff", name="a.yaml", caption="/try it")
    await person.send_document(b"1", name=None, fields={"file_size": None})
    message, bare = await client.messages()
    assert (message["document"]["file_name"], message["document"]["file_size"]) == ("a.yaml", 2)
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("/try it", "bot_command")
    assert not {"text", "caption"} & bare.keys()
    assert not {"file_name", "file_size"} & bare["document"].keys()
    file = await client.result("getFile", file_id=message["document"]["file_id"])
    for token, status in ((server.token, 200), ("123456:wrong", 401)):
        async with client.session.get(f"{server.url}/file/bot{token}/{file['file_path']}") as response:
            assert response.status == status
            assert (await response.read() == b"\x00\xff") == (status == 200)
    assert server.fetched == [file["file_path"]]


async def test_files_that_cannot_be_fetched(server: TelegramServer, client: Client, person: Person) -> None:
    message = await person.send_document(b"#" * (MAX_DOWNLOAD + 1))
    file_id = message.fields["document"]["file_id"]
    assert await client.declined("getFile", file_id=file_id) == "Bad Request: file is too big"
    server.files.clear()
    assert "temporarily unavailable" in await client.declined("getFile", file_id=file_id)
    async with client.session.get(f"{server.url}/file/bot{server.token}/documents/{file_id}") as response:
        assert response.status == 404
    assert server.fetched == []
