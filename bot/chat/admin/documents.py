"""Report files that admins send, or have drafted from an article: checked, offered, applied or dropped; and /undo."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import partial

import structlog
from cachetools import LRUCache
from pydantic import TypeAdapter
from telegram import CallbackQuery, Document, InlineKeyboardMarkup, Message, User
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import filters

from bot.answering.teaching import Lesson
from bot.answering.worker import Candidate, Read
from bot.chat.buttons import CallbackData, button
from bot.chat.messages import Context, Handler, Reply, answer_press, reader_of, send_below, show
from bot.chat.rendering import one_line
from bot.chat.texts import Locale, RequestError, texts
from bot.drafting.articles.article_reader import LARGEST as LARGEST_ARTICLE
from bot.drafting.articles.article_reader import SUFFIXES as ARTICLES
from bot.drafting.draft import MOST_SECONDS, Draft
from bot.storage.memory import Memory

from .admins import Admins
from .editing import Editor, digest_of
from .knowledge_changes import Check, Edit, changed, drafted, refused, reloaded, taught, tried, warned

LARGEST = 5 * 1024 * 1024

_LONGEST_DRAFT = 2.0 * MOST_SECONDS
# What a draft comes to: the draft, or one line that says why there is none. What is neither raises a ValueError.
_ANSWERS: TypeAdapter[Draft | str] = TypeAdapter(Draft | str)

# The draft for an article's name and content, or one line that says why there is none.
Drafting = Callable[[str, bytes], Awaitable[Draft | str]]
Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger(__name__)


class Decision(StrEnum):
    """What becomes of a document that was checked."""

    APPLY = "a"
    DROP = "d"


class DocumentButton(CallbackData, prefix="doc"):
    """Applies or drops a checked document, which is in the message that the one with the button replies to."""

    decision: Decision
    digest: str  # of the document
    fingerprint: str  # of the folder that it was checked with


class Drafter:
    """Drafts in a process of its own, one article after the other."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def draft(self, name: str, data: bytes) -> Draft | str:
        """The draft for an article, or one line that says why there is none. `name`: of its file, on one line."""
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.drafting.worker", name),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                # Ctrl-C is for the process that serves, which then ends this one.
                start_new_session=True,
            )
            try:
                async with asyncio.timeout(_LONGEST_DRAFT):
                    answer, _ = await process.communicate(data)
                return _ANSWERS.validate_json(answer)
            except (TimeoutError, ValueError):
                log.warning("the drafting of an article broke off", file=name, code=process.returncode)
                return f"{name}: reading it took too long, or too much memory: give its text alone, as .txt"
            finally:
                if process.returncode is None:
                    # With the process that it may have a file opened by.
                    os.killpg(process.pid, signal.SIGKILL)
                    await process.wait()


