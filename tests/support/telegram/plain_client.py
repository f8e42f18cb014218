"""A client of the Bot API that is no library, for the tests of the server."""

import json
from dataclasses import dataclass

import aiohttp

from tests.support.telegram_server import TelegramServer


@dataclass(frozen=True)
class Client:
    server: TelegramServer
    session: aiohttp.ClientSession

    async def call(self, method: str, **parameters):
        """Status and reply of one request."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        async with self.session.post(f"{self.server.url}/bot{self.server.token}/{method}", data=form) as response:
            return response.status, await response.json()

    async def result(self, method: str, **parameters):
        status, reply = await self.call(method, **parameters)
        assert (status, reply["ok"]) == (200, True), reply
        return reply["result"]

    async def messages(self):
        """Those that the bot hears of."""
        return [update["message"] for update in await self.result("getUpdates", timeout=5)]

    async def refused(self, method: str, **parameters) -> str:
        """The description of a 400 that counts as a violation, which is taken off the list."""
        status, reply = await self.call(method, **parameters)
        assert (status, reply["ok"], reply["error_code"]) == (400, False, 400)
        assert len(self.server.violations) == 1
        self.server.violations.clear()
        return str(reply["description"])

    async def declined(self, method: str, **parameters) -> str:
        """The description of an error that a correct bot may meet."""
        status, reply = await self.call(method, **parameters)
        assert (status, reply["ok"]) == (reply["error_code"], False)
        assert self.server.violations == []
        return str(reply["description"])
