"""Methods about the bot itself, its updates, its commands, the files it is sent, and the chats that it is in."""

import json
import re
from collections.abc import Mapping
from typing import Any

from .backend import ADMINISTRATORS, Backend
from .content import utf16_length
from .requests import bad_request, method, misuse, object_of

FOLDER = "documents/"
# Those that the bot uses, and what names one chat.
_SCOPES = {
    **dict.fromkeys(("default", "all_private_chats", "all_group_chats", "all_chat_administrators"), ()),
    "chat": ("chat_id",),
}


@method("getMe")
async def get_me(backend: Backend, _values: dict[str, Any]) -> dict[str, Any]:
    can = {"can_read_all_group_messages": not backend.privacy, "can_connect_to_business": False}
    return {"can_join_groups": True, "supports_inline_queries": True, "has_main_web_app": False, **can, **backend.bot}


@method("getUpdates", "offset:integer limit:integer timeout:integer allowed_updates:array")
async def get_updates(backend: Backend, values: dict[str, Any]) -> list[dict[str, Any]]:
    backend.updates.allow(values.get("allowed_updates"))
    limit = min(max(values.get("limit", 100), 1), 100)
    seconds = min(max(values.get("timeout", 0), 0), 50)
    return await backend.updates.poll(values.get("offset", 0), limit, seconds)


@method("deleteWebhook")
async def delete_webhook(_backend: Backend, _values: dict[str, Any]) -> bool:
    return True


@method("setMyCommands", "commands:array! scope:object language_code:string")
async def set_my_commands(backend: Backend, values: dict[str, Any]) -> bool:
    key = _scope_and_language(values)
    if len(values["commands"]) > 100:
        raise misuse("BOT_COMMANDS_TOO_MUCH")
    for value in values["commands"]:
        fields = object_of(value, "bot command", "command", "description")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", fields["command"]):
            raise misuse("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(fields["description"].strip()) <= 256:
            raise misuse("BOT_COMMAND_DESCRIPTION_INVALID")
    backend.commands[key] = values["commands"]
    return True


@method("getMyCommands", "scope:object language_code:string")
async def get_my_commands(backend: Backend, values: dict[str, Any]) -> list[dict[str, str]]:
    return backend.commands.get(_scope_and_language(values), [])


def _scope_and_language(values: Mapping[str, Any]) -> tuple[str, str]:
    scope = values.get("scope", {"type": "default"})
    if scope.get("type") not in _SCOPES:
        raise misuse("can't parse BotCommandScope: unsupported type specified")
    object_of(scope, "BotCommandScope", *_SCOPES[scope["type"]])
    return json.dumps(scope, sort_keys=True), _language(values)


def _language(values: Mapping[str, Any]) -> str:
    code = str(values.get("language_code", ""))
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise misuse("invalid language code specified")
    return code


def _described(name: str, field: str, longest: int) -> None:
    """Registers the two methods of a description of the bot."""

    @method(f"setMy{name}", f"{field}:string language_code:string")
    async def describe(backend: Backend, values: dict[str, Any]) -> bool:
        text = values.get(field, "")
        if utf16_length(text) > longest:
            raise misuse(f"{field.replace('_', ' ')} is too long")
        backend.descriptions[field, _language(values)] = text
        return True

    @method(f"getMy{name}", "language_code:string")
    async def description(backend: Backend, values: dict[str, Any]) -> dict[str, str]:
        default = backend.descriptions.get((field, ""), "")
        return {field: backend.descriptions.get((field, _language(values)), "") or default}


_described("Description", "description", 512)
_described("ShortDescription", "short_description", 120)


@method("getFile", "file_id:string!")
async def get_file(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    file_id = values["file_id"]
    content = backend.files.get(file_id)
    if content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(content) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    return {**backend.known(file_id), "file_path": f"{FOLDER}{file_id}"}


@method("getChat", "chat_id:integer!")
async def get_chat(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    details = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return {**backend.chat(values["chat_id"]).to_json(), **details}


@method("getChatMember", "chat_id:integer! user_id:integer!")
async def get_chat_member(backend: Backend, values: dict[str, Any]) -> dict[str, Any]:
    return backend.member(backend.chat(values["chat_id"]), values["user_id"])


@method("getChatAdministrators", "chat_id:integer! return_bots:boolean")
async def get_chat_administrators(backend: Backend, values: dict[str, Any]) -> list[dict[str, Any]]:
    chat = backend.writable_chat(values["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    statuses = {**chat.statuses, backend.bot["id"]: chat.bot_status}
    return [backend.member(chat, user) for user, status in statuses.items() if status in ADMINISTRATORS]
