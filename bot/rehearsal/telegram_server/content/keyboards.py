"""Reply markup: inline keyboards with the kinds of buttons that the bot has."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.rehearsal.telegram_server.errors import misuse
from bot.rehearsal.telegram_server.requests import is_link, object_of

_ACTIONS = ("callback_data", "switch_inline_query", "switch_inline_query_current_chat", "url")


class Button(NamedTuple):
    """A button under a message: what it says, what it does (`callback_data`, `url`, …), and with which value."""

    text: str
    action: str
    value: str

    @property
    def data(self) -> str | None:
        """What a press sends to the bot; None where a press sends nothing."""
        return self.value if self.action == "callback_data" else None


class Markup(NamedTuple):
    """`buttons`: the rows of an inline keyboard. `reply`: a keyboard in place of people's own, or an end to it."""

    buttons: tuple[tuple[Button, ...], ...] = ()
    reply: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any] | None:
        """The keyboard as messages carry it; None where there is none."""
        rows = [[{"text": item.text, item.action: item.value} for item in row] for row in self.buttons]
        return {"inline_keyboard": rows} if rows else None


def parse_markup(value: Mapping[str, Any] | None) -> Markup:
    """The keyboard in a request's JSON. Raises a misuse for one that Telegram would reject or cut."""
    if value is None:
        return Markup()
    if value.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
        return Markup(reply=dict(value))
    rows = object_of(value, "inline keyboard", "inline_keyboard")["inline_keyboard"]
    if not all(isinstance(row, list) for row in rows):
        raise misuse("can't parse keyboard: Field must be of type Array of Array")
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise misuse("reply markup is too long")
    return Markup(tuple(tuple(map(_button, row)) for row in rows if row))


def _button(value: Any) -> Button:
    fields = object_of(value, "inline keyboard button", "text")
    if not fields["text"].strip():
        raise misuse('can\'t parse keyboard button: Field "text" must be non-empty')
    actions = [action for action in _ACTIONS if action in fields]
    if not actions:
        raise misuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise misuse(f"can't parse inline keyboard button: more than one action ({', '.join(actions)})")
    button = Button(fields["text"], actions[0], fields[actions[0]])
    if button.data is not None and not 1 <= len(button.data.encode()) <= 64:
        raise misuse("BUTTON_DATA_INVALID")
    if button.action == "url" and (re.search(r"\s", button.value) or not is_link(button.value)):
        raise misuse(f"inline keyboard button URL '{button.value}' is invalid: Wrong HTTP URL")
    return button
