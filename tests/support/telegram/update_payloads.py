"""Updates of every kind of the Bot API, as small as they may be, and odd ones."""

from dataclasses import dataclass
from typing import Any

from bot.rehearsal.telegram_server.backend import MEMBER_RIGHTS
from tests.support.telegram.sent_media import FIELDS

BOT = {"id": 123456, "is_bot": True, "first_name": "Test bot", "username": "shushuo_test_bot"}
USER = {"id": 1001, "is_bot": False, "first_name": "Tester"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Tester"}
GROUP = {"id": -1_000_000_009_001, "type": "supergroup", "title": "大家"}
CHANNEL = {"id": -1_000_000_009_002, "type": "channel", "title": "频道"}
DATE = 1_700_000_000
PHOTO = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
FILE = {"file_id": "a", "file_unique_id": "a"}
MENTION = [{"type": "mention", "offset": 0, "length": 17}]
_MEMBER = {"user": BOT, "status": "member"}
_LEFT = {"user": BOT, "status": "left"}
_ADDRESS = {"country_code": "CN", **dict.fromkeys(("state", "city", "street_line1", "street_line2", "post_code"), "x")}
_DATES = dict.fromkeys(("add_date", "expiration_date"), DATE)
_BOOST = {"source": "premium", "user": USER}
_LAST_PRIVATE_ID = 900


def written(chat: dict[str, Any], **content: Any) -> dict[str, Any]:
    """A message with a sender, but in a channel."""
    sender = {"sender_chat": chat} if chat is CHANNEL else {"from": USER}
    return {"message_id": _LAST_PRIVATE_ID, "date": DATE, "chat": chat, **sender, **content}


_BARE = {"message_id": 7, "date": DATE, "chat": GROUP}
_RESTRICTED = {
    "user": BOT,
    "status": "restricted",
    "is_member": False,
    "until_date": 0,
    **dict.fromkeys(MEMBER_RIGHTS, False),
}
_CHANGE = {"chat": GROUP, "from": USER, "date": DATE, "old_chat_member": _LEFT, "new_chat_member": _MEMBER}

# Of each kind, only what Telegram always gives.
SMALLEST = {
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
    "shipping_query": {"id": "1", "from": USER, "invoice_payload": "x", "shipping_address": _ADDRESS},
    "pre_checkout_query": {"id": "1", "from": USER, "currency": "CNY", "total_amount": 1, "invoice_payload": "x"},
    "purchased_paid_media": {"from": USER, "paid_media_payload": "x"},
    "poll": FIELDS["poll"],
    "poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []},
    "my_chat_member": _CHANGE,
    "chat_member": {**_CHANGE, "new_chat_member": {"user": USER, "status": "member"}},
    "chat_join_request": {"chat": GROUP, "from": USER, "user_chat_id": 1001, "date": DATE},
    "chat_boost": {"chat": GROUP, "boost": {"boost_id": "1", **_DATES, "source": _BOOST}},
    "removed_chat_boost": {"chat": GROUP, "boost_id": "1", "remove_date": DATE, "source": _BOOST},
    "managed_bot": {"user": USER, "bot": BOT},
}
# The calls with which the bot answers one of these.
DUE_TO_SMALLEST = {
    "inline_query": ["answerInlineQuery"],
    "callback_query": ["answerCallbackQuery"],
    "my_chat_member": ["sendMessage"],
}


PAYMENT = {
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


# What a message may be instead of words that somebody has typed: a few of the many, of each form that they have.
_EVENTS = {
    "new_chat_members": [USER, BOT],
    "left_chat_member": BOT,
    "new_chat_title": "新名",
    "new_chat_photo": PHOTO,
    "supergroup_chat_created": True,
    "pinned_message": {"chat": GROUP, "message_id": 3, "date": 0},
    "users_shared": {"request_id": 1, "users": [{"user_id": 5}]},
    "write_access_allowed": {},
    "checklist_tasks_added": {"tasks": [{"id": 1, "text": "产值"}]},
    "forum_topic_created": {"name": "产值", "icon_color": 1},
    "giveaway": {"chats": [CHANNEL], "winners_selection_date": DATE, "winner_count": 1},
    "video_chat_ended": {"duration": 5},
    "web_app_data": {"data": "产值", "button_text": "产值"},
    "refunded_payment": {name: value for name, value in PAYMENT.items() if name != "provider_payment_charge_id"},
    "something_of_the_year_2030": {"text": "产值"},
}
_CONTENTS = {
    **{name: FIELDS[name] for name in FIELDS if name not in {"animation", "audio", "video"}},
    "venue": {"location": {"longitude": 117.0, "latitude": 36.6}, "title": "产值", "address": "x"},
    "game": {"title": "产值", "description": "x", "photo": PHOTO},
    "story": {"chat": PRIVATE, "id": 1},
    "invoice": {"title": "产值", "description": "x", "start_parameter": "x", "currency": "XTR", "total_amount": 1},
    "paid_media": {"star_count": 1, "paid_media": []},
    "checklist": {"title": "产值", "tasks": [{"id": 1, "text": "产值"}]},
}
_COMMAND = [{"type": "bot_command", "offset": 0, "length": 10}]
_INACCESSIBLE = {"chat": PRIVATE, "message_id": 3, "date": 0}
_SENT = ("sendMessage",)
_RESULTS = ("answerInlineQuery",)
_NOTED = ("answerCallbackQuery",)
_POST = {"type": "channel", "date": DATE, "chat": CHANNEL, "message_id": 5}


def _query(**content: Any) -> dict[str, Any]:
    return {**SMALLEST["callback_query"], **content}


def _changed(new: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {**_CHANGE, "new_chat_member": {"user": BOT, **new}, **content}


def _marked(text: str, kind: str, length: int) -> dict[str, Any]:
    return written(GROUP, text=text, entities=[{"type": kind, "offset": 0, "length": length}])


_TO_BOT = {"text": "@shushuo_test_bot 产值", "entities": MENTION}
_INLINE = SMALLEST["inline_query"]
_REACTION = SMALLEST["message_reaction"]
_KICKED = {"status": "kicked", "until_date": 0}
_GONE = {"message": _INACCESSIBLE}


ODD = (
    *(
        Odd(f"{name} in a {chat['type']}", "message", written(chat, **{name: value}), due if chat is PRIVATE else ())
        for contents, due in ((_EVENTS, ()), (_CONTENTS, _SENT))
        for name, value in contents.items()
        for chat in (GROUP, PRIVATE)
    ),
    *(Odd("words that ask", kind, written(CHANNEL, **_TO_BOT)) for kind in ("channel_post", "edited_channel_post")),
    *(
        Odd("words that ask", kind, written(PRIVATE, text="产值", business_connection_id="b"))
        for kind in ("business_message", "edited_business_message")
    ),
    Odd("words that ask", "guest_message", written(GROUP, **_TO_BOT)),
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
    Odd("an entity of an unknown type", "message", _marked("产值", "hologram", 2)),
    Odd("a mention of somebody else", "message", _marked("@other_bot 产值", "mention", 10)),
    Odd("a command of another bot", "message", _marked("/ask@other_bot 产值", "bot_command", 14)),
    Odd("a text mention without its user", "message", _marked("产值", "text_mention", 2)),
    Odd("a subscription without a sender", "message", {**_BARE, "text": "/subscribe", "entities": _COMMAND}, _SENT),
    Odd("a button that subscribes, without a message", "callback_query", _query(data="sub:on"), _NOTED),
    Odd("a button that subscribes, the message is gone", "callback_query", _query(data="sub:on", **_GONE), _NOTED),
    Odd("a chat of an unknown type", "message", written({**GROUP, "type": "galaxy"}, text="/ask 产值")),
    Odd("a reply to what is gone", "message", written(GROUP, text="产值", reply_to_message=_INACCESSIBLE)),
    Odd("a forwarded post of a channel in a group", "message", written(GROUP, **_TO_BOT, forward_origin=_POST)),
    Odd("what the bot has written through somebody", "message", written(PRIVATE, text="产值", via_bot=BOT)),
    Odd("another bot in a group", "message", {**written(GROUP, text="产值"), "from": {**USER, "is_bot": True}}),
    Odd("a message of the last year that counts", "message", written(GROUP, text="产值", date=2**31 - 1)),
    Odd("a query in an unknown kind of chat", "inline_query", {**_INLINE, "chat_type": "galaxy"}, _RESULTS),
    Odd("a page that there is not", "inline_query", {**_INLINE, "offset": "-1"}, _RESULTS),
    Odd("a page of no number", "inline_query", {**_INLINE, "offset": "九" * 64}, _RESULTS),
    Odd("a long query", "inline_query", {**_INLINE, "query": "产值" * 128}, _RESULTS),
    Odd("words of an unknown button", "callback_query", _query(data="x" * 64), _NOTED),
    Odd("an empty word of a button", "callback_query", _query(data=""), _NOTED),
    Odd("a game", "callback_query", _query(game_short_name="x"), _NOTED),
    Odd("a fact that is gone", "callback_query", _query(data="f:zh:gone", **_GONE), _NOTED),
    Odd("a fact, the message is gone", "callback_query", _query(data="n:zh:output", **_GONE), (*_NOTED, *_SENT)),
    Odd("a vote without a message", "callback_query", _query(data="vu0:x:output"), _NOTED),
    Odd("a vote, the message is gone", "callback_query", _query(data="vu0:x:output", **_GONE), _NOTED),
    Odd("a status of the year 2030", "my_chat_member", _changed({"status": "ghost"}), _SENT),
    Odd("another of them", "my_chat_member", _changed({"status": "ghost"}, old_chat_member=_MEMBER)),
    Odd("restricted, and not there", "my_chat_member", _changed(_RESTRICTED)),
    Odd("banned", "my_chat_member", _changed(_KICKED)),
    Odd("in a channel", "my_chat_member", {**_CHANGE, "chat": CHANNEL}),
    Odd("a blocked bot", "my_chat_member", _changed(_KICKED, chat=PRIVATE, old_chat_member=_MEMBER)),
    Odd("anonymous", "message_reaction", {**_REACTION, "actor_chat": GROUP, "new_reaction": [{"type": "paid"}]}),
    Odd("of the year 2030", "message_reaction", {**_REACTION, "user": USER, "new_reaction": [{"type": "smell"}]}),
    Odd("an anonymous vote", "poll_answer", {**SMALLEST["poll_answer"], "voter_chat": GROUP}),
    Odd("a vote taken back", "poll_answer", {**SMALLEST["poll_answer"], "user": USER}),
    Odd("a kind of the year 2030", "telepathy", {"from": USER, "text": "产值"}),
)
