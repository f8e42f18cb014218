"""The buttons of what is scheduled, and what a press of one carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from telegram import InlineKeyboardButton

from bot.chat.callback_data import CallbackData

if TYPE_CHECKING:
    from bot.chat.texts import Texts
    from bot.storage import Schedule


class ScheduleAction(StrEnum):
    """What a button does; `CANCEL` with an announcement that waits for its moment, all others with a schedule."""

    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"
    CANCEL = "cancel"


_LABELS: Final = {
    ScheduleAction.PAUSE: "schedule-pause",
    ScheduleAction.RESUME: "schedule-resume",
    ScheduleAction.DELETE: "schedule-delete",
    ScheduleAction.CANCEL: "schedule-delete",
}


@dataclass(frozen=True)
class ScheduleButton(CallbackData):
    """The data of a button. `id`: of the schedule or of the announcement."""

    prefix: ClassVar[str] = "sch"
    action: ScheduleAction
    id: int


def of_schedule(schedule: Schedule, say: Texts, place: str = "") -> list[InlineKeyboardButton]:
    """A row for a schedule. `place`: its number in a list."""
    other = ScheduleAction.PAUSE if schedule.paused is None else ScheduleAction.RESUME
    return [_button(other, schedule.id, say, place), _button(ScheduleAction.DELETE, schedule.id, say, place)]


def of_announcement(id_: int, say: Texts, place: str = "") -> list[InlineKeyboardButton]:
    """A row for an announcement that waits. `place`: its number in a list."""
    return [_button(ScheduleAction.CANCEL, id_, say, place)]


def _button(action: ScheduleAction, id_: int, say: Texts, place: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        f"{say(_LABELS[action])} {place}".strip(), callback_data=ScheduleButton(action, id_).pack()
    )
