"""A person talks to the bot, over real HTTP."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.answering.knowledge.model import Knowledge
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.reports.small_report import KNOWLEDGE, OUTPUT, REPORT, answered
from tests.support.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.asyncio


async def settle(person: Person) -> None:
    """The updates of a chat are handled in their order: this answer shows that everything before is done."""
    await person.send("/help")
    await person.wait_for(lambda message: message.text.startswith(("直接发来问题", "Send me a question")))


def incoming(chat: Chat, person: Person, **content):
    return {"message_id": 900, "date": 1_700_000_000, "chat": chat.to_json(), "from": person.to_json(), **content}


async def test_start_says_who_the_bot_is_and_offers_questions(person) -> None:
    welcome = await person.ask("/start")
    assert "数说" in welcome.text
    assert "《河湾镇年报》，河湾周刊，2021年" in welcome.text
    assert [row[0].text for row in welcome.buttons] == ["工业产值是多少？", "小学数量是多少？"]
    await person.press(welcome, "工业产值是多少？")
    assert (await person.next_message()).text.startswith("35.2亿元\n工业产值")
    assert not welcome.edits


async def test_questions_are_counted_by_the_day_in_utc(person, memory) -> None:
    memory.utcnow = lambda: datetime(2030, 5, 6, 23, 59, tzinfo=UTC)
    for question in ("产值", "房价", "/help"):
        await person.ask(question)
    day = date(2030, 5, 6)
    assert memory.of("asked") == [("产值", "answer", day), ("房价", "none", day)]


async def test_of_many_questions_the_first_is_answered_before_all_are_worked_out(server) -> None:
    people, worked_out = [server.user() for _ in range(40)], list[str]()

    def work_out(question: str):
        worked_out.append(question)
        return answered(OUTPUT)

    async with running_bot(server, answer=work_out):
        for person in people:
            await person.send("产值")
        await people[0].next_message()
        assert len(worked_out) < len(people)


async def test_menus_speak_the_language_of_the_persons_telegram(server) -> None:
    for code, begin in (("en", "Hello"), (None, "Hello"), ("zh-hant", "您好"), ("ZH", "您好")):
        assert (await server.user(language_code=code).ask("/start")).text.startswith(begin)


async def test_the_parts_that_the_report_does_not_say_are_the_last_line(person) -> None:
    for first, more, last in (
        ("产值", "和<b>", "报告没有说：<b>"),
        ("output", " and <b>", "The report does not say: <b>"),
    ):
        plain = (await person.ask(first)).text
        assert (await person.ask(f"{first}{more}")).text == f"{plain}\n\n{last}"


async def test_a_press_makes_the_choices_the_answer(person) -> None:
    message = await person.ask("增速")
    assert [row[0].text for row in message.buttons] == ["茶叶销量增速", "工业产值 · 2021年前三季度"]
    answer = await person.press(message, "茶叶销量增速")
    assert answer.text == ""
    edited = await person.next_edit()
    assert edited is message
    assert edited.text.startswith("8.4%\n茶叶销量增速")
    assert [button.text for button in edited.buttons[0]] == ["👍", "👎", "转发"]


async def test_a_press_keeps_the_language_of_the_question(person) -> None:
    await person.press(await person.ask("growth"), "f:en:output")
    assert (await person.next_edit()).text.startswith("CNY 3.52 billion")


async def test_a_second_press_changes_nothing(person) -> None:
    message = await person.ask("增速")
    await person.press(message, "f:zh:growth")
    await person.press(message, "f:zh:growth")
    await settle(person)
    assert len(message.edits) == 1
    assert len(person.chat.bot_messages) == 2


async def test_a_press_below_a_deleted_message_is_answered_in_a_new_one(person) -> None:
    message = await person.ask("增速")
    message.deleted = True
    await person.press(message, "f:zh:growth")
    assert (await person.next_message()).text.startswith("8.4%")


async def test_a_press_that_is_too_old_still_shows_the_answer(server, person) -> None:
    message = await person.ask("增速")
    description = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    server.fail_next("answerCallbackQuery", 400, description)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(person.press(message, "f:zh:growth"), 0.5)
    assert (await person.next_edit()).text.startswith("8.4%")


async def test_a_press_for_a_fact_that_is_gone_gets_a_polite_word(person) -> None:
    async with TelegramServer(token=TOKEN) as server:
        person = server.user(language_code="en")
        async with running_bot(server):
            message = await person.ask("增速")
        async with running_bot(server, Knowledge((REPORT,), (), KNOWLEDGE.lexicon)):
            answer = await person.press(message, "f:zh:growth")
    assert answer.text == "这一条已经不在报告的资料里了，请重新提问。"
    assert not message.edits


async def test_data_of_no_button_gets_a_polite_word(person) -> None:
    message = await person.ask("增速")
    for data in ("??", "n:zh:schools", "f:en:growth", "d:zh:output", "sub:on"):
        assert (await person.forge_press(message, data)).text == "这一条已经不在报告的资料里了，请重新提问。"
    assert not message.edits
    assert (await person.ask("产值")).text.startswith("35.2亿元")


async def test_a_forged_press_changes_no_announcement_and_writes_in_no_channel(server, person) -> None:
    channel = server.channel(title="频道")
    post = await person.ask("/subscribe", channel)
    for data in ("f:zh:output", "n:zh:output", "d:zh:output"):
        assert (await person.forge_press(post, data)).text == "这一条已经不在报告的资料里了，请重新提问。"
        post.deleted = True
        gone = {"message_id": post.message_id, "date": 0, "chat": channel.to_json()}
        for place in ({"message": gone}, {"inline_message_id": "1"}):
            query = {"id": "1", "from": person.to_json(), "chat_instance": "1", "data": data, **place}
            server.push_update({"callback_query": query})
    await person.ask("产值")
    assert not post.edits
    assert len(channel.bot_messages) == 1
    assert not server.calls("editMessageText")
    server.violations.clear()


async def test_what_the_report_does_not_say_comes_with_examples(person) -> None:
    message = await person.ask("房价")
    assert message.text == "报告没有说到这一点。\n\n可以这样问："
    assert [row[0].text for row in message.buttons] == ["工业产值是多少？", "小学数量是多少？"]


async def test_another_place_or_period_comes_with_what_is_nearest(person) -> None:
    place, period = "报告讲的是河湾镇，没有说到“山口镇”。", "报告讲的是2021年，没有“2019年”的数据。"
    for question, begin in (("山口镇产值", place), ("2019年产值", period)):
        message = await person.ask(question)
        assert message.text == f"{begin}\n\n报告里相近的内容："
        await person.press(message, "工业产值是多少？")
        assert (await person.next_message()).text.startswith("35.2亿元")


async def test_an_unknown_command_points_to_help(person) -> None:
    for text in ("/topic", "/start@another_bot", "/ask@another_bot 产值", "/startle me"):
        assert (await person.ask(text)).text == "没有这个命令，请看 /help。"


FILE = {"file_id": "a", "file_unique_id": "a"}
STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
PHOTO = {"photo": [{**FILE, "width": 1, "height": 1}]}


async def test_what_is_no_text_gets_a_friendly_line(server, person) -> None:
    await person.ask("/start")
    voice, location = {"voice": {**FILE, "duration": 1}}, {"location": {"latitude": 1.0, "longitude": 1.0}}
    for number, content in enumerate(({"sticker": STICKER}, voice, location, PHOTO)):
        message = incoming(person.chat, person, **content)
        server.push_update({"message": {**message, "message_id": 900 + number}})
        assert (await person.next_message()).text == "我只读得懂文字，请把问题打成字发给我。"


async def test_other_forms_of_a_question(person) -> None:
    forwarded = {"forward_origin": {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Somebody"}}
    for text, fields in (("产值", PHOTO), ("/ask 产值", PHOTO), ("/ask 产值", {}), ("产值", forwarded)):
        assert (await person.ask(text, fields=fields)).text.startswith("35.2亿元")
    above = await person.send("产值")
    await person.next_message()
    assert (await person.ask("/ask", reply_to=above)).text.startswith("35.2亿元")
    assert (await person.ask("/ask")).text == "请把问题写在 /ask 后面，或者用 /ask 回复别人的问题。"


async def test_edits_pinned_messages_and_what_bots_wrote_are_no_questions(server, person) -> None:
    await person.ask("/start")
    via = {"id": 77, "is_bot": True, "first_name": "Via"}
    for update in (
        {"edited_message": incoming(person.chat, person, text="产值", edit_date=1_700_000_001)},
        {"message": incoming(person.chat, person, pinned_message=incoming(person.chat, person, text="产值"))},
        {"message": incoming(person.chat, person, via_bot=via, location={"latitude": 1.0, "longitude": 1.0})},
        {"message": incoming(person.chat, person, via_bot=via, text="产值")},
    ):
        server.push_update(update)
    await settle(person)
    assert len(person.chat.bot_messages) == 2


async def test_any_text_is_answered(server, person) -> None:
    await person.ask("/start")
    for text in ("产值\ud83d", "\ud83d", "\udc00\u202e\u200b", "<b>&", "/", "😀" * 2048):
        server.push_update({"message": incoming(person.chat, person, text=text)})
        assert (await person.next_message()).text.startswith("报告没有说到这一点。")
