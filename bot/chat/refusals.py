"""What became of one attempt to send something to a chat, and what Telegram's errors mean for that."""

from datetime import timedelta
from typing import NamedTuple

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.storage.announcements.deliveries import Ends, Failed, Moved, Sent, Unclear

from .markup import one_line

# What is in Telegram's words of a permanent error, in the order in which it is looked for; our word for it, and what it
# ends.
PERMANENT: dict[str, tuple[str, Ends]] = {
    "blocked": ("blocked", "chat"),
    "deactivated": ("deactivated", "chat"),
    "chat was deleted": ("deleted", "chat"),
    "kicked": ("kicked", "chat"),
    "not a member": ("left", "chat"),
    "chat not found": ("not found", "chat"),
    "peer_id_invalid": ("not found", "chat"),
    "topic_closed": ("topic closed", "subscription"),
    "topic_deleted": ("topic deleted", "subscription"),
    "thread not found": ("topic deleted", "subscription"),
    "rights": ("no right to write", "subscription"),
    "write_forbidden": ("no right to write", "subscription"),
    "chat_restricted": ("no right to write", "subscription"),
    "administrator": ("no right to write", "subscription"),
    "can't be edited": ("too old to edit", ""),
    "not found": ("message gone", ""),
    "message_id_invalid": ("message gone", ""),
}
_LONGEST = 100


class Wait(NamedTuple):
    """Telegram asks to send nothing for so many seconds."""

    seconds: float


SendOutcome = Sent | Failed | Moved | Wait | Unclear


def outcome_of(error: TelegramError) -> SendOutcome:
    match error:
        case RetryAfter():
            return Wait(seconds_of(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden() | BadRequest():
            reason = error.message.lower()
            for words, (word, ends) in PERMANENT.items():
                if words in reason:
                    return Failed(word, ends)
            return Failed(one_line(error.message)[:_LONGEST], "subscription" if isinstance(error, Forbidden) else "")
        case _:
            return Unclear(one_line(error.message)[:_LONGEST])


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
