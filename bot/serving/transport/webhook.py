"""The webhook: Telegram posts each update, and sends it again until it is told 200."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from telegram import Bot, Update

from .clients import read_update

_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY: Final = 1024 * 1024
_BODY_SECONDS: Final = 30.0
_LARGEST_ID: Final = 2**63


class Webhook:
    """Takes requests; `take` handles an update and returns when that is done."""

    def __init__(
        self,
        bot: Bot,
        secret: str,
        take: Callable[[Update], Awaitable[None]],
        heard: Callable[[], None],
        body_seconds: float = _BODY_SECONDS,
    ) -> None:
        self._bot = bot
        self._secret = secret.encode()
        self._take = take
        self._heard = heard
        self._body_seconds = body_seconds
        self.is_open = False

    async def receive(self, request: web.Request) -> web.Response:
        """200 once the update is handled, so that after a crash Telegram sends it again."""
        refusal = self._refusal(request)
        if refusal:
            return web.Response(status=refusal)
        update = _update(await _body(request, self._body_seconds))
        if update is None:
            return web.Response(status=400)
        self._heard()
        await self._take(read_update(update, self._bot))
        return web.Response()

    def _refusal(self, request: web.Request) -> int:
        """The status for a request whose body is not worth reading, else 0."""
        given = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return 403
        if not self.is_open:
            return 503
        return 413 if (request.content_length or 0) > LARGEST_BODY else 0


async def _body(request: web.Request, seconds: float) -> bytes:
    """Empty where it cannot be read. Raises the 413 for one that turns out to be too large, the 408 for a slow one."""
    try:
        async with asyncio.timeout(seconds):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ConnectionError, HttpProcessingError, web.RequestPayloadError):
        return b""
    if len(body) > LARGEST_BODY:
        raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, len(body))
    return body


def _update(body: bytes) -> dict[str, Any] | None:
    """What has the number of an update; None where nothing has."""
    try:
        update: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    return update if type(number) is int and 0 <= number < _LARGEST_ID else None
