"""Browsing: /topics, /fact, /random, /about, links to a fact, and the buttons that leaf through the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.chat.questions.inline import Inline
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, locale_for, texts

from .about import About
from .page_buttons import TURNS, Turn
from .pages import Pages
from .sharing import PAYLOAD, key_in

if TYPE_CHECKING:
    from telegram.ext import BaseHandler

    from bot.chat.conversation import App, Context
    from bot.chat.library import Library
    from bot.chat.replies import Reply

    from .sharing import Sharing

# In a group, other bots know these commands too: they are this one's where they name it. A channel's post that Telegram
# brings into its discussion group speaks to nobody there.
_NEW: Final = (
    filters.UpdateType.MESSAGE
    & (filters.ChatType.PRIVATE | (filters.ChatType.GROUPS & filters.Regex(r"\A/\w+@")))
    & ~(filters.IS_AUTOMATIC_FORWARD | filters.VIA_BOT)
)


def install(application: App, library: Library, sharing: Sharing, source_url: str | None) -> None:
    """Adds the handlers of browsing and of inline mode; they go before those of any command, text and press.

    `source_url`: the address of the source code, for /about.
    """
    application.add_handlers(Browsing(library, sharing, About(source_url)).handlers())
    application.add_handlers(Inline(library, sharing).handlers())


class Browsing:
    """The handlers; each answers one update."""

    def __init__(self, library: Library, sharing: Sharing, about: About) -> None:
        self._library = library
        self._sharing = sharing
        self._about = about

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [
            CommandHandler("topics", self.topics, filters=_NEW),
            CommandHandler("fact", self.fact, filters=_NEW),
            CommandHandler("random", self.random, filters=_NEW),
            CommandHandler("about", self.about, filters=_NEW),
            CommandHandler("start", self.link, filters=_NEW & filters.Regex(PAYLOAD), has_args=1),
            CallbackQueryHandler(self.turn, TURNS),
        ]

    async def topics(self, update: Update, _: Context) -> None:
        message, reader = _asked(update)
        await send_below(message, self._pages().topics(reader))

    async def random(self, update: Update, _: Context) -> None:
        message, reader = _asked(update)
        await send_below(message, self._pages().random(reader))

    async def about(self, update: Update, _: Context) -> None:
        message, reader = _asked(update)
        await send_below(message, self._about.reply(self._library.now, reader))

    async def fact(self, update: Update, context: Context) -> None:
        message, reader = _asked(update)
        asked = " ".join(context.args or ())
        await send_below(message, self._with_id(asked, reader) if asked else self._pages().which_id(reader))

    async def link(self, update: Update, context: Context) -> None:
        message, reader = _asked(update)
        (given,) = context.args or ("",)
        await send_below(message, self._with_id(key_in(given) or given, reader))

    async def turn(self, update: Update, _: Context) -> None:
        query = _pressed(update)
        reader = reader_of(query.from_user)
        turn = Turn.read(query.data or "")
        locale = locale_for(turn.language, reader) if turn else reader
        page = self._pages().at(turn, locale) if turn else None
        if page is None:
            await answer_press(query, texts(locale)("gone"))
            return
        await answer_press(query)
        await show(query, page)

    def _pages(self) -> Pages:
        return Pages(self._library.now.contents, self._sharing)

    def _with_id(self, asked: str, reader: Locale) -> Reply:
        contents = self._library.now.contents
        pages = Pages(contents, self._sharing)
        # Ids have small letters only; people and their keyboards write others.
        fact = contents.fact(asked) or contents.fact(asked.lower())
        return pages.fact(fact, reader) if fact else pages.unknown(asked, reader)


def _asked(update: Update) -> tuple[Message, Locale]:
    if update.message is None:
        raise TypeError("a handler of commands was given another update")
    return update.message, reader_of(update.message.from_user)


def _pressed(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a handler of presses was given another update")
    return update.callback_query
