"""Every setting, once: read from the environment and from `.env` in the working directory; the environment wins.

And what of them is secret, to be taken out of all that people read.
"""

import hmac
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, unquote_plus, urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import BaseModel, BeforeValidator, Field, Secret, ValidationError

from bot.errors import UsageError

ENV_FILE = Path(".env")
# Where files of the knowledge are kept that admins have replaced.
HISTORY = Path("data") / "knowledge-history"
# For which questions can be kept, and asked for.
MOST_DAYS = 3650
# What the web server answers beside the webhook.
OWN_PATHS = ("/healthz", "/readyz", "/metrics")
_TOKEN = re.compile(r"\A[0-9]+:[A-Za-z0-9_-]+\Z")
_WEBHOOK_SECRET = re.compile(r"\A[A-Za-z0-9_-]{1,256}\Z")
_DATABASE = re.compile(r"sqlite:///(?!:memory:)[^?#\s][^?#]*|postgres(?:ql)?://[^\s/?#]*/[^\s/?#]+(?:\?\S*)?")
_GRACE = re.compile(r"([0-9]{1,5})\s*([mh])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
# Two ways to read `user:password@`: up to the last @ before the path, and up to the first one, where a password may
# have / and # in it.
_PASSWORDS = (re.compile(r"//[^:/]*:([^/?#]*)@"), re.compile(r"//[^:/]*:([^@]*)@"))
# With its @, as a short name alone may be a word of any text.
_USER_PART = re.compile(r"//([^/?#]+@)")
# The password of the database, that of the key to it, and whatever else the driver may come to know.
_PARAMETERS = re.compile(r"[?&][^=&]*(?:password|secret|token)[^=&]*=([^&]*)", re.IGNORECASE)
# What to write; the value found is never repeated, because any of them may hold a secret.
_HELP = {
    "TELEGRAM_BOT_TOKEN": "write the token as @BotFather gives it: digits, a colon, then 35 letters and digits",
    "TELEGRAM_BOT_TOKEN_FILE": "write the path of a readable text file that holds nothing but the token",
    "TELEGRAM_API_URL": "write an address that begins with http:// or https://, such as https://api.telegram.org",
    "TELEGRAM_PROXY": "write an address that begins with http://, https:// or socks5://, such as http://127.0.0.1:3128",
    "ADMIN_IDS": "write the user ids of the admins with commas between, such as 123456789,987654321",
    "KNOWLEDGE_DIR": "write the path of the folder with the reports, such as knowledge",
    "KNOWLEDGE_WATCH": "write true to read the folder again when its files change, or false",
    "DATABASE_URL": "write sqlite:///PATH, such as sqlite:///data/shushuo.db, or postgresql://USER:PASSWORD@HOST/NAME",
    "QUESTION_LOG_DAYS": f"write a whole number of days from 0 to {MOST_DAYS}, such as 90, or 0 to note no questions",
    "WEBHOOK_URL": "write the address that Telegram reaches this bot at, such as https://bot.example.org/telegram "
    "(not /healthz, /readyz or /metrics)",
    "WEBHOOK_SECRET": "write 1 to 256 letters, digits, - and _, or remove it to have one made",
    "HTTP_LISTEN": "write host:port, such as 127.0.0.1:8080, or nothing to turn it off while polling",
    "REPLY_RATE": "write a whole number of messages a second, such as 30, or 0 for no limit",
    "TIMEZONE": "write the name of a time zone, such as Asia/Shanghai or Europe/Berlin",
    "SCHEDULE_GRACE": "write minutes or hours, such as 90m or 1h, from 1m to 168h",
    "BROADCAST_RATE": "write a whole number of announcement messages a second from 1 to 10000, such as 25",
    "SOURCE_URL": "write the address of the source code, such as https://github.com/example/shushuo",
    "LOG_LEVEL": "write one of DEBUG, INFO, WARNING, ERROR",
    "LOG_FORMAT": "write text or json",
}


# Each of these takes a text as it is written and returns the value, or raises ValueError.


def _address(text: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
    parts = urlsplit(text)  # raises ValueError too, and so does its port
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0 or not text.isprintable() or " " in text:
        raise ValueError("is not an address")
    return text.rstrip("/")


def _source_url(text: str) -> str:
    # Telegram refuses a button with a host of the local network, and with it the message.
    if "." not in (urlsplit(text).hostname or ""):
        raise ValueError("is no address on the internet")
    return _address(text)


def _webhook_url(text: str) -> str:
    url = _address(text)
    if urlsplit(url).path in OWN_PATHS or "#" in url or "?" in url:
        raise ValueError("is no address for a webhook")
    return url


def _database_url(text: str) -> str:
    if not text.startswith("sqlite"):
        _ = urlsplit(text).port  # raises ValueError too
    if not _DATABASE.fullmatch(text):
        raise ValueError("is no address of a database")
    return text


def _ids(text: str) -> tuple[int, ...]:
    """User ids; a group's id is negative and no admin."""
    ids = tuple(int(part) for part in text.split(",") if part.strip())
    if not all(0 < user_id < 2**52 for user_id in ids):
        raise ValueError("is no list of user ids")
    return tuple(dict.fromkeys(ids))


def _listen(text: str) -> str:
    parts = urlsplit(f"//{text}")  # raises ValueError too, and so does its port
    if text and (not parts.hostname or not parts.port or parts.netloc != text or "@" in text):
        raise ValueError("is not host:port")
    return text


def _time_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (LookupError, OSError):  # what is a folder of zones is an OSError
        raise ValueError("names no time zone") from None


def _grace(text: str) -> timedelta:
    found = _GRACE.fullmatch(text.lower())
    grace = int(found[1]) * _UNITS[found[2]] if found else timedelta()
    if not _UNITS["m"] <= grace <= timedelta(days=7):
        raise ValueError("is no number of minutes or hours")
    return grace


def _read(read: Callable[[str], object]) -> BeforeValidator:
    """A validator that has `read` make the value of a text; a default passes as it is."""
    return BeforeValidator(lambda value: read(value.strip()) if isinstance(value, str) else value)


class Settings(BaseModel, frozen=True, hide_input_in_errors=True, str_strip_whitespace=True):
    """The settings in force; a field is named as its variable, in lower case."""

    telegram_bot_token: Secret[Annotated[str, Field(pattern=_TOKEN)]] | None = None
    telegram_bot_token_file: Path | None = None
    telegram_api_url: Annotated[str, _read(_address)] = "https://api.telegram.org"
    telegram_proxy: Secret[Annotated[str, _read(partial(_address, schemes=_PROXY_SCHEMES))]] | None = None
    admin_ids: Annotated[tuple[int, ...], _read(_ids)] = ()
    knowledge_dir: Path = Path("knowledge")
    knowledge_watch: bool = False
    database_url: Secret[Annotated[str, _read(_database_url)]] = Secret("sqlite:///data/shushuo.db")
    question_log_days: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 90
    webhook_url: Annotated[str, _read(_webhook_url)] | None = None
    webhook_secret: Secret[Annotated[str, Field(pattern=_WEBHOOK_SECRET)]] | None = None
    http_listen: Annotated[str, _read(_listen)] = "127.0.0.1:8080"
    reply_rate: Annotated[int, Field(ge=0, le=10_000)] = 30
    timezone: Annotated[ZoneInfo, _read(_time_zone)] = ZoneInfo("Asia/Shanghai")
    schedule_grace: Annotated[timedelta, _read(_grace)] = timedelta(hours=1)
    broadcast_rate: Annotated[int, Field(ge=1, le=10_000)] = 25
    source_url: Annotated[str, _read(_source_url)] | None = None
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], _read(str.upper)] = "INFO"
    log_format: Annotated[Literal["text", "json"], _read(str.lower)] = "text"

    @property
    def token(self) -> str:
        """The bot's token; empty where none is set."""
        return self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""

    @property
    def proxy(self) -> str | None:
        """The address of the proxy, with its login."""
        return self.telegram_proxy.get_secret_value() if self.telegram_proxy else None

    @property
    def database(self) -> str:
        """The address of the database, with its login."""
        return self.database_url.get_secret_value()


