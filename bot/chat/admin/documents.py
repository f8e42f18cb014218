"""Report files that admins send, or have drafted from an article: checked, offered, applied or dropped; and /undo."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b
from typing import Final, TypeAlias

import structlog
from telegram import Bot, CallbackQuery, Document, InlineKeyboardMarkup, Message, User
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import filters

from bot.answering.teaching import Lesson
from bot.answering.worker import Candidate
from bot.chat.buttons import button
from bot.chat.callback_data import Decision, DocumentButton
from bot.chat.markup import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, edit, reader_of, show
from bot.chat.texts import Locale, locale_named, texts
from bot.chat.updates import Context, Handler
from bot.drafting.articles.article_reader import LARGEST as LARGEST_ARTICLE
from bot.drafting.articles.article_reader import SUFFIXES as ARTICLES
from bot.drafting.drafting import Draft
from bot.storage.memory import Memory

from .admins import Admins
from .editing import Editor
from .knowledge_changes import Result, changed, drafted, outcome, refused, taught, tried, warned
from .reloads import AlreadyReloading, Check, Checked, Refused, Request, Unwritable

LARGEST: Final = 5 * 1024 * 1024
_DRAFT: Final = "draft.yaml"
_REPORTS: Final = frozenset({".yaml", ".yml"})
_LONGEST_NAME: Final = 60
# Telegram calls an animation a document too.
_DOCUMENT: Final = filters.Document.ALL & ~filters.ANIMATION
_PAUSE: Final = 5.0  # seconds

# The draft for an article's name and content, or one line that says why there is none.
Drafting: TypeAlias = Callable[[str, bytes], Awaitable[Draft | str]]

log = structlog.get_logger(__name__)


class DocumentHandler:
    """Takes report files and articles, presses of the buttons below the answers to them, and /undo.

    `check`: checks a report file together with the folder as it would be with it; changes nothing, and never raises.
    """

    def __init__(self, check: Check, edits: Editor, memory: Memory, draft: Drafting) -> None:
        self._check = check
        self._edits = edits
        self._memory = memory
        self._draft = draft
        # The keys of what was asked of this process: what another one has under way is for that to bring to its end.
        self._own: set[str] = set()
        self._news = asyncio.Event()

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.message(_DOCUMENT, self._sent),
            admins.press(DocumentButton, self._pressed),
            admins.command("undo", self._undo),
        ]

    async def _sent(self, message: Message, _: Context) -> None:
        """Checks a report file, or drafts one from an article, and offers to apply it."""
        reader, is_article = reader_of(message.from_user), _suffix(message.document) in ARTICLES
        content = await (_content(message.document, LARGEST_ARTICLE) if is_article else _report_in(message.document))
        if isinstance(content, str):
            await _reply_to(message, Reply.plain(texts(reader)(content)))
        elif is_article:
            await self._offer_draft(message, content, reader)
        else:
            reply, _checked = await self._offer(content, reader)
            await _reply_to(message, reply)

    async def _offer_draft(self, message: Message, article: bytes, reader: Locale) -> None:
        await message.reply_chat_action(ChatAction.UPLOAD_DOCUMENT)
        name = cut(one_line((message.document and message.document.file_name) or ""), _LONGEST_NAME)
        draft = await self._draft(name, article)
        if isinstance(draft, str):
            await _reply_to(message, Reply.plain(draft))
        elif message.from_user:
            await self.offer(message.from_user, draft.text.encode(), [*drafted(draft, reader), ""])

    async def offer(self, person: User, new: bytes | Lesson, head: Sequence[str] = ()) -> None:
        """Sends an admin a document that was made here, or that a lesson makes, with an offer to apply it.

        `head`: the first lines of the offer. A document that is refused is sent without an offer.
        """
        reply, checked = await self._offer(new, reader_of(person), head)
        if checked is not None:
            await _reply_to(await person.send_document(checked.document, filename=checked.name), reply)
        elif isinstance(new, bytes):
            await _reply_to(await person.send_document(new, filename=_DRAFT), reply)
        else:
            await person.send_message(reply.html, ParseMode.HTML)

    async def _offer(
        self, new: bytes | Lesson, reader: Locale, head: Sequence[str] = ()
    ) -> tuple[Reply, Checked | None]:
        say = texts(reader)
        checked = await self._check(Candidate(new, is_tried=True))
        if isinstance(checked, AlreadyReloading):
            return Reply.plain(say("document-busy")), None
        if isinstance(checked, Refused):
            lines = [*head, say("document-refused"), *refused(checked.problems, checked.total, reader)]
            return Reply.plain("\n".join(lines)), None
        if len(checked.document) > LARGEST:
            return Reply.plain(say("document-large")), None
        lines = [
            *head,
            *taught(checked.taught, reader),
            say("document-replaces" if checked.replaces else "document-new", name=one_line(checked.name)),
        ]
        trouble = await self._edits.trouble()
        if trouble:
            lines.append(say("document-unwritable", reason=one_line(trouble)))
        lines += [*changed(checked.changes, reader), *warned(checked.warnings, checked.total, reader)]
        lines += tried(checked.trial, reader)
        buttons = None if trouble else _buttons(checked.document, checked.fingerprint, reader)
        return Reply.plain("\n".join(lines), buttons), checked

    async def _pressed(self, query: CallbackQuery, press: DocumentButton) -> None:
        """Applies or drops the document that a button stands for."""
        reader = reader_of(query.from_user)
        say = texts(reader)
        message = query.message if isinstance(query.message, Message) else None
        if message is None:
            await answer_press(query, say("gone"))
            return
        await answer_press(query)
        if press.decision is Decision.DROP:
            await show(query, Reply.plain(say("document-dropped")))
            return
        # An offer is applied once, by whichever press of it comes first.
        key = f"offer:{message.chat.id}:{message.message_id}:{press.fingerprint}"
        if await self._edits.knows(key):
            return
        document = await _report_in(message.reply_to_message.document if message.reply_to_message else None)
        if isinstance(document, str) or _digest(document) != press.digest:
            await show(query, Reply.plain(say("document-missing")))
            return
        who = query.from_user.id
        request = Request(key, who, message.message_id, str(reader), document, press.fingerprint)
        await self._ask(query.get_bot(), request)

    async def _undo(self, message: Message, _: Context) -> None:
        """Puts back what the last document replaced."""
        # In a private chat, the chat's id is the person's.
        who, reader = message.chat.id, reader_of(message.from_user)
        request = Request(f"undo:{who}:{message.message_id}", who, message.message_id, str(reader))
        await self._ask(message.get_bot(), request)

    async def resume(self, bot: Bot, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Carries out what is asked of this process, and first what one before it has left undone; until cancelled.

        `sleep`: waits so many seconds.
        """
        left = True
        while True:
            self._news.clear()
            for request in await self._edits.unfinished():
                if left or request.key in self._own:
                    reply = await self._carried_out(request)
                    await _send_in_the_end(bot, request, reply, sleep)
                    await self._edits.reported(request, again=reply.keyboard is not None)
            left = False
            await self._news.wait()

    async def _ask(self, bot: Bot, request: Request) -> None:
        """Keeps a request, which `resume` then carries out, unless it was asked before."""
        say = texts(locale_named(request.language))
        self._own.add(request.key)
        try:
            asked = await self._edits.asked(request)
            if isinstance(asked, Unwritable):
                await _send(bot, request, Reply.plain(say("document-unwritable", reason=one_line(asked.reason))))
            elif asked and request.document is not None:
                await _send(bot, request, Reply.plain(say("document-applying")))
        finally:
            self._news.set()

    async def _carried_out(self, request: Request) -> Reply:
        """The result of a request; it keeps the offer's buttons where they can be pressed again."""
        reader = locale_named(request.language)
        result: Result
        if request.document is None:
            what, result = "undo", await self._edits.undo(request)
        else:
            name = await self._edits.written(request)
            if not name:
                checked = await self._check(Candidate(request.document, is_tried=False))
                if isinstance(checked, AlreadyReloading):
                    buttons = _buttons(request.document, request.fingerprint, reader)
                    return Reply.plain(texts(reader)("document-busy"), buttons)
                if isinstance(checked, Refused):
                    return Reply.plain(texts(reader)("document-stale"))
                name = checked.name
            what, result = f"apply {name}", await self._edits.apply(request, name)
        lines, noted = outcome(result, reader, undo=request.document is None)
        log.info("an admin changed the knowledge", who=request.who, what=what, result=noted)
        await self._memory.audit.note(request.who, what, noted)
        return Reply.plain("\n".join(lines))


