"""Every setting, once: read from the environment and from `.env` in the working directory; the environment wins."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class SettingsError(Exception):
    """A setting is unknown or malformed, or a file that it names cannot be read; the text is one line for people."""


class LogLevel(StrEnum):
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


ENV_FILE: Final = Path(".env")
# Where files of the knowledge are kept that admins have replaced.
HISTORY: Final = Path("data") / "knowledge-history"
_TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
# What the web server answers beside the webhook.
OWN_PATHS: Final = ("/healthz", "/readyz", "/metrics")
_DATABASE: Final = re.compile(r"sqlite:///(?!:memory:)[^?#\s][^?#]*|postgres(?:ql)?://[^\s/?#]*/[^\s/?#]+(?:\?\S*)?")
_GRACE: Final = re.compile(r"([0-9]{1,5})\s*([mh])")
_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
_LONGEST_GRACE: Final = timedelta(days=7)
_API_SCHEMES: Final = ("http", "https")
_PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")
# What to write; the value found is never repeated, because any of them may hold a secret.
_HELP: Final = {
    "TELEGRAM_BOT_TOKEN": "write the token as @BotFather gives it: digits, a colon, then 35 letters and digits",
    "TELEGRAM_BOT_TOKEN_FILE": "write the path of a readable text file that holds nothing but the token",
    "TELEGRAM_API_URL": "write an address that begins with http:// or https://, such as https://api.telegram.org",
    "TELEGRAM_PROXY": "write an address that begins with http://, https:// or socks5://, such as http://127.0.0.1:3128",
    "ADMIN_IDS": "write the user ids of the admins with commas between, such as 123456789,987654321",
    "KNOWLEDGE_DIR": "write the path of the folder with the reports, such as knowledge",
    "KNOWLEDGE_WATCH": "write true to read the folder again when its files change, or false",
    "DATABASE_URL": "write sqlite:///PATH, such as sqlite:///data/shushuo.db, or postgresql://USER:PASSWORD@HOST/NAME",
    "QUESTION_LOG_DAYS": "write a whole number of days from 0 to 3650, such as 90, or 0 to note no questions",
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


def _token(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value().strip()
    if not _TOKEN.fullmatch(secret):
        raise ValueError("is not a bot token")
    return SecretStr(secret)


def _address(text: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(text)  # raises ValueError too, and so does its port
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0 or not text.isprintable() or " " in text:
        raise ValueError("is not an address")
    return text.rstrip("/")


def _api_url(value: str) -> str:
    return _address(value.strip(), _API_SCHEMES)


def _source_url(value: str) -> str:
    url = _address(value.strip(), _API_SCHEMES)
    # Telegram refuses a button with a host of the local network, and with it the message.
    if "." not in (urlsplit(url).hostname or ""):
        raise ValueError("is no address on the internet")
    return url


def _proxy(value: SecretStr) -> SecretStr:
    return SecretStr(_address(value.get_secret_value().strip(), _PROXY_SCHEMES))


def _database_url(value: SecretStr) -> SecretStr:
    url = value.get_secret_value().strip()
    if not _DATABASE.fullmatch(url):
        raise ValueError("is no address of a database")
    if not url.startswith("sqlite"):
        _ = urlsplit(url).port  # raises ValueError too
    return SecretStr(url)


def _ids(value: object) -> object:
    """User ids; a group's id is negative and no admin."""
    if not isinstance(value, str):
        return value
    ids = tuple(int(part) for part in value.split(",") if part.strip())  # raises ValueError too
    if not all(0 < user_id < 2**52 for user_id in ids):
        raise ValueError("is no list of user ids")
    return tuple(dict.fromkeys(ids))


def _webhook_url(value: str) -> str:
    url = _address(value.strip(), _API_SCHEMES)
    if urlsplit(url).path in OWN_PATHS or "#" in url or "?" in url:
        raise ValueError("is no address for a webhook")
    return url


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("is no secret token")
    return value


def _listen(value: str) -> str:
    text = value.strip()
    parts = urlsplit(f"//{text}")  # raises ValueError too, and so does its port
    if text and (not parts.hostname or not parts.port or parts.netloc != text or "@" in text):
        raise ValueError("is not host:port")
    return text


def _time_zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value.strip())
    except (LookupError, OSError):  # what is a folder of zones is an OSError
        raise ValueError("names no time zone") from None


