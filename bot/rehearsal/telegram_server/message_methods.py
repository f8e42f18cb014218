"""Methods that write, copy, change, pin and delete messages, and that answer queries."""

import re
import struct
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from telegram.constants import ChatAction

from .backend import Backend, CallbackAnswer, InlineAnswer
from .content import FormattedText, checked_message, parse_keyboard, parsed, utf16_length
from .model import Chat, Content, Message, ShownAction
from .requests import Upload, bad_request, method, misuse, object_of

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
_SENDING = (
    "chat_id:integer! message_thread_id:integer disable_notification:boolean protect_content:boolean "
    "allow_paid_broadcast:boolean reply_parameters:object reply_markup:object"
)
_EDITING = "chat_id:integer! message_id:integer! reply_markup:object"
_CAPTION = "caption:string parse_mode:string show_caption_above_media:boolean"


def _content(text: str, values: Mapping[str, Any], keyboard: dict[str, Any] | None, too_long: str) -> Content:
    """What a message says that is `text`, in the `parse_mode` of `values`."""
    formatted = checked_message(parsed(text, values.get("parse_mode", "")), too_long)
    return Content(formatted, text, parse_keyboard(keyboard))


@method("sendMessage", f"{_SENDING} text:string! parse_mode:string link_preview_options:object")
async def send_message(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    content = _content(values["text"], values, values.get("reply_markup"), "message is too long")
    return _sent(backend, values, content).to_json(backend.bot)


@method("sendDocument", f"{_SENDING} document:file!")
async def send_document(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    document: Upload | str = values["document"]
    name = {"file_name": document.name} if isinstance(document, Upload) else {}
    content = Content(FormattedText(""), "", parse_keyboard(values.get("reply_markup")))
    return _sent(backend, values, content, {"document": {**_file(backend, document), **name}}).to_json(backend.bot)


@method("sendPhoto", f"{_SENDING} {_CAPTION} photo:file! has_spoiler:boolean")
async def send_photo(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    photo = _file(backend, values["photo"])
    width, height = _size(backend.files[photo["file_id"]])
    fields = {"photo": [{**photo, "width": width, "height": height}]}
    return _sent(backend, values, _captioned(values), fields).to_json(backend.bot)


def _file(backend: Backend, file: Upload | str) -> dict[str, Any]:
    """What messages say of a file that the bot sends: a new one, or one that is there by its id."""
    if isinstance(file, Upload):
        if not file.content:
            raise misuse("file must be non-empty")
        return backend.store(file.content)
    if file not in backend.files:
        raise misuse("wrong file identifier/HTTP URL specified")
    return backend.known(file)


def _size(png: bytes) -> tuple[int, int]:
    """The width and the height of a picture. Raises a misuse for what Telegram takes for no photo."""
    try:
        mark, width, height = struct.unpack_from(">8s8xII", png)
    except struct.error:
        mark, width, height = b"", 0, 0
    if mark != b"\x89PNG\r\n\x1a\n":
        raise misuse("IMAGE_PROCESS_FAILED")
    if not 0 < width + height <= 10_000 or max(width, height) > 20 * min(width, height) or len(png) > 10 * 1024**2:
        raise misuse("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _sent(
    backend: Backend, values: Mapping[str, Any], content: Content, fields: dict[str, Any] | None = None
) -> Message:
    """A new message of the bot's, where and how the parameters of _SENDING say."""
    chat = backend.writable_chat(values["chat_id"], values.get("message_thread_id"))
    reply_to = _reply_target(chat, values.get("reply_parameters"))
    message = chat.add(content, None, values.get("message_thread_id"), reply_to)
    message.fields = fields or {}
    return message


def _reply_target(chat: Chat, value: dict[str, Any] | None) -> Message | None:
    if value is None:
        return None
    fields = object_of(value, "reply parameters", "message_id")
    message = chat.messages.get(fields["message_id"])
    if message and not message.deleted:
        return message
    if not fields.get("allow_sending_without_reply", False):
        raise bad_request("message to be replied not found")
    return None


def _editable(backend: Backend, values: Mapping[str, Any]) -> Message:
    """The message that the parameters of _EDITING name."""
    message = backend.message(backend.writable_chat(values["chat_id"]), values["message_id"], "edit")
    if message.sender is not None:
        raise bad_request("message can't be edited")
    return message


def _edited(backend: Backend, message: Message, content: Content) -> dict[str, Any]:
    if (content.formatted, content.buttons) == (message.content.formatted, message.content.buttons):
        raise bad_request(NOT_MODIFIED)
    message.chat.edit(message, content)
    return message.to_json(backend.bot)


@method("editMessageText", f"{_EDITING} text:string! parse_mode:string link_preview_options:object")
async def edit_message_text(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    content = _content(values["text"], values, values.get("reply_markup"), "MESSAGE_TOO_LONG")
    message = _editable(backend, values)
    if not message.has_text:
        raise bad_request("there is no text in the message to edit")
    return _edited(backend, message, content)


@method("editMessageReplyMarkup", _EDITING)
async def edit_message_reply_markup(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    buttons = parse_keyboard(values.get("reply_markup"))
    message = _editable(backend, values)
    return _edited(backend, message, replace(message.content, buttons=buttons))


@method("copyMessage", f"{_SENDING} from_chat_id:integer! message_id:integer! {_CAPTION}")
async def copy_message(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    buttons = parse_keyboard(values.get("reply_markup"))
    backend.writable_chat(values["chat_id"], values.get("message_thread_id"))
    original = backend.message(backend.chat(values["from_chat_id"]), values["message_id"], "copy")
    if "has_protected_content" in original.fields:
        raise bad_request("message can't be copied")
    content = replace(original.content, buttons=buttons)
    if "caption" in values and original.has_caption:
        content = _captioned(values)
    fields = {name: value for name, value in original.fields.items() if name != "media_group_id"}
    return {"message_id": _sent(backend, values, content, fields).message_id}


@method(
    "copyMessages",
    "chat_id:integer! from_chat_id:integer! message_ids:array! message_thread_id:integer disable_notification:boolean "
    "protect_content:boolean remove_caption:boolean",
)
async def copy_messages(backend: Backend, values: dict[str, Any]) -> list[dict[str, Any]]:
    ids = _ids(values)
    if ids != sorted(set(ids)):
        raise misuse("message identifiers must be in a strictly increasing order")
    backend.writable_chat(values["chat_id"], values.get("message_thread_id"))
    originals = _present(backend.chat(values["from_chat_id"]), ids)
    copyable = [message for message in originals if "has_protected_content" not in message.fields]
    if not copyable:
        raise bad_request("there are no messages to copy")
    albums: dict[str, str] = {}
    copies = []
    for original in copyable:
        fields = dict(original.fields)
        if album := fields.get("media_group_id"):
            fields["media_group_id"] = albums.setdefault(album, uuid4().hex)
        copy = _sent(backend, values, replace(original.content, buttons=()), fields)
        copies.append({"message_id": copy.message_id})
    return copies


@method("editMessageCaption", f"{_EDITING} {_CAPTION}")
async def edit_message_caption(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    message = _editable(backend, values)
    if not message.has_caption:
        raise bad_request("there is no caption in the message to edit")
    return _edited(backend, message, _captioned(values))


def _captioned(values: Mapping[str, Any]) -> Content:
    source = values.get("caption", "")
    caption = parsed(source, values.get("parse_mode", "")).trimmed() if source else FormattedText("")
    if utf16_length(caption.text) > 1024:
        raise misuse("message caption is too long")
    return Content(caption, source, parse_keyboard(values.get("reply_markup")))


@method("pinChatMessage", "chat_id:integer! message_id:integer! disable_notification:boolean")
async def pin_chat_message(backend: Backend, values: dict[str, Any]) -> bool:
    chat = backend.writable_chat(values["chat_id"])
    if chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message = backend.message(chat, values["message_id"], "pin")
    chat.pinned.append(message.message_id)
    chat.signal.notify(message)
    return True


@method("deleteMessage", "chat_id:integer! message_id:integer!")
async def delete_message(backend: Backend, values: dict[str, Any]) -> bool:
    _delete(backend.message(backend.writable_chat(values["chat_id"]), values["message_id"], "delete"))
    return True


@method("deleteMessages", "chat_id:integer! message_ids:array!")
async def delete_messages(backend: Backend, values: dict[str, Any]) -> bool:
    for message in _present(backend.writable_chat(values["chat_id"]), _ids(values)):
        _delete(message)
    return True


def _delete(message: Message) -> None:
    if message.sender and message.chat.type != "private" and message.chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    if time.time() - message.date > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    message.chat.signal.notify(message)


def _ids(values: Mapping[str, Any]) -> list[int]:
    ids = values["message_ids"]
    if not ids or not all(type(id_) is int for id_ in ids):
        raise misuse("message identifiers are not specified")
    if len(ids) > 100:
        raise misuse("too many messages specified")
    return list(ids)


def _present(chat: Chat, ids: list[int]) -> list[Message]:
    return [chat.messages[id_] for id_ in ids if id_ in chat.messages and not chat.messages[id_].deleted]


@method("sendChatAction", "chat_id:integer! message_thread_id:integer action:string!")
async def send_chat_action(backend: Backend, values: dict[str, Any]) -> bool:
    if values["action"] not in set(ChatAction):
        raise misuse("wrong parameter action in request")
    chat = backend.writable_chat(values["chat_id"], values.get("message_thread_id"))
    chat.signal.notify(ShownAction(chat, values["action"]))
    return True


@method("answerCallbackQuery", "callback_query_id:string! text:string show_alert:boolean cache_time:integer")
async def answer_callback_query(backend: Backend, values: dict[str, Any]) -> bool:
    answer = CallbackAnswer(values.get("text", ""), values.get("show_alert", False))
    if utf16_length(answer.text) > 200:
        raise misuse("MESSAGE_TOO_LONG")
    _check_unanswered(backend.callback_answers, values["callback_query_id"])
    backend.callback_answers[values["callback_query_id"]] = answer
    return True


@method(
    "answerInlineQuery",
    "inline_query_id:string! results:array! cache_time:integer is_personal:boolean next_offset:string button:object",
)
async def answer_inline_query(backend: Backend, values: dict[str, Any]) -> bool:
    _check_results(values)
    _check_unanswered(backend.inline_answers, values["inline_query_id"])
    details = {name: value for name, value in values.items() if name != "inline_query_id"}
    backend.inline_answers[values["inline_query_id"]] = InlineAnswer(**details)
    return True


def _check_results(values: Mapping[str, Any]) -> None:
    """Checks the results of an inline query. Raises a misuse for those that Telegram would reject."""
    results = values["results"]
    if len(results) > 50:
        raise misuse("RESULTS_TOO_MUCH")
    for result in results:
        _check_article(result)
    if len({result["id"] for result in results}) < len(results):
        raise misuse("RESULT_ID_DUPLICATE")
    if len(values.get("next_offset", "").encode()) > 64:
        raise misuse("NEXT_OFFSET_INVALID")
    if "button" in values:
        button = object_of(values["button"], "inline query results button", "text", "start_parameter")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
            raise misuse("START_PARAM_INVALID")


def _check_article(value: Any) -> None:
    article = object_of(value, "inline query result", "type", "id", "title", "input_message_content")
    if article["type"] != "article":
        raise misuse(f'can\'t parse inline query result: this server knows no type "{article["type"]}"')
    if not 1 <= len(article["id"].encode()) <= 64:
        raise misuse("RESULT_ID_INVALID")
    if not article["title"].strip():
        raise misuse("ARTICLE_TITLE_EMPTY")
    content_of(article)


def content_of(result: Mapping[str, Any]) -> Content:
    """What the message says that a person sends with an article."""
    values = object_of(result["input_message_content"], "input message content", "message_text")
    return _content(values["message_text"], values, result.get("reply_markup"), "MESSAGE_TOO_LONG")


def _check_unanswered(answers: Mapping[str, object], query_id: str) -> None:
    if query_id not in answers:
        raise bad_request(STALE_QUERY)
    if answers[query_id] is not None:
        raise misuse(STALE_QUERY)
