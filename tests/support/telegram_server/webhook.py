"""Webhooks: the methods for them, and updates on their way to the bot's own web endpoint."""

import asyncio
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace

import aiohttp

from bot.rehearsal.telegram_server.requests import ApiError, method, misuse, split_url
from bot.rehearsal.telegram_server.server import TelegramServer
from bot.rehearsal.telegram_server.updates import Signal, UnconfirmedUpdates

_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.5
_MOST_CONNECTIONS = 40  # Telegram's default
# With those of webhooks. A backend has its `webhook`.
METHODS = dict(TelegramServer.methods)


@dataclass(slots=True)
class Webhook:
    """Posts the queue to `url`, each update until the answer is a 2xx: one after the other in a chat, chats at once."""

    queue: UnconfirmedUpdates
    signal: Signal
    url: str = ""
    secret: str = ""
    last_error: tuple[int, str] | None = None
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Begins delivery, where a webhook is set."""
        if self.url:
            self._task = asyncio.create_task(self._deliver_all())

    async def stop(self) -> None:
        """Ends delivery; `start` takes it up again."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _deliver_all(self) -> None:
        busy: set[int] = set()
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as deliveries:
            while await self.signal.wait(lambda: self._next(busy) is not None, None):
                if update := self._next(busy):
                    busy.add(_chat_of(update))
                    deliveries.create_task(self._deliver(session, update, busy))

    def _next(self, busy: set[int]):
        """The oldest update of a chat that nothing is being delivered of."""
        if len(busy) >= _MOST_CONNECTIONS:
            return None
        return next((update for update in self.queue.pending if _chat_of(update) not in busy), None)

    async def _deliver(self, session: aiohttp.ClientSession, update, busy: set[int]) -> None:
        pause = _FIRST_PAUSE
        while problem := await self._post(session, update):
            self.last_error = (int(time.time()), problem)
            self.signal.notify()
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        busy.discard(_chat_of(update))
        self.queue.pending = [other for other in self.queue.pending if other is not update]
        self.signal.notify()

    async def _post(self, session: aiohttp.ClientSession, update) -> str:
        """What went wrong; empty where nothing did."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers, allow_redirects=False) as response:
                if response.status // 100 == 2:
                    return ""
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {error}"

    def to_json(self):
        info = {"url": self.url, "has_custom_certificate": False, "pending_update_count": len(self.queue.pending)}
        if self.url:
            info |= {"max_connections": _MOST_CONNECTIONS, "allowed_updates": sorted(self.queue.allowed)}
        if self.last_error:
            info |= dict(zip(("last_error_date", "last_error_message"), self.last_error, strict=True))
        return info


def _chat_of(update) -> int:
    """The id of the chat that an update belongs to, or of the person where it belongs to none."""
    content = next((value for value in update.values() if isinstance(value, dict)), {})
    place = content.get("chat") or content.get("message", {}).get("chat") or content.get("from") or {}
    return int(place.get("id", 0))


@method(
    "setWebhook",
    "url:string! ip_address:string max_connections:integer allowed_updates:array drop_pending_updates:boolean "
    "secret_token:string",
    METHODS,
)
async def set_webhook(backend, given) -> bool:
    if not given["url"]:
        return bool(await delete_webhook(backend, given))
    webhook, address = backend.webhook, split_url(given["url"])
    if address.scheme != "https" and (address.scheme, address.hostname) != ("http", "127.0.0.1"):
        raise misuse("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", given.get("secret_token", "")):
        raise misuse("secret token contains unallowed characters")
    backend.updates.allow(given.get("allowed_updates"))
    wanted = given["url"], given.get("secret_token", "")
    if (webhook.url, webhook.secret) != wanted:  # where it is set already, what is on its way goes on
        await webhook.stop()
        backend.updates.end_poll("terminated by setWebhook request")
        webhook.url, webhook.secret = wanted
        webhook.start()
    return True


async def delete_webhook(backend, given) -> bool:
    await backend.webhook.stop()
    backend.webhook.url, backend.webhook.last_error = "", None
    return bool(await TelegramServer.methods["deletewebhook"].call(backend, given))


async def get_updates(backend, given):
    if backend.webhook.url:
        raise ApiError(409, f"Conflict: {_ACTIVE}")
    return await TelegramServer.methods["getupdates"].call(backend, given)


@method("getWebhookInfo", methods=METHODS)
async def get_webhook_info(backend, _given):
    return backend.webhook.to_json()


for call in (delete_webhook, get_updates):
    name = call.__name__.replace("_", "")
    METHODS[name] = replace(METHODS[name], call=call)
