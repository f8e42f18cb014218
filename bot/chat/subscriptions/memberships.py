"""What memberships of chats allow: whether the bot is there and may write, and whether somebody is an administrator."""

from __future__ import annotations

from typing import Final

from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import BadRequest

_ABSENT: Final = (ChatMember.LEFT, ChatMember.BANNED)
_ADMINISTRATORS: Final = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


def is_present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _ABSENT


def may_write(chat: Chat, member: ChatMember) -> bool:
    """Whether whoever has this membership of `chat` may send texts there, as far as that depends on the membership."""
    if chat.type == Chat.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return is_present(member)


async def is_administrator(chat: Chat, person: int) -> bool:
    """Whether Telegram says that the person with this id is an administrator of the group. Raises TelegramError."""
    try:
        member = await chat.get_member(person)
    except BadRequest:
        # Only a bot that is an administrator itself is promised an answer on others; anybody may see this list.
        return person in {administrator.user.id for administrator in await chat.get_administrators()}
    return member.status in _ADMINISTRATORS
