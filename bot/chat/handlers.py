"""All handlers of the chats put together, the menus that Telegram shows, and /start and /help."""

from collections.abc import Collection
from functools import partial

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeChat, Message
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackQueryHandler, InlineQueryHandler, filters

from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.memory import Memory

from .browsing import BrowsingHandler
from .charts import ChartHandler
from .inline import answer_query
from .library import Library
from .messages import App, Context, Handler, Reply, on_command, on_message, reader_of, refuse_press, send_below
from .questions import PopularFacts, QuestionHandler
from .subscriptions import MembershipHandler, SubscriptionHandler
from .texts import Locale, texts

_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_WRITTEN = _PRIVATE & ~filters.VIA_BOT
# A payment asks nothing; python-telegram-bot takes it for an attachment, with a warning.
_WITHOUT_TEXT = ~filters.CAPTION & (
    (~filters.SUCCESSFUL_PAYMENT & filters.ATTACHMENT) | filters.CHECKLIST | filters.STORY
)
# Before the others, which answer what these only note.
NOTING = -10
# The text of a command has the key command-NAME.
PRIVATE_MENU = ("topics", "random", "fact", "about", "ask", "subscribe", "unsubscribe", "help", "start")
# What is chosen there comes without the bot's name, and in a group these alone are taken without it.
GROUP_MENU = ("ask",)
ADMINISTRATORS_MENU = ("ask", "subscribe", "unsubscribe")
# Known to the admins in their private chats, and to nobody else.
ADMIN_MENU = "schedule schedules daily status reload undo try unanswered popular announce announcements audit".split()

log = structlog.get_logger(__name__)


def install(application: App, library: Library, memory: Memory, settings: Settings, metrics: Metrics) -> None:
    """Adds the handlers of chats with people and groups, behind those of the admins."""
    memberships, popular = MembershipHandler(memory), PopularFacts(memory)
    questions = QuestionHandler(library, memberships, memory, metrics, popular)
    application.add_handlers(
        [
            *memberships.handlers(),
            *SubscriptionHandler(memory.chats).handlers(),
            *BrowsingHandler(library, settings.source_url).handlers(),
            *ChartHandler(library).handlers(),
            InlineQueryHandler(partial(answer_query, library)),
            *HelpHandler(library, settings.admin_ids, popular).handlers(),
            *questions.handlers(),
            CallbackQueryHandler(refuse_press),
        ]
    )
    application.add_handler(on_message(_PRIVATE, questions.note), group=NOTING)
    application.add_error_handler(memberships.on_error)


class HelpHandler:
    """Says in private chats who the bot is, and what it takes; `admins` are told their commands too."""

    def __init__(self, library: Library, admins: Collection[int], popular: PopularFacts) -> None:
        self._library = library
        self._admins = admins
        self._popular = popular

    def handlers(self) -> list[Handler]:
        return [
            on_command("start", self._start, _WRITTEN),
            on_command("help", self._help, _WRITTEN),
            on_message(_WRITTEN & _WITHOUT_TEXT, self._without_text),
        ]

    async def _start(self, message: Message, _: Context) -> None:
        popular = await self._popular.ids()
        await send_below(message, self._library.now.welcome(reader_of(message.from_user), popular))

    async def _help(self, message: Message, _: Context) -> None:
        say = texts(reader_of(message.from_user))
        lines = [say("help")]
        if message.from_user is not None and message.from_user.id in self._admins:
            lines += ["", say("help-admins"), *(f"/{name} {say(f'command-{name}')}" for name in ADMIN_MENU)]
        await send_below(message, Reply.plain("\n".join(lines)))

    @staticmethod
    async def _without_text(message: Message, _: Context) -> None:
        await send_below(message, Reply(texts(reader_of(message.from_user))("text-only")))


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
