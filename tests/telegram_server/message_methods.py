"""Methods that write and change messages, and that answer queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import bad_request, misuse
from .files import store
from .html_entities import ENTITY_TYPES, parse_html
from .inline_results import check_results
from .keyboards import parse_markup
from .media import has_text
from .model import Chat, Content, Message
from .people import CallbackAnswer, InlineAnswer
from .registry import method
from .shapes import Upload, check_object
from .texts import Entity, FormattedText, checked_message, cleaned, in_order, utf16_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .backend import Backend

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_ENTITY: dict[str, type] = {"type": str, "offset": int, "length": int, "url": str, "language": str}
_PREVIEW: dict[str, type] = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}
_REPLY: dict[str, type] = {"message_id": int, "allow_sending_without_reply": bool}


def formatted_text(text: str, parse_mode: str = "", entities: list[Any] | None = None) -> FormattedText:
    """The text that people would see, untrimmed. Raises a misuse for wrong markup."""
    if not text:
        raise misuse("message text is empty")
    if parse_mode.lower() == "html":
        return parse_html(text)
    if parse_mode:
        raise misuse(f'unsupported parse_mode "{parse_mode}": this server knows HTML only')
    seen = cleaned(text)
    return FormattedText(seen, in_order(_entity(item, utf16_length(seen)) for item in entities or ()))


def _entity(value: Any, text_length: int) -> Entity:
    fields = check_object(value, "message entity", _ENTITY, required=["type", "offset", "length"])
    if fields["offset"] < 0 or fields["length"] < 1 or fields["offset"] + fields["length"] > text_length:
        raise misuse("entity is outside of the text")
    if fields["type"] not in ENTITY_TYPES:
        raise misuse("can't parse MessageEntity: unsupported type specified")
    return Entity(**fields)


def _content(backend: Backend, given: Mapping[str, Any], too_long: str) -> Content:
    check_object(given.get("link_preview_options", {}), "link preview options", _PREVIEW)
    text = given.get("text", "")
    formatted = formatted_text(text, given.get("parse_mode", ""), given.get("entities"))
    markup = parse_markup(given.get("reply_markup"), inline_mode=backend.inline)
    return Content(checked_message(formatted, too_long), text, markup)


@method(
    "sendMessage",
    "chat_id:chat! text:string! message_thread_id:integer parse_mode:string entities:array link_preview_options:object "
    "disable_notification:boolean protect_content:boolean allow_paid_broadcast:boolean reply_parameters:object "
    "reply_markup:object",
)
async def send_message(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    content = _content(backend, given, "message is too long")
    chat = backend.writable_chat(given["chat_id"], given.get("message_thread_id"))
    reply_to = reply_target(chat, given.get("reply_parameters"))
    message = chat.add(content, None, given.get("message_thread_id"), reply_to)
    message.silent = given.get("disable_notification", False)
    return backend.message_json(message)


@method(
    "sendDocument",
    "chat_id:chat! document:file! message_thread_id:integer disable_notification:boolean protect_content:boolean "
    "allow_paid_broadcast:boolean reply_parameters:object reply_markup:object",
)
async def send_document(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    upload: Upload = given["document"]
    if not upload.content:
        raise misuse("file must be non-empty")
    markup = parse_markup(given.get("reply_markup"))
    chat = backend.writable_chat(given["chat_id"], given.get("message_thread_id"))
    reply_to = reply_target(chat, given.get("reply_parameters"))
    message = chat.add(Content(FormattedText(""), "", markup), None, given.get("message_thread_id"), reply_to)
    message.fields = {"document": {**store(backend, upload.content), "file_name": upload.name}}
    return backend.message_json(message)


def reply_target(chat: Chat, value: dict[str, Any] | None) -> Message | None:
    if value is None:
        return None
    fields = check_object(value, "reply parameters", _REPLY, required=["message_id"])
    message = chat.messages.get(fields["message_id"])
    if message and not message.deleted:
        return message
    if not fields.get("allow_sending_without_reply", False):
        raise bad_request("message to be replied not found")
    return None


def editable(backend: Backend, given: Mapping[str, Any]) -> Message:
    if "inline_message_id" in given:
        raise bad_request("MESSAGE_ID_INVALID")
    for name in ("chat_id", "message_id"):
        if name not in given:
            raise misuse("chat_id is empty" if name == "chat_id" else "message identifier is not specified")
    message = backend.message(backend.writable_chat(given["chat_id"]), given["message_id"], "edit")
    if message.sender is not None:
        raise bad_request("message can't be edited")
    return message


def edited(backend: Backend, message: Message, content: Content) -> dict[str, Any]:
    if content.looks_like(message.content):
        raise bad_request(NOT_MODIFIED)
    message.chat.edit(message, content)
    return backend.message_json(message)


@method(
    "editMessageText",
    "chat_id:chat message_id:integer inline_message_id:string text:string! parse_mode:string entities:array "
    "link_preview_options:object reply_markup:object",
)
async def edit_message_text(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    content = _content(backend, given, "MESSAGE_TOO_LONG")
    message = editable(backend, given)
    if not has_text(message.fields):
        raise bad_request("there is no text in the message to edit")
    return edited(backend, message, content)


@method("editMessageReplyMarkup", "chat_id:chat message_id:integer inline_message_id:string reply_markup:object")
async def edit_message_reply_markup(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    markup = parse_markup(given.get("reply_markup"))
    message = editable(backend, given)
    return edited(backend, message, Content(message.content.formatted, message.content.source, markup))


@method("sendChatAction", "chat_id:chat! message_thread_id:integer action:string!")
async def send_chat_action(backend: Backend, given: dict[str, Any]) -> bool:
    if given["action"] not in _ACTIONS:
        raise misuse("wrong parameter action in request")
    backend.writable_chat(given["chat_id"], given.get("message_thread_id")).actions.append(given["action"])
    return True


@method(
    "answerCallbackQuery",
    "callback_query_id:string! text:string show_alert:boolean url:string cache_time:integer",
)
async def answer_callback_query(backend: Backend, given: dict[str, Any]) -> bool:
    answer = CallbackAnswer(given.get("text", ""), given.get("show_alert", False), given.get("url", ""))
    if utf16_length(answer.text) > 200:
        raise misuse("MESSAGE_TOO_LONG")
    _check_unanswered(backend.callback_answers, given["callback_query_id"])
    backend.callback_answers[given["callback_query_id"]] = answer
    return True


@method(
    "answerInlineQuery",
    "inline_query_id:string! results:array! cache_time:integer is_personal:boolean next_offset:string button:object",
)
async def answer_inline_query(backend: Backend, given: dict[str, Any]) -> bool:
    check_results(given)
    _check_unanswered(backend.inline_answers, given["inline_query_id"])
    details = {name: value for name, value in given.items() if name != "inline_query_id"}
    backend.inline_answers[given["inline_query_id"]] = InlineAnswer(**details)
    return True


def _check_unanswered(answers: Mapping[str, object], query_id: str) -> None:
    if query_id not in answers:
        raise bad_request(STALE_QUERY)
    if answers[query_id] is not None:
        raise misuse(STALE_QUERY)
