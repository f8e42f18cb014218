"""Messages of every kind over HTTP: sent, edited, copied, pinned, deleted, and what people can be the cause of."""

import pytest

from bot.rehearsal.telegram_server.methods.bot_methods import MAX_DOWNLOAD
from bot.rehearsal.telegram_server.methods.message_methods import NOT_MODIFIED
from tests.support.telegram.plain_client import Client
from tests.support.telegram.sent_media import send_media
from tests.support.telegram_server import Person, TelegramServer

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


async def test_captions_that_cannot_be_edited(client: Client, person: Person) -> None:
    photo, text = await send_media(person, "photo", caption="Tea"), await person.send("words")
    copies = []
    for original in (photo, text):
        where = {"chat_id": person.id, "from_chat_id": person.id, "message_id": original.message_id}
        copies.append({"chat_id": person.id, **await client.result("copyMessage", **where)})
    of_photo, of_text = copies
    assert "not modified" in await client.declined("editMessageCaption", **of_photo, caption="Tea")
    assert "too long" in await client.refused("editMessageCaption", **of_photo, caption="a" * 1025)
    assert "no text in the message" in await client.declined("editMessageText", **of_photo, text="x")
    assert "no caption in the message" in await client.declined("editMessageCaption", **of_text, caption="x")


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


async def test_what_cannot_be_copied(server: TelegramServer, client: Client, person: Person) -> None:
    protected = await send_media(person, "photo", fields={"has_protected_content": True})
    where = {"chat_id": server.group().id, "from_chat_id": person.id}
    for number, problem in ((protected.message_id, "message can't be copied"), (99, "message to copy not found")):
        assert await client.declined("copyMessage", **where, message_id=number) == f"Bad Request: {problem}"
    assert "no messages to copy" in await client.declined("copyMessages", **where, message_ids=[98, 99])


async def test_files_that_cannot_be_fetched(server: TelegramServer, client: Client, person: Person) -> None:
    message = await person.send_document(b"#" * (MAX_DOWNLOAD + 1))
    file_id = message.fields["document"]["file_id"]
    assert await client.declined("getFile", file_id=file_id) == "Bad Request: file is too big"
    server.files.clear()
    assert "temporarily unavailable" in await client.declined("getFile", file_id=file_id)
    async with client.session.get(f"{server.url}/file/bot{server.token}/documents/{file_id}") as response:
        assert response.status == 404
    assert server.fetched == []
