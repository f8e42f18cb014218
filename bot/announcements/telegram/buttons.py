"""The buttons of announcements, and what a press of one carries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from telegram import CallbackQuery, InlineKeyboardButton, Message

from bot.chat import buttons
from bot.chat.admin.admins import Admins
from bot.chat.callback_data import CallbackData
from bot.chat.updates import Handler, OnPress


class ButtonAction(StrEnum):
    """What a button does with the announcement that it carries."""

    SEND = "send"
    SEND_SILENTLY = "silently"
    PIN = "pin"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    STOP = "stop"
    LIST = "list"
    OPEN = "open"
    SEE = "see"
    CORRECT = "correct"
    NEVER_MIND = "nevermind"
    WITHDRAW = "withdraw"
    RESEND = "resend"


# Below a message about one draft; the others lead elsewhere.
_OF_A_DRAFT: Final = frozenset({ButtonAction.SEND, ButtonAction.CANCEL})


@dataclass(frozen=True)
class AnnouncementButton(CallbackData, prefix="ann"):
    """The data of a button. `id`: of the announcement; of a list, of the newest that it does not show, or 0."""

    action: ButtonAction
    id: int = 0


def on_buttons(admins: Admins, works: dict[ButtonAction, OnPress[AnnouncementButton]]) -> Handler:

    async def pressed(query: CallbackQuery, press: AnnouncementButton) -> None:
        await works[press.action](query, press)

    return admins.press(AnnouncementButton, pressed, lambda press: press.action in works)


def button(text: str, action: ButtonAction, id_: int = 0) -> InlineKeyboardButton:
    return buttons.button(text, AnnouncementButton(action, id_))


def request_key(message: Message) -> str:
    """The key by which a command that Telegram delivers twice is known again."""
    return f"message:{message.chat.id}:{message.message_id}"


def draft_below(message: Message | None) -> int | None:
    """The id of the draft that the buttons of a message are for; None where it has no such buttons."""
    return _carried(message, _OF_A_DRAFT)


def correction_asked_in(message: Message | None) -> int | None:
    """The id of the announcement whose new text a message asks for."""
    return _carried(message, frozenset({ButtonAction.NEVER_MIND}))


def _carried(message: Message | None, actions: frozenset[ButtonAction]) -> int | None:
    return next((press.id for press in buttons.carried(message, AnnouncementButton) if press.action in actions), None)
