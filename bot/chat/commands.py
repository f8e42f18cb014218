"""What Telegram shows of the bot: the menus of commands, and the descriptions; set where they have changed."""

from collections.abc import Collection

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeChat
from telegram.error import BadRequest, TelegramError

from .texts import Locale, texts

# The text of a command has the key command-NAME.
PRIVATE_MENU = ("topics", "random", "fact", "about", "ask", "subscribe", "unsubscribe", "help", "start")
# What is chosen there comes without the bot's name, and in a group these alone are taken without it.
GROUP_MENU = ("ask",)
ADMINISTRATORS_MENU = ("ask", "subscribe", "unsubscribe")
# Known to the admins in their private chats, and to nobody else.
ADMIN_MENU = "schedule schedules daily status reload undo try unanswered popular announce announcements audit".split()

log = structlog.get_logger(__name__)


async def introduce(bot: Bot, admins: Collection[int] = ()) -> None:
    """Sets the menus and descriptions that are not yet as they should be; never raises. `admins`: their chats' ids."""
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScope(BotCommandScope.ALL_PRIVATE_CHATS), PRIVATE_MENU),
        (BotCommandScope(BotCommandScope.ALL_GROUP_CHATS), GROUP_MENU),
        (BotCommandScope(BotCommandScope.ALL_CHAT_ADMINISTRATORS), ADMINISTRATORS_MENU),
        *((BotCommandScopeChat(admin), (*PRIVATE_MENU, *ADMIN_MENU)) for admin in admins),
    ]
    changed = 0
    try:
        # Telegram knows languages of two letters; English stands for all that have no own entry.
        for code, locale in {"": Locale.ENGLISH, "zh": Locale.SIMPLIFIED}.items():
            for scope, names in scopes:
                changed += await _set_menu(bot, scope, code or None, [_command(name, locale) for name in names])
            long, short = texts(locale)("description"), texts(locale)("short-description")
            if (await bot.get_my_description(language_code=code or None)).description != long:
                changed += await bot.set_my_description(long, language_code=code or None)
            if (await bot.get_my_short_description(language_code=code or None)).short_description != short:
                changed += await bot.set_my_short_description(short, language_code=code or None)
    except TelegramError as error:
        log.warning("menus and descriptions could not be set; the next start tries again", reason=error.message)
    except Exception:
        log.exception("what Telegram shows of the bot could not be set")
    else:
        if changed:
            log.info("menus and descriptions set", changed=changed)


async def _set_menu(bot: Bot, scope: BotCommandScope, language: str | None, wanted: list[BotCommand]) -> bool:
    """Sets a menu where it is another one; whether it was set."""
    try:
        if list(await bot.get_my_commands(scope=scope, language_code=language)) == wanted:
            return False
        return await bot.set_my_commands(wanted, scope=scope, language_code=language)
    except BadRequest as error:
        # An admin who has never written to the bot has no chat with it.
        log.info("Telegram did not take a menu", of=scope.to_dict(), reason=error.message)
        return False


def _command(name: str, locale: Locale) -> BotCommand:
    say = texts(locale)
    what = say(f"command-{name}")
    return BotCommand(name, say("menu-for-admins", what=what) if name in ADMIN_MENU else what)
