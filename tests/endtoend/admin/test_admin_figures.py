"""/status, /unanswered, /popular, /audit and /try, over real HTTP."""

import asyncio
import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.questions import Vote, question_hash
from tests.support.bots.admin_bot import HOME, AdminBot, admin_bot
from tests.support.bots.running_bot import listening, metric
from tests.support.reports.small_report import OUTPUT, RICHER, answered, refused
from tests.support.storage.databases import SqliteTrial
from tests.support.storage.opened_memory import asked

pytestmark = pytest.mark.asyncio

NO_DATABASE = "The database cannot be used at the moment; please try again later."


async def told(at: AdminBot, text: str):
    """What the bot answers once all before is in the database."""
    await at.memory.written()
    return await at.admin.ask(text)


def table(at: AdminBot, message) -> list[dict[str, str]]:
    content = at.server.files[message.fields["document"]["file_id"]]
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def test_status(at) -> None:
    for text in ("工业产值", "工业产值是多少", "房价", "boats"):
        await at.admin.ask(text)
    text = (await told(at, "/status")).text
    edition = at.library.now
    assert text.startswith(f"Knowledge {edition.version}, read {edition.read_at:%Y-%m-%d %H:%M} UTC\n")
    assert "\nFacts: 2 · reports: 1\n" in text
    assert "\nQuestions today (UTC): 2 answered, 0 with choices, 2 refused, 0 small talk\n" in text
    # What was answered a moment ago may not be done with yet, and the chat itself may be noted just now.
    assert re.search(r"\nWaiting: [01] updates, 0 messages, \d writes\n", text)
    assert re.search(r"\nDatabase: well, since \d{4}-\d\d-\d\d \d\d:\d\d UTC\n", text)
    assert "\nErrors in the last hour: 0\n" in text
    assert "\nRunning for 0 d 0 h " in text
    assert "\nProcesses on this database: 1\n" in text
    assert re.search(rf"\n• \S+:\d+-[0-9a-f]{{6}}: {edition.version}, since .* UTC · this one$", text)


async def test_errors_and_a_failed_reload_are_in_the_status(at) -> None:
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


async def test_other_processes_are_in_the_status_and_dead_ones_do_not_push_out_those_that_live(at) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    at.memory.cluster.seen("elsewhere:7", "0badcafe", long_ago, 0, "x.yaml:1:1: <is> empty")
    text = (await told(at, "/status")).text
    other = "elsewhere:7: 0badcafe, since 2020-01-01 00:00 UTC · The last reload failed: x.yaml:1:1: <is> empty"
    assert f"\n• {other}" in text
    for number in range(30):
        at.memory.cluster.seen(f"a:{number}", "0badcafe", long_ago, 0, "")
    await at.memory.written()
    seen = f"{datetime.now(UTC) - timedelta(minutes=2):%Y-%m-%d %H:%M:%S}"
    SqliteTrial(at.folder.parent).rows(f"UPDATE replicas SET seen = '{seen}' WHERE version = '0badcafe'")  # noqa: S608
    text = (await told(at, "/status")).text
    own, *dead = [line for line in text.splitlines() if line.startswith("• ")]
    assert own.endswith(" · this one")
    assert len(dead) == 19
    assert all(" · silent since " in line for line in dead)


async def test_without_the_database(at, tmp_path) -> None:
    await at.memory.written()
    await at.admin.ask("房价")
    shown = await told(at, "/unanswered")
    async with SqliteTrial(tmp_path).away():
        assert not (await at.memory.check()).healthy
        await at.admin.send("/status")
        text = (await at.admin.hears("Database: away since")).text
        assert "Questions today: unknown without the database" in text
        for command in ("/unanswered", "/popular", "/audit"):
            await at.admin.send(command)
        await at.admin.wait_for(
            lambda _: [message.text for message in at.admin.chat.bot_messages].count(NO_DATABASE) == 3
        )
        assert (await at.admin.press(shown, "All as CSV")).text == NO_DATABASE
        assert not at.server.calls("sendDocument")


async def test_a_disk_that_is_frozen_is_in_the_status(at) -> None:
    thawed = asyncio.Event()

    async def frozen(_) -> None:
        await thawed.wait()

    await at.memory.written()
    writer = at.memory._writer  # noqa: SLF001 (whoever tells it something cannot make that hang)
    writer.put(frozen)
    try:
        await at.admin.send("/status")
        text = (await at.admin.hears("\nDatabase: ")).text
        assert re.search(r"\nDatabase: away since .* UTC \(did not answer within 2\.5 seconds\)\n", text)
    finally:
        thawed.set()


async def test_unanswered(at) -> None:
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


async def test_no_cell_is_a_formula_wherever_a_spreadsheet_splits_it(at) -> None:
    for text in ("房价;=1+1", "房价； @sum(1)", "房价\t-1", "＋1", ";;=1", "1;2"):
        await asked(at.memory, text, refused(), datetime.now(UTC).date())
    await at.admin.press(await told(at, "/unanswered"), "All as CSV")
    document = await at.admin.next_message()
    content = at.server.files[document.fields["document"]["file_id"]].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert {row["question"] for row in rows} == {"房价；'=1+1", "房价；' @sum(1)", "房价 -1", "'+1", "；；'=1", "1；2"}
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]", cell) for cell in re.split(r'[;；,\t\n"]', content))


