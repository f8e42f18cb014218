"""Which messages speak to the bot; the whole behaviour is in test_group_chat.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, User

from bot.chat.messages import question_in
from bot.rehearsal.telegram_server.content import typed_by_person

BOT = User(123456, "Bot", is_bot=True, username="shushuo_test_bot")
PERSON = {"id": 1, "is_bot": False, "first_name": "P"}
GROUP = {"id": -1, "type": "supergroup", "title": "G"}
PRIVATE = {"id": 1, "type": "private", "first_name": "P"}
BASE = {"message_id": 1, "date": 0, "from": PERSON}
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["mention", "bot_command", "text_mention", "bold"]),
            "offset": st.integers(0, 40),
            "length": st.integers(0, 40),
        }
    ),
    max_size=3,
)


def message(text: str, chat=GROUP, **fields) -> Message:
    entities = [entity.to_json() for entity in typed_by_person(text).entities]
    return Message.de_json({**BASE, "chat": chat, "text": text, "entities": entities, **fields}, None)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("😀 @shushuo_test_bot 增速", "😀   增速"),
        ("增速@shushuo_test_bot", None),
        ("增速，@Shushuo_Test_Bot，是多少", "增速， ，是多少"),
        ("@shushuo_test_bot @shushuo_test_bot 增速", "增速"),
        ("@other_bot @shushuo_test_bot 增速", "@other_bot   增速"),
        ("/ask 😀增速", "😀增速"),
        ("/ask /ask 增速", "/ask 增速"),
        ("/other 增速 @shushuo_test_bot", "/other 增速"),
    ],
)
def test_the_name_is_cut_out_of_the_question(text, question) -> None:
    assert question_in(message(text), BOT) == question


def test_a_mention_by_the_bots_number_counts() -> None:
    by_number = {"type": "text_mention", "offset": 0, "length": 2, "user": BOT.to_dict()}
    assert question_in(message("数说 增速", entities=[by_number]), BOT) == "增速"
    assert question_in(message("数说 增速", entities=[{**by_number, "user": PERSON}]), BOT) is None


@given(st.text(st.characters(exclude_categories=()), max_size=40), ENTITIES, st.sampled_from([GROUP, PRIVATE]))
def test_any_text_with_any_entities_is_read(text, entities, chat) -> None:
    question = question_in(Message.de_json({**BASE, "chat": chat, "text": text, "entities": entities}, None), BOT)
    assert question is None or len(question) <= len(text) + len(entities)
