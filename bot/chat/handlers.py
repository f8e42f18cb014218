"""All handlers of the chats put together, and those of what concerns no other folder: /start, /help, dead buttons."""

from collections.abc import Collection
from functools import partial

from telegram import Message
from telegram.ext import CallbackQueryHandler, InlineQueryHandler, filters

from bot.chat.browsing.browsing import BrowsingHandler
from bot.chat.browsing.chart_handler import ChartHandler
from bot.chat.questions.inline import answer_query
from bot.chat.questions.questions import Count, PopularFacts, QuestionHandler
from bot.settings import Settings
from bot.storage import Memory

from .commands import ADMIN_MENU
from .library import Library
from .sending import Reply, reader_of, send_below
from .subscriptions import MembershipHandler, SubscriptionHandler
from .texts import texts
from .updates import App, Context, Handler, on_command, on_message, refuse_press

_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_WRITTEN = _PRIVATE & ~filters.VIA_BOT
# A payment asks nothing; python-telegram-bot takes it for an attachment, with a warning.
_WITHOUT_TEXT = ~filters.CAPTION & (
    (~filters.SUCCESSFUL_PAYMENT & filters.ATTACHMENT) | filters.CHECKLIST | filters.STORY
)
# Before the others, which answer what these only note.
NOTING = -10


def install(application: App, library: Library, memory: Memory, settings: Settings, count: Count) -> None:
    """Adds the handlers of chats with people and groups, behind those of the admins. `count`: is told each answer."""
    memberships, popular = MembershipHandler(memory), PopularFacts(memory)
    help_ = HelpHandler(library, memory, settings.admin_ids, popular)
    application.add_handlers(
        [
            *memberships.handlers(),
            *SubscriptionHandler(memory.subscriptions).handlers(),
            *BrowsingHandler(library, settings.source_url).handlers(),
            *ChartHandler(library).handlers(),
            InlineQueryHandler(partial(answer_query, library)),
            *help_.handlers(),
            *QuestionHandler(library, memberships, memory, count, popular).handlers(),
            CallbackQueryHandler(refuse_press),
        ]
    )
    application.add_handler(on_message(_PRIVATE, help_.note), group=NOTING)
    application.add_error_handler(memberships.on_error)


class HelpHandler:
    """Says in private chats who the bot is, and what it takes; `admins` are told their commands too."""

    def __init__(self, library: Library, memory: Memory, admins: Collection[int], popular: PopularFacts) -> None:
        self._library = library
        self._memory = memory
        self._admins = admins
        self._popular = popular

    def handlers(self) -> list[Handler]:
        return [
            on_command("start", self._start, _WRITTEN),
            on_command("help", self._help, _WRITTEN),
            on_message(_WRITTEN & _WITHOUT_TEXT, self._without_text),
        ]

    async def note(self, message: Message, _: Context) -> None:
        """Remembers a private chat, whatever is written in it; of groups, those that ask are remembered."""
        await self._memory.chats.seen(message.chat.id, message.chat.type, "", reader_of(message.from_user))

    async def _start(self, message: Message, _: Context) -> None:
        popular = await self._popular.ids()
        await send_below(message, self._library.now.replies.welcome(reader_of(message.from_user), popular))

    async def _help(self, message: Message, _: Context) -> None:
        say = texts(reader_of(message.from_user))
        lines = [say("help")]
        if message.from_user is not None and message.from_user.id in self._admins:
            lines += ["", say("help-admins"), *(f"/{name} {say(f'command-{name}')}" for name in ADMIN_MENU)]
        await send_below(message, Reply.plain("\n".join(lines)))

    @staticmethod
    async def _without_text(message: Message, _: Context) -> None:
        await send_below(message, Reply(texts(reader_of(message.from_user))("text-only")))