async def _reply_to(document: Message, reply: Reply) -> None:
    # The press of a button finds the document in the message that this one replies to.
    await document.reply_html(reply.html, reply_markup=reply.keyboard, do_quote=True, allow_sending_without_reply=True)


async def _send_in_the_end(bot: Bot, request: Request, reply: Reply, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Sends the reply to a request once Telegram can be reached."""
    while True:
        try:
            await _send(bot, request, reply)
        except (BadRequest, Forbidden) as error:
            log.warning("an admin could not be told", who=request.who, reason=error.message)
        except TelegramError:
            await sleep(_PAUSE)
            continue
        return


async def _send(bot: Bot, request: Request, reply: Reply) -> None:
    """Sends the reply to a request, in place of the offer where there is one."""
    if request.document is None or not await edit(bot, request.who, request.message, reply):
        await bot.send_message(request.who, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)


async def _report_in(document: Document | None) -> bytes | str:
    """The report file that a document is, or the key of the text that says why it is not taken."""
    if document is not None and _suffix(document) not in _REPORTS:
        return "document-ending"
    return await _content(document, LARGEST)


def _suffix(document: Document | None) -> str:
    """The ending of a document's name in small letters, such as `.yaml`."""
    _, dot, ending = ((document and document.file_name) or "").lower().rpartition(".")
    return dot + ending


async def _content(document: Document | None, most: int) -> bytes | str:
    """What a document of at most so many bytes holds, or the key of the text that says why it is not taken."""
    if document is None:
        return "document-lost"
    if (document.file_size or 0) > most:
        return "document-large"
    try:
        file = await document.get_file()
        if (file.file_size or 0) > most:
            return "document-large"
        content = bytes(await file.download_as_bytearray())
    except (TelegramError, OSError) as error:
        # That of a file which is gone reads as if the token were wrong.
        log.warning("a document could not be fetched", reason=type(error).__name__)
        return "document-lost"
    return "document-large" if len(content) > most else content


def _digest(document: bytes) -> str:
    return blake2b(document, digest_size=8).hexdigest()


def _buttons(document: bytes, fingerprint: str, locale: Locale) -> InlineKeyboardMarkup:
    """The buttons that apply or drop a document. `fingerprint`: of the folder that it was checked with."""
    say, digest = texts(locale), _digest(document)
    apply = button(say("document-apply"), DocumentButton(Decision.APPLY, digest, fingerprint))
    drop = button(say("document-drop"), DocumentButton(Decision.DROP, digest, fingerprint))
    return InlineKeyboardMarkup.from_row([apply, drop])
