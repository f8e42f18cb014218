"""A bot that is killed before Telegram knows that it has handled /announce, so that the update comes again."""

from pathlib import Path

import pytest

from tests.support.announcements.announcing_admin import CANCEL, SEND
from tests.support.bots.running_bot import listening
from tests.support.processes.bot_process import PATIENCE, serving, settings
from tests.support.reports.small_report import write_report
from tests.support.storage.databases import Trial
from tests.support.telegram_server import Message, Person, TelegramServer

pytestmark = pytest.mark.asyncio

ANNOUNCEMENTS = "SELECT count(*) FROM announcements"


async def controls(admin: Person) -> Message:
    """The next message below a preview."""

    def has_them(message: Message) -> bool:
        return any(button.text == CANCEL for row in message.buttons for button in row)

    return await admin.wait_for(has_them)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_it_is_announced_once_although_both_previews_are_sent(
    server: TelegramServer, database: Trial, tmp_path: Path
) -> None:
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
        first = await controls(admin)
        bot.process.kill()
        await bot.process.wait()
    async with serving(tmp_path, given) as bot:
        second = await controls(admin)
        assert second.find_button(SEND).data == first.find_button(SEND).data
        presses = [await admin.press(message, SEND) for message in (first, second)]
        assert "decided already" in presses[1].text
        await person.wait_for(lambda message: message.text == "Tea")
    assert [message.text for message in person.chat.bot_messages].count("Tea") == 1
    assert database.rows(ANNOUNCEMENTS) == [(1,)]
