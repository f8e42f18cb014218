"""People ask for a chart of what they are shown, over real HTTP."""

from threading import Event

import pytest

from bot.answering.knowledge.model import Knowledge
from bot.chat import charts
from bot.chat.charts import short_key_of
from bot.rehearsal.telegram_server.requests import Upload
from tests.support.bots.running_bot import edition
from tests.support.reports import lake_town

pytestmark = pytest.mark.asyncio
BUTTON = "📊 看图"


@pytest.fixture
def library():
    return lake_town.library()


async def charted(person, below, button: str = BUTTON):
    assert (await person.press(below, button)).text == ""
    picture = await below.chat.next_message()
    assert ("photo" in picture.fields, picture.reply_to) == (True, below)
    return picture


async def test_a_list_is_sent_as_a_picture_below_it(server, person) -> None:
    listed = await person.ask("超过100亿的有哪些")
    picture = await charted(person, listed)
    assert picture.text == "云泽县：数据对比\n2022年\n概况 ·《云泽县2022年公报》，云泽周刊，2022年"
    assert [picture.text_of(entity) for entity in picture.entities] == ["云泽县：数据对比"]
    assert [call.parameters["action"] for call in server.calls("sendChatAction")] == ["upload_photo"]
    (photo,) = picture.fields["photo"]
    assert server.files[photo["file_id"]].startswith(b"\x89PNG")


async def test_what_telegram_has_is_not_sent_to_it_again(server, person) -> None:
    first = await charted(person, await person.ask("超过100亿的有哪些"))
    again = await charted(person, await person.ask("超过100亿的有哪些"))
    english = await charted(person, await person.ask("which are over 10 billion yuan?"), "📊 Chart")
    assert english.text.startswith("Yunze County: figures compared\n2022")
    sent = [request.parameters["photo"] for request in server.calls("sendPhoto")]
    assert [isinstance(photo, Upload) for photo in sent] == [True, False, True]
    assert again.fields["photo"] == first.fields["photo"]
    assert len(server.calls("sendChatAction")) == 2


async def test_several_answers_and_a_section_have_charts_in_groups_and_topics_too(server, person) -> None:
    group = server.supergroup(topics={7: "Figures"})
    asked = await person.send("/ask 一产、二产和三产增加值分别是多少", group, thread_id=7)
    answered = await group.next_message()
    assert answered.reply_to is asked
    picture = await charted(person, answered)
    assert (picture.thread_id, picture.text.splitlines()[0]) == (7, "云泽县：数据对比")
    topics = await person.ask("/topics")
    await person.press(topics, topics.buttons[0][0].text)
    section = await person.next_edit()
    assert (await charted(person, section)).text.startswith("云泽县：")


async def test_fewer_than_three_comparable_values_have_no_button(person) -> None:
    for question in ("GDP是多少", "GDP和粮食产量", "GDP、粮食产量和手机产量"):
        answer = await person.ask(question)
        assert BUTTON not in [button.text for row in answer.buttons for button in row]


async def test_pictures_are_drawn_one_after_the_other_and_nobody_else_waits(server, person, monkeypatch) -> None:
    listed, drawn, begun, go_on = await person.ask("超过100亿的有哪些"), charts._picture, [], Event()  # noqa: SLF001

    def picture(chart) -> bytes:
        begun.append(chart)
        assert go_on.wait(15)
        return drawn(chart)

    monkeypatch.setattr(charts, "_picture", picture)
    await person.press(listed, BUTTON)
    other = server.user(language_code="en")
    below = await other.ask("which are over 10 billion yuan?")
    await other.press(below, "📊 Chart")
    await server.wait_for_call("sendChatAction", 2)
    assert (await server.user().ask("GDP")).text
    assert len(begun) == 1
    go_on.set()
    await server.wait_for_call("sendPhoto", 2)
    assert len(begun) == 2


async def test_a_message_that_is_too_old_to_be_told_of_has_its_chart_too(server, person) -> None:
    listed = await person.ask("超过100亿的有哪些")
    gone = {"message_id": listed.message_id, "date": 0, "chat": person.chat.to_json()}
    query = person.press_of(listed, listed.find_button(BUTTON).value) | {"message": gone}
    server.push_update({"callback_query": query})
    assert (await person.next_message()).reply_to is listed
    server.violations.clear()  # a press that the server does not know


async def test_after_a_reload_the_chart_has_what_is_left_or_there_is_a_polite_word(library, person) -> None:
    listed = await person.ask("第一产业、第二产业和第三产业的增速，还有GDP增速")
    assert await charted(person, listed)
    for lost, is_left in (("primary-growth", True), ("gdp-growth", False)):
        knowledge = library.now.knowledge
        facts = tuple(fact for fact in knowledge.facts if fact.id != lost)
        library.now = edition(Knowledge(knowledge.reports, facts, knowledge.lexicon))
        if is_left:
            await charted(person, listed)
        else:
            assert (await person.press(listed, BUTTON)).text == "这一条已经不在报告的资料里了，请重新提问。"
    assert (await person.forge_press(listed, "chart:zh:??")).text == "这一条已经不在报告的资料里了，请重新提问。"


async def test_a_fact_whose_key_another_one_has_is_not_taken_for_it(library, person, monkeypatch) -> None:
    listed = await person.ask("超过100亿的有哪些")
    monkeypatch.setattr(charts, "short_key_of", lambda fact: "AAAA" if fact.id == "grain" else short_key_of(fact))
    assert await charted(person, listed)
    taken = short_key_of(next(fact for fact in library.now.knowledge.facts if fact.id == "gdp"))
    monkeypatch.setattr(charts, "short_key_of", lambda fact: taken if fact.id == "grain" else short_key_of(fact))
    assert (await person.press(listed, BUTTON)).text.startswith("这一条已经不在")
