"""Whoever is no admin, or not in a private chat, finds nothing of the admins' desk, whatever is tried."""

import pytest

from bot.chat.handlers import ADMIN_MENU
from tests.support.bots.admin_bot import HOME, AdminBot, admin_bot
from tests.support.bots.running_bot import listening, metric
from tests.support.reports.small_report import RICHER, YAML
from tests.support.telegram.webhooks import SECRET, posting

pytestmark = pytest.mark.asyncio

COMMANDS = ADMIN_MENU
TRIED = "somebody tried what only an admin may do"
GONE = "This is no longer"
ANONYMOUS = 1087968824


@pytest.fixture(autouse=True)
def _a_line_for_each_attempt(monkeypatch) -> None:
    monkeypatch.setattr("bot.chat.admin.admins._SECONDS_BETWEEN_LINES", 0)


def tried(logs) -> list[tuple[object, object]]:
    return [(record["who"], record["what"]) for record in logs if record["event"] == TRIED]


async def unchanged(at: AdminBot) -> bool:
    return at.files() == {HOME: YAML} and await at.audit() == [] and len(at.library.now.knowledge.facts) == 2


async def buttons_of(at: AdminBot):
    """Every button that the desk has, below a message of an admin's chat."""
    offer = await at.offered(RICHER)
    await at.admin.ask("房价")
    await at.memory.written()
    questions = await at.admin.ask("/unanswered")
    await at.memory.chats.subscribe(-1, "group", "Tea", "en", None)
    await at.admin.ask("/announce Tea")
    draft = await at.admin.next_message()
    found = [
        (message, button.data or "")
        for message in (offer, questions, draft)
        for row in message.buttons
        for button in row
    ]
    assert {data.partition(":")[0] for _, data in found} == {"doc", "desk-csv", "to", "ann"}
    return found


async def test_commands_are_unknown_to_everybody_else_and_documents_not_fetched(server, tmp_path, logs) -> None:
    web = listening()
    async with admin_bot(server, tmp_path, **web) as at:
        person = server.user(language_code="en")
        unknown = (await person.ask("/nosuchcommand")).text
        assert tried(logs) == []
        for command in COMMANDS:
            assert (await person.ask(f"/{command} 7")).text == unknown
            assert (await person.ask(f"/{command}@shushuo_test_bot")).text == unknown
        names = [f"/{command}" for command in COMMANDS for _ in range(2)]
        assert tried(logs) == [(person.id, name) for name in names]
        assert await metric(web["http_listen"], "shushuo_admin_denied_total") == len(names)
        await person.send_document(RICHER.encode())
        assert (await person.next_message()).text.startswith("I can only read text")
        assert server.calls("getFile") == []
        assert await unchanged(at)


async def test_without_admins_the_log_has_the_id_of_whoever_tries(server, tmp_path, logs) -> None:
    """Which is how whoever sets the bot up learns their own."""
    async with admin_bot(server, tmp_path, admin_ids=()) as at:
        unknown = (await at.admin.ask("/nosuchcommand")).text
        assert (await at.admin.ask("/status")).text == unknown
        assert tried(logs) == [(at.admin.id, "/status")]
        assert await unchanged(at)


async def test_they_are_in_no_menu_of_anybody_else(server, tmp_path) -> None:
    async with admin_bot(server, tmp_path) as at:
        await server.wait_for_call("getMyShortDescription", 2)
        offered = {
            call.parameters["scope"].get("chat_id"): {item["command"] for item in call.parameters["commands"]}
            for call in server.calls("setMyCommands")
        }
    assert set(COMMANDS) <= offered.pop(at.admin.id)
    assert offered
    assert all(not set(COMMANDS) & commands for commands in offered.values())


async def test_an_admin_has_none_of_them_in_a_group_or_below_an_inline_message(logs, at, server) -> None:
    for group in (server.group(), server.supergroup()):
        for command in COMMANDS:
            await at.admin.send(f"/{command}", group)
            await at.admin.send(f"/{command}@shushuo_test_bot", group)
        await at.admin.send_document(RICHER.encode(), chat=group)
        assert (await at.admin.ask("/ask 小学数量", group)).text.startswith("5所")
        assert len(group.bot_messages) == 1
    assert tried(logs) == [(at.admin.id, f"/{command}") for command in COMMANDS] * 2
    assert server.fetched == []
    logs.clear()
    buttons = await buttons_of(at)
    for message, data in buttons:
        forwarded = group.add(message.content, None, None, message.reply_to)
        assert (await at.admin.press(forwarded, data)).text.startswith(GONE)
        press = at.admin.press_of(message, data)
        del press["message"]
        server.push_update({"callback_query": {**press, "inline_message_id": "1"}})
    await at.admin.ask("小学数量")
    assert tried(logs) == [(at.admin.id, f"button {data}") for _, data in buttons]
    assert await unchanged(at)