def _grace(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _GRACE.fullmatch(value.strip().lower())
    grace = int(found[1]) * _UNITS[found[2]] if found else timedelta()
    if not _UNITS["m"] <= grace <= _LONGEST_GRACE:
        raise ValueError("is no number of minutes or hours")
    return grace


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """The settings in force; a field is named as its variable, in lower case."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_bot_token_file: Path | None = None
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = "https://api.telegram.org"
    telegram_proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    admin_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    knowledge_dir: Path = Path("knowledge")
    knowledge_watch: bool = False
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] = SecretStr("sqlite:///data/shushuo.db")
    question_log_days: Annotated[int, Field(ge=0, le=3650)] = 90
    webhook_url: Annotated[str, AfterValidator(_webhook_url)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    http_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    reply_rate: Annotated[int, Field(ge=0, le=10_000)] = 30
    timezone: Annotated[ZoneInfo, BeforeValidator(_time_zone)] = ZoneInfo("Asia/Shanghai")
    schedule_grace: Annotated[timedelta, BeforeValidator(_grace)] = timedelta(hours=1)
    broadcast_rate: Annotated[int, Field(ge=1, le=10_000)] = 25
    source_url: Annotated[str, AfterValidator(_source_url)] | None = None
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = LogLevel.INFO
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = LogFormat.TEXT


def load_settings(knowledge_dir: Path | None = None) -> Settings:
    """The settings in force, with the token of `TELEGRAM_BOT_TOKEN_FILE` read into `telegram_bot_token`.

    `knowledge_dir`: from the command line; wins over `KNOWLEDGE_DIR`.
    Raises `SettingsError` for an unknown name in `.env`, a malformed value, or a file that cannot be read.
    """
    settings, problems = examine_settings(knowledge_dir)
    if problems:
        raise SettingsError(next(iter(problems.values())))
    return settings


def examine_settings(knowledge_dir: Path | None = None) -> tuple[Settings, dict[str, str]]:
    """As `load_settings`, but with the default in place of each setting that is wrong.

    Also returns what is wrong, one line for people by the name of the setting or of the file.
    """
    given: dict[str, Any] = {} if knowledge_dir is None else {"knowledge_dir": knowledge_dir}
    problems: dict[str, str] = {}
    env_file: Path | None = ENV_FILE
    try:
        if wrong := _wrong_line():
            problems[str(ENV_FILE)] = wrong
    except (OSError, UnicodeDecodeError) as error:
        problems[str(ENV_FILE)] = (
            f"{ENV_FILE}: cannot be read ({_why(error)}); write it as UTF-8 text, one NAME=value a line"
        )
        env_file = None
    if _is_emptied("HTTP_LISTEN", env_file):
        given["http_listen"] = ""
    settings, malformed = _validated(env_file, given)
    problems |= malformed
    if settings.webhook_url and not settings.http_listen:
        problems["HTTP_LISTEN"] = f"HTTP_LISTEN: WEBHOOK_URL needs it; {_HELP['HTTP_LISTEN'].partition(', or')[0]}"
    try:
        return _with_token(settings), problems
    except SettingsError as error:
        return settings, {**problems, "TELEGRAM_BOT_TOKEN_FILE": str(error)}


def _validated(env_file: Path | None, given: dict[str, Any]) -> tuple[Settings, dict[str, str]]:
    try:
        return Settings(_env_file=env_file, **given), {}
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        malformed = {str(one["loc"][0]): one for one in reversed(found)}
    defaults = {field: Settings.model_fields[field].default for field in malformed}
    problems = {field.upper(): _line(malformed[field]) for field in reversed(malformed)}
    return Settings(_env_file=env_file, **{**given, **defaults}), problems


def _is_emptied(name: str, env_file: Path | None) -> bool:
    """Whether a setting is given an empty value, which pydantic-settings takes for one that is not given."""
    in_file = dotenv_values(env_file, encoding="utf-8-sig") if env_file else {}
    given = [*in_file.items(), *os.environ.items()]
    return {key.upper(): value for key, value in given}.get(name) == ""


def _wrong_line() -> str | None:
    """What is wrong with a line of `.env`, if there is such a line and such a file."""
    # pydantic-settings passes over a line that it cannot parse and over an unknown name without a value.
    try:
        with ENV_FILE.open(encoding="utf-8-sig") as stream:
            return next(filter(None, map(_wrong, parse_stream(stream))), None)
    except FileNotFoundError:
        return None


def _wrong(binding: Binding) -> str | None:
    place = f"{ENV_FILE} line {binding.original.line}"
    if binding.error or (binding.key and binding.value is None):
        return f"{place}: is no setting; write NAME=value, or begin the line with # to make it a comment"
    if binding.key and binding.key.upper() not in _HELP:
        return f"{place}: {binding.key[:80]} is not a setting; write one of {', '.join(_HELP)}, or remove the line"
    return None


def _line(error: ErrorDetails) -> str:
    name = str(error["loc"][0]).upper()
    return f"{name}: the value is malformed; {_HELP[name]}"


def _with_token(settings: Settings) -> Settings:
    path = settings.telegram_bot_token_file
    if path is None:
        return settings
    if settings.telegram_bot_token is not None:
        raise SettingsError("TELEGRAM_BOT_TOKEN_FILE: TELEGRAM_BOT_TOKEN is set as well; remove one of the two")
    return settings.model_copy(update={"telegram_bot_token": _token_of(path)})


def _token_of(path: Path) -> SecretStr:
    try:
        return _token(SecretStr(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        reason = f"{str(path)!r} cannot be read ({_why(error)})"
    except ValueError:
        reason = f"{str(path)!r} does not hold a bot token"
    raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE: {reason}; {_HELP['TELEGRAM_BOT_TOKEN_FILE']}")


def _why(error: Exception) -> str:
    return error.strerror or "error" if isinstance(error, OSError) else "not UTF-8 text"
