"""Every setting, once: read from the environment and from `.env` in the working directory; the environment wins."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlsplit

from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

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
_TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_API_SCHEMES: Final = ("http", "https")
_PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")
# What to write; the value found is never repeated, because any of them may hold a secret.
_HELP: Final = {
    "TELEGRAM_BOT_TOKEN": "write the token as @BotFather gives it: digits, a colon, then 35 letters and digits",
    "TELEGRAM_BOT_TOKEN_FILE": "write the path of a readable text file that holds nothing but the token",
    "TELEGRAM_API_URL": "write an address that begins with http:// or https://, such as https://api.telegram.org",
    "TELEGRAM_PROXY": "write an address that begins with http://, https:// or socks5://, such as http://127.0.0.1:3128",
    "KNOWLEDGE_DIR": "write the path of the folder with the reports, such as knowledge",
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


def _proxy(value: SecretStr) -> SecretStr:
    return SecretStr(_address(value.get_secret_value().strip(), _PROXY_SCHEMES))


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
    knowledge_dir: Path = Path("knowledge")
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = LogLevel.INFO
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = LogFormat.TEXT


def load_settings(knowledge_dir: Path | None = None) -> Settings:
    """The settings in force, with the token of `TELEGRAM_BOT_TOKEN_FILE` read into `telegram_bot_token`.

    `knowledge_dir`: from the command line; wins over `KNOWLEDGE_DIR`.
    Raises `SettingsError` for an unknown name in `.env`, a malformed value, or a file that cannot be read.
    """
    given: dict[str, Any] = {} if knowledge_dir is None else {"knowledge_dir": knowledge_dir}
    _check_env_file()
    try:
        settings = Settings(_env_file=ENV_FILE, **given)
    except ValidationError as error:
        raise SettingsError(_line(error.errors(include_input=False, include_url=False)[0])) from None
    return _with_token(settings)


def _check_env_file() -> None:
    # pydantic-settings passes over a line that it cannot parse and over an unknown name without a value.
    try:
        with ENV_FILE.open(encoding="utf-8-sig") as stream:
            wrong = next(filter(None, map(_wrong, parse_stream(stream))), None)
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        wrong = f"{ENV_FILE}: cannot be read ({_why(error)}); write it as UTF-8 text, one NAME=value a line"
    if wrong:
        raise SettingsError(wrong)


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
