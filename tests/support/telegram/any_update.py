"""Updates by chance: of the Bot API's form with odd values in them, broken ones, and bodies that are none."""

import json

from hypothesis import strategies as st

from tests.support.telegram.update_payloads import (
    BOT,
    CHANNEL,
    DATE,
    FILE,
    GROUP,
    PHOTO,
    PRIVATE,
    SMALLEST,
    USER,
    written,
)

_TEXTS = st.one_of(
    st.sampled_from(
        [
            "产值是多少",
            "/ask 产值",
            "/ask@shushuo_test_bot",
            "/start fact-output",
            "/start \u0000",
            "/topics",
            "/fact output",
            "/reload",
            "@shushuo_test_bot 产值",
            "n:zh:output",
            "vu0:x:output",
        ]
    ),
    st.text(max_size=60),
    st.characters().map(lambda character: character * 4096),
)
_NUMBERS = st.one_of(st.integers(-2, 40), st.integers(-(2**63), 2**63))
_VALUES = st.none() | st.booleans() | _NUMBERS | st.floats(allow_nan=False) | _TEXTS
_JSON = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


def formed(example):
    """Values of the form of `example`: the same keys, and at the ends what is of the same type."""
    match example:
        case dict():
            return st.fixed_dictionaries({name: formed(value) for name, value in example.items()})
        case list():
            return st.lists(st.one_of(*map(formed, example)), max_size=3) if example else st.just([])
        case bool():
            return st.booleans()
        case int():
            return st.just(example) | _NUMBERS
        case _:
            return st.just(example) | _TEXTS


def broken(example):
    """Values that were of the form of `example`, until keys went away and other things took their places."""
    match example:
        case dict():
            return st.fixed_dictionaries({}, optional={name: broken(example[name]) for name in example}) | _JSON
        case list():
            return st.lists(st.one_of(*map(broken, example), _JSON), max_size=3)
        case _:
            return st.just(example) | _VALUES


_ENTITY = {"type": "bot_command", "offset": 0, "length": 4, "user": USER}
_CONTENT = {
    "text": "",
    "caption": "",
    "entities": [_ENTITY, {**_ENTITY, "type": "mention"}, {**_ENTITY, "type": "text_mention"}],
    "caption_entities": [_ENTITY],
    "photo": PHOTO,
    "document": {**FILE, "file_name": "hewan.yaml", "file_size": 1},
    "reply_to_message": {**written(GROUP, text="产值"), "from": BOT},
    "quote": {"text": "产值", "position": 0},
    "message_thread_id": 1,
    "is_topic_message": True,
    "sender_chat": GROUP,
    "via_bot": BOT,
    "forward_origin": {"type": "user", "date": DATE, "sender_user": USER},
    "new_chat_members": [BOT, USER],
    "left_chat_member": BOT,
    "migrate_to_chat_id": GROUP["id"],
    "edit_date": DATE,
    "media_group_id": "1",
}
_MESSAGES = [written(chat) for chat in (PRIVATE, GROUP, CHANNEL)]


def _content(kind: str, form):
    """What an update of `kind` says; `form` is `formed` or `broken`."""
    if kind.endswith(("message", "post")):
        extras = st.fixed_dictionaries({}, optional={name: form(value) for name, value in _CONTENT.items()})
        return st.one_of(
            *(st.tuples(form({**SMALLEST[kind], **message}), extras).map(_joined) for message in _MESSAGES)
        )
    if kind == "callback_query":
        return form({**SMALLEST[kind], "data": "", "message": written(PRIVATE, text="")})
    return form(SMALLEST[kind])


def _joined(parts):
    content, extras = parts
    return {**content, **extras} if isinstance(content, dict) else content


def contents():
    """An update without its number: the kind, and what it says."""
    return st.one_of(
        *(
            _content(kind, form).map(lambda content, kind=kind: {kind: content})
            for kind in SMALLEST
            for form in (formed, broken)
        )
    )


def bodies() -> st.SearchStrategy[bytes]:
    """What is no update: other JSON, an update cut off, and what is no text."""
    whole = contents().map(lambda content: json.dumps({"update_id": 1, **content}).encode())
    cut = whole.flatmap(lambda body: st.integers(0, len(body) - 1).map(lambda end: body[:end]))
    return st.one_of(_JSON.map(lambda value: json.dumps(value).encode()), cut, st.binary(max_size=200))
