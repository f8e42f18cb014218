"""Report files that admins send as documents: checked, offered, applied or dropped; and /undo."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import structlog
from telegram import Document, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import filters

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import one_line
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, locale_named, texts

from .admins import Admins
from .edits import ChangedSince, Edited, Edits, NothingToUndo, Request, Stale, Unwritable
from .knowledge_changes import changed, followed, refused, summary, warned
from .reloads import AlreadyReloading, Checked, Refused, Reloads

if TYPE_CHECKING:
    from telegram import Bot, CallbackQuery
    from telegram.ext import BaseHandler

    from bot.chat.conversation import Context
    from bot.storage.memory import Memory

UNDO: Final = "undo"
LARGEST: Final = 5 * 1024 * 1024
_ENDINGS: Final = (".yaml", ".yml")
# Telegram calls an animation a document too.
_DOCUMENT: Final = filters.Document.ALL & ~filters.ANIMATION
_PRESSED: Final = r"doc:"
Result: TypeAlias = Edited | Refused | Stale | Unwritable | NothingToUndo | ChangedSince
Tell: TypeAlias = Callable[[Reply], Awaitable[object]]
_PAUSE: Final = 5.0  # seconds
_DATA: Final = re.compile(r"doc:([ad]):([0-9a-f]{16}):([0-9a-f]{32})")

log = structlog.get_logger(__name__)


class Choice(StrEnum):
    APPLY = "a"
    DROP = "d"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the buttons below a checked document carry, 55 bytes: which document it was, and which folder.

    The document itself is in the message that the offer replies to, so that any process, and after a restart, can
    apply it.
    """

    digest: str
    fingerprint: str

    @classmethod
    def of(cls, document: bytes, checked: Checked) -> Offer:
        return cls(_digest(document), checked.fingerprint)

    def keyboard(self, locale: Locale) -> InlineKeyboardMarkup:
        buttons = ((Choice.APPLY, "desk-document-apply"), (Choice.DROP, "desk-document-drop"))
        return InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(
                        texts(locale)(key), callback_data=f"doc:{choice}:{self.digest}:{self.fingerprint}"
                    )
                    for choice, key in buttons
                ]
            ]
        )


