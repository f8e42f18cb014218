"""What nobody may read, and taking it out of what people do read."""

import hmac
import re
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import unquote, unquote_plus

from bot.settings import Settings

# Two ways to read `user:password@`: up to the last @ before the path, and up to the first one, where a password may
# have / and # in it.
_PASSWORDS = (re.compile(r"//[^:/]*:([^/?#]*)@"), re.compile(r"//[^:/]*:([^@]*)@"))
# With its @, as a short name alone may be a word of any text.
_USER_PART = re.compile(r"//([^/?#]+@)")
# The password of the database, that of the key to it, and whatever else the driver may come to know.
_PARAMETERS = re.compile(r"[?&][^=&]*(?:password|secret|token)[^=&]*=([^&]*)", re.IGNORECASE)


def webhook_secret(settings: Settings) -> str:
    """The secret token of the webhook: `WEBHOOK_SECRET`, or one made from the bot's token.

    The same token makes the same secret, so that several processes behind one address agree; it tells nothing of the
    token.
    """
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    return hmac.new(token.encode(), b"the secret token of the webhook", "sha256").hexdigest()


def secrets_of(settings: Settings) -> frozenset[str]:
    """What must appear in no log and no report: the token, its secret half alone, passwords, the webhook's secret.

    Of Telegram's address and the webhook's, names too: a proxy before them may ask for nothing else.
    """
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else ""
    half = token.partition(":")[2]
    # A shorter one would take innocent text with it.
    secrets = {token, half if len(half) >= 8 else ""}
    secrets |= passwords_in(proxy) | passwords_in(settings.database_url.get_secret_value())
    for address in (settings.telegram_api_url, settings.webhook_url or ""):
        secrets.update(_USER_PART.findall(address), passwords_in(address))
    if settings.webhook_url:
        secrets.add(webhook_secret(settings))
    return frozenset(secrets - {""})


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """A function that takes `secrets` out of a text, in whatever case: Telegram's own words come in small letters."""
    longest_first = sorted(secrets, key=len, reverse=True)
    if not longest_first:
        return str
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    return partial(pattern.sub, "[secret]")


def passwords_in(address: str) -> frozenset[str]:
    """The passwords in an address, before the host or behind the `?`, as they are written and as they are meant."""
    written = {found for pattern in (*_PASSWORDS, _PARAMETERS) for found in pattern.findall(address)}
    return frozenset(written | {unescape(found) for found in written for unescape in (unquote, unquote_plus)}) - {""}
