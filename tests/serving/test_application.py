"""What python-telegram-bot keeps of those who write."""

import pytest
from telegram import Update

from bot.chat.library import Library
from bot.clock import SystemClock
from bot.serving.assembly import Service
from bot.settings import Settings
from tests.support.bots.running_bot import edition
from tests.support.storage.no_memory import NoMemory
from tests.support.telegram.webhooks import update
from tests.support.telegram_server import TelegramServer


@pytest.mark.asyncio
async def test_nobody_is_noted_for_a_persistence_that_there_is_not(server: TelegramServer) -> None:
    settings = Settings(telegram_bot_token=server.token, telegram_api_url=server.url, http_listen="")
    service = Service(settings, Library(edition()), NoMemory(), SystemClock())
    people = [server.user() for _ in range(3)]
    async with service.application as application:
        for number, person in enumerate(people, start=1):
            await application.process_update(Update.de_json(update(person, "产值", number), application.bot))
    for person in people:
        assert (await person.next_message()).text.startswith("35.2亿元")
    # What it costs is not seen from outside.
    assert application._chat_ids_to_be_updated_in_persistence == set()  # noqa: SLF001
    assert application._user_ids_to_be_updated_in_persistence == set()  # noqa: SLF001