class Documents:
    """The handlers of documents, of the buttons below what they are answered with, and of /undo."""

    def __init__(self, reloads: Reloads, edits: Edits, memory: Memory) -> None:
        self._reloads = reloads
        self._edits = edits
        self._memory = memory
        # What this process is at: it is nothing that another one has left.
        self._in_hand: set[str] = set()
        self._left = asyncio.Event()

    def handlers(self, admins: Admins) -> list[BaseHandler[Any, Any, Any]]:
        return [
            admins.message(_DOCUMENT, self.sent),
            admins.press(_PRESSED, self.pressed),
            admins.command(UNDO, self.undo),
        ]

    async def sent(self, message: Message, _: Context) -> None:
        """Checks a document, and offers to apply it."""
        reader = reader_of(message.from_user)
        if message.document is None:
            raise TypeError("a handler of documents was given another message")
        document = await _content(message.document)
        reply = (
            _plain([texts(reader)(document)]) if isinstance(document, str) else await self._checked(document, reader)
        )
        # The press of a button finds the document in the message that this one replies to.
        await message.reply_html(
            reply.html, reply_markup=reply.keyboard, do_quote=True, allow_sending_without_reply=True
        )

    async def pressed(self, query: CallbackQuery, _: Context) -> None:
        """Applies or drops the document that a button stands for."""
        reader = reader_of(query.from_user)
        offer = _DATA.fullmatch(query.data or "")
        message = query.message if isinstance(query.message, Message) else None
        if offer is None or message is None:
            await answer_press(query, texts(reader)("gone"))
            return
        await answer_press(query)
        if offer[1] == Choice.DROP:
            await show(query, _plain([texts(reader)("desk-document-dropped")]))
            return
        # An offer is applied once, by whichever press of it comes first.
        key = f"offer:{message.chat.id}:{message.message_id}:{offer[3]}"
        if await self._edits.knows(key):
            return
        document = await _document_above(message)
        if document is None or _digest(document) != offer[2]:
            await show(query, _plain([texts(reader)("desk-document-missing")]))
            return
        request = Request(key, query.from_user.id, message.message_id, str(reader), document, offer[3])
        applying = _plain([texts(reader)("desk-document-applying")])
        await self._once(request, partial(show, query), applying)

    async def undo(self, message: Message, _: Context) -> None:
        """Puts back what the last document replaced."""
        # In a private chat, the chat's id is the person's.
        who, reader = message.chat.id, reader_of(message.from_user)
        request = Request(f"undo:{who}:{message.message_id}", who, message.message_id, str(reader))
        await self._once(request, partial(send_below, message))

    async def resume(self, bot: Bot, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Carries out what a killed process has begun, and tells what could not be told; until it is cancelled.

        `sleep`: waits so many seconds.
        """
        while True:
            self._left.clear()
            for request in [left for left in await self._edits.unfinished() if left.key not in self._in_hand]:
                await self._carry_out(request, partial(_told_again, bot, request, sleep))
            await self._left.wait()

    async def _once(self, request: Request, tell: Tell, begun: Reply | None = None) -> None:
        """Carries out a request, unless that is done; what a killed process has begun, `resume` brings to its end."""
        if request.key in self._in_hand:
            return
        self._in_hand.add(request.key)
        try:
            asked = await self._edits.asked(request)
            if isinstance(asked, Unwritable):
                await tell(_plain(_after_undo(asked, locale_named(request.language))))
            elif asked:
                if begun is not None:
                    await tell(begun)
                await self._carry_out(request, tell)
        except TelegramError:
            self._left.set()
            raise
        finally:
            self._in_hand.discard(request.key)

    async def _carry_out(self, request: Request, tell: Tell) -> None:
        reply = await (self._undone(request) if request.document is None else self._applied(request, request.document))
        await tell(reply)
        await self._edits.told(request, again=reply.keyboard is not None)

    async def _checked(self, document: bytes, reader: Locale) -> Reply:
        say = texts(reader)
        checked = await self._reloads.check(document)
        match checked:
            case AlreadyReloading():
                return _plain([say("desk-document-busy")])
            case Refused():
                return _plain([say("desk-document-refused"), *refused(checked.problems, checked.total, reader)])
        head = say("desk-document-replaces" if checked.replaces else "desk-document-new", name=one_line(checked.name))
        trouble = await self._edits.trouble()
        note = [say("desk-document-unwritable", reason=one_line(trouble))] if trouble else []
        lines = [
            head,
            *note,
            *changed(checked.changes, reader),
            *warned(checked.warnings, checked.total, reader),
        ]
        return _plain(lines, None if trouble else Offer.of(document, checked).keyboard(reader))

    async def _applied(self, request: Request, document: bytes) -> Reply:
        """What the offer becomes; it keeps its buttons where they can be pressed again."""
        reader = locale_named(request.language)
        name = await self._edits.written(request)
        if not name:
            checked = await self._reloads.check(document)
            if isinstance(checked, AlreadyReloading):
                offer = Offer(_digest(document), request.fingerprint)
                return _plain([texts(reader)("desk-document-busy")], offer.keyboard(reader))
            if isinstance(checked, Refused):
                return _plain(_after_apply(Stale(), reader))
            name = checked.name
        result = await self._edits.apply(request, name)
        await self._note(request.who, f"apply {name}", result)
        return _plain(_after_apply(result, reader))

    async def _undone(self, request: Request) -> Reply:
        result = await self._edits.undo(request)
        await self._note(request.who, "undo", result)
        return _plain(_after_undo(result, locale_named(request.language)))

    async def _note(self, who: int, what: str, result: Result) -> None:
        outcome = _outcome(result)
        log.info("an admin changed the knowledge", who=who, what=what, result=outcome)
        await self._memory.audit.note(who, what, outcome)


def _outcome(result: Result) -> str:
    """One line, for the audit."""
    match result:
        case Edited():
            return f"{result.name}: {summary(result.reloaded.changes)}; version {result.reloaded.version}"
        case Refused():
            more = f" (and {result.total - 1} more)" if result.total > 1 else ""
            return f"refused: {result.problems[0]}{more}"
        case Stale():
            return "refused: the folder has changed since the check"
        case Unwritable():
            return f"failed: {result.reason}"
        case NothingToUndo():
            return "nothing to undo"
        case ChangedSince():
            return f"refused: {result.name} has been changed since"


def _after_apply(result: Edited | Refused | Stale | Unwritable, locale: Locale) -> list[str]:
    say = texts(locale)
    match result:
        case Edited():
            return [say("desk-document-applied", name=one_line(result.name)), *_in_force(result, locale)]
        case Refused():
            return [say("desk-document-put-back"), *refused(result.problems, result.total, locale)]
        case Stale():
            return [say("desk-document-stale")]
        case Unwritable():
            return [say("desk-document-unwritable", reason=one_line(result.reason))]


def _after_undo(result: Edited | Refused | NothingToUndo | ChangedSince | Unwritable, locale: Locale) -> list[str]:
    say = texts(locale)
    match result:
        case Edited():
            return [say("desk-undone", name=one_line(result.name)), *_in_force(result, locale)]
        case Refused():
            return [say("desk-undo-refused"), *refused(result.problems, result.total, locale)]
        case NothingToUndo():
            return [say("desk-undo-nothing")]
        case ChangedSince():
            return [say("desk-undo-changed", name=one_line(result.name), kept=one_line(result.kept))]
        case Unwritable():
            return [say("desk-document-unwritable", reason=one_line(result.reason))]


def _in_force(edited: Edited, locale: Locale) -> Iterable[str]:
    reloaded = edited.reloaded
    yield texts(locale)("desk-document-in-force", version=reloaded.version, facts=reloaded.facts)
    yield from changed(reloaded.changes, locale)
    yield from warned(reloaded.warnings, reloaded.total, locale)
    yield from followed(edited.followers, locale)


async def _told_again(bot: Bot, request: Request, sleep: Callable[[float], Awaitable[None]], reply: Reply) -> None:
    """Tells the admin once Telegram can be reached; in place of the offer, where there is one."""
    while True:
        try:
            await _tell(bot, request, reply)
        except (BadRequest, Forbidden) as error:
            log.warning("an admin could not be told", who=request.who, reason=error.message)
        except TelegramError:
            await sleep(_PAUSE)
            continue
        return


async def _tell(bot: Bot, request: Request, reply: Reply) -> None:
    if request.document is not None:
        try:
            await bot.edit_message_text(
                reply.html, request.who, request.message, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return
        else:
            return
    await bot.send_message(request.who, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)


async def _content(document: Document) -> bytes | str:
    """What the document holds, or the key of the text that says why it is not taken."""
    if not (document.file_name or "").lower().endswith(_ENDINGS):
        return "desk-document-ending"
    if (document.file_size or 0) > LARGEST:
        return "desk-document-large"
    try:
        file = await document.get_file()
        if (file.file_size or 0) > LARGEST:
            return "desk-document-large"
        content = bytes(await file.download_as_bytearray())
    except (TelegramError, OSError) as error:
        # That of a file which is gone reads as if the token were wrong.
        log.warning("a document could not be fetched", reason=type(error).__name__)
        return "desk-document-lost"
    return "desk-document-large" if len(content) > LARGEST else content


async def _document_above(message: Message) -> bytes | None:
    """The document that a message replies to; None where it is gone."""
    above = message.reply_to_message
    content = await _content(above.document) if above and above.document else None
    return content if isinstance(content, bytes) else None


def _digest(document: bytes) -> str:
    return blake2b(document, digest_size=8).hexdigest()


def _plain(lines: Iterable[str], keyboard: InlineKeyboardMarkup | None = None) -> Reply:
    return Reply(to_html([Piece("\n".join(lines))]), keyboard)
