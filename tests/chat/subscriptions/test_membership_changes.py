"""Chats that begin, move and end, over real HTTP."""

import pytest
import telegram
from telegram import ChatAdministratorRights, ChatMember, ChatPermissions
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.chat.subscriptions import MembershipHandler, is_present, may_write
from tests.support.bots.running_bot import TOKEN
from tests.support.storage.no_memory import RecordingMemory
from tests.support.telegram.group_talk import settle

pytestmark = pytest.mark.asyncio


@pytest.fixture
def memory() -> RecordingMemory:
    return RecordingMemory()


def lines(text: str, about) -> list[str]:
    return [line for line in text.splitlines() if f"chat={about.id}" in line]


async def test_a_group_that_asks_is_remembered(server, memory, person) -> None:
    forum = server.supergroup(title="街坊", topics={7: "报告"})
    await person.send("没人问", forum)
    await person.ask("/ask 产值", forum, thread_id=7)
    await person.ask("/ask output", forum)
    assert memory.of("seen") == [
        (forum.id, "supergroup", "街坊", "zh-Hans", 7),
        (forum.id, "supergroup", "街坊", "en", None),
    ]


async def test_a_person_who_writes_is_remembered_without_a_name(memory, person) -> None:
    await person.ask("/help")
    assert memory.of("seen") == [(person.id, "private", "", "zh-Hans", None)]


async def test_a_bot_that_is_removed_and_added_again(server, memory, person, group, capsys) -> None:
    person.set_bot_status(group, "kicked")
    person.set_bot_status(group, "member")
    person.set_bot_status(group, "administrator")
    person.set_bot_status(group, "left")
    person.set_bot_status(group, "member")
    await person.send("/ask 产值", group)
    await group.wait_for(lambda message: message.text.startswith("35.2亿元"))
    seen = ("seen", group.id, "supergroup", "街坊", "zh-Hans", None)
    ended = ("ended", group.id)
    assert [call for call in memory.told if call[0] != "asked"] == [
        (*ended, "kicked"),
        seen,
        seen,
        (*ended, "left"),
        seen,
        seen,
    ]
    assert len(lines(capsys.readouterr().out, group)) == 4


async def test_a_bot_that_is_removed_while_it_answers(server, memory, person, group, capsys) -> None:
    await person.send("/ask 产值", group)
    await person.send("/ask 增速", group)
    person.set_bot_status(group, "kicked")
    await person.send("产值")
    await server.wait_for_call("sendMessage", 3)
    await person.send("/help")
    await person.wait_for(lambda message: message.text.startswith("直接发来问题"))
    assert set(memory.of("ended")) == {(group.id, "kicked")}
    assert len(lines(capsys.readouterr().out, group)) == 1
    assert not group.bot_messages


async def test_a_person_who_blocks_the_bot(server, memory, person, capsys) -> None:
    await person.ask("产值")
    person.block()
    await person.send("产值")
    await server.wait_for_call("sendMessage", 2)
    person.unblock()
    assert (await person.ask("产值")).text.startswith("35.2亿元")
    assert set(memory.of("ended")) == {(person.id, "blocked")}
    assert memory.told[-2][0] == "seen"
    assert len(lines(capsys.readouterr().out, person.chat)) == 2


async def test_a_group_where_the_bot_may_not_write(server, memory, person, group, capsys) -> None:
    group.writable = False
    for text in ("/ask 产值", "/topics@shushuo_test_bot", "/ask"):
        await person.send(text, group)
    await server.wait_for_call("sendMessage", 3)
    group.writable = True
    await person.ask("/ask 产值", group)
    assert not memory.of("ended")
    assert len(lines(capsys.readouterr().out, group)) == 1


@pytest.mark.parametrize("is_gone", [True, False])
async def test_a_topic_that_is_closed_or_gone(server, person, capsys, is_gone) -> None:
    forum = server.supergroup(topics={7: "报告", 8: "其他"})
    server.delay_next("sendMessage", 0.05)
    await person.send("/ask 产值", forum, thread_id=8)
    await person.send("/ask 产值", forum, thread_id=7)
    if is_gone and forum.topics:
        del forum.topics[7]
    else:
        forum.closed.add(7)
    await forum.next_message()
    assert (await person.ask("/ask 增速", forum)).thread_id is None
    assert len(lines(capsys.readouterr().out, forum)) == 1


