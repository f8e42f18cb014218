"""Report files that an admin sends: checked, applied, dropped and undone, also where the bot is killed meanwhile."""

import pytest
from telegram.error import NetworkError

from bot.answering.knowledge.folder import load
from bot.chat.admin import documents
from bot.storage.cluster import Audit
from tests.support.bots.admin_bot import APPLY, HOME, NEW_REPORT, Hanging, admin_bot, applied, apply, figure, restarted
from tests.support.reports.small_report import RICHER, YAML

pytestmark = pytest.mark.asyncio

TOO_LARGE = b"#" * (5 * 1024 * 1024 + 1)


async def test_a_changed_report_is_shown_applied_and_undone(at) -> None:
    offer = await at.offered(RICHER, "../../etc/<b>whatever.YAML")
    assert offer.text.splitlines()[:2] == [
        "Checked. This would replace hewan.yaml:",
        "Facts: 0 added, 0 removed, 1 changed",
    ]
    assert "~ schools 小学数量: 5所 → 6所 (text)" in offer.text
    assert offer.reply_to is not None
    assert at.files() == {HOME: YAML}
    assert await figure(at, "小学数量") == "5所"

    await apply(at, offer)
    assert offer.buttons == ()
    assert offer.text.startswith("Applied: hewan.yaml.")
    assert (at.files(), at.kept()) == ({HOME: RICHER}, [YAML])
    assert await figure(at, "小学数量") == "6所"

    undone = await at.admin.ask("/undo")
    assert undone.text.startswith("Undone: hewan.yaml is as it was before.")
    assert "~ schools 小学数量: 6所 → 5所 (text)" in undone.text
    assert (at.files(), at.kept()) == ({HOME: YAML}, [])
    assert await figure(at, "小学数量") == "5所"
    assert (await at.admin.ask("/undo")).text == "There is nothing to undo."
    notes = [(who, what) for who, what, _ in await at.audit()]
    me = at.admin.id
    assert notes == [(me, "undo"), (me, "undo"), (me, "reload"), (me, "apply hewan.yaml"), (me, "reload")]


async def test_a_new_report_is_called_as_its_id_and_goes_when_undone(at) -> None:
    offer = await at.offered(NEW_REPORT)
    assert offer.text.startswith("Checked. This would be a new file, shankou-2021.yaml:")
    await apply(at, offer)
    assert at.files() == {HOME: YAML, "shankou-2021.yaml": NEW_REPORT}
    assert len(at.library.now.knowledge.facts) == 4
    assert (await at.admin.ask("/undo")).text.startswith("Undone: shankou-2021.yaml")
    assert at.files() == {HOME: YAML}
    assert len(at.library.now.knowledge.facts) == 2


async def test_undoing_twice_goes_two_documents_back_but_over_nobodys_work(at) -> None:
    await applied(at, RICHER)
    await applied(at, RICHER.replace("35.2", "99.9").replace("3.52", "9.99"))
    assert at.kept() == [YAML, RICHER]
    await at.admin.ask("/undo")
    assert at.files() == {HOME: RICHER}
    by_hand = RICHER + "# a word of the editor\n"
    (at.folder / HOME).write_text(by_hand, encoding="utf-8")
    said = (await at.admin.ask("/undo")).text
    assert said.startswith("hewan.yaml has been changed by somebody else since")
    assert "knowledge-history" in said
    assert (at.files(), at.kept()) == ({HOME: by_hand}, [YAML])
    (at.folder / HOME).write_text(RICHER, encoding="utf-8")
    await at.admin.ask("/undo")
    assert at.files() == {HOME: YAML}
    assert load(at.folder).knowledge == at.library.now.knowledge


async def test_errors_name_their_place_and_change_nothing(at) -> None:
    for content, place in (
        (YAML.replace("figure: 35.2亿元", "figure: 36亿元"), ":14:21: the figure '36亿元' is not in its sentence"),
        ("", ":1:1: the file is empty"),
        (
            NEW_REPORT.replace("mountain-output", "output"),
            "shankou-2021.yaml:12:17: the fact id 'output' is already used",
        ),
    ):
        said = await at.offered(content)
        assert place in said.text
        assert str(at.folder) in said.text or "document.yaml" in said.text
        assert said.buttons == ()
    facts = "".join(
        f"          - {{id: f-{number}, label: 产值, figure: {number}亿元, keywords: [产值]}}\n"
        for number in range(100, 150)
    )
    head, *problems, more = (await at.offered(YAML.partition("          - id: output")[0] + facts)).text.splitlines()
    assert head == "Not good yet; nothing was changed:"
    assert len(problems) == 8
    assert all("hewan.yaml:" in problem for problem in problems)
    # Of each fact the figure is not there, and of each but the first no keyword tells it from the first.
    assert more == f"… and {50 + 49 - 8} more"
    assert at.files() == {HOME: YAML}


