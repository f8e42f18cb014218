"""The rehearsal in a real browser: what people, group administrators and admins do on its page."""

import re
from base64 import b64decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.support.processes.rehearsal_browser import CHROMIUM, chromium, rehearsal
from tests.support.reports.small_report import ARTICLE
from tests.support.reports.town_report import write

_HAS_COMMANDS = """async ([url, given]) => {
    const form = new FormData();
    form.append("given", given);
    return (await (await fetch(url, { method: "POST", body: form })).json()).result.commands.length > 0;
}"""
_PATIENCE = 180_000  # milliseconds, and more than anything here takes
_PICTURE = b64decode(  # one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
# Small: the admin has it read five times.
_REPORT = """\
report:
  id: hewan-2022
  title: 河湾县2022年公报
  publisher: 河湾周刊
  year: 2022
  subject: {label: 河湾县, en: Hewan County}
sections:
  - title: 综合
    sentences:
      - text: 全年地区生产总值286.4亿元，比上年增长7.3%。
        facts:
          - id: gdp
            label: 地区生产总值（GDP）
            figure: 286.4亿元
            keywords: [GDP, 经济总量]
            en: {label: GDP, figure: CNY 28.64 billion, keywords: [GDP]}
          - id: gdp-growth
            label: 地区生产总值（GDP）增速
            figure: 7.3%
            keywords: [GDP增速]
            en: {label: GDP growth, figure: 7.3%, keywords: [GDP growth]}
      - text: 全县有高新技术企业12家、专精特新企业5家。
        facts:
          - {id: high-tech-firms, label: 高新技术企业数量, figure: 12家, keywords: [高新技术企业]}
          - {id: special-firms, label: 专精特新企业数量, figure: 5家, keywords: [专精特新企业]}
      - text: 技术合同成交额18.6亿元。
        facts:
          - {id: tech-deals, label: 技术合同成交额, figure: 18.6亿元, keywords: [技术交易额]}
"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not installed (on Debian and Ubuntu: apt install chromium)"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with rehearsal(write(tmp_path_factory.mktemp("knowledge"), hewan=_REPORT)) as address:
        yield address


@pytest.fixture(scope="module")
def wrong() -> list[str]:
    """What the page complains of, and asks other hosts for."""
    return []


@pytest.fixture(scope="module")
def tab(address, wrong):
    with chromium() as browser:
        tab = browser.new_page()
        tab.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        tab.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda request: request.url.startswith((address, "blob:")) or wrong.append(request.url))
        tab.goto(address)
        # The bot tells its commands as it starts, those of the admins last.
        of_an_admin = '{"as": 1003, "chat": 1003, "thread": null}'
        tab.wait_for_function(_HAS_COMMANDS, arg=[f"{address}do/menu", of_an_admin], polling=100)
        expect(tab.get_by_role("status")).to_contain_text("服务中")
        yield tab


@pytest.fixture
def page(tab, wrong):
    """The page with the private chat open, which does nothing that is wrong."""
    tab.set_viewport_size({"width": 1280, "height": 720})
    enter(tab, "私聊")
    yield tab
    found = wrong.copy()
    wrong.clear()
    assert found == []


def enter(page: Page, chat: str) -> None:
    page.get_by_role("navigation", name="Chats").get_by_role("button", name=chat).first.click()


def send(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Message")
    field.fill(text)
    field.press("Enter")


def attach(page: Page, file) -> None:
    page.get_by_label("Attach files").set_input_files(file)
    page.get_by_role("button", name="Send").click()


def last(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("article").last


def says(page: Page, text: str | re.Pattern[str]) -> Locator:
    """The newest message, once it has this text."""
    expect(last(page)).to_contain_text(text)
    return last(page)


def trouble(page: Page, name: str) -> None:
    page.get_by_text("意外").click()
    page.get_by_role("button", name=name).click()


def test_a_question_is_answered_with_the_figure_marked_in_its_sentence(page) -> None:
    send(page, "GDP是多少")
    answer = says(page, "286.4亿元")
    expect(answer.locator(".text > strong")).to_have_text("286.4亿元")
    expect(answer.locator("blockquote strong")).to_have_text("286.4亿元")
    answer.get_by_role("button", name="👍").click()
    expect(answer.get_by_role("button", name="👍 ✓")).to_be_visible()


def test_a_choice_turns_into_the_answer(page) -> None:
    send(page, "企业有多少家")
    question = says(page, "请点选")
    question.get_by_role("button").filter(has_text="专精特新").click()
    expect(question.locator("blockquote")).to_contain_text("专精特新")
    expect(question).to_contain_text("已编辑")


def test_a_conversation_goes_on(page) -> None:
    enter(page, "群组管理员")
    send(page, "GDP是多少")
    says(page, "286.4亿元")
    send(page, "那增速呢")
    says(page, "7.3%")
    send(page, "超过15%，对吗")
    says(page, "不")


def test_a_question_in_a_topic_is_answered_there(page) -> None:
    enter(page, "Forum · Figures")
    send(page, "/ask 技术交易额是多少")
    answer = says(page, "18.6亿元")
    expect(answer.locator(".about")).to_contain_text("/ask 技术交易额是多少")
    enter(page, "Forum · General")
    expect(page.get_by_role("log")).not_to_contain_text("18.6亿元")


def test_somebody_who_reads_traditional_chinese(page) -> None:
    page.get_by_label("您是").select_option("机器人管理员")
    page.get_by_label("Language").select_option("繁體中文")
    send(page, "/help")
    expect(says(page, "問")).to_contain_text("回覆")
    expect(page.get_by_role("button", name="意外")).to_be_visible()
    expect(page.get_by_text("服務中")).to_be_visible()
    page.get_by_label("Language").select_option("English")
    expect(page.get_by_label("You are")).to_have_text(re.compile("Bot’s admin"))
    expect(page.get_by_role("button", name="Trouble")).to_be_visible()
    expect(last(page)).to_contain_text("Reply")
    page.get_by_label("Language").select_option("简体中文")
    # The tests that follow read what an admin reads: the choice has to arrive before this page closes.
    send(page, "/help")
    says(page, "问")


def test_an_admin_has_an_article_drafted_applies_it_and_takes_it_back(page, tmp_path) -> None:
    (tmp_path / "公报.txt").write_text(ARTICLE, encoding="utf-8")
    enter(page, "机器人管理员")
    attach(page, tmp_path / "公报.txt")
    says(page, "草稿")
    with page.expect_download() as download:
        page.get_by_role("log").get_by_role("link", name=".yaml").click()
    corrected = tmp_path / download.value.suggested_filename
    download.value.save_as(corrected)
    assert "2.4万吨" in corrected.read_text(encoding="utf-8")
    attach(page, corrected)
    # The draft came with an offer as well.
    offer = last(page).filter(has_text="将新建").filter(has_not_text="草稿")
    offer.get_by_role("button", name="应用").click()
    says(page, "已启用")
    send(page, "山口镇粮食产量是多少")
    says(page, "2.4万吨")
    send(page, "/undo")
    says(page, "已撤销")
    send(page, "/reload")
    says(page, "没有任何不同")


def test_an_announcement_to_forty_groups_is_stopped(page) -> None:
    trouble(page, "加四十个订阅了的群组")
    enter(page, "Group 40")
    says(page, "已订阅")
    enter(page, "机器人管理员")
    send(page, "/announce 各位好")
    preview = says(page, "群组 40")
    preview.get_by_role("button", name="发送", exact=True).click()
    progress = page.get_by_role("log").get_by_role("article").filter(has=page.get_by_role("button", name="停止"))
    expect(progress).to_contain_text(re.compile("成功 [1-9]"))
    progress.get_by_role("button", name="停止").click()
    says(page, "已停止")


def test_inline_mode_shows_its_results_while_one_types(page) -> None:
    enter(page, "Group")
    page.get_by_role("textbox", name="Message").press_sequentially("@shushuo_rehearsal_bot GDP")
    found = page.get_by_role("group", name="Suggestions").get_by_role("button").filter(has_text="GDP growth")
    found.click()
    expect(says(page, "7.3%").get_by_role("heading")).to_contain_text("via @shushuo_rehearsal_bot")


def test_the_menu_of_commands_is_that_of_the_chat(page) -> None:
    offered = page.get_by_role("group", name="Suggestions").get_by_role("button")
    page.get_by_role("button", name="Commands").click()
    expect(offered.filter(has_text="/topics")).to_be_visible()
    enter(page, "Group")
    page.get_by_role("button", name="Commands").click()
    expect(offered).to_have_count(1)
    enter(page, "机器人管理员")
    page.get_by_role("textbox", name="Message").fill("/una")
    expect(offered).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(offered).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("/unanswered")


def test_what_people_write_is_no_markup(page) -> None:
    enter(page, "Group")
    text = "<img src=x onerror=document.body.remove()><b>a</b>"
    send(page, text)
    expect(last(page).locator(".text")).to_have_text(text)


def test_a_message_is_edited_and_replied_to_by_keyboard(page) -> None:
    enter(page, "Forum · Everything else")
    send(page, "早上好")
    field = page.get_by_role("textbox", name="Message")
    field.press("ArrowUp")
    field.fill("晚上好")
    field.press("Enter")
    says(page, "晚上好")
    field.press("Control+ArrowUp")
    send(page, "您也好")
    expect(says(page, "您也好").locator(".about")).to_contain_text("晚上好")


def test_an_album_is_shown(page, tmp_path) -> None:
    pictures = [tmp_path / f"{number}.png" for number in range(2)]
    for picture in pictures:
        picture.write_bytes(_PICTURE)
    enter(page, "Group")
    page.get_by_label("Attach files").set_input_files(pictures)
    send(page, "两张图")
    shown = page.locator(".album").get_by_role("img")
    expect(shown).to_have_count(2)
    expect(shown.first).to_have_js_property("complete", value=True)


def test_nothing_serious_is_found_by_axe(page) -> None:
    page.get_by_role("button", name="Commands").click()
    page.get_by_text("意外").click()
    expect(page.get_by_role("group", name="Suggestions")).to_be_visible()
    axe, schemes = Axe(), {"light": None, "dark": {"runOnly": ["color-contrast"]}}  # nothing else depends on it
    for scheme, options in schemes.items():
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page, options=options).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    page.emulate_media(color_scheme="light")


def test_on_a_phone_one_sees_the_chats_or_one_of_them(page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    chats, log = page.get_by_role("navigation", name="Chats"), page.get_by_role("log")
    expect(chats).to_be_hidden()
    page.get_by_role("button", name="Back to the chats").click()
    expect(log).to_be_hidden()
    enter(page, "Channel")
    expect(log).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_trouble(page) -> None:
    enter(page, "Group")
    trouble(page, "变成超级群组")
    expect(page.get_by_role("main")).to_contain_text("超级群组")
    trouble(page, "把机器人移出这里")
    expect(page.get_by_role("main")).to_contain_text("机器人不在这里")
    expect(page.get_by_text("服务中")).to_be_visible()
    trouble(page, "10 秒内一律回答 429")
    enter(page, "群组管理员")
    send(page, "/about")
    expect(page.get_by_role("log").locator(".problem")).to_contain_text("Too Many Requests")
    trouble(page, "过三天")
    trouble(page, "强行终止机器人再启动")
    expect(page.get_by_text("启动中")).to_be_visible()