async def test_an_anonymous_admin_of_a_group_is_none(server, tmp_path, logs) -> None:
    """Also where somebody has taken the id that all of them write under for an admin's."""
    group = server.supergroup()
    sender = {
        "from": {"id": ANONYMOUS, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        "sender_chat": group.to_json(),
    }
    person = server.user()
    async with admin_bot(server, tmp_path, more_admins=(ANONYMOUS, group.id)) as at:
        for command in COMMANDS:
            await person.send(f"/{command}@shushuo_test_bot", group, fields=sender)
        assert (await person.ask("/ask 小学数量", group, fields=sender)).text.startswith("5所")
        assert len(group.bot_messages) == 1
        assert tried(logs) == [(group.id, f"/{command}") for command in COMMANDS]
        assert await unchanged(at)


async def test_buttons_do_nothing_for_anybody_else(logs, at, server) -> None:
    """Below the admin's own message, and below a forwarded one in the other's chat."""
    person = server.user(language_code="en")
    await person.ask("/start")
    buttons = await buttons_of(at)
    for message, data in buttons:
        said = len(at.admin.chat.bot_messages), len(person.chat.bot_messages)
        assert (await person.press(message, data)).text.startswith(GONE)
        forwarded = person.chat.add(message.content, None, None, message.reply_to)
        assert (await person.press(forwarded, data)).text.startswith(GONE)
        assert (len(at.admin.chat.bot_messages), len(person.chat.bot_messages) - 1) == said
    assert {who for who, _ in tried(logs)} == {person.id}
    assert len(tried(logs)) == 2 * len(buttons)
    assert at.admin.chat.edited == []
    assert await unchanged(at)


async def test_an_offer_is_nothing_below_another_document(server, tmp_path) -> None:
    """An admin's data below another admin's message, below another document, and changed a little."""
    other = server.user(language_code="en")
    async with admin_bot(server, tmp_path, more_admins=(other.id,)) as at:
        offer = await at.offered(RICHER)
        data = offer.buttons[0][0].data or ""
        another = await at.offered(YAML.replace("35.2亿元", "36.2亿元").replace("3.52", "3.62"))
        with_answer = await other.ask("小学数量")
        for place, by in ((another, at.admin), (with_answer, other)):
            assert (await by.forge_press(place, data)).text.startswith(GONE)
            place.content = offer.content  # nobody can do so
            await by.press(place, data)
            await by.wait_for(lambda message: message.text.startswith("The document is gone"))
        for forged in ("doc:", "doc:a", data[:-1], f"{data}0", data.upper(), data.replace("doc:a", "doc:x")):
            assert (await at.admin.forge_press(offer, forged)).text.startswith(GONE)
        assert offer.edits == []
        assert await unchanged(at)


async def test_what_is_edited_or_forwarded_is_no_command(at) -> None:
    await at.admin.ask("小学数量")
    unknown = (await at.admin.ask("/nosuchcommand")).text
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    for command in COMMANDS:
        message = await at.admin.send(f"/{command}", fields={"forward_origin": origin})
        assert (await at.admin.next_message()).text == unknown
        await at.admin.edit(message, f"/{command} 3")
    assert (await at.admin.ask("小学数量")).text.startswith("5所")
    assert await unchanged(at)


async def test_a_press_and_an_undo_that_come_twice_count_once(server, tmp_path) -> None:
    richest = RICHER.replace("35.2亿元", "99.9亿元").replace("3.52", "9.99")
    web = listening("/telegram")
    async with admin_bot(server, tmp_path, webhook_secret=SECRET, **web) as at, posting(web["webhook_url"]) as post:
        await server.wait_for_call("setWebhook")
        for number, content in ((9001, RICHER), (9002, richest)):
            offer = await at.offered(content)
            press = at.admin.press_of(offer, offer.buttons[0][0].data or "")
            for _ in range(3):
                await post({"update_id": number, "callback_query": press})
            await offer.becomes("Applied")
            assert len(offer.edits) == 2
        assert at.files() == {HOME: richest}
        undo = await at.admin.send("/undo")
        await at.admin.next_message()
        for number in (9003, 9003, 9004):
            await post({"update_id": number, "message": undo.to_json(server.bot)})
        assert at.files() == {HOME: RICHER}
        await at.admin.ask("/undo")
        assert at.files() == {HOME: YAML}
        notes = [what for _, what, _ in await at.audit() if what != "reload"]
        assert notes == ["undo", "undo", "apply hewan.yaml", "apply hewan.yaml"]
