"""What Telegram says of the bot: its token, its webhook, what it may do; and which time it is there."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from aiohttp import ClientResponse
from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.http_client import Connection
from bot.settings import Settings

from .finding import Finding, Level, error, ok, warning

_LATELY: Final = timedelta(hours=1)
# Seconds between the clocks. The reply says no fraction of a second, and takes a while.
_OFF: Final = 5
_FAR_OFF: Final = 60


class _TimedConnection(Connection):
    """Remembers by how many seconds the clock of who replied is ahead of this one; None where no reply says it."""

    ahead: float | None = None

    def received(self, response: ClientResponse) -> None:
        try:
            there = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        self.ahead = (there - datetime.now(UTC)).total_seconds()


async def telegram(settings: Settings) -> list[Finding]:
    """Findings on the token, the webhook, groups, inline mode and the clock."""
    if settings.telegram_bot_token is None:
        advice = "write the token that @BotFather gives you into .env; without it only the terminal answers"
        return [error("token", "TELEGRAM_BOT_TOKEN is not set", advice)]
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    calls = _TimedConnection(1, proxy)
    token, base = settings.telegram_bot_token.get_secret_value(), f"{settings.telegram_api_url}/bot"
    await calls.initialize()
    try:
        findings = await _asked(Bot(token, base, request=calls, get_updates_request=calls), settings)
    finally:
        await calls.shutdown()
    return [*findings, _clock(calls.ahead)]


async def _asked(bot: Bot, settings: Settings) -> list[Finding]:
    try:
        me = await bot.get_me()
    except InvalidToken:
        advice = "copy it again from @BotFather (with a server of your own, check TELEGRAM_API_URL too)"
        return [error("token", "Telegram refuses it", advice)]
    except TelegramError as problem:
        advice = "check the network, TELEGRAM_PROXY and TELEGRAM_API_URL"
        return [error("token", f"Telegram cannot be asked ({problem.message})", advice)]
    return [ok("token", f"@{me.username} (id {me.id})"), await _webhook(bot, settings), *_rights(me)]


async def _webhook(bot: Bot, settings: Settings) -> Finding:
    try:
        info = await bot.get_webhook_info()
    except TelegramError as problem:
        return warning("webhook", f"Telegram does not say ({problem.message})", "try again")
    setting = _setting(info, settings.webhook_url)
    if not info.url or not info.last_error_date or datetime.now(UTC) - info.last_error_date >= _LATELY:
        return setting
    when = f"{info.last_error_date:%H:%M} UTC"
    text = f"Telegram could not deliver to {_host(info.url)} at {when}: {info.last_error_message}"
    advice = f"check the reverse proxy and HTTP_LISTEN; {info.pending_update_count} updates wait"
    return warning("webhook", text, "; ".join(filter(None, (advice, setting.advice))))


def _setting(info: WebhookInfo, wanted: str | None) -> Finding:
    if info.url == (wanted or ""):
        text = f"set to {_host(info.url)}, {info.pending_update_count} updates wait" if wanted else "none; polling"
        return ok("webhook", text)
    if wanted is None:
        advice = "the start of this bot removes it: stop the other deployment that uses this token, or set WEBHOOK_URL"
        return warning("webhook", f"set to {_host(info.url)}, but WEBHOOK_URL is not set", advice)
    there = f"set to {_host(info.url)}, another address than WEBHOOK_URL" if info.url else "not set, WEBHOOK_URL is"
    return warning("webhook", there, "the start of this bot sets it; once it runs, this must be gone")


def _host(url: str) -> str:
    """The host of an address, without the path, in which some keep a secret."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _rights(me: User) -> list[Finding]:
    if not me.can_join_groups:
        advice = "send /setjoingroups to @BotFather for that"
        groups = warning("groups", "the bot cannot be added to groups", advice)
    elif me.can_read_all_group_messages:
        text = "privacy mode is off: every message comes here, and the bot needs few of them"
        advice = "send /setprivacy to @BotFather to turn it on, then add the bot to its groups anew"
        groups = warning("groups", text, advice)
    else:
        groups = ok("groups", "privacy mode is on: commands, mentions and replies come here")
    advice = "send /setinline to @BotFather, then restart the bot"
    inline = ok("inline mode", "on") if me.supports_inline_queries else warning("inline mode", "off", advice)
    return [groups, inline]


def _clock(ahead: float | None) -> Finding:
    if ahead is None:
        return warning("clock", "not examined: nobody at TELEGRAM_API_URL told the time", "put the lines above right")
    seconds = round(abs(ahead))
    if seconds <= _OFF:
        return ok("clock", "agrees with Telegram's")
    side = "behind" if ahead > 0 else "ahead of"
    level = Level.ERROR if seconds > _FAR_OFF else Level.WARNING
    return Finding(level, "clock", f"{seconds:,} seconds {side} Telegram's", "have the system keep its time (NTP)")
