"""The two ways in which updates come: long polling and the webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import structlog
from telegram.error import BadRequest

from bot.chat import UPDATES

from .polling import Link, Poller, until_answered

if TYPE_CHECKING:
    from telegram import WebhookInfo

    from bot.chat import App
    from bot.serving.clock import Clock
    from bot.serving.monitoring.health import Health

    from .inbox import Inbox
    from .intake import Intake
    from .update_workers import OneByOneInAChat
    from .webhook import Webhook

# Nobody may write for hours, and then only a question to Telegram tells that it is there.
_CHECK_SECONDS: Final = 30.0

log = structlog.get_logger(__name__)


class WebhookRefusedError(Exception):
    """Telegram does not take the address of the webhook; the text is its reason."""


class Receiver(Protocol):
    async def prepare(self) -> None:
        """Tells Telegram how updates are to come, as soon as it can be reached."""

    async def run(self) -> None:
        """Receives until it is cancelled. Raises InvalidToken as `until_answered` does."""

    async def finish(self) -> None:
        """Takes no more updates, and returns once those that have come are handled."""

    async def confirm(self) -> None:
        """Tells Telegram which updates are handled, where it does not know."""


class Polling:
    """Asks for updates, as long as `flow` has room for them."""

    def __init__(  # noqa: PLR0913, PLR0917 (each is another part of the house)
        self, application: App, link: Link, health: Health, clock: Clock, flow: OneByOneInAChat, intake: Intake
    ) -> None:
        self._bot = application.bot
        self._link = link
        self._clock = clock
        self._intake = intake
        self._poller = Poller(application.bot, UPDATES, intake, link, health.heard, flow.room, clock)

    async def prepare(self) -> None:
        # A webhook left from an earlier deployment would refuse every poll.
        await until_answered(self._bot.delete_webhook, self._link, self._clock)

    async def run(self) -> None:
        await self._poller.run()

    async def finish(self) -> None:
        await self._intake.finish()

    async def confirm(self) -> None:
        await self._poller.confirm()


class Webhooks:
    """Has updates posted to `url`, and watches that they are."""

    def __init__(  # noqa: PLR0913, PLR0917 (each is another part of the house)
        self,
        application: App,
        link: Link,
        health: Health,
        clock: Clock,
        webhook: Webhook,
        inbox: Inbox,
        intake: Intake,
        url: str,
        secret: str,
    ) -> None:
        self._bot = application.bot
        self._link = link
        self._health = health
        self._clock = clock
        self._webhook = webhook
        self._inbox = inbox
        self._intake = intake
        self._url = url
        self._secret = secret
        self._trouble: object = None

    async def prepare(self) -> None:
        self._webhook.is_open = True
        await until_answered(self._set, self._link, self._clock)

    async def run(self) -> None:
        while True:
            await self._intake.resume()  # with what a process that polled has left
            await self._clock.sleep(_CHECK_SECONDS)
            self._watch(info := await until_answered(self._bot.get_webhook_info, self._link, self._clock))
            if info.url != self._url:
                log.warning("the webhook was changed by another program; setting it again")
                await until_answered(self._set, self._link, self._clock)
            self._health.heard()

    async def finish(self) -> None:
        # Those that come from now on are sent again later, to the next start or to another process.
        self._webhook.is_open = False
        await self._inbox.emptied()

    async def confirm(self) -> None:
        """Telegram was told with each."""

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=UPDATES)
        except BadRequest as error:
            raise WebhookRefusedError(error.message) from error
        self._health.heard()

    def _watch(self, info: WebhookInfo) -> None:
        """One line in the log when Telegram has new trouble with reaching the webhook."""
        if info.last_error_date and info.last_error_date != self._trouble:
            log.warning("Telegram could not deliver to the webhook", reason=info.last_error_message)
        self._trouble = info.last_error_date or self._trouble