@pytest.mark.parametrize(
    ("language", "head"), [("zh-hans", "检查通过，将替换 hewan.yaml："), ("zh-hant", "檢查通過，將替換 hewan.yaml：")]
)
async def test_it_speaks_the_admins_language(server, tmp_path, language, head) -> None:
    async with admin_bot(server, tmp_path, language) as at:
        offer = await at.offered(RICHER)
        assert offer.text.startswith(head)
        await at.admin.press(offer, offer.buttons[0][0].text)
        await offer.becomes("/undo")


async def test_what_is_no_report_file(at) -> None:
    unfetched = (
        (b"report: 1", "report.xlsx", {}, "ends in .yaml or .yml"),
        (b"report: 1", "yaml", {}, "ends in .yaml or .yml"),
        (b"report: 1", None, {}, "ends in .yaml or .yml"),
        (TOO_LARGE, "report.yaml", {}, "5 MB at most"),
        (b"#", "report.yaml", {"file_size": len(TOO_LARGE)}, "5 MB at most"),
    )
    fetched = (
        (TOO_LARGE, "report.yaml", {"file_size": None}, "5 MB at most"),
        (TOO_LARGE, "report.yaml", {"file_size": 10}, "5 MB at most"),
        (b"MZ\x90\x00\x03", "report.yaml", {}, "not UTF-8"),
    )
    for given, fetches in ((unfetched, False), (fetched, True)):
        for content, name, fields, word in given:
            await at.admin.send_document(content, name, fields=fields)
            said = await at.admin.next_message()
            assert word in said.text
            assert said.buttons == ()
        assert bool(at.server.fetched) == fetches
    filled = RICHER.encode() + b"#" * (len(TOO_LARGE) - 1 - len(RICHER.encode()))
    await at.admin.send_document(filled)
    assert (await at.admin.next_message()).text.startswith("Checked.")
    assert at.files() == {HOME: YAML}