class DocumentHandler:
    """Takes report files and articles, presses of the buttons below the answers to them, and /undo.

    `check`: checks a report file together with the folder as it would be with it; changes nothing, and never raises.
    """

    def __init__(self, check: Check, edits: Editor, memory: Memory, draft: Drafting, sleep: Sleep) -> None:
        self._check = check
        self._edits = edits
        self._memory = memory
        self._draft = draft
        self._sleep = sleep
        # What was done and told: the same may come again, and a second press may be on its way.
        self._done: MutableMapping[str, bool] = LRUCache(1_000)

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            # Telegram calls an animation a document too.
            admins.message(filters.Document.ALL & ~filters.ANIMATION, self._sent),
            admins.press(DocumentButton, self._pressed),
            admins.command("undo", self._undo),
        ]

    async def _sent(self, message: Message, _: Context) -> None:
        """Checks a report file, or drafts one from an article, and offers to apply it."""
        if _suffix(message.document) not in ARTICLES:
            reply, _read = await self._offer(await _report_in(message.document), reader_of(message.from_user))
            await _reply_to(message, reply)
            return
        article = await _content(message.document, LARGEST_ARTICLE)
        await message.reply_chat_action(ChatAction.UPLOAD_DOCUMENT)
        name = one_line((message.document and message.document.file_name) or "", 60)
        draft = await self._draft(name, article)
        if isinstance(draft, str):
            await _reply_to(message, Reply.plain(draft))
        elif message.from_user:
            head = [*drafted(draft, texts(reader_of(message.from_user))), ""]
            await self.offer(message.from_user, draft.text.encode(), head)

    async def offer(self, person: User, new: bytes | Lesson, head: Sequence[str] = ()) -> None:
        """Sends an admin a document that was made here, or that a lesson makes, with an offer to apply it."""
        reply, read = await self._offer(new, reader_of(person), head)
        if read is not None:
            await _reply_to(await person.send_document(read.document, filename=read.snapshot.name), reply)
        elif isinstance(new, bytes):
            await _reply_to(await person.send_document(new, filename="draft.yaml"), reply)
        else:
            await person.send_message(reply.html, ParseMode.HTML)

    async def _offer(self, new: bytes | Lesson, reader: Locale, head: Sequence[str] = ()) -> tuple[Reply, Read | None]:
        """The offer to apply a document, and what was read with it; without that, why it cannot be applied."""
        say = texts(reader)
        read = await self._check(Candidate(new, is_tried=True))
        folder = read.snapshot
        if read.is_refused:
            lines = [*head, say("document-refused"), *refused(folder.problems, folder.total, say)]
            return Reply.plain("\n".join(lines)), None
        if len(read.document) > LARGEST:
            return Reply.plain(say("document-large")), None
        lines = [
            *head,
            *taught(read.taught, say),
            say("document-replaces" if folder.replaces else "document-new", name=one_line(folder.name)),
        ]
        trouble = await self._edits.trouble()
        if trouble:
            lines.append(trouble.said(reader))
        lines += [*changed(read.changes, say), *warned(folder.problems, folder.total, say), *tried(read.trial, say)]
        buttons = None if trouble else _buttons(read.document, folder.fingerprint, reader)
        return Reply.plain("\n".join(lines), buttons), read

    async def _pressed(self, query: CallbackQuery, press: DocumentButton) -> None:
        """Applies or drops the document that a button stands for; asked again after a crash, it goes on from there."""
        reader, message = reader_of(query.from_user), query.message
        if not isinstance(message, Message):
            raise RequestError("gone")
        await answer_press(query)
        key = f"offer:{message.chat.id}:{message.message_id}:{press.fingerprint}"
        if press.decision is Decision.DROP:
            await show(query, Reply.plain(texts(reader)("document-dropped")))
        elif key not in self._done:
            try:
                reply = await self._applied(query, message.reply_to_message, press)
            except RequestError as error:
                reply = Reply.plain(error.said(reader))
            await self._tell(query.from_user.id, partial(show, query, reply))
            self._done[key] = True

    async def _applied(self, query: CallbackQuery, sent: Message | None, press: DocumentButton) -> Reply:
        """What comes of applying the document in the message `sent`. Raises RequestError where it cannot be applied."""
        reader, who, check = reader_of(query.from_user), query.from_user.id, (press.digest, press.fingerprint)
        name = await self._edits.written(*check)
        document = None if name else await _checked_document(sent, press.digest)
        with suppress(TelegramError):  # what comes of it is told in any case
            await show(query, Reply.plain(texts(reader)("document-applying")))
        if document is not None:
            checked = await self._check(Candidate(document, is_tried=False))
            if checked.is_refused:
                raise RequestError("document-stale")
            name = checked.snapshot.name
        return await self._changed(who, f"apply {name}", self._edits.apply(who, document, check, name), reader)

    async def _undo(self, message: Message, _: Context) -> None:
        """Puts back what the last document replaced."""
        # In a private chat, the chat's id is the person's.
        who, reader = message.chat.id, reader_of(message.from_user)
        key = f"undo:{who}:{message.message_id}"
        if key not in self._done:
            reply = await self._changed(who, "undo", self._edits.undo(who, key), reader)
            await self._tell(who, partial(send_below, message, reply))
            self._done[key] = True

    async def _changed(self, who: int, what: str, change: Awaitable[Edit], reader: Locale) -> Reply:
        """The lines for an admin on what comes of a change, which is noted too."""
        say, is_undo = texts(reader), what == "undo"
        try:
            name, result = await change
        except RequestError as error:
            lines, noted = [error.said(reader)], f"refused: {error}"
        else:
            done = say("undone" if is_undo else "document-applied", name=one_line(name))
            lines = [*reloaded(result, [done], say("undo-refused" if is_undo else "document-put-back"), say)]
            noted = f"{'refused' if result.here.is_refused else name}: {result.here}"
        log.info("an admin changed the knowledge", who=who, what=what, result=noted)
        await self._memory.audit.note(who, what, noted)
        return Reply.plain("\n".join(lines))

    async def _tell(self, who: int, send: Callable[[], Awaitable[object]]) -> None:
        """Sends what came of a change once Telegram can be reached."""
        while True:
            try:
                await send()
            except (BadRequest, Forbidden) as error:
                log.warning("an admin could not be told", who=who, what="a change", reason=error.message)
            except TelegramError:
                await self._sleep(5.0)
                continue
            return


async def _reply_to(document: Message, reply: Reply) -> None:
    # The press of a button finds the document in the message that this one replies to.
    await document.reply_html(reply.html, reply_markup=reply.keyboard, do_quote=True, allow_sending_without_reply=True)


async def _checked_document(sent: Message | None, digest: str) -> bytes:
    """The report file in a message, which was checked before. Raises RequestError where it is not there any more."""
    with suppress(RequestError):
        content = await _report_in(sent.document if sent else None)
        if digest_of(content) == digest:
            return content
    raise RequestError("document-missing")


async def _report_in(document: Document | None) -> bytes:
    """The report file that a document is. Raises RequestError where it is not taken."""
    if document is not None and _suffix(document) not in {".yaml", ".yml"}:
        raise RequestError("document-ending")
    return await _content(document, LARGEST)


def _suffix(document: Document | None) -> str:
    """The ending of a document's name in small letters, such as `.yaml`."""
    _, dot, ending = ((document and document.file_name) or "").lower().rpartition(".")
    return dot + ending


async def _content(document: Document | None, most: int) -> bytes:
    """What a document of at most so many bytes holds. Raises RequestError where it is not taken."""
    if document is None:
        raise RequestError("document-lost")
    _check_size(document.file_size, most)
    try:
        file = await document.get_file()
        _check_size(file.file_size, most)
        content = bytes(await file.download_as_bytearray())
    except (TelegramError, OSError) as error:
        # That of a file which is gone reads as if the token were wrong.
        log.warning("a document could not be fetched", reason=type(error).__name__)
        raise RequestError("document-lost") from error
    _check_size(len(content), most)
    return content


def _check_size(size: int | None, most: int) -> None:
    if (size or 0) > most:
        raise RequestError("document-large")


def _buttons(document: bytes, fingerprint: str, locale: Locale) -> InlineKeyboardMarkup:
    """The buttons that apply or drop a document. `fingerprint`: of the folder that it was checked with."""
    say, digest = texts(locale), digest_of(document)
    apply = button(say("document-apply"), DocumentButton(Decision.APPLY, digest, fingerprint))
    drop = button(say("document-drop"), DocumentButton(Decision.DROP, digest, fingerprint))
    return InlineKeyboardMarkup.from_row([apply, drop])
