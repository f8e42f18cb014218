"""/status, /unanswered, /popular and /audit, over real HTTP."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from admin_bot import AdminBot, admin_bot
from databases import SqliteTrial
from opened_memory import asked
from small_report import OUTPUT, YAML, answered, refused
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram_server import Message, TelegramServer

from bot.storage import Vote, question_hash

pytestmark = pytest.mark.asyncio

NO_DATABASE = "The database cannot be used at the moment; please try again later."


async def told(at: AdminBot, text: str) -> Message:
    """What the bot answers once all before is in the database."""
    await at.memory.written()
    return await at.admin.ask(text)


def table(at: AdminBot, message: Message) -> list[dict[str, str]]:
    content = at.server.files[message.fields["document"]["file_id"]]
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# ---- /status


async def test_status(at: AdminBot) -> None:
    for text in ("工业产值", "工业产值是多少", "房价", "boats"):
        await at.admin.ask(text)
    text = (await told(at, "/status")).text
    edition = at.library.now
    assert text.startswith(f"Knowledge {edition.version}, read {edition.read_at:%Y-%m-%d %H:%M} UTC\n")
    assert "\nFacts: 2 · reports: 1\n" in text
    assert "\nQuestions today (UTC): 2 answered, 0 with choices, 2 refused\n" in text
    assert re.search(r"\nWaiting: 0 updates, 0 messages, \d writes\n", text)  # the chat itself may be noted just now
    assert re.search(r"\nDatabase: well, since \d{4}-\d\d-\d\d \d\d:\d\d UTC\n", text)
    assert "\nErrors in the last hour: 0\n" in text
    assert "\nRunning for 0 d 0 h 0 min\n" in text
    assert "\nProcesses on this database: 1\n" in text
    assert re.search(rf"\n• \S+:\d+-[0-9a-f]{{6}}: {edition.version}, since .* UTC · this one$", text)


async def test_status_in_chinese(server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with admin_bot(server, tmp_path, language="zh-hans") as at:
        assert (await told(at, "/status")).text.startswith("资料版本 ")


async def test_errors_and_a_failed_reload_are_in_the_status(at: AdminBot) -> None:
    at.server.fail_next("sendMessage", 400, "Bad Request: Odd")
    await at.admin.send("工业产值")
    await at.admin.hears("⚠️")
    (at.folder / "hewan.yaml").write_text("report: [", encoding="utf-8")
    await at.admin.send("/reload")
    await at.admin.hears("hewan.yaml:2:1")
    await at.memory.written()
    await at.admin.send("/status")
    text = (await at.admin.hears("Knowledge ")).text
    assert "\nErrors in the last hour: 1\n" in text
    assert re.search(r"\nThe last reload failed: .*hewan\.yaml:2:1: ", text)
    assert re.search(r" · this one · The last reload failed: .*hewan\.yaml:2:1: ", text)


async def test_another_process_is_in_the_status(at: AdminBot) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    at.memory.cluster.seen("elsewhere:7", "0badcafe", long_ago, 0, "x.yaml:1:1: <is> empty")
    text = (await told(at, "/status")).text
    assert (
        "\n• elsewhere:7: 0badcafe, since 2020-01-01 00:00 UTC · The last reload failed: x.yaml:1:1: <is> empty" in text
    )


async def test_processes_that_have_died_do_not_push_out_those_that_live(at: AdminBot) -> None:
    for number in range(30):
        at.memory.cluster.seen(f"a:{number}", "0badcafe", datetime(2020, 1, 1, tzinfo=UTC), 0, "")
    await at.memory.written()
    seen = f"{datetime.now(UTC) - timedelta(minutes=2):%Y-%m-%d %H:%M:%S}"
    SqliteTrial(at.folder.parent).rows(f"UPDATE replicas SET seen = '{seen}' WHERE name LIKE 'a:%'")  # noqa: S608
    text = (await told(at, "/status")).text
    own, *dead = [line for line in text.splitlines() if line.startswith("• ")]
    assert own.endswith(" · this one")
    assert len(dead) == 19
    assert all(" · silent since " in line for line in dead)


async def test_without_the_database(at: AdminBot, tmp_path: Path) -> None:
    await at.memory.written()
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    (tmp_path / "data").touch()  # or the database is made anew there
    assert not (await at.memory.check()).healthy
    text = (await at.admin.ask("/status")).text
    assert "Questions today: unknown without the database" in text
    assert "Database: away since" in text
    for command in ("/unanswered", "/popular", "/audit"):
        assert (await at.admin.ask(command)).text == NO_DATABASE
    (tmp_path / "data").unlink()
    (tmp_path / "elsewhere").rename(tmp_path / "data")


async def test_a_disk_that_is_frozen_is_in_the_status(at: AdminBot) -> None:
    thawed = asyncio.Event()

    async def frozen(_: AsyncConnection) -> None:
        await thawed.wait()

    await at.memory.written()
    writer = at.memory._writer  # noqa: SLF001 (whoever tells it something cannot make that hang)
    assert writer
    writer.put(frozen)
    try:
        await at.admin.send("/status")
        text = (await at.admin.hears("\nDatabase: ")).text
        assert re.search(r"\nDatabase: away since .* UTC \(did not answer within 2\.5 seconds\)\n", text)
    finally:
        thawed.set()


# ---- /unanswered


async def test_unanswered(at: AdminBot) -> None:
    for text in ("房价", "房价", "请问房价", "工业产值", "2015年工业产值", "=1+1", "<b>房租</b>"):
        await at.admin.ask(text)
    message = await told(at, "/unanswered 30")
    assert message.text.startswith("Asked in vain 6 times in the last 30 days, most often:\n\n")
    first, *others = message.text.split("\n\n")[1:]
    assert first.startswith("1. 房价 ×")
    assert "not understood: " in first
    [place] = [entry for entry in others if "2015年工业产值" in entry]
    assert place.endswith("not understood: 2015年\nnearest: industrial output = CNY 3.52 billion")
    assert any("<b>房租</b>" in entry for entry in others)
    answer = await at.admin.press(message, "All as CSV")
    assert answer.text == ""
    document = await at.admin.next_message()
    today = datetime.now(UTC).date()
    assert document.fields["document"]["file_name"] == f"unanswered-{today - timedelta(days=29)}-{today}.csv"
    rows = {row["question"]: row for row in table(at, document)}
    assert set(rows) == {"房价", "请问房价", "2015年工业产值", "'=1+1", "<b>房租</b>"}
    assert rows["房价"]["count"] == "2"
    assert rows["房价"]["outcome"] == "none"
    assert rows["房价"]["first_day"] == rows["房价"]["last_day"]
    assert rows["2015年工业产值"]["nearest_fact"] == "output"
    assert rows["2015年工业产值"]["not_understood"] == "2015年"


async def test_no_cell_is_a_formula_wherever_a_spreadsheet_splits_it(at: AdminBot) -> None:
    for text in ("房价;=1+1", "房价； @sum(1)", "房价\t-1", "＋1", ";;=1", "1;2"):
        await asked(at.memory, text, refused(), datetime.now(UTC).date())
    await at.admin.press(await told(at, "/unanswered"), "All as CSV")
    document = await at.admin.next_message()
    content = at.server.files[document.fields["document"]["file_id"]].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert {row["question"] for row in rows} == {"房价；'=1+1", "房价；' @sum(1)", "房价 -1", "'+1", "；；'=1", "1；2"}
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]", cell) for cell in re.split(r'[;；,\t\n"]', content))


async def test_a_question_that_is_answered_by_now(at: AdminBot) -> None:
    await asked(at.memory, "小学数量", refused(), datetime.now(UTC).date())
    text = (await told(at, "/unanswered")).text
    assert text.endswith("answered by now: 小学数量 = 5所")


async def test_days_that_are_past(at: AdminBot) -> None:
    await asked(at.memory, "房价", refused(), datetime.now(UTC).date() - timedelta(days=8))
    assert (await told(at, "/unanswered")).text == "Nothing was asked in vain in the last 7 days."
    assert (await told(at, "/unanswered 9")).text.startswith("Asked in vain 1 times in the last 9 days")


@pytest.mark.parametrize("command", ["/unanswered", "/popular"])
async def test_no_number_of_days(at: AdminBot, command: str) -> None:
    reply = await told(at, f"{command} week")
    assert reply.text == f"Please write a number of days from 1 to 3650 behind {command}, or none for the last 7 days."


async def test_many_long_questions_fit_one_message(at: AdminBot) -> None:
    day = datetime.now(UTC).date()
    for number in range(60):
        await asked(at.memory, f"{number}😀" * 60, refused(), day)
    message = await told(at, "/unanswered")
    assert "\n\n10. " in message.text
    await at.admin.press(message, "All as CSV")
    assert len(table(at, await at.admin.next_message())) == 60


async def test_unanswered_has_pages(at: AdminBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.activity.questions.QUESTIONS_A_DAY", 23)
    day = datetime.now(UTC).date()
    for number in range(25):
        await asked(at.memory, f"{number} 房价", refused(), day)
    message = await told(at, "/unanswered")
    unkept = "2 times something that was not kept, because more than 5,000 different questions were asked on a day."

    def places() -> list[str]:
        head, *entries, last = message.text.split("\n\n")
        assert head == "Asked in vain 25 times in the last 7 days, most often:"
        assert last == unkept
        return [entry.split(".")[0] for entry in entries]

    first = message.text
    assert places() == [str(number) for number in range(1, 11)]
    assert [button.text for row in message.buttons for button in row] == ["More ›", "All as CSV"]
    await at.admin.press(message, "More ›")
    await at.admin.next_edit()
    assert places() == [str(number) for number in range(11, 21)]
    await at.admin.press(message, "More ›")
    await at.admin.next_edit()
    assert places() == ["21", "22", "23"]
    assert [button.text for row in message.buttons for button in row] == ["‹ Back", "All as CSV"]
    await at.admin.press(message, "‹ Back")
    await at.admin.next_edit()
    await at.admin.press(message, "‹ Back")
    await at.admin.next_edit()
    assert message.text == first


async def test_an_export_without_the_database(at: AdminBot, tmp_path: Path) -> None:
    await at.admin.ask("房价")
    message = await told(at, "/unanswered")
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    (tmp_path / "data").touch()  # or the database is made anew there
    assert not (await at.memory.check()).healthy
    assert (await at.admin.press(message, "All as CSV")).text == NO_DATABASE
    assert not at.server.calls("sendDocument")
    (tmp_path / "data").unlink()
    (tmp_path / "elsewhere").rename(tmp_path / "data")


# ---- /popular and /audit


async def test_popular(at: AdminBot) -> None:
    for text in ("工业产值", "工业产值", "小学数量"):
        await at.admin.ask(text)
    day = datetime.now(UTC).date()
    await asked(at.memory, "旧事", answered(OUTPUT), day - timedelta(days=9))
    await at.memory.questions.voted(["schools"], question_hash("小学数量"), Vote.UP, (7, 1))
    await at.memory.questions.voted(["gone"], "", Vote.DOWN, (7, 2))
    assert (await told(at, "/popular")).text == (
        "Asked for in the last 7 days:\n"
        "2 × industrial output · 👍 0 👎 0\n"
        "1 × 小学数量 · 👍 1 👎 0\n"
        "\n"
        "Most 👍, of all time:\n"
        "👍 1 👎 0 · 小学数量 · asked 1 ×\n"
        "\n"
        "Most 👎, of all time:\n"
        "👍 0 👎 1 · gone · asked 0 ×"
    )
    assert "\n3 × industrial output" in (await told(at, "/popular 10")).text


async def test_nothing_is_popular_yet(at: AdminBot) -> None:
    assert (await told(at, "/popular")).text == "Nothing was answered in the last 7 days."


async def test_audit(at: AdminBot) -> None:
    assert (await told(at, "/audit")).text == "Nothing has been noted yet."
    (at.folder / "hewan.yaml").write_text(YAML.replace("小学5所", "小学6所").replace(": 5所", ": 6所"), "utf-8")
    await at.admin.send("/reload")
    await at.admin.wait_for(lambda message: at.library.now.version in message.text)
    await at.memory.audit.note(None, "reload", "<b>\nnot & so")
    await at.memory.written()
    await at.admin.send("/audit")
    text = (await at.admin.hears("What was done last")).text
    head, program, admin = text.splitlines()
    assert head == "What was done last (UTC):"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d · the program · reload: <b> not & so", program)
    assert re.fullmatch(rf"[-0-9]+ [:0-9]+ · {at.admin.id} · reload: {at.library.now.version}: .*", admin)


async def test_of_much_that_was_done_the_last_20(at: AdminBot) -> None:
    for number in range(25):
        await at.memory.audit.note(1, f"reload {number}", "x" * 400)
    lines = (await told(at, "/audit")).text.splitlines()
    assert len(lines) == 21
    assert "· reload 24: " in lines[1]
    assert lines[1].endswith("…")