async def test_days_that_are_past_and_questions_that_are_answered_by_now(at) -> None:
    today = datetime.now(UTC).date()
    await asked(at.memory, "房价", refused(), today - timedelta(days=8))
    assert (await told(at, "/unanswered")).text == "Nothing was asked in vain in the last 7 days."
    assert (await told(at, "/unanswered 9")).text.startswith("Asked in vain 1 times in the last 9 days")
    await asked(at.memory, "小学数量", refused(), today)
    assert (await told(at, "/unanswered")).text.endswith("answered by now: 小学数量 = 5所")
    for command in ("/unanswered", "/popular"):
        text = (await told(at, f"{command} week")).text
        assert text == f"Please write a number of days from 1 to 3650 behind {command}, or none for the last 7 days."


async def test_unanswered_has_pages(at, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.questions.QUESTIONS_A_DAY", 23)
    day = datetime.now(UTC).date()
    for number in range(25):
        await asked(at.memory, f"{number}😀" * 60, refused(), day)
    message = await told(at, "/unanswered")
    unkept = "2 times something that was not kept, because more than 5,000 different questions were asked on a day."
    first = message.text
    for button, numbers, buttons in (
        (None, range(1, 11), ["More ›", "All as CSV"]),
        ("More ›", range(11, 21), ["‹ Back", "More ›", "All as CSV"]),
        ("More ›", range(21, 24), ["‹ Back", "All as CSV"]),
        ("‹ Back", range(11, 21), ["‹ Back", "More ›", "All as CSV"]),
        ("‹ Back", range(1, 11), ["More ›", "All as CSV"]),
    ):
        if button:
            await at.admin.press(message, button)
            await at.admin.next_edit()
        head, *entries, last = message.text.split("\n\n")
        assert head == "Asked in vain 25 times in the last 7 days, most often:"
        assert [entry.split(".")[0] for entry in entries] == [str(number) for number in numbers]
        assert last == unkept
        leaf = [item.text for row in message.buttons for item in row if item.data and item.data.startswith("desk-")]
        assert leaf == buttons
    assert message.text == first
    await at.admin.press(message, "All as CSV")
    assert len(table(at, await at.admin.next_message())) == 23


async def test_popular(at) -> None:
    assert (await told(at, "/popular")).text == "Nothing was answered in the last 7 days."
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


async def test_audit(at) -> None:
    assert (await told(at, "/audit")).text == "Nothing has been noted yet."
    (at.folder / HOME).write_text(RICHER, encoding="utf-8")
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


async def test_of_much_that_was_done_the_last_20(at) -> None:
    for number in range(25):
        await at.memory.audit.note(1, f"reload {number}", "x" * 400)
    lines = (await told(at, "/audit")).text.splitlines()
    assert len(lines) == 21
    assert "· reload 24: " in lines[1]
    assert lines[1].endswith("…")


async def test_the_answer_and_why_and_nothing_counted(server, tmp_path) -> None:
    web = listening()
    async with admin_bot(server, tmp_path, **web) as at:
        for question in ("小学数量", "房价多少", "产值和小学"):
            answer = await at.admin.ask(f"/try {question}")
            why = await at.admin.next_message()
            seen = await server.user().ask(question)
            assert answer.text == seen.text
            assert (answer.buttons, why.buttons) == ((), ())
            assert at.library.now.version in why.text
            assert at.library.now.answerer.explain(question)[:300] in why.text
            assert any(entity.type == "pre" for entity in why.entities)
        await at.memory.written()
        # Those of the people, and no other.
        outcomes = await at.memory.questions.outcomes(at.library.now.read_at.date())
        assert sum(outcomes.values()) == 3
        assert await metric(web["http_listen"], "shushuo_answers_total") == 3
        assert await at.audit() == []


async def test_what_else_is_written_behind_it(at) -> None:
    assert (await at.admin.ask("/try")).text == "Please write a question behind /try."
    for question in ("<b>&\n\n小学数量", "小学" * 2000, "😀" * 10 + "?"):
        await at.admin.ask(f"/try {question}")
        assert "counted nowhere" in (await at.admin.next_message()).text
    await at.admin.ask("/try 房价多少")
    why = (await at.admin.next_message()).text
    assert why.startswith("▫️ ")
    assert "Outcome: none" in why


async def test_the_edition_in_force_answers(at) -> None:
    before = at.library.now.version
    (at.folder / HOME).write_text(RICHER, encoding="utf-8")
    await at.admin.ask("/reload")
    await at.admin.hears("In force")
    assert (await at.admin.ask("/try 小学数量")).text.startswith("6所")
    why = (await at.admin.next_message()).text
    assert at.library.now.version in why
    assert before not in why
