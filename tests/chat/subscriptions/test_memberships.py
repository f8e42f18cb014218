"""What memberships of chats allow."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Chat, ChatMember, User

from bot.chat.subscriptions.membership_changes import is_present, may_write

USER = User(1, "Test bot", is_bot=True).to_dict()
RIGHTS = dict.fromkeys(
    """
    can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members
    can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories
    """.split(),
    False,
)
PERMISSIONS = dict.fromkeys(
    """
    is_member can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes
    can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_change_info
    can_invite_users can_pin_messages can_manage_topics can_edit_tag can_react_to_messages
    """.split(),
    False,
)


def member(status: str, **fields: Any) -> ChatMember:
    defaults: dict[str, dict[str, Any]] = {
        "administrator": RIGHTS,
        "restricted": {**PERMISSIONS, "until_date": 0},
        "creator": {"is_anonymous": False},
        "kicked": {"until_date": 0},
    }
    made = ChatMember.de_json({"user": USER, "status": status, **defaults.get(status, {}), **fields})
    assert made
    return made


def cases() -> list[tuple[ChatMember, bool, bool, bool]]:
    """A membership; whether it is one, whether it allows to write in a group, and in a channel."""
    return [
        (member("left"), False, False, False),
        (member("kicked"), False, False, False),
        (member("member"), True, True, False),
        (member("creator"), True, True, False),
        (member("administrator"), True, True, False),
        (member("administrator", can_post_messages=False), True, True, False),
        (member("administrator", can_post_messages=True), True, True, True),
        (member("restricted"), False, False, False),
        (member("restricted", is_member=True), True, False, False),
        (member("restricted", is_member=True, can_send_messages=True), True, True, False),
        (member("restricted", can_send_messages=True), False, False, False),
        (member("of the year 2030"), True, True, False),
    ]


@pytest.mark.parametrize(("member", "present", "in_group", "in_channel"), cases())
def test_what_a_membership_allows(member: ChatMember, *, present: bool, in_group: bool, in_channel: bool) -> None:
    assert is_present(member) is present
    for kind in (Chat.GROUP, Chat.SUPERGROUP, Chat.PRIVATE):
        assert may_write(Chat(-7, kind), member) is in_group
    assert may_write(Chat(-7, Chat.CHANNEL), member) is in_channel