async def test_a_document_that_telegram_does_not_give(at) -> None:
    at.server.fail_next("getFile", 400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert "could not be fetched" in (await at.offered(RICHER)).text
    at.server.delay_next("getFile", 0.05)
    await at.admin.send_document(RICHER.encode())
    await at.server.wait_for_call("getFile", 2)
    at.server.files.clear()
    assert "could not be fetched" in (await at.admin.next_message()).text
    assert (await at.offered(RICHER)).text.startswith("Checked.")


async def test_offers_that_no_longer_hold_change_nothing(at) -> None:
    dropped = await at.offered(RICHER)
    await at.admin.press(dropped, "Drop")
    await dropped.becomes("Dropped; nothing was changed.")
    # The app may still show the button.
    assert (await at.admin.press(dropped, APPLY)).text.startswith("This is no longer")
    gone = await at.offered(RICHER)
    at.server.files.clear()
    await at.admin.press(gone, APPLY)
    await gone.becomes("The document is gone")
    assert at.files() == {HOME: YAML}
    by_hand = YAML + "# a word of the editor\n"
    edited = await at.offered(RICHER)
    (at.folder / HOME).write_text(by_hand, encoding="utf-8")
    await at.admin.press(edited, APPLY)
    await edited.becomes("has changed since")
    assert edited.buttons == ()
    assert (at.files(), at.kept()) == ({HOME: by_hand}, [])
    # Of two offers, the first that is applied ends the other.
    first, second = await at.offered(RICHER), await at.offered(NEW_REPORT)
    await apply(at, second)
    await at.admin.press(first, APPLY)
    await first.becomes("has changed since")
    assert at.files() == {HOME: by_hand, "shankou-2021.yaml": NEW_REPORT}


async def test_two_quick_presses_apply_once(at) -> None:
    offer = await at.offered(RICHER)
    for _ in range(2):
        at.push_press(offer, APPLY)
    await offer.becomes("In force")
    # The second press has come to its end when what is asked behind it is answered.
    assert await figure(at, "小学数量") == "6所"
    assert offer.text.startswith("Applied")
    assert [what for _, what, _ in await at.audit()] == ["apply hewan.yaml", "reload"]


async def test_a_folder_that_cannot_be_written_is_told_before_a_button_is_and_when_it_comes_to_it(at) -> None:
    offer = await at.offered(RICHER)
    # A file where the history is to be: no permission matters to a superuser, who may run the tests.
    at.history.rmdir()
    at.history.write_text("in the way")
    await at.admin.press(offer, APPLY)
    await offer.becomes("It cannot be written here")
    assert at.files() == {HOME: YAML}
    assert await figure(at, "小学数量") == "5所"
    unwritable = await at.offered(RICHER)
    for words in ("It cannot be written here", "knowledge-history", "5所 → 6所"):
        assert words in unwritable.text
    assert unwritable.buttons == ()


async def test_a_forwarded_document_is_taken_and_a_caption_is_no_question(at) -> None:
    await at.admin.send_document(RICHER.encode(), caption="小学数量")
    assert (await at.admin.next_message()).text.startswith("Checked.")
    assert await at.memory.questions.outcomes(at.library.now.read_at.date()) == {}


async def test_the_file_is_named_in_the_folder_whatever_it_is_called_there(at) -> None:
    (at.folder / HOME).rename(at.folder / "河湾 年报.yml")
    await at.admin.ask("/reload")
    offer = await at.offered(RICHER)
    assert offer.text.startswith("Checked. This would replace 河湾 年报.yml:")
    await at.admin.press(offer, APPLY)
    await offer.becomes("Applied")
    assert at.files() == {"河湾 年报.yml": RICHER}


async def test_a_document_that_a_killed_bot_was_applying_is_told_of(server, tmp_path, monkeypatch) -> None:
    hanging = Hanging()
    with monkeypatch.context() as patched:
        async with admin_bot(server, tmp_path) as at:
            offer = await at.offered(RICHER)
            press = at.admin.press_of(offer, offer.find_button(APPLY).data or "")
            patched.setattr(Audit, "note", hanging)
            await at.admin.press(offer, APPLY)
            await hanging.reached.wait()
            assert at.files() == {HOME: RICHER}
            assert offer.text == "Applying …"
    (tmp_path / "knowledge" / ".abcd1234.tmp").touch()
    async with restarted(at):
        done = await at.admin.hears("In force")
        assert done is offer
        server.files.clear()
        server.push_update({"callback_query": press})
        assert await figure(at, "小学数量") == "6所"
        assert done.text.startswith("Applied: hewan.yaml.")
        assert at.files() == {HOME: RICHER}
        assert at.kept() == [YAML]


async def test_what_telegram_does_not_take_is_told_later(at, monkeypatch) -> None:
    send, errors = documents.send_below, [NetworkError("the network is away")]

    async def lost(message, reply) -> int:
        if errors:
            raise errors.pop()
        return await send(message, reply)

    await applied(at, RICHER)
    monkeypatch.setattr(documents, "send_below", lost)
    assert (await at.admin.ask("/undo")).text.startswith("Undone: hewan.yaml is as it was before.")
    assert at.files() == {HOME: YAML}


async def test_an_apply_is_recorded_before_its_buttons_go_and_an_offer_outlives_a_restart(server, tmp_path) -> None:
    async with admin_bot(server, tmp_path) as at:
        new, offer = await at.offered(NEW_REPORT), await at.offered(RICHER)
        server.delay_next("editMessageText", 600)
        await at.admin.press(offer, APPLY)
        await server.wait_for_call("editMessageText")
        assert at.files() == {HOME: YAML}
    async with restarted(at):
        await offer.becomes("Applied: hewan.yaml.")
        await at.admin.press(new, APPLY)
        await new.becomes("has changed since")
    assert at.files() == {HOME: RICHER}


async def test_an_undo_that_was_killed_goes_one_document_back(server, tmp_path, monkeypatch) -> None:
    richest = RICHER.replace("35.2", "99.9").replace("3.52", "9.99")
    hanging = Hanging()
    with monkeypatch.context() as patched:
        async with admin_bot(server, tmp_path) as at:
            await applied(at, RICHER)
            await applied(at, richest)
            patched.setattr(Audit, "note", hanging)
            undo = await at.admin.send("/undo")
            await hanging.reached.wait()
            assert at.files() == {HOME: RICHER}
    async with restarted(at):
        server.push_update({"message": undo.to_json(server.bot)})
        assert (await at.admin.next_message()).text.startswith("Undone: hewan.yaml is as it was before.")
        assert await figure(at, "工业产值") == "35.2亿元"
        assert at.files() == {HOME: RICHER}
        assert [message.text[:6] for message in at.admin.chat.bot_messages].count("Undone") == 1
