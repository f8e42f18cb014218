"""What admins announce, over real HTTP: each kind of message as it is, texts, facts, answers; and what cannot be."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from announcing_admin import SEND, announced, announcing, control, ended, subscribe
from running_bot import running_bot
from telegram_server.media import CAPTIONED, KINDS

from bot.cli import main
from bot.storage import Memory

if TYPE_CHECKING:
    from telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio
BOLD_AND_LINK = [
    {"type": "bot_command", "offset": 0, "length": 9},
    {"type": "bold", "offset": 11, "length": 5},
    {"type": "text_link", "offset": 17, "length": 3, "url": "https://example.org/"},
]


async def test_every_kind_of_message_is_sent_on_as_it_is(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        for kind in KINDS:
            original = await at.admin.send_media(kind, caption="Tea" if kind in CAPTIONED else "")
            await at.admin.next_message()  # how to announce it, or what documents are for
            buttons = await announced(at, "/announce", original)
            preview = at.admin.chat.messages[buttons.message_id - 1]
            assert buttons.reply_to is preview
            await at.admin.press(buttons, SEND)
            sent = await group.next_message()
            for copy in (preview, sent):
                assert (copy.text, copy.fields) == (original.text, original.fields)
            assert "Sent 1 · failed 0 · left 0" in await ended(at, buttons)
    assert len(group.bot_messages) == len(KINDS)


async def test_what_a_shell_queues_is_sent_by_the_bot_that_runs(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        assert await asyncio.to_thread(main, ["announce", "--text", "Tea < 5"]) == 0
        assert (await group.next_message()).text == "Tea < 5"
        notes = await at.audit()
        assert [(who, what) for who, what, _ in notes] == [(None, "announce 1")]
    structlog.reset_defaults()


async def test_a_text_that_is_replied_to_keeps_its_formatting(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        entities = [{"type": "bold", "offset": 0, "length": 3}]
        original = await at.admin.send("Tea is ready", fields={"entities": entities})
        await at.admin.next_message()
        await at.admin.press(await announced(at, "/announce", original), SEND)
        sent = await group.next_message()
        assert (sent.text, sent.fields) == ("Tea is ready", {"entities": entities})


async def test_a_text_behind_the_command_keeps_its_formatting(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        await at.admin.send("/announce  😀Tea < cup & see  ", fields={"entities": BOLD_AND_LINK})
        preview, buttons = await at.admin.next_message(), await at.admin.next_message()
        await at.admin.press(buttons, SEND)
        sent = await group.next_message()
        for message in (preview, sent):
            assert message.text == "😀Tea < cup & see"
            marked = [(entity.type, message.text_of(entity), entity.url) for entity in message.entities]
            assert marked == [("bold", "😀Tea", None), ("text_link", "< c", "https://example.org/")]


async def test_an_album_is_sent_on_whole_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        for caption in ("Tea", "", ""):
            first = await at.admin.send_media("photo", caption=caption, album="A")
        hint = await at.admin.next_message()
        assert "reply to it with /announce" in hint.text
    async with running_bot(
        server, library=at.library, memory=(memory := await reopened(tmp_path)), admin_ids=(at.admin.id,)
    ):
        await at.admin.send("/announce", reply_to=first)
        await at.admin.press(await control(at), SEND)
        await group.wait_for(lambda message: len(group.bot_messages) == 3)
        assert [message.text for message in group.bot_messages] == ["Tea", "", ""]
        assert len({message.fields["media_group_id"] for message in group.bot_messages}) == 1
        # The hint came once.
        assert [message.text for message in at.admin.chat.bot_messages].count(hint.text) == 1
    await memory.close()


async def reopened(place: Path) -> Memory:
    return await Memory.open(f"sqlite:///{place / 'data' / 'shushuo.db'}")


async def test_a_fact_comes_to_each_chat_in_its_language(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        chinese, traditional = server.group(title="茶"), server.group(title="臺灣茶")
        await subscribe(at, chinese, language="zh-Hans")
        await subscribe(at, traditional, language="zh-Hant")
        buttons = await announced(at, "/announce fact OUTPUT")
        assert "CNY 3.52 billion" in at.admin.chat.messages[buttons.message_id - 1].text
        assert "Each chat gets it in its own language." in buttons.text
        await at.admin.press(buttons, SEND)
        english, simplified, other = [await chat.next_message() for chat in (group, chinese, traditional)]
        assert english.text.startswith("CNY 3.52 billion\nindustrial output · first three quarters of 2021")
        assert simplified.text.startswith("35.2亿元\n工业产值 · 2021年前三季度")
        assert "前三季度，河湾镇工业产值达到35.2亿元。" in english.text
        assert "報告" in other.text or "河湾镇" in other.text


async def test_a_question_is_answered_to_all(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        await at.admin.press(await announced(at, "/announce ？小学数量"), SEND)
        assert "5" in (await group.next_message()).text


async def test_what_names_nothing_is_told_in_one_line(server: TelegramServer, tmp_path: Path) -> None:
    lines = {
        "/announce": "reply to any message here with /announce",
        "/announce fact nothing": "There is no fact nothing;",
        "/announce fact": "There is no fact",
        "/announce ? 火星人口": "The reports do not answer this",
        "/announce ?": "The reports do not answer this",
    }
    async with announcing(server, tmp_path) as (at, (group,)):
        for command, words in lines.items():
            said = await at.admin.ask(command)
            assert words in said.text
            assert "\n" not in said.text
            assert said.buttons == ()
        assert group.bot_messages == []


async def test_what_cannot_be_copied_is_told(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, _):
        protected = await at.admin.send_media("photo", fields={"has_protected_content": True})
        await at.admin.next_message()
        await at.admin.send("/announce", reply_to=protected)
        assert "protected from being copied" in (await at.admin.next_message()).text
        original = await at.admin.send_media("photo")
        await at.admin.next_message()
        server.fail_next("copyMessage", 400, "Bad Request: message can't be copied")
        await at.admin.send("/announce", reply_to=original)
        assert "does not let this be sent on: Message can't be copied" in (await at.admin.next_message()).text
        elsewhere = {"external_reply": {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Tea"}}}
        await at.admin.send("/announce", fields=elsewhere)
        assert "Only messages of this chat" in (await at.admin.next_message()).text


async def test_an_album_that_was_not_seen_whole_is_not_sent_in_part(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, _):
        part = await at.admin.send_media("photo", album="B")
        await at.admin.next_message()
        part.fields = {**part.fields, "media_group_id": "unknown"}
        await at.admin.send("/announce", reply_to=part)
        assert "please send it again" in (await at.admin.next_message()).text


async def test_without_subscribers_there_is_nothing_to_decide(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path, groups=0) as (at, _):
        assert (await at.admin.ask("/announce Tea")).text == "Nobody has subscribed yet; groups do so with /subscribe."


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "将发到 1 个聊天：群组 1，私聊 0，频道 0。"), ("zh-hant", "將發到 1 個聊天")],
)
async def test_the_desk_speaks_the_admins_language(
    server: TelegramServer, tmp_path: Path, language: str, words: str
) -> None:
    async with announcing(server, tmp_path, language=language) as (at, (group,)):
        await at.admin.send("/announce 喝茶")
        await at.admin.next_message()
        buttons = await at.admin.next_message()
        assert words in buttons.text
        await at.admin.press(buttons, buttons.buttons[0][0].text)
        assert (await group.next_message()).text == "喝茶"
