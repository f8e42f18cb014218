"""What admins announce, over real HTTP: each kind of message as it is, texts, facts, answers; and what cannot be."""

import asyncio

import pytest
import structlog

from bot.cli import main
from bot.rehearsal.telegram_server.model import CAPTIONED
from tests.support.announcements.announcing_admin import SEND, announced, announcing, control, ended, subscribe
from tests.support.bots.admin_bot import admin_bot
from tests.support.telegram.sent_media import KINDS, send_media

pytestmark = pytest.mark.asyncio
BOLD_AND_LINK = [
    {"type": "bot_command", "offset": 0, "length": 9},
    {"type": "bold", "offset": 11, "length": 5},
    {"type": "text_link", "offset": 17, "length": 3, "url": "https://example.org/"},
]


async def test_every_kind_of_message_is_sent_on_as_it_is(at, group) -> None:
    for kind in KINDS:
        original = await send_media(at.admin, kind, caption="Tea" if kind in CAPTIONED else "")
        await at.admin.next_message()  # how to announce it, or what documents are for
        buttons = await announced(at, "/announce", original)
        preview = at.admin.chat.messages[buttons.message_id - 1]
        assert buttons.reply_to is preview
        assert (await at.admin.press(buttons, SEND)).text == "Handing over …"
        sent = await group.next_message()
        for copy in (preview, sent):
            assert (copy.text, copy.fields) == (original.text, original.fields)
        assert "Sent 1 · failed 0 · left 0" in await ended(at, buttons)
    assert len(group.bot_messages) == len(KINDS)


async def test_what_a_shell_queues_is_sent_by_the_bot_that_runs(at, group) -> None:
    assert await asyncio.to_thread(main, ["announce", "--text", "Tea < 5"]) == 0
    assert (await group.next_message()).text == "Tea < 5"
    assert [(who, what) for who, what, _ in await at.audit()] == [(None, "announce 1")]
    structlog.reset_defaults()


async def test_a_text_keeps_its_formatting(at, group) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 3}]
    original = await at.admin.send("Tea is ready", fields={"entities": entities})
    await at.admin.next_message()
    await at.admin.press(await announced(at, "/announce", original), SEND)
    sent = await group.next_message()
    assert (sent.text, sent.fields) == ("Tea is ready", {"entities": entities})
    behind = await at.admin.send("/announce  😀Tea < cup & see  ", fields={"entities": BOLD_AND_LINK})
    buttons = await control(at.admin)
    preview = at.admin.chat.messages[behind.message_id + 1]
    await at.admin.press(buttons, SEND)
    for message in (preview, await group.next_message()):
        assert message.text == "😀Tea < cup & see"
        marked = [(entity.type, message.text_of(entity), entity.url) for entity in message.entities]
        assert marked == [("bold", "😀Tea", None), ("text_link", "< c", "https://example.org/")]


async def test_an_album_is_sent_on_whole_after_a_restart(server, tmp_path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        for caption in ("Tea", "", ""):
            first = await send_media(at.admin, "photo", caption=caption, album="A")
        hint = await at.admin.next_message()
        assert "reply to it with /announce" in hint.text
    async with admin_bot(server, tmp_path, admin=at.admin) as again:
        await again.admin.send("/announce", reply_to=first)
        await again.admin.press(await control(again.admin), SEND)
        await group.wait_for(lambda message: len(group.bot_messages) == 3)
    assert [message.text for message in group.bot_messages] == ["Tea", "", ""]
    assert len({message.fields["media_group_id"] for message in group.bot_messages}) == 1
    # The hint came once.
    assert [message.text for message in at.admin.chat.bot_messages].count(hint.text) == 1


async def test_facts_and_answers_come_to_each_chat_in_its_language(at, group) -> None:
    chinese, traditional = at.server.group(title="茶"), at.server.group(title="臺灣茶")
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
    await at.admin.press(await announced(at, "/announce ？小学数量"), SEND)
    assert "5" in (await group.next_message()).text


async def test_what_cannot_be_announced_is_told(at, group) -> None:
    for command, words in (
        ("/announce", "reply to any message here with /announce"),
        ("/announce fact nothing", "There is no fact nothing;"),
        ("/announce fact", "There is no fact"),
        ("/announce ? 火星人口", "The reports do not answer this"),
        ("/announce ?", "The reports do not answer this"),
    ):
        said = await at.admin.ask(command)
        assert words in said.text
        assert "\n" not in said.text
        assert said.buttons == ()
    # An album of which a part was seen is not sent in part.
    protected = await send_media(at.admin, "photo", fields={"has_protected_content": True})
    part, original = await send_media(at.admin, "photo", album="B"), await send_media(at.admin, "photo")
    part.fields = {**part.fields, "media_group_id": "unknown"}
    elsewhere = {"external_reply": {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Tea"}}}
    at.server.fail_next("copyMessage", 400, "Bad Request: message can't be copied")
    for reply_to, fields, words in (
        (protected, {}, "protected from being copied"),
        (part, {}, "please send it again"),
        (original, {}, "does not let this be sent on: Message can't be copied"),
        (None, elsewhere, "Only messages of this chat"),
    ):
        await at.admin.send("/announce", reply_to=reply_to, fields=fields)
        await at.admin.hears(words)
    assert group.bot_messages == []


async def test_without_subscribers_there_is_nothing_to_decide(at) -> None:
    assert (await at.admin.ask("/announce Tea")).text == "Nobody has subscribed yet; groups do so with /subscribe."


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "将发到 1 个聊天：群组 1，私聊 0，频道 0。"), ("zh-hant", "將發到 1 個聊天")]
)
async def test_it_speaks_the_admins_language(server, tmp_path, language, words) -> None:
    async with announcing(server, tmp_path, language=language) as (at, (group,)):
        await at.admin.send("/announce 喝茶")
        buttons = await at.admin.hears(words)
        await at.admin.press(buttons, buttons.buttons[0][0].text)
        assert (await group.next_message()).text == "喝茶"
