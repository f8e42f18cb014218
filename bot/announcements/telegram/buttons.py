"""The buttons of announcements, and what a press of one carries."""

from enum import StrEnum

from telegram import InlineKeyboardButton, Message

from bot.chat import buttons
from bot.chat.buttons import CallbackData


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


class AnnouncementButton(CallbackData, prefix="ann"):
    """The data of a button. `id`: of the announcement; of a list, of the newest that it does not show, or 0."""

    action: ButtonAction
    id: int = 0


def button(text: str, action: ButtonAction, id_: int = 0) -> InlineKeyboardButton:
    return buttons.button(text, AnnouncementButton(action, id_))


def request_key(message: Message) -> str:
    """The key by which a command that Telegram delivers twice is known again."""
    return f"message:{message.chat.id}:{message.message_id}"


def draft_below(message: Message | None) -> int | None:
    """The id of the draft that the buttons of a message are for; None where it has no such buttons."""
    return _carried(message, ButtonAction.SEND, ButtonAction.CANCEL)


def correction_asked_in(message: Message | None) -> int | None:
    """The id of the announcement whose new text a message asks for."""
    return _carried(message, ButtonAction.NEVER_MIND)


def _carried(message: Message | None, *actions: ButtonAction) -> int | None:
    return next((press.id for press in buttons.carried(message, AnnouncementButton) if press.action in actions), None)
