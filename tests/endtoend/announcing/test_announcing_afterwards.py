"""/announcements over real HTTP: the list, and each announcement corrected, withdrawn and sent again."""

from datetime import timedelta

import pytest

from bot.rehearsal.telegram_server.model import CAPTIONED
from bot.storage.announcements import AnnouncementDraft
from tests.support.announcements.announcing_admin import CANCEL, SEND, announced, announcing, control, ended, subscribe
from tests.support.storage.opened_memory import Clock
from tests.support.telegram.sent_media import send_media

pytestmark = pytest.mark.asyncio
CORRECT, WITHDRAW, RESEND = "Correct", "Withdraw", "Send again to those it failed for"


async def sent(at, text: str = "/announce Tea at < 5", reply_to=None):
    """Announces something, and opens its page below the report."""
    buttons = await announced(at, text, reply_to)
    await at.admin.press(buttons, SEND)
    await ended(at, buttons)
    await at.admin.press(buttons, "Correct, withdraw …")
    return await buttons.becomes("Silent: no")


async def done(at, page, button: str, then: str) -> str:
    """Presses a button of a page and the one that it leads to; the report of what that does."""
    await at.admin.press(page, button)
    buttons = await control(at.admin)
    await at.admin.press(buttons, then)
    return await ended(at, buttons)


async def corrected(at, page, text: str):
    """Asks for a correction and writes it; the message with the buttons."""
    await at.admin.press(page, CORRECT)
    await at.admin.send(text, reply_to=await control(at.admin))
    return await control(at.admin)


async def test_the_last_ones_are_listed_by_pages(at) -> None:
    assert (await at.admin.ask("/announcements")).text == "Nothing has been announced yet."
    payloads = [*(f'{{"kind":"text","html":"T{number}"}}' for number in range(1, 13)), "{}"]
    for number, payload in enumerate(payloads):
        row = await at.memory.announcements.draft(AnnouncementDraft(f"shell:{number}", 0, "en", payload))
        await at.memory.announcements.queue(row.id)
    page = await at.admin.ask("/announcements")
    lines = page.text.splitlines()
    assert lines[0].startswith("The last announcements; choose one by its number (Asia/Shanghai)")
    assert lines[1].startswith("13 · 20")
    assert lines[1].endswith("something that this version cannot read")
    assert lines[2].endswith("· T12")
    assert len(lines) == 11
    await at.admin.press(page, "Older")
    older = await at.admin.wait_for(lambda message: message is page and "· T1" in message.text.splitlines()[-1])
    assert len(older.text.splitlines()) == 4
    await at.admin.press(page, "Newest")
    await page.becomes("· T12")
    await at.admin.press(page, "12")
    await page.becomes("Announcement 12")
    await at.admin.press(page, "Show it")
    assert (await at.admin.next_message()).text == "T12"


async def test_a_text_is_corrected_everywhere_unless_that_is_dropped(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=2) as (at, groups):
        page = await sent(at)
        await at.admin.press(page, CORRECT)
        asked = await control(at.admin)
        await send_media(at.admin, "photo")
        await at.admin.next_message()
        for dropped in (asked, await corrected(at, page, "Never")):
            await at.admin.press(dropped, CANCEL)
            await dropped.becomes("nothing was sent")
        buttons = await corrected(at, page, "Tea at 6 & later")
        assert at.admin.chat.messages[buttons.message_id - 1].text == "Tea at 6 & later"
        assert "This takes the place of No. 1 in 2 chats." in buttons.text
        assert [message.text for group in groups for message in group.bot_messages] == ["Tea at < 5"] * 2
        await at.admin.press(buttons, "Correct everywhere")
        report = await ended(at, buttons)
        assert report.splitlines()[:2] == ["Correction 3 of 1 is done.", "Sent 2 · failed 0 · left 0"]
        assert [message.text for group in groups for message in group.bot_messages] == ["Tea at 6 & later"] * 2


