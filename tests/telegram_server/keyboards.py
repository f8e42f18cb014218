"""Reply markup: inline keyboards in full, the other kinds by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import misuse
from .shapes import check_object, split_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CALLBACK_DATA = 64

_LOOKS: dict[str, type] = {"text": str, "icon_custom_emoji_id": str, "style": str}
_ACTIONS: dict[str, type] = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "copy_text": dict,
}
_KEYS: dict[str, type] = {**_LOOKS, "request_contact": bool, "request_location": bool, "web_app": dict}
_SELECTIVE: dict[str, type] = {"selective": bool}
_OTHER_KINDS: dict[str, dict[str, type]] = {
    "keyboard": {
        "keyboard": list,
        "is_persistent": bool,
        "resize_keyboard": bool,
        "one_time_keyboard": bool,
        "input_field_placeholder": str,
        **_SELECTIVE,
    },
    "remove_keyboard": {"remove_keyboard": bool, **_SELECTIVE},
    "force_reply": {"force_reply": bool, "input_field_placeholder": str, **_SELECTIVE},
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what it says, what it does (`callback_data`, `url`, …), and with which value."""

    text: str
    action: str
    value: Any

    @property
    def data(self) -> str | None:
        """What a press sends to the bot; None where a press sends nothing."""
        return self.value if self.action == "callback_data" else None


@dataclass(frozen=True, slots=True)
class Markup:
    """`buttons`: the rows of an inline keyboard. `other`: any other kind, as it was sent."""

    buttons: tuple[tuple[Button, ...], ...] = ()
    other: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any] | None:
        """As messages carry it: only inline keyboards come back from Telegram."""
        if not self.buttons:
            return None
        return {
            "inline_keyboard": [[{"text": item.text, item.action: item.value} for item in row] for row in self.buttons]
        }


def parse_markup(value: Mapping[str, Any] | None, *, inline_only: bool = False, inline_mode: bool = True) -> Markup:
    """Raises a misuse for a keyboard that Telegram would reject, cut, or show other than it was meant.

    `inline_mode`: whether the bot may have buttons that start an inline query.
    """
    if value is None:
        return Markup()
    if "inline_keyboard" in value:
        buttons = _inline_keyboard(value)
        if not inline_mode and any(item.action.startswith("switch_inline") for row in buttons for item in row):
            raise misuse("BUTTON_TYPE_INVALID")
        return Markup(buttons)
    kind = next((name for name in _OTHER_KINDS if name in value), None)
    if kind is None or inline_only:
        raise misuse("inline keyboard expected" if inline_only else "object expected as reply markup")
    return _other(value, kind)


def _inline_keyboard(value: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    rows = _rows(check_object(value, "inline keyboard", {"inline_keyboard": list})["inline_keyboard"])
    return tuple(tuple(_button(item) for item in row) for row in rows)


def _rows(rows: list[Any]) -> list[list[Any]]:
    """The rows that are not empty: Telegram leaves the others out."""
    if not all(isinstance(row, list) for row in rows):
        raise misuse("can't parse keyboard: Field must be of type Array of Array")
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in rows):
        raise misuse("reply markup is too long")
    return [row for row in rows if row]


def _button(value: Any) -> Button:
    fields = check_object(value, "inline keyboard button", {**_LOOKS, **_ACTIONS}, required=["text"])
    _check_looks(fields)
    actions = fields.keys() & _ACTIONS.keys()
    if not actions:
        raise misuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise misuse(f"can't parse inline keyboard button: more than one action ({', '.join(sorted(actions))})")
    action = actions.pop()
    _check_action(action, fields[action])
    return Button(fields["text"], action, fields[action])


def _check_looks(fields: Mapping[str, Any]) -> None:
    if not fields["text"].strip():
        raise misuse('can\'t parse keyboard button: Field "text" must be non-empty')
    if fields.get("style", "primary") not in {"danger", "success", "primary"}:
        raise misuse("can't parse keyboard button: invalid button style specified")


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(value.encode()) <= MAX_CALLBACK_DATA:
        raise misuse("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(value, {"http", "https", "tg"})
    if action == "web_app":
        _check_url(check_object(value, "web app", {"url": str}, required=["url"])["url"], {"https"})
    if action == "copy_text":
        text = check_object(value, "copy text button", {"text": str}, required=["text"])["text"]
        if not 1 <= len(text) <= 256:
            raise misuse("BUTTON_COPY_TEXT_INVALID")


def _check_url(address: str, schemes: Iterable[str]) -> None:
    parts = split_url(address)
    if re.search(r"\s", address) or parts.scheme not in schemes or not parts.netloc:
        raise misuse(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")


def _other(value: Mapping[str, Any], kind: str) -> Markup:
    fields = check_object(value, "reply keyboard markup", _OTHER_KINDS[kind])
    if kind == "keyboard":
        for item in (item for row in _rows(fields["keyboard"]) for item in row):
            key = {"text": item} if isinstance(item, str) else item
            _check_looks(check_object(key, "keyboard button", _KEYS, required=["text"]))
    elif fields[kind] is not True:
        raise misuse(f'can\'t parse reply keyboard markup: Field "{kind}" must be True')
    return Markup(other=dict(value))
