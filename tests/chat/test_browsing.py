"""People leaf through the reports, over real HTTP."""

from dataclasses import replace

import pytest

from bot.answering.knowledge.model import Knowledge, Lexicon
from bot.answering.knowledge.snapshot import version_of
from bot.chat.library import PAGE, Contents, Library, ReportSection
from tests.support.bots.running_bot import TOKEN, edition, running_bot
from tests.support.reports.browsed_reports import AREA, BROWSED, EMPTY, LAKE, SHOPS
from tests.support.reports.small_report import OUTPUT, REPORT
from tests.support.telegram_server import Message, Person, TelegramServer

pytestmark = pytest.mark.asyncio

SOURCE = "https://example.org/shushuo"


@pytest.fixture
def library() -> Library:
    return Library(edition(BROWSED))


@pytest.fixture
def bot_settings() -> dict[str, object]:
    return {"source_url": SOURCE}


async def press(person: Person, message: Message, button: str) -> Message:
    assert (await person.press(message, button)).text == ""
    return await person.next_edit()


def texts(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


FIRST = [
    "茶园面积 · 3万亩",
    "茶叶产量 · 8吨",
    "茶叶销量 · 5吨",
    *(f"第{n}家店 · {n}元" for n in range(1, 6)),
    "📊 看图",
    "下一页 ›",
    "« 全部章节",
]


async def test_topics_lists_the_sections_of_a_report_at_a_time(person) -> None:
    message = await person.ask("/topics")
    assert message.text == "《河湾镇年报》，河湾周刊，2021年\n\n点选一节："
    assert texts(message) == ["产业 (10)", "民生 (1)", "下一页 ›"]
    await press(person, message, "下一页 ›")
    assert message.text.startswith("《山口镇年报》")
    assert texts(message) == ["山水 (1)", "‹ 上一页"]
    await press(person, message, "‹ 上一页")
    assert texts(message) == ["产业 (10)", "民生 (1)", "下一页 ›"]


async def test_from_the_sections_to_a_fact_and_back_in_one_message(person) -> None:
    message = await person.ask("/topics")
    await press(person, message, "产业 (10)")
    assert message.text == "产业\n《河湾镇年报》，河湾周刊，2021年\n\n这一节有 10 条，点选一条："
    assert texts(message) == FIRST
    await press(person, message, "下一页 ›")
    assert texts(message) == ["第6家店 · 6元", "第7家店 · 7元", "‹ 上一页", "« 全部章节"]
    await press(person, message, "第7家店 · 7元")
    assert message.text.startswith("7元\n第7家店")
    assert texts(message) == ["« 本节", "转发"]
    await press(person, message, "« 本节")
    assert texts(message) == ["第6家店 · 6元", "第7家店 · 7元", "‹ 上一页", "« 全部章节"]
    await press(person, message, "« 全部章节")
    assert texts(message) == ["产业 (10)", "民生 (1)", "下一页 ›"]
    assert person.chat.bot_messages == [message]


async def test_a_facts_page_cites_it_and_offers_its_neighbours(person) -> None:
    message = await person.ask("/fact tea-yield")
    assert message.text == (
        "8吨\n茶叶产量 · 2021年前三季度\n\n今年种茶3万亩，产茶8吨，卖出5吨。\n"
        "产业 ·《河湾镇年报》，河湾周刊，2021年\n\n编号 tea-yield\n\n同一句里还有："
    )
    assert texts(message) == ["茶园面积 · 3万亩", "茶叶销量 · 5吨", "« 本节", "转发"]
    await press(person, message, "茶叶销量 · 5吨")
    assert message.text.startswith("5吨\n茶叶销量")
    assert message.find_button("转发").value == "#tea-sales"


async def test_a_fact_by_its_id_and_by_its_link(person) -> None:
    for text in ("/fact LAKE", "/FACT lake", "/fact  lake ", "/start fact-lake"):
        assert (await person.ask(text)).text.startswith("镜湖\n湖")
    assert "/fact tea-area" in (await person.ask("/fact")).text


async def test_an_id_that_is_mistyped_brings_up_those_written_alike(person) -> None:
    message = await person.ask("/fact tea-yeild")
    assert message.text == "没有编号为“tea-yeild”的条目。 编号相近的有："
    await press(person, message, "茶叶产量 · 8吨")
    assert message.text.startswith("8吨")


async def test_an_id_like_no_other(person) -> None:
    for text in ("/fact ???", "/start fact-???", "/fact <b>", f"/fact {'长' * 4000}"):
        message = await person.ask(text)
        assert message.text.startswith("没有编号为“")
        assert message.text.endswith("请从 /topics 翻看。")
        assert not message.buttons


async def test_random_shows_a_fact_and_then_another(person) -> None:
    message = await person.ask("/random")
    labels = {fact.label for fact in BROWSED.facts}
    for _ in range(3):
        before = message.text
        assert message.text.split("\n")[1].split(" · ")[0] in labels
        await press(person, message, "换一条")
        assert message.text != before


async def test_about(person) -> None:
    message = await person.ask("/about")
    assert "《河湾镇年报》，河湾周刊，2021年，11 条" in message.text
    assert "《山口镇年报》，河湾周刊，2020年，1 条" in message.text
    assert f"共 12 条，资料版本 {version_of(BROWSED)}" in message.text
    assert message.find_button("源代码").value == SOURCE


async def test_pages_speak_the_language_of_the_reader(server) -> None:
    english = await server.user(language_code="en").ask("/fact tea-yield")
    assert english.text.startswith("8 tonnes\ntea yield")
    assert texts(english) == ["tea gardens · 20,000 hectares", "exported tea · 5 tonnes", "« This section", "Share"]
    traditional = await server.user(language_code="zh-hant").ask("/topics")
    assert traditional.text.endswith("點選一節：")
    assert texts(traditional) == ["产业 (10)", "民生 (1)", "下一頁 ›"]


async def test_a_page_keeps_its_language_whoever_turns_it(server, person) -> None:
    group = server.supergroup()
    message = await person.ask("/topics@shushuo_test_bot", group)
    await server.user(language_code="en").press(message, "产业 (10)")
    assert texts(await group.next_edit()) == FIRST


async def test_a_group_browses_in_its_topics(server, person) -> None:
    group = server.supergroup(topics={7: "Figures"})
    asked = await person.send("/topics@shushuo_test_bot", group, thread_id=7)
    message = await group.next_message()
    assert (message.reply_to, message.thread_id) == (asked, 7)
    message.deleted = True
    await person.press(message, "产业 (10)")
    again = await group.next_message()
    assert (again.thread_id, texts(again)) == (7, FIRST)
    assert not person.chat.bot_messages


async def test_a_command_that_may_be_another_bots_or_that_no_person_has_written_is_left(server, person) -> None:
    group = server.supergroup()
    await person.ask("/about")
    await person.send("/topics@another_bot", group)
    await person.send("/topics", group)
    for fields in (
        {"is_automatic_forward": True, "sender_chat": group.to_json()},
        {"via_bot": {"id": 7, "is_bot": True, "first_name": "Via"}},
    ):
        await person.send("/topics@shushuo_test_bot", group, fields=fields)
    assert "资料版本" in (await person.ask("/about@shushuo_test_bot", group)).text
    assert len(group.bot_messages) == 1


async def test_what_a_reload_removed_gets_a_polite_word() -> None:
    async with TelegramServer(token=TOKEN) as server:
        person = server.user(language_code="zh")
        async with running_bot(server, BROWSED):
            topics = await person.ask("/topics")
            await press(person, topics, "产业 (10)")
            fact = await person.ask("/fact lake")
        async with running_bot(server, Knowledge(BROWSED.reports, (LAKE,), Lexicon())):
            assert (await person.press(topics, "茶园面积 · 3万亩")).text == "这一条已经不在报告的资料里了，请重新提问。"
            assert (await person.press(topics, "下一页 ›")).text == "这一条已经不在报告的资料里了，请重新提问。"
            assert texts(await press(person, topics, "« 全部章节")) == ["山水 (1)"]
            assert texts(await press(person, fact, "« 本节")) == ["湖 · 镜湖", "« 全部章节"]


async def test_without_any_report_and_any_address_of_the_source() -> None:
    async with TelegramServer(token=TOKEN) as server, running_bot(server, EMPTY):
        person = server.user(language_code="zh")
        for command in ("/topics", "/random", "/fact"):
            assert (await person.ask(command)).text == "还没有报告可以翻看。"
        assert not (await person.ask("/about")).buttons


async def test_telegram_takes_pages_of_long_texts() -> None:
    long = "长<&>😀" * 200 + "a" * 3000
    fact = replace(OUTPUT, label=long, figure=long, sentence=long, section=long, period=long)
    facts = tuple(replace(fact, id=f"{n:040}") for n in range(30))
    async with TelegramServer(token=TOKEN) as server, running_bot(server, Knowledge(BROWSED.reports, facts, Lexicon())):
        person = server.user(language_code="zh")
        message = await person.ask("/topics")
        await press(person, message, message.buttons[0][0].text)
        await press(person, message, message.buttons[0][0].text)
        assert len(message.buttons) == 21
        assert (await person.ask("/about")).text


async def test_sections_of_one_title_in_two_reports_are_two() -> None:
    other = replace(OUTPUT, id="other", report=replace(REPORT, id="other"))
    sections = Contents(Knowledge((REPORT,), (OUTPUT, other), Lexicon())).sections
    assert [section.facts for section in sections] == [(OUTPUT,), (other,)]
    assert len({section.key for section in sections}) == 2


async def test_many_sections_take_several_pages() -> None:
    facts = tuple(replace(OUTPUT, id=f"f{n}", section=f"第{n}节") for n in range(PAGE + 1))
    contents = Contents(Knowledge((REPORT,), facts, Lexicon()))
    assert [len(page) for page in contents.pages] == [PAGE, 1]
    assert contents.pages[1] == contents.sections[-1:]


async def test_a_sentence_of_another_report_has_no_neighbours_here() -> None:
    twin = replace(AREA, id="twin", report=replace(REPORT, id="other"))
    assert Contents(Knowledge((REPORT,), (AREA, twin), Lexicon())).neighbours(AREA) == []


async def test_the_notable_fact_is_a_plain_figure_with_a_period() -> None:
    named = replace(OUTPUT, figure="镜湖")
    undated = replace(OUTPUT, period=None)
    assert ReportSection(REPORT, "", (named, undated, SHOPS[0])).notable is SHOPS[0]
    assert ReportSection(REPORT, "", (named, undated)).notable is named
