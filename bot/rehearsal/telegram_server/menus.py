"""The menu of commands that a person's app shows in a chat."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .backend import Backend
    from .model import Chat
    from .people import Person

_ADMINISTRATORS = {"creator", "administrator"}


def menu_of(backend: Backend, chat: Chat, person: Person) -> list[dict[str, str]]:
    """The commands of the narrowest scope that has any, in the person's language or else in none."""
    here = {"chat_id": chat.id}
    # Narrowest first, in the order of Telegram's documentation.
    scopes: list[dict[str, object]] = [
        {"type": "chat_member", **here, "user_id": person.id},
        {"type": "chat_administrators", **here},
        {"type": "chat", **here},
        {"type": "all_chat_administrators"},
        {"type": "all_private_chats" if chat.type == "private" else "all_group_chats"},
        {"type": "default"},
    ]
    administers = chat.statuses.get(person.id) in _ADMINISTRATORS
    for scope in scopes:
        for language in ((person.language_code or "")[:2], ""):
            commands = backend.commands.get((json.dumps(scope, sort_keys=True), language))
            if commands and (administers or not str(scope["type"]).endswith("administrators")):
                return commands
    return []
