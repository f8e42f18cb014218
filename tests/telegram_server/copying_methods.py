"""Methods that copy messages as they are, and those that pin, re-caption and delete what was sent."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .errors import bad_request, misuse
from .html_entities import parsed
from .keyboards import Markup, parse_markup
from .media import has_caption
from .message_methods import EDITING, SENDING, editable, edited, sent
from .methods import method
from .model import Chat, Content, Message
from .texts import FormattedText, utf16_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .backend import Backend

MAX_CAPTION = 1024
MAX_AT_ONCE = 100
_DELETABLE = 48 * 3600  # seconds
_CAPTION = "caption:string parse_mode:string show_caption_above_media:boolean"


@method("copyMessage", f"{SENDING} from_chat_id:integer! message_id:integer! {_CAPTION}")
async def copy_message(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    markup = parse_markup(given.get("reply_markup"))
    backend.writable_chat(given["chat_id"], given.get("message_thread_id"))
    original = backend.message(backend.chat(given["from_chat_id"]), given["message_id"], "copy")
    if not _copyable(original):
        raise bad_request("message can't be copied")
    content = replace(original.content, markup=markup)
    if "caption" in given and has_caption(original.fields):
        content = _captioned(given)
    copy = sent(backend, given, content)
    copy.fields = {name: value for name, value in original.fields.items() if name != "media_group_id"}
    return {"message_id": copy.message_id}


@method(
    "copyMessages",
    "chat_id:integer! from_chat_id:integer! message_ids:array! message_thread_id:integer disable_notification:boolean "
    "protect_content:boolean remove_caption:boolean",
)
async def copy_messages(backend: Backend, given: dict[str, Any]) -> list[dict[str, Any]]:
    ids = _ids(given)
    if ids != sorted(set(ids)):
        raise misuse("message identifiers must be in a strictly increasing order")
    backend.writable_chat(given["chat_id"], given.get("message_thread_id"))
    originals = _present(backend.chat(given["from_chat_id"]), ids)
    copyable = [message for message in originals if _copyable(message)]
    if not copyable:
        raise bad_request("there are no messages to copy")
    albums: dict[str, str] = {}
    copies = []
    for original in copyable:
        copy = sent(backend, given, replace(original.content, markup=Markup()))
        copy.fields = dict(original.fields)
        if album := original.fields.get("media_group_id"):
            copy.fields["media_group_id"] = albums.setdefault(album, uuid4().hex)
        copies.append({"message_id": copy.message_id})
    return copies


@method("editMessageCaption", f"{EDITING} {_CAPTION}")
async def edit_message_caption(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    message = editable(backend, given)
    if not has_caption(message.fields):
        raise bad_request("there is no caption in the message to edit")
    return edited(backend, message, _captioned(given))


def _captioned(given: Mapping[str, Any]) -> Content:
    source = given.get("caption", "")
    caption = parsed(source, given.get("parse_mode", "")).trimmed() if source else FormattedText("")
    if utf16_length(caption.text) > MAX_CAPTION:
        raise misuse("message caption is too long")
    return Content(caption, source, parse_markup(given.get("reply_markup")))


@method("pinChatMessage", "chat_id:integer! message_id:integer! disable_notification:boolean")
async def pin_chat_message(backend: Backend, given: dict[str, Any]) -> bool:
    chat = backend.writable_chat(given["chat_id"])
    if chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(backend.message(chat, given["message_id"], "pin").message_id)
    return True


@method("deleteMessage", "chat_id:integer! message_id:integer!")
async def delete_message(backend: Backend, given: dict[str, Any]) -> bool:
    chat = backend.writable_chat(given["chat_id"])
    _delete(backend.message(chat, given["message_id"], "delete"))
    return True


@method("deleteMessages", "chat_id:integer! message_ids:array!")
async def delete_messages(backend: Backend, given: dict[str, Any]) -> bool:
    for message in _present(backend.writable_chat(given["chat_id"]), _ids(given)):
        _delete(message)
    return True


def _delete(message: Message) -> None:
    if message.sender and message.chat.type != "private" and message.chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    if time.time() - message.date > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True


def _ids(given: Mapping[str, Any]) -> list[int]:
    ids = given["message_ids"]
    if not ids or not all(type(id_) is int for id_ in ids):
        raise misuse("message identifiers are not specified")
    if len(ids) > MAX_AT_ONCE:
        raise misuse("too many messages specified")
    return list(ids)


def _present(chat: Chat, ids: list[int]) -> list[Message]:
    return [chat.messages[id_] for id_ in ids if id_ in chat.messages and not chat.messages[id_].deleted]


def _copyable(message: Message) -> bool:
    return not message.fields.get("has_protected_content", False)
