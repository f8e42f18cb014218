"""Updates on their way to the bot: the queue, and long polling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .errors import ApiError

if TYPE_CHECKING:
    from .signals import Signal

# The fields of the Bot API's Update (10.1), but for its number.
KINDS: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
ALL_UPDATES = frozenset(KINDS)
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """Updates that the bot has not confirmed yet, oldest first."""

    def __init__(self, signal: Signal) -> None:
        self.pending: list[dict[str, Any]] = []
        self._signal = signal
        self._last_id = 0
        self._wanted = ALL_UPDATES - _ON_REQUEST
        self._poll = 0
        self._reason = ""

    @property
    def allowed(self) -> list[str]:
        return sorted(self._wanted)

    def allow(self, names: list[str]) -> None:
        """From now on only updates of these types are queued; an empty list is Telegram's default."""
        self._wanted = frozenset(names) or ALL_UPDATES - _ON_REQUEST

    def push(self, kind: str, content: dict[str, Any]) -> None:
        """Queues an update, unless the bot does not want this type."""
        if kind in self._wanted:
            self.push_raw({kind: content})

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queues any update and returns its id, which is given here where it has none."""
        update_id = int(update.get("update_id", self._last_id + 1))
        self._last_id = max(self._last_id, update_id)
        self.pending.append({"update_id": update_id, **update})
        self._signal.notify()
        return update_id

    def confirm(self, offset: int) -> None:
        """Forgets the updates before `offset`; for a negative one, all but that many."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._signal.notify()

    def remove(self, update: dict[str, Any]) -> None:
        """Forgets one update, which was delivered."""
        self.pending = [other for other in self.pending if other is not update]
        self._signal.notify()

    def clear(self) -> None:
        self.pending.clear()

    def end_poll(self, reason: str) -> int:
        """Ends the poll that is waiting, with a 409 and this reason; returns the number of the next one."""
        self._poll += 1
        self._reason = reason
        self._signal.notify()
        return self._poll

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Up to `limit` updates from `offset` on, as soon as there is one. Raises the 409 of `end_poll`."""
        mine = self.end_poll(OTHER_POLLER)
        self.confirm(offset)
        await self._signal.wait(lambda: self._poll != mine or bool(self.pending), seconds)
        if self._poll != mine:
            raise ApiError(409, f"Conflict: {self._reason}")
        return self.pending[:limit]
