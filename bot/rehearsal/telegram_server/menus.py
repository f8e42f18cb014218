"""The menu of commands that a person's app shows in a chat."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .backend import Backend
    from .model import Chat
    from .people import Person

_ADMINISTRATORS = {"creator", "administrator"}


def menu_of(backend: Backend, chat: Chat, person: Person) -> list[dict[str, str]]:
    """The commands of the narrowest scope that has any, in the person's language or else in none."""
    code = (person.language_code or "")[:2]
    for scope in _scopes(chat, person):
        for language in (code, ""):
            if commands := backend.commands.get((json.dumps(scope, sort_keys=True), language)):
                return commands
    return []


def _scopes(chat: Chat, person: Person) -> Iterator[dict[str, object]]:
    """Narrowest first, in the order of Telegram's documentation."""
    administers = chat.statuses.get(person.id) in _ADMINISTRATORS
    if chat.type == "private":
        yield {"type": "chat", "chat_id": chat.id}
        yield {"type": "all_private_chats"}
    else:
        yield {"type": "chat_member", "chat_id": chat.id, "user_id": person.id}
        if administers:
            yield {"type": "chat_administrators", "chat_id": chat.id}
        yield {"type": "chat", "chat_id": chat.id}
        if administers:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    yield {"type": "default"}
