"""What Telegram shows of the bot: the menus of commands, and the descriptions; set where they have changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, TelegramError

from .texts import Locale, texts

# The keys of their texts; a command is called as the rest of its key.
PRIVATE_MENU: Final = (
    "command-topics",
    "command-random",
    "command-fact",
    "command-about",
    "command-ask",
    "command-subscribe",
    "command-unsubscribe",
    "command-help",
    "command-start",
)
# What is chosen there comes without the bot's name, and in a group these alone are heard without it.
GROUP_MENU: Final = ("command-ask",)
ADMINISTRATORS_MENU: Final = (*GROUP_MENU, "command-subscribe", "command-unsubscribe")
# Known to the admins in their private chats, and to nobody else.
ADMIN_MENU: Final = (
    "command-schedule",
    "command-schedules",
    "command-daily",
    "command-status",
    "command-reload",
    "command-undo",
    "command-try",
    "command-unanswered",
    "command-popular",
    "command-announce",
    "command-announcements",
    "command-audit",
)
_KEY: Final = "command-"
# Telegram knows languages of two letters; English stands for all that have no own entry.
_LANGUAGES: Final = {"": Locale.ENGLISH, "zh": Locale.SIMPLIFIED}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that Telegram shows: how to ask for it, how to set it, and what it is to be."""

    get: Callable[[], Awaitable[Any]]
    set: Callable[[], Awaitable[bool]]
    wanted: object
    who: str


async def introduce(bot: Bot, admins: Collection[int] = ()) -> None:
    """Sets the menus and descriptions that are not yet as they should be. `admins`: the ids of the admins' chats.

    What Telegram does not take costs a line in the log, and the rest is set all the same.
    """
    changed = 0
    for entry in (*_menus(bot, admins), *_descriptions(bot)):
        try:
            if await entry.get() != entry.wanted:
                changed += await entry.set()
        except BadRequest as error:
            # An admin who has never written to the bot has no chat with it.
            log.info("Telegram did not take a menu", of=entry.who, reason=error.message)
        except TelegramError as error:
            log.warning("menus and descriptions could not be set; the next start tries again", reason=error.message)
            return
    if changed:
        log.info("menus and descriptions set", changed=changed)


def _menus(bot: Bot, admins: Collection[int]) -> Iterator[Entry]:
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeAllPrivateChats(), PRIVATE_MENU),
        (BotCommandScopeAllGroupChats(), GROUP_MENU),
        (BotCommandScopeAllChatAdministrators(), ADMINISTRATORS_MENU),
        *((BotCommandScopeChat(admin), (*PRIVATE_MENU, *ADMIN_MENU)) for admin in admins),
    ]
    for scope, keys in scopes:
        for code, locale in _LANGUAGES.items():
            yield _menu(bot, scope, code, tuple(_command(key, locale) for key in keys))


def _command(key: str, locale: Locale) -> BotCommand:
    say = texts(locale)
    what = say(key)
    return BotCommand(key.removeprefix(_KEY), say("menu-for-admins", what=what) if key in ADMIN_MENU else what)


def admins_help(locale: Locale) -> str:
    """The admins' commands, a line each."""
    say = texts(locale)
    return "\n".join([say("help-admins"), *(f"/{key.removeprefix(_KEY)} {say(key)}" for key in ADMIN_MENU)])


def _menu(bot: Bot, scope: BotCommandScope, code: str, wanted: tuple[BotCommand, ...]) -> Entry:
    language = code or None
    return Entry(
        lambda: bot.get_my_commands(scope=scope, language_code=language),
        lambda: bot.set_my_commands(wanted, scope=scope, language_code=language),
        wanted,
        f"{scope.type} {getattr(scope, 'chat_id', '')}".strip(),
    )


def _descriptions(bot: Bot) -> Iterator[Entry]:
    for code, locale in _LANGUAGES.items():
        yield _long(bot, code or None, texts(locale)("description"))
        yield _short(bot, code or None, texts(locale)("short-description"))


def _long(bot: Bot, language: str | None, wanted: str) -> Entry:
    async def get() -> str:
        return (await bot.get_my_description(language_code=language)).description

    return Entry(get, lambda: bot.set_my_description(wanted, language_code=language), wanted, "description")


def _short(bot: Bot, language: str | None, wanted: str) -> Entry:
    async def get() -> str:
        return (await bot.get_my_short_description(language_code=language)).short_description

    return Entry(get, lambda: bot.set_my_short_description(wanted, language_code=language), wanted, "short description")
