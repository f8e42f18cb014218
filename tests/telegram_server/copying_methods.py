"""Methods that copy messages as they are, and those that pin, re-caption and delete what was sent."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .errors import bad_request, misuse
from .keyboards import parse_markup
from .media import has_caption
from .message_methods import editable, edited, formatted_text, reply_target
from .model import Chat, Content, Message
from .registry import method
from .texts import FormattedText, utf16_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .backend import Backend

MAX_CAPTION = 1024
MAX_AT_ONCE = 100
_DELETABLE = 48 * 3600  # seconds
_CAPTION = "caption:string parse_mode:string caption_entities:array show_caption_above_media:boolean"


@method(
    "copyMessage",
    "chat_id:chat! from_chat_id:chat! message_id:integer! message_thread_id:integer disable_notification:boolean "
    f"protect_content:boolean allow_paid_broadcast:boolean reply_parameters:object reply_markup:object {_CAPTION}",
)
async def copy_message(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    markup = parse_markup(given.get("reply_markup"))
    chat = backend.writable_chat(given["chat_id"], given.get("message_thread_id"))
    original = backend.message(backend.chat(given["from_chat_id"]), given["message_id"], "copy")
    if not _copyable(original):
        raise bad_request("message can't be copied")
    content = replace(original.content, markup=markup)
    if "caption" in given and has_caption(original.fields):
        content = Content(_caption(given), given["caption"], markup)
    reply_to = reply_target(chat, given.get("reply_parameters"))
    copy = _copied(chat, original, content, given.get("message_thread_id"), reply_to)
    copy.silent = given.get("disable_notification", False)
    return {"message_id": copy.message_id}


@method(
    "copyMessages",
    "chat_id:chat! from_chat_id:chat! message_ids:array! message_thread_id:integer disable_notification:boolean "
    "protect_content:boolean remove_caption:boolean",
)
async def copy_messages(backend: Backend, given: dict[str, Any]) -> list[dict[str, Any]]:
    ids = _ids(given)
    if ids != sorted(set(ids)):
        raise misuse("message identifiers must be in a strictly increasing order")
    chat = backend.writable_chat(given["chat_id"], given.get("message_thread_id"))
    place = backend.chat(given["from_chat_id"])
    originals = [place.messages[id_] for id_ in ids if id_ in place.messages and not place.messages[id_].deleted]
    copyable = [message for message in originals if _copyable(message)]
    if not copyable:
        raise bad_request("there are no messages to copy")
    albums: dict[str, str] = {}
    copies = []
    for original in copyable:
        copy = _copied(
            chat, original, replace(original.content, markup=parse_markup(None)), given.get("message_thread_id")
        )
        copy.silent = given.get("disable_notification", False)
        if album := original.fields.get("media_group_id"):
            copy.fields["media_group_id"] = albums.setdefault(album, uuid4().hex)
        copies.append(copy)
    return [{"message_id": copy.message_id} for copy in copies]


@method(
    "editMessageCaption",
    f"chat_id:chat message_id:integer inline_message_id:string reply_markup:object {_CAPTION}",
)
async def edit_message_caption(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    message = editable(backend, given)
    if not has_caption(message.fields):
        raise bad_request("there is no caption in the message to edit")
    markup = parse_markup(given.get("reply_markup"))
    caption = _caption(given) if given.get("caption") else FormattedText("")
    return edited(backend, message, Content(caption, given.get("caption", ""), markup))


@method("pinChatMessage", "chat_id:chat! message_id:integer! disable_notification:boolean")
async def pin_chat_message(backend: Backend, given: dict[str, Any]) -> bool:
    chat = backend.writable_chat(given["chat_id"])
    if chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(backend.message(chat, given["message_id"], "pin").message_id)
    return True


@method("deleteMessage", "chat_id:chat! message_id:integer!")
async def delete_message(backend: Backend, given: dict[str, Any]) -> bool:
    chat = backend.writable_chat(given["chat_id"])
    _delete(chat, backend.message(chat, given["message_id"], "delete"))
    return True


@method("deleteMessages", "chat_id:chat! message_ids:array!")
async def delete_messages(backend: Backend, given: dict[str, Any]) -> bool:
    chat = backend.writable_chat(given["chat_id"])
    for message in [chat.messages[id_] for id_ in _ids(given) if id_ in chat.messages]:
        _delete(chat, message)
    return True


def _delete(chat: Chat, message: Message) -> None:
    if message.sender and chat.type != "private" and chat.bot_status != "administrator":
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


def _copyable(message: Message) -> bool:
    return not message.fields.get("has_protected_content", False)


def _copied(
    chat: Chat, original: Message, content: Content, thread_id: int | None, reply_to: Message | None = None
) -> Message:
    copy = chat.add(content, None, thread_id, reply_to)
    copy.fields = {name: value for name, value in original.fields.items() if name != "media_group_id"}
    return copy


def _caption(given: Mapping[str, Any]) -> FormattedText:
    caption = formatted_text(given["caption"], given.get("parse_mode", ""), given.get("caption_entities")).trimmed()
    if utf16_length(caption.text) > MAX_CAPTION:
        raise misuse("message caption is too long")
    return caption
