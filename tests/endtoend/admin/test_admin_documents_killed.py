"""Documents and /undo while the bot is killed or Telegram cannot be reached: done once, and told in the end."""

from typing import Any

from telegram.error import NetworkError

from bot.chat.admin import documents
from bot.chat.sending import Reply
from bot.storage.activity.audit import Audit
from tests.support.bots.admin_bot import (
    APPLY,
    HOME,
    NEW_REPORT,
    RICHER,
    Hanging,
    admin_bot,
    applied,
    figure,
    restarted,
)
from tests.support.reports.small_report import YAML

pytestmark = pytest.mark.asyncio


async def test_a_document_that_was_being_applied_when_the_bot_was_killed_is_told_of(
    server, tmp_path, monkeypatch
) -> None:
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

    async def lost(message: Any, reply: Reply) -> int:
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
