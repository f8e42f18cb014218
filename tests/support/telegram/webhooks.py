"""What Telegram posts to a bot, for tests that post it themselves."""

from contextlib import asynccontextmanager

import aiohttp

from tests.support.telegram_server import Person, TelegramServer

SECRET = "the-tests_own-SECRET-1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def update(person: Person, text: str, update_id: int = 1):
    chat = {"id": person.id, "type": "private"}
    person.chat.started = True
    message = {"message_id": 900 + update_id, "date": 1, "chat": chat, "from": person.to_json(), "text": text}
    return {"update_id": update_id, "message": message}


async def set_up(server: TelegramServer) -> str:
    """Once Telegram knows the webhook: its secret token."""
    return str((await server.wait_for_call("setWebhook")).parameters["secret_token"])


@asynccontextmanager
async def posting(url: str):
    """Yields what posts an update to `url`, and returns once it was taken."""
    async with aiohttp.ClientSession(headers={HEADER: SECRET}) as session:

        async def post(update) -> None:
            async with session.post(url, json=update) as response:
                assert response.status == 200

        yield post
