"""Updates of every kind of the Bot API, as small as they may be, and odd ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

BOT: Final = {"id": 123456, "is_bot": True, "first_name": "Test bot", "username": "shushuo_test_bot"}
USER: Final = {"id": 1001, "is_bot": False, "first_name": "Tester"}
PRIVATE: Final = {"id": 1001, "type": "private", "first_name": "Tester"}
GROUP: Final = {"id": -1_000_000_009_001, "type": "supergroup", "title": "大家"}
CHANNEL: Final = {"id": -1_000_000_009_002, "type": "channel", "title": "频道"}
DATE: Final = 1_700_000_000
PHOTO: Final = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
FILE: Final = {"file_id": "a", "file_unique_id": "a"}
MENTION: Final = [{"type": "mention", "offset": 0, "length": 17}]
_MEMBER: Final = {"user": BOT, "status": "member"}
_LEFT: Final = {"user": BOT, "status": "left"}
_BOOST: Final = {"source": "premium", "user": USER}
_LAST_PRIVATE_ID: Final = 900


def written(chat: dict[str, Any], **content: Any) -> dict[str, Any]:
    """A message with a sender, but in a channel."""
    sender = {"sender_chat": chat} if chat is CHANNEL else {"from": USER}
    return {"message_id": _LAST_PRIVATE_ID, "date": DATE, "chat": chat, **sender, **content}


_BARE: Final = {"message_id": 7, "date": DATE, "chat": GROUP}
_RESTRICTED: Final = {
    "user": BOT,
    "status": "restricted",
    "is_member": False,
    "until_date": 0,
    **dict.fromkeys(
        (
            "can_add_web_page_previews",
            "can_change_info",
            "can_edit_tag",
            "can_invite_users",
            "can_manage_topics",
            "can_pin_messages",
            "can_react_to_messages",
            "can_send_audios",
            "can_send_documents",
            "can_send_messages",
            "can_send_other_messages",
            "can_send_photos",
            "can_send_polls",
            "can_send_video_notes",
            "can_send_videos",
            "can_send_voice_notes",
        ),
        False,
    ),
}
_CHANGE: Final = {"chat": GROUP, "from": USER, "date": DATE, "old_chat_member": _LEFT, "new_chat_member": _MEMBER}

# Of each kind, only what Telegram always gives.
SMALLEST: Final[dict[str, dict[str, Any]]] = {
    "message": _BARE,
    "edited_message": _BARE,
    "channel_post": {**_BARE, "chat": CHANNEL},
    "edited_channel_post": {**_BARE, "chat": CHANNEL},
    "business_connection": {"id": "b", "user": USER, "user_chat_id": 1001, "date": DATE, "is_enabled": True},
    "business_message": {**_BARE, "chat": PRIVATE, "business_connection_id": "b"},
    "edited_business_message": {**_BARE, "chat": PRIVATE, "business_connection_id": "b"},
    "deleted_business_messages": {"business_connection_id": "b", "chat": PRIVATE, "message_ids": [7]},
    "guest_message": {**_BARE, "guest_query_id": "g"},
    "message_reaction": {"chat": GROUP, "message_id": 7, "date": DATE, "old_reaction": [], "new_reaction": []},
    "message_reaction_count": {"chat": GROUP, "message_id": 7, "date": DATE, "reactions": []},
    "inline_query": {"id": "1", "from": USER, "query": "", "offset": ""},
    "chosen_inline_result": {"result_id": "output", "from": USER, "query": ""},
    "callback_query": {"id": "1", "from": USER, "chat_instance": "1"},
    "shipping_query": {
        "id": "1",
        "from": USER,
        "invoice_payload": "x",
        "shipping_address": {
            "country_code": "CN",
            "state": "",
            "city": "济南",
            "street_line1": "",
            "street_line2": "",
            "post_code": "",
        },
    },
    "pre_checkout_query": {"id": "1", "from": USER, "currency": "CNY", "total_amount": 1, "invoice_payload": "x"},
    "purchased_paid_media": {"from": USER, "paid_media_payload": "x"},
    "poll": {
        "id": "1",
        "question": "产值",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
    "poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []},
    "my_chat_member": _CHANGE,
    "chat_member": {**_CHANGE, "new_chat_member": {"user": USER, "status": "member"}},
    "chat_join_request": {"chat": GROUP, "from": USER, "user_chat_id": 1001, "date": DATE},
    "chat_boost": {
        "chat": GROUP,
        "boost": {"boost_id": "1", "add_date": DATE, "expiration_date": DATE, "source": _BOOST},
    },
    "removed_chat_boost": {"chat": GROUP, "boost_id": "1", "remove_date": DATE, "source": _BOOST},
    "managed_bot": {"user": USER, "bot": BOT},
}
# The calls with which the bot answers one of these.
DUE_TO_SMALLEST: Final = {
    "inline_query": ["answerInlineQuery"],
    "callback_query": ["answerCallbackQuery"],
    "my_chat_member": ["sendMessage"],
}


PAYMENT: Final = {
    "currency": "XTR",
    "total_amount": 1,
    "invoice_payload": "x",
    "telegram_payment_charge_id": "x",
    "provider_payment_charge_id": "x",
}


@dataclass(frozen=True, slots=True)
class Odd:
    """An update that Telegram may send although few bots expect it, and the calls that are due to it."""

    name: str
    kind: str
    content: dict[str, Any]
    due: tuple[str, ...] = ()


# What a message may be instead of words that somebody has typed.
_EVENTS: Final[dict[str, Any]] = {
    "new_chat_members": [USER, BOT],
    "left_chat_member": BOT,
    "chat_owner_left": {},
    "chat_owner_changed": {"new_owner": USER},
    "new_chat_title": "新名",
    "new_chat_photo": PHOTO,
    "delete_chat_photo": True,
    "group_chat_created": True,
    "supergroup_chat_created": True,
    "channel_chat_created": True,
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 60},
    "pinned_message": {"chat": GROUP, "message_id": 3, "date": 0},
    "users_shared": {"request_id": 1, "users": [{"user_id": 5}]},
    "chat_shared": {"request_id": 1, "chat_id": -5},
    "connected_website": "example.org",
    "write_access_allowed": {},
    "proximity_alert_triggered": {"traveler": USER, "watcher": USER, "distance": 5},
    "boost_added": {"boost_count": 1},
    "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🏎"}},
    "checklist_tasks_done": {"marked_as_done_task_ids": [1]},
    "checklist_tasks_added": {"tasks": [{"id": 1, "text": "产值"}]},
    "direct_message_price_changed": {"are_direct_messages_enabled": True},
    "forum_topic_created": {"name": "产值", "icon_color": 1},
    "forum_topic_edited": {},
    "forum_topic_closed": {},
    "forum_topic_reopened": {},
    "general_forum_topic_hidden": {},
    "general_forum_topic_unhidden": {},
    "giveaway_created": {},
    "giveaway": {"chats": [CHANNEL], "winners_selection_date": DATE, "winner_count": 1},
    "giveaway_winners": {
        "chat": CHANNEL,
        "giveaway_message_id": 1,
        "winners_selection_date": DATE,
        "winner_count": 1,
        "winners": [USER],
    },
    "giveaway_completed": {"winner_count": 1},
    "managed_bot_created": {"bot": BOT},
    "paid_message_price_changed": {"paid_message_star_count": 1},
    "video_chat_scheduled": {"start_date": DATE},
    "video_chat_started": {},
    "video_chat_ended": {"duration": 5},
    "video_chat_participants_invited": {"users": [USER]},
    "web_app_data": {"data": "产值", "button_text": "产值"},
    "refunded_payment": {
        "currency": "XTR",
        "total_amount": 1,
        "invoice_payload": "x",
        "telegram_payment_charge_id": "x",
    },
    "something_of_the_year_2030": {"text": "产值"},
}
_CONTENTS: Final[dict[str, Any]] = {
    "photo": PHOTO,
    "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "voice": {**FILE, "duration": 1},
    "video_note": {**FILE, "duration": 1, "length": 1},
    "document": FILE,
    "contact": {"phone_number": "1", "first_name": "产值"},
    "dice": {"emoji": "🎲", "value": 6},
    "location": {"longitude": 117.0, "latitude": 36.6},
    "venue": {"location": {"longitude": 117.0, "latitude": 36.6}, "title": "产值", "address": "x"},
    "game": {"title": "产值", "description": "x", "photo": PHOTO},
    "poll": SMALLEST["poll"],
    "story": {"chat": PRIVATE, "id": 1},
    "invoice": {"title": "产值", "description": "x", "start_parameter": "x", "currency": "XTR", "total_amount": 1},
    "paid_media": {"star_count": 1, "paid_media": []},
    "checklist": {"title": "产值", "tasks": [{"id": 1, "text": "产值"}]},
}
_COMMAND: Final = [{"type": "bot_command", "offset": 0, "length": 10}]
_INACCESSIBLE: Final = {"chat": PRIVATE, "message_id": 3, "date": 0}
_SENT: Final = ("sendMessage",)
_RESULTS: Final = ("answerInlineQuery",)
_NOTED: Final = ("answerCallbackQuery",)
_POST: Final = {"type": "channel", "date": DATE, "chat": CHANNEL, "message_id": 5}


def _query(**content: Any) -> dict[str, Any]:
    return {**SMALLEST["callback_query"], **content}


ODD: Final = (
    *(Odd(f"{name} in a group", "message", written(GROUP, **{name: value})) for name, value in _EVENTS.items()),
    *(Odd(f"{name} in private", "message", written(PRIVATE, **{name: value})) for name, value in _EVENTS.items()),
    *(Odd(f"{name} in a group", "message", written(GROUP, **{name: value})) for name, value in _CONTENTS.items()),
    *(
        Odd(f"{name} in private", "message", written(PRIVATE, **{name: value}), _SENT)
        for name, value in _CONTENTS.items()
    ),
    *(
        Odd("words that ask", kind, written(CHANNEL, text="@shushuo_test_bot 产值", entities=MENTION))
        for kind in ("channel_post", "edited_channel_post")
    ),
    *(
        Odd("words that ask", kind, written(PRIVATE, text="产值", business_connection_id="b"))
        for kind in ("business_message", "edited_business_message")
    ),
    Odd("words that ask", "guest_message", written(GROUP, text="@shushuo_test_bot 产值", entities=MENTION)),
    Odd("of a question that is unknown", "edited_message", written(PRIVATE, text="产值", edit_date=DATE + 1)),
    Odd("of a caption that is unknown", "edited_message", written(GROUP, caption="/ask 产值", photo=PHOTO)),
    Odd("of a live location", "edited_message", written(PRIVATE, location=_CONTENTS["location"])),
    Odd("nothing at all, in private", "message", written(PRIVATE)),
    Odd("an empty text, in private", "message", written(PRIVATE, text="")),
    Odd("an empty text, in a group", "message", written(GROUP, text="", entities=[])),
    Odd("a lone surrogate", "message", written(PRIVATE, text="\ud83d产值"), _SENT),
    Odd("a text of blanks", "message", written(PRIVATE, text=" \u200b\u2060 "), _SENT),
    Odd("a text without a sender", "message", {**_BARE, "chat": PRIVATE, "text": "产值"}, _SENT),
    Odd("a text in a group without a sender", "message", {**_BARE, "text": "产值"}),
    Odd("an entity beyond the end", "message", written(GROUP, text="产值", entities=MENTION)),
    Odd(
        "an entity of an unknown type",
        "message",
        written(GROUP, text="产值", entities=[{"type": "hologram", "offset": 0, "length": 2}]),
    ),
    Odd(
        "a mention of somebody else",
        "message",
        written(GROUP, text="@other_bot 产值", entities=[{"type": "mention", "offset": 0, "length": 10}]),
    ),
    Odd(
        "a command of another bot",
        "message",
        written(GROUP, text="/ask@other_bot 产值", entities=[{"type": "bot_command", "offset": 0, "length": 14}]),
    ),
    Odd(
        "a text mention without its user",
        "message",
        written(GROUP, text="产值", entities=[{"type": "text_mention", "offset": 0, "length": 2}]),
    ),
    Odd("a subscription without a sender", "message", {**_BARE, "text": "/subscribe", "entities": _COMMAND}, _SENT),
    Odd("a button that subscribes, without a message", "callback_query", _query(data="sub:on"), _NOTED),
    Odd(
        "a button that subscribes, below a message that is gone",
        "callback_query",
        _query(data="sub:on", message=_INACCESSIBLE),
        _NOTED,
    ),
    Odd("a chat of an unknown type", "message", written({**GROUP, "type": "galaxy"}, text="/ask 产值")),
    Odd("a reply to what is gone", "message", written(GROUP, text="产值", reply_to_message=_INACCESSIBLE)),
    Odd(
        "a forwarded post of a channel in a group",
        "message",
        written(GROUP, text="@shushuo_test_bot 产值", entities=MENTION, forward_origin=_POST),
    ),
    Odd("what the bot has written through somebody", "message", written(PRIVATE, text="产值", via_bot=BOT)),
    Odd("another bot in a group", "message", {**written(GROUP, text="产值"), "from": {**USER, "is_bot": True}}),
    Odd("a message of the last year that counts", "message", written(GROUP, text="产值", date=2**31 - 1)),
    Odd(
        "a query in an unknown kind of chat",
        "inline_query",
        {**SMALLEST["inline_query"], "chat_type": "galaxy"},
        _RESULTS,
    ),
    Odd("a page that there is not", "inline_query", {**SMALLEST["inline_query"], "offset": "-1"}, _RESULTS),
    Odd("a page of no number", "inline_query", {**SMALLEST["inline_query"], "offset": "九" * 64}, _RESULTS),
    Odd("a long query", "inline_query", {**SMALLEST["inline_query"], "query": "产值" * 128}, _RESULTS),
    Odd("words of an unknown button", "callback_query", _query(data="x" * 64), _NOTED),
    Odd("an empty word of a button", "callback_query", _query(data=""), _NOTED),
    Odd("a game", "callback_query", _query(game_short_name="x"), _NOTED),
    Odd("a fact that is gone", "callback_query", _query(data="f:zh:gone", message=_INACCESSIBLE), _NOTED),
    Odd(
        "a fact, below a message that is gone",
        "callback_query",
        _query(data="n:zh:output", message=_INACCESSIBLE),
        ("answerCallbackQuery", "sendMessage"),
    ),
    Odd("a vote without a message", "callback_query", _query(data="vu0:x:output"), _NOTED),
    Odd(
        "a vote below a message that is gone",
        "callback_query",
        _query(data="vu0:x:output", message=_INACCESSIBLE),
        _NOTED,
    ),
    Odd(
        "a status of the year 2030",
        "my_chat_member",
        {**_CHANGE, "new_chat_member": {"user": BOT, "status": "ghost"}},
        _SENT,
    ),
    Odd(
        "another one, of a bot that was there",
        "my_chat_member",
        {**_CHANGE, "old_chat_member": _MEMBER, "new_chat_member": {"user": BOT, "status": "ghost"}},
    ),
    Odd(
        "restricted, and not there",
        "my_chat_member",
        {**_CHANGE, "new_chat_member": _RESTRICTED},
    ),
    Odd("banned", "my_chat_member", {**_CHANGE, "new_chat_member": {"user": BOT, "status": "kicked", "until_date": 0}}),
    Odd("in a channel", "my_chat_member", {**_CHANGE, "chat": CHANNEL}),
    Odd(
        "a blocked bot",
        "my_chat_member",
        {
            **_CHANGE,
            "chat": PRIVATE,
            "old_chat_member": _MEMBER,
            "new_chat_member": {"user": BOT, "status": "kicked", "until_date": 0},
        },
    ),
    Odd(
        "an anonymous reaction",
        "message_reaction",
        {**SMALLEST["message_reaction"], "actor_chat": GROUP, "new_reaction": [{"type": "paid"}]},
    ),
    Odd(
        "a reaction of the year 2030",
        "message_reaction",
        {**SMALLEST["message_reaction"], "user": USER, "new_reaction": [{"type": "smell"}]},
    ),
    Odd("an anonymous vote", "poll_answer", {**SMALLEST["poll_answer"], "voter_chat": GROUP}),
    Odd("a vote taken back", "poll_answer", {**SMALLEST["poll_answer"], "user": USER}),
    Odd("a kind of the year 2030", "telepathy", {"from": USER, "text": "产值"}),
)