def load_settings(knowledge_dir: Path | None = None) -> Settings:
    """The settings in force, with the token of `TELEGRAM_BOT_TOKEN_FILE` read into `telegram_bot_token`.

    `knowledge_dir`: from the command line; wins over `KNOWLEDGE_DIR`.
    Raises UsageError for an unknown name in `.env`, a malformed value, or a file that cannot be read.
    """
    settings, problems = examine_settings(knowledge_dir)
    if problems:
        raise UsageError(next(iter(problems.values())))
    return settings


def examine_settings(knowledge_dir: Path | None = None) -> tuple[Settings, dict[str, str]]:
    """Loads the settings as `load_settings` does, but with the default in place of each that is wrong.

    Also returns what is wrong, one line for people by the name of the setting or of the file.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    try:
        if wrong := _wrong_line():
            problems[str(ENV_FILE)] = wrong
        values = _named(dotenv_values(ENV_FILE, encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        problems[str(ENV_FILE)] = (
            f"{ENV_FILE}: cannot be read ({_why(error)}); write it as UTF-8 text, one NAME=value a line"
        )
    values |= _named(os.environ)
    if knowledge_dir is not None:
        values["knowledge_dir"] = knowledge_dir
    settings, malformed = _validated(values)
    problems |= malformed
    if settings.webhook_url and not settings.http_listen:
        problems["HTTP_LISTEN"] = f"HTTP_LISTEN: WEBHOOK_URL needs it; {_HELP['HTTP_LISTEN'].partition(', or')[0]}"
    try:
        return _with_token(settings), problems
    except UsageError as error:
        return settings, {**problems, "TELEGRAM_BOT_TOKEN_FILE": str(error)}


def _named(variables: Mapping[str, str | None]) -> dict[str, Any]:
    """The values of variables by their names in lower case; an empty one is a value of HTTP_LISTEN alone."""
    named = {name.lower(): value for name, value in variables.items()}
    return {name: value for name, value in named.items() if value or (value == "" and name == "http_listen")}


def _validated(values: Mapping[str, Any]) -> tuple[Settings, dict[str, str]]:
    try:
        return Settings.model_validate(values), {}
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
    malformed = dict.fromkeys(str(one["loc"][0]) for one in found)
    problems = {name: f"{name}: the value is malformed; {_HELP[name]}" for name in map(str.upper, malformed)}
    return Settings.model_validate({name: values[name] for name in values if name not in malformed}), problems


def _wrong_line() -> str | None:
    """What is wrong with a line of `.env`, if there is such a line and such a file."""
    # python-dotenv passes over a line that it cannot parse.
    if not ENV_FILE.exists():
        return None
    with ENV_FILE.open(encoding="utf-8-sig") as stream:
        for line in parse_stream(stream):
            place = f"{ENV_FILE} line {line.original.line}"
            if line.error or (line.key and line.value is None):
                return f"{place}: is no setting; write NAME=value, or begin the line with # to make it a comment"
            if line.key and line.key.upper() not in _HELP:
                return f"{place}: {line.key[:80]} is not a setting; write one of {', '.join(_HELP)}, or remove the line"
    return None


def _with_token(settings: Settings) -> Settings:
    path = settings.telegram_bot_token_file
    if path is None:
        return settings
    if settings.telegram_bot_token is not None:
        raise UsageError("TELEGRAM_BOT_TOKEN_FILE: TELEGRAM_BOT_TOKEN is set as well; remove one of the two")
    try:
        token = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = f"cannot be read ({_why(error)})"
    else:
        if _TOKEN.fullmatch(token):
            return settings.model_copy(update={"telegram_bot_token": Secret(token)})
        reason = "does not hold a bot token"
    advice = _HELP["TELEGRAM_BOT_TOKEN_FILE"]
    raise UsageError(f"TELEGRAM_BOT_TOKEN_FILE: {str(path)!r} {reason}; {advice}")


def _why(error: Exception) -> str:
    return error.strerror or "error" if isinstance(error, OSError) else "not UTF-8 text"


# ---- what nobody may read


def webhook_secret(settings: Settings) -> str:
    """The secret token of the webhook: `WEBHOOK_SECRET`, or one made from the bot's token.

    The same token makes the same secret, so that several processes behind one address agree; it tells nothing of the
    token.
    """
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(settings.token.encode(), b"the secret token of the webhook", "sha256").hexdigest()


def secrets_of(settings: Settings) -> frozenset[str]:
    """What must appear in no log and no report: the token, its secret half alone, passwords, the webhook's secret.

    Of Telegram's address and the webhook's, names too: a proxy before them may ask for nothing else.
    """
    half = settings.token.partition(":")[2]
    # A shorter one would take innocent text with it.
    secrets = {settings.token, half if len(half) >= 8 else ""}
    secrets |= passwords_in(settings.proxy or "") | passwords_in(settings.database)
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
