"""`shushuo announce`: what it queues, prints and refuses."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from bot.announcements.content import Text, payload_of
from bot.storage.announcements import Announcement
from bot.storage.memory import Memory
from tests.support.reports.small_report import write_report

URL = "sqlite:///data/shushuo.db"


@pytest.fixture(autouse=True)
def _place(empty_folder):
    write_report(empty_folder / "knowledge")
    yield
    structlog.reset_defaults()


@pytest.fixture
def done(printed):
    """The lines that the command prints."""
    return lambda *arguments, **code: printed("announce", *arguments, **code).splitlines()


def subscribe(*chats: int) -> None:
    """Makes the database, too, where there is none."""

    async def work() -> None:
        memory = await Memory.open(URL)
        for chat in chats:
            await memory.chats.subscribe(chat, "group", "Tea", "en", None)
        await memory.close()

    asyncio.run(work())


def queued() -> list[Announcement]:
    async def work() -> list[Announcement]:
        memory = await Memory.open(URL)
        rows = await memory.announcements.latest(10)
        await memory.close()
        return rows or []

    return asyncio.run(work())


def test_a_text_is_queued_as_it_is_written(done) -> None:
    subscribe(-1, -2)
    assert done("--text", " Tea < 5 & <b>later</b>\nnow ", "--silent") == [
        "Announcement 1 is queued.",
        "This goes to 2 chats: groups 2, private 0, channels 0.",
        "Takes 1 s at 25 messages a second.",
    ]
    (row,) = queued()
    assert payload_of(row.payload) == Text("Tea &lt; 5 &amp; &lt;b&gt;later&lt;/b&gt;\nnow")
    assert (row.silent, row.who, row.scheduled) == (True, 0, False)


def test_a_fact_is_queued_in_every_language_for_a_moment_in_the_time_zone(done, monkeypatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Europe/Berlin")
    subscribe()
    assert done("--fact", "output", "--at", "2130-12-01 09:00")[0] == (
        "Announcement 1 is queued for 2130-12-01 09:00 Europe/Berlin."
    )
    (row,) = queued()
    fact = payload_of(row.payload)
    assert (fact.id, sorted(fact.html)) == ("output", ["en", "zh-Hans", "zh-Hant"])
    assert (f"{row.due_at:%F %T}", row.scheduled) == ("2130-12-01 08:00:00", True)


def test_a_file_is_queued(done) -> None:
    subscribe(-1)
    Path("tea.txt").write_bytes("\ufeff茶\n水\n".encode())
    done("--file", "tea.txt")
    assert [payload_of(row.payload) for row in queued()] == [Text("茶\n水")]


def test_a_dry_run_prints_all_and_queues_nothing(done) -> None:
    subscribe(-1)
    lines = done("--fact", "output", "--dry-run")
    assert "[en]" in lines
    assert "CNY 3.52 billion" in lines
    assert lines[-1] == "Nothing was queued: this was a dry run."
    assert done("--text", "a < b", "--dry-run")[0] == "a < b"
    assert queued() == []


def test_where_no_bot_has_run_nothing_is_made(fails) -> None:
    """In a wrong folder, a backup of what was made would look like one of the bot's."""
    told = "shushuo: DATABASE_URL: there is no database at data/shushuo.db; run this in the folder that the bot runs in"
    for arguments in (("--text", "Tea"), ("--list",)):
        assert fails("announce", *arguments) == told
    assert not Path("data").exists()


def test_nobody_gets_what_nobody_has_subscribed_to(done) -> None:
    subscribe()
    assert done("--text", "Tea", code=1) == ["nobody has subscribed yet, so that nothing was queued"]
    assert queued() == []


def test_the_list(done) -> None:
    subscribe()
    assert done("--list") == ["Nothing has been announced yet."]
    subscribe(-1)
    done("--text", "First\x1b[31m")
    done("--text", "Second", "--at", "2130-12-01 09:00")
    second, first = done("--list")
    assert second == ("2  send  waiting  2130-12-01 09:00 Asia/Shanghai  sent 0, failed 0, skipped 0, left 0  Second")
    assert first.endswith("First [31m")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "one of the arguments --fact --text --file --list is required"),
        (("--text", "a", "--fact", "output"), "not allowed with argument"),
        (("--fact", "nothing"), "--fact: there is no fact 'nothing'; write the id of one"),
        (("--text", " \n"), "the text is empty; write what is to be announced"),
        (("--text", "a" * 4097), "the text has 4097 characters; Telegram takes 4096 at most"),
        (("--text", "\udcff"), "is not UTF-8 text"),
        (("--file", "nothing.txt"), "nothing.txt: there is no such file; name the one that holds the text"),
        (("--file", "latin.txt"), "latin.txt: is not UTF-8 text; save it as UTF-8"),
        (
            ("--text", "a", "--at", "tomorrow"),
            "--at 'tomorrow': This is no day and time; write them as 2026-12-01 09:00",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_line(fails, arguments, words) -> None:
    Path("latin.txt").write_bytes(b"caf\xe9")
    assert words in fails("announce", *arguments)


def test_a_database_that_cannot_be_used_is_told_in_one_line(fails, monkeypatch) -> None:
    Path("data").mkdir()
    Path("data/shushuo.db").write_text("a letter, and no database " * 100, encoding="utf-8")
    for arguments in (("--list",), ("--text", "Tea")):
        assert fails("announce", *arguments).startswith("shushuo: DATABASE_URL: the database cannot be used (")
    monkeypatch.setenv("DATABASE_URL", "mysql://nothing")
    assert fails("announce", "--list").startswith("shushuo: DATABASE_URL: the value is malformed;")


def test_a_shell_gets_nothing_but_the_lines(tmp_path) -> None:
    command = [sys.executable, "-m", "bot", "announce", "--list"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "shushuo.db").touch()
    # The first to use the database brings it up to date.
    listed = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)  # noqa: S603
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, b"Nothing has been announced yet.\n", b"")