async def test_a_group_that_becomes_a_supergroup(server, memory, person, capsys) -> None:
    group = server.group()
    await person.ask("/ask 产值", group)
    new = server.upgrade(group)
    assert (await person.ask("/ask 增速", new)).text.startswith("您问的是哪一项？")
    assert set(memory.of("moved")) == {(group.id, new.id)}
    assert len(lines(capsys.readouterr().out, group)) == 1


async def test_an_answer_that_finds_the_group_moved_follows_it(server, memory, person) -> None:
    group, new = server.group(), server.supergroup()
    group.became = new.id
    await person.send("/ask 产值", group)
    answer = await new.next_message()
    assert answer.text.startswith("35.2亿元")
    assert answer.reply_to is None
    assert memory.of("moved") == [(group.id, new.id)]


async def test_other_replies_that_find_the_group_moved_are_noted(server, memory, person) -> None:
    group, new = server.group(), server.supergroup()
    group.became = new.id
    await person.send("/topics@shushuo_test_bot", group)
    await server.wait_for_call("sendMessage")
    await settle(person, new)
    assert memory.of("moved") == [(group.id, new.id)]


async def test_a_channel_that_the_bot_is_added_to(server, memory, person) -> None:
    channel = {"id": -1009, "type": "channel", "title": "频道"}
    change = {"chat": channel, "from": person.to_json(), "date": 0, "old_chat_member": membership("left")}
    for is_member in (True, False):
        now = membership("restricted", is_member=is_member)
        server.push_update({"my_chat_member": {**change, "new_chat_member": now}})
    await settle(person, server.supergroup())
    await person.ask("/help")
    assert [call for call in memory.told if call[1] == -1009] == [
        ("seen", -1009, "channel", "频道", "zh-Hans", None),
        ("unsubscribed", -1009, "no right to write"),
        ("ended", -1009, "kicked"),
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), [("ended", 5, "blocked")]),
        (BadRequest("Chat not found"), [("ended", 5, "not found")]),
        (ChatMigrated(6), [("moved", 5, 6)]),
        (Forbidden("Forbidden: something new"), []),
        (BadRequest("Have no rights to send a message"), []),
        (BadRequest("Button_data_invalid"), None),
        (TelegramError("odd"), None),
    ],
)
async def test_what_an_error_says_of_a_chat(memory, error, told) -> None:
    assert await MembershipHandler(memory).explains(error, 5) is (told is not None)
    assert memory.told == (told or [])


def membership(status: str, **fields):
    defaults = {
        "administrator": {"can_be_edited": False, **ChatAdministratorRights.no_rights().to_dict()},
        "restricted": {"is_member": False, "until_date": 0, **ChatPermissions.no_permissions().to_dict()},
        "creator": {"is_anonymous": False},
        "kicked": {"until_date": 0},
    }
    user = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Test bot"}
    return {"user": user, "status": status, **defaults.get(status, {}), **fields}


@pytest.mark.parametrize(
    ("member", "present", "in_group", "in_channel"),
    [
        (membership("left"), False, False, False),
        (membership("kicked"), False, False, False),
        (membership("member"), True, True, False),
        (membership("creator"), True, True, False),
        (membership("administrator"), True, True, False),
        (membership("administrator", can_post_messages=False), True, True, False),
        (membership("administrator", can_post_messages=True), True, True, True),
        (membership("restricted"), False, False, False),
        (membership("restricted", is_member=True), True, False, False),
        (membership("restricted", is_member=True, can_send_messages=True), True, True, False),
        (membership("restricted", can_send_messages=True), False, False, False),
        (membership("of the year 2030"), True, True, False),
    ],
)
async def test_what_a_membership_allows(member, present, in_group, in_channel) -> None:
    read = ChatMember.de_json(member)
    assert is_present(read) is present
    for kind in (telegram.Chat.GROUP, telegram.Chat.SUPERGROUP, telegram.Chat.PRIVATE):
        assert may_write(telegram.Chat(-7, kind), read) is in_group
    assert may_write(telegram.Chat(-7, telegram.Chat.CHANNEL), read) is in_channel
