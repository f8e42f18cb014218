"""Announcements from the queue to the chats, by a bot that answers meanwhile, or is killed."""

import pytest

from bot.announcements.content import Copy, FactCard, Text
from tests.support.announcements.announcing_admin import SEND, control
from tests.support.announcements.sender_stage import Stage
from tests.support.bots.running_bot import listening, running_bot
from tests.support.processes.bot_process import PATIENCE, serving, settings
from tests.support.reports.small_report import write_report
from tests.support.storage.opened_memory import opened_memory
from tests.support.telegram.sent_media import send_media

pytestmark = pytest.mark.asyncio

BUSY = 30.0  # seconds: what writes slowly, as a busy machine does, is no outage here


async def test_chats_of_all_kinds_get_what_is_announced(server, database, logs) -> None:
    admin, person = server.user(), server.user(language_code="zh-hans")
    await person.send("/start")
    group, forum = server.group(), server.supergroup(topics={7: "News"})
    photo = await send_media(admin, "photo", caption="Tea")
    async with opened_memory(database, busy=BUSY) as memory:
        stage = Stage(database, memory.database)
        await stage.subscribe([person.id, group.id], language="zh-Hans")
        await stage.subscribe([forum.id], subscription_topic=7)
        async with running_bot(server, memory=memory, broadcast_rate=1000):
            ids = [
                await stage.announce(Text("<b>1</b>")),
                await stage.announce(Copy(admin.id, (photo.message_id,), "caption"), silent=True),
                await stage.announce(FactCard("gdp", {"zh-Hans": "简", "en": "E"})),
            ]
            await stage.over(*ids)
    for chat, fact in ((person.chat, "简"), (group, "简"), (forum, "E")):
        got = [message for message in chat.bot_messages if message.text in {"1", "Tea", fact}]
        assert [message.text for message in got] == ["1", "Tea", fact]
    assert all(call.parameters["disable_notification"] for call in server.calls("copyMessage"))
    assert {message.thread_id for message in forum.bot_messages} == {7}
    assert not [entry for entry in logs if entry["log_level"] in {"error", "critical"}]


async def test_people_are_answered_while_telegram_has_announcements_wait(server, database) -> None:
    person, groups = server.user(), [server.group() for _ in range(30)]
    server.fail_next("copyMessage", 429, "Too Many Requests: retry after 600", {"retry_after": 600})
    source = await person.send("/start")
    async with opened_memory(database, busy=BUSY) as memory:
        stage = Stage(database, memory.database)
        await stage.subscribe([group.id for group in groups])
        async with running_bot(server, memory=memory, broadcast_rate=25, reply_rate=30, fair=True):
            await person.chat.next_message()
            id_ = await stage.announce(Copy(person.id, (source.message_id,), "text"))
            await server.wait_for_call("copyMessage")
            assert "产值" in (await person.ask("产值")).text
        state, total, sent, *_ = await stage.counts(id_)
    assert (state, total) == ("sending", 30)
    assert sent < 30


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_it_is_announced_once_although_both_previews_are_sent(server, database, tmp_path) -> None:
    write_report(tmp_path / "knowledge")
    admin, person = server.user(language_code="en"), server.user(language_code="en")
    webhook = {name.upper(): value for name, value in listening("/telegram").items()}
    given = settings(server, DATABASE_URL=database.url, ADMIN_IDS=str(admin.id), **webhook)
    async with serving(tmp_path, given) as bot:
        assert "Subscribed" in (await person.ask("/subscribe")).text
        # The reply to the preview comes at once, and that to the buttons below it never does: all of it was done, and
        # nobody has been told.
        server.delay_next("sendMessage", 0)
        server.delay_next("sendMessage", PATIENCE)
        await admin.send("/announce Tea")
        first = await control(admin)
        bot.process.kill()
        await bot.process.wait()
    async with serving(tmp_path, given) as bot:
        second = await control(admin)
        assert second.find_button(SEND).data == first.find_button(SEND).data
        presses = [await admin.press(message, SEND) for message in (first, second)]
        assert "decided already" in presses[1].text
        await person.wait_for(lambda message: message.text == "Tea")
    assert [message.text for message in person.chat.bot_messages].count("Tea") == 1
    assert database.rows("SELECT count(*) FROM announcements") == [(1,)]