async def test_captions_are_corrected_and_what_has_none_is_not(at, group) -> None:
    for kind in ("photo", "voice", "poll", "sticker"):
        original = await send_media(at.admin, kind)
        await at.admin.next_message()
        page = await sent(at, "/announce", original)
        if kind not in CAPTIONED:
            await at.admin.press(page, CORRECT)
            assert "cannot be corrected" in (await at.admin.next_message()).text
            continue
        await at.admin.press(page, CORRECT)
        await at.admin.send("a" * 1025, reply_to=await control(at.admin))
        assert "The caption is too long: 1,025" in (await at.admin.next_message()).text
        buttons = await corrected(at, page, "With more tea")
        shown = at.admin.chat.messages[buttons.message_id - 1]
        assert (shown.text, shown.fields) == ("With more tea", original.fields)
        await at.admin.press(buttons, "Correct everywhere")
        await ended(at, buttons)
        changed = group.bot_messages[-1]
        assert (changed.text, changed.fields) == ("With more tea", original.fields)


async def test_an_album_is_corrected_where_its_caption_is(at, group) -> None:
    first = await send_media(at.admin, "photo", caption="Tea", album="A")
    await send_media(at.admin, "photo", album="A")
    await at.admin.next_message()
    buttons = await corrected(at, await sent(at, "/announce", first), "More")
    await at.admin.press(buttons, "Correct everywhere")
    await ended(at, buttons)
    assert [message.text for message in group.bot_messages] == ["More", ""]
    bare = await send_media(at.admin, "photo", album="B")
    await send_media(at.admin, "photo", album="B")
    await at.admin.next_message()
    await at.admin.press(await sent(at, "/announce", bare), CORRECT)
    assert "cannot be corrected" in (await at.admin.next_message()).text


async def test_what_was_sent_is_deleted_everywhere_or_says_that_it_was_withdrawn(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=2) as (at, groups):
        page = await sent(at)
        recent, old = [message for group in groups for message in group.bot_messages]
        old.date -= 49 * 3600
        report = await done(at, page, WITHDRAW, "Withdraw everywhere")
        assert report.splitlines()[:2] == ["Withdrawal 2 of 1 is done.", "Sent 2 · failed 0 · left 0"]
        assert (recent.deleted, old.deleted) == (True, False)
        assert "withdrawn" in old.text
        page = await at.admin.ask("/announcements")
        await at.admin.press(page, "1")
        await page.becomes("Withdrawal 2 of 1")
        assert CORRECT not in [button.text for row in page.buttons for button in row]


async def test_chats_that_it_failed_for_get_it_again(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=2) as (at, (reached, missed)):
        missed.writable = False
        page = await sent(at)
        await at.admin.press(page, RESEND)
        # Its subscription has ended.
        assert "no chat left" in (await at.admin.next_message()).text
        missed.writable = True
        await subscribe(at, missed)
        report = await done(at, page, RESEND, "Send again")
        assert report.splitlines()[:2] == ["Resending 2 of 1 is done.", "Sent 1 · failed 0 · left 0"]
        assert [message.text for message in missed.bot_messages] == ["Tea at < 5"]
        assert len(reached.bot_messages) == 1
        # What was resent is corrected too.
        buttons = await corrected(at, page, "Tea at 7")
        await at.admin.press(buttons, "Correct everywhere")
        await ended(at, buttons)
        assert [chat.bot_messages[0].text for chat in (reached, missed)] == ["Tea at 7"] * 2
        await at.memory.written()
        assert [what for _, what, _ in await at.audit()] == ["correct 3 of 1", "resend 2 of 1", "announce 1"]


async def test_what_ended_too_long_ago_stays_as_it_is(server, tmp_path) -> None:
    clock = Clock()
    async with announcing(server, tmp_path, utcnow=clock) as (at, (group,)):
        page = await sent(at)
        await at.admin.press(page, CORRECT)
        asked = await control(at.admin)
        clock.now += timedelta(days=401)
        await at.memory.prune()
        for button in (CORRECT, WITHDRAW):
            await at.admin.press(page, button)
            assert "more than 400 days ago" in (await at.admin.next_message()).text
        assert "more than 400 days ago" in (await at.admin.ask("Tea at 7", reply_to=asked)).text
        page = await at.admin.ask("/announcements")
        await at.admin.press(page, "1")
        await page.becomes("more than 400 days ago")
        assert "Sent 1 · failed 0" in page.text
        assert len(page.buttons) == 1
        assert [message.text for message in group.bot_messages] == ["Tea at < 5"]
