"""What the buttons of announcements carry, and how a draft is found by them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.announcements.telegram.buttons import (
    AnnouncementButton,
    ButtonAction,
    button,
    correction_asked_in,
    draft_below,
    keyboard,
)


def message(markup: InlineKeyboardMarkup | None) -> Message:
    return Message(1, datetime.now(UTC), Chat(1, "private"), text="x", reply_markup=markup)


@pytest.mark.parametrize("action", ButtonAction)
def test_a_button_is_written_as_ever(action: ButtonAction) -> None:
    assert button("x", action, 10**18 - 1).callback_data == f"ann:{action}:{10**18 - 1}"
    assert AnnouncementButton.unpack(f"ann:{action}:7") == AnnouncementButton(action, 7)


def test_a_draft_is_found_by_the_buttons_that_decide_on_it() -> None:
    decide = keyboard([[button("Send", ButtonAction.SEND, 7)], [], [button("Cancel", ButtonAction.CANCEL, 7)]])
    assert draft_below(message(decide)) == 7
    assert correction_asked_in(message(decide)) is None
    assert correction_asked_in(message(keyboard([[button("Cancel", ButtonAction.NEVER_MIND, 8)]]))) == 8


@pytest.mark.parametrize(
    "markup",
    [
        None,
        keyboard([[button("Stop", ButtonAction.STOP, 7)]]),
        InlineKeyboardMarkup([[InlineKeyboardButton("Web", url="https://example.org/")]]),
    ],
)
def test_other_messages_have_no_draft(markup: InlineKeyboardMarkup | None) -> None:
    assert draft_below(message(markup)) is None
    assert draft_below(None) is None
