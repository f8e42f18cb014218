"""Articles that admins send: each gets the draft of its report file back, to be corrected or applied as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import PurePath
from typing import Final, TypeAlias

from telegram import Message
from telegram.constants import ChatAction
from telegram.ext import filters

from bot.chat.markup import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, texts
from bot.chat.updates import Context, Handler
from bot.drafting.articles.article_reader import LARGEST, SUFFIXES
from bot.drafting.drafting import Draft

from .admins import Admins
from .documents import DocumentHandler, content_of

_DOUBTS: Final = 8  # that are told; the file has all of them
_LONGEST: Final = 120
_LONGEST_NAME: Final = 60

# The draft for a file with this name and content, or one line that says why there is none.
Drafting: TypeAlias = Callable[[str, bytes], Awaitable[Draft | str]]


class _Article(filters.MessageFilter):
    """Files of the kinds that articles are read from."""

    def filter(self, message: Message) -> bool:
        name = (message.document and message.document.file_name) or ""
        return PurePath(name).suffix.lower() in SUFFIXES


class ArticleHandler:
    """`documents`: offers to apply a draft as any other document."""

    def __init__(self, draft: Drafting, documents: DocumentHandler) -> None:
        self._draft = draft
        self._documents = documents

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.message(_Article(), self._sent)]

    async def _sent(self, message: Message, _: Context) -> None:
        reader = reader_of(message.from_user)
        content = await content_of(message.document, LARGEST)
        if isinstance(content, str):
            await send_below(message, Reply.plain(texts(reader)(content)))
            return
        await message.reply_chat_action(ChatAction.UPLOAD_DOCUMENT)
        name = cut(one_line(message.document.file_name or ""), _LONGEST_NAME) if message.document else ""
        drafted = await self._draft(name, content)
        if isinstance(drafted, str):
            await send_below(message, Reply.plain(drafted))
        elif message.from_user:
            head = [*_lines(drafted, reader), ""]
            await self._documents.offer(message.from_user, drafted.text.encode(), head)


def _lines(draft: Draft, locale: Locale) -> Iterator[str]:
    """What there is, what is doubtful, and what to do."""
    say, doubts = texts(locale), draft.doubts
    yield say("article-draft", facts=draft.facts, figures=draft.figures, doubts=len(doubts))
    for doubt in doubts[:_DOUBTS]:
        yield cut(one_line(f"• {doubt.label}: {doubt.why}"), _LONGEST)
    if len(doubts) > _DOUBTS:
        yield say("more", count=len(doubts) - _DOUBTS)
    yield say("article-next")
