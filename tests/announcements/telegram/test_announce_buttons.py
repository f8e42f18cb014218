"""What the buttons of announcements carry."""

import pytest

from bot.announcements.telegram.buttons import (
    AnnouncementButton,
    ButtonAction,
    button,
)


@pytest.mark.parametrize("action", ButtonAction)
def test_a_button_is_written_as_ever(action: ButtonAction) -> None:
    assert button("x", action, 10**18 - 1).callback_data == f"ann:{action}:{10**18 - 1}"
    assert AnnouncementButton.unpack(f"ann:{action}:7") == AnnouncementButton(action, 7)
