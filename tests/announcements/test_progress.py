"""Telling admins how announcements go: seldom enough for Telegram, and the end once, whatever happens in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from telegram import Message
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.announcements.content import Text
from bot.announcements.reports import Progress
from bot.storage.announcements import Announcement, State
from bot.storage.writer import NoDatabaseError
from tests.support.announcements.announcement_row import ROW
from tests.support.clocks import StepClock

pytestmark = pytest.mark.asyncio

SENDING = replace(ROW, report_message=5)
DONE = replace(SENDING, state=State.DONE, finished=ROW.created)
STOPPED = replace(SENDING, state=State.STOPPED)
MISSED = replace(ROW, state=State.MISSED, payload=Text("Tea &amp; cake").to_json())


class Rows:
    """The announcements that the test has; `noted`: what was told of them. It takes no notes while `read_only`."""

    def __init__(self, *rows: Announcement) -> None:
        self.rows = {row.id: row for row in rows}
        self.noted: list[tuple[int | None, bool]] = []
        self.away = self.read_only = False

    async def unreported(self) -> list[Announcement]:
        self._ask()
        return [row for row in self.rows.values() if not row.reported]

    async def get(self, id_: int) -> Announcement:
        self._ask()
        return self.rows[id_]

    async def reasons(self, _: int) -> dict[str, int]:
        self._ask()
        return {}

    def _ask(self) -> None:
        if self.away:
            raise NoDatabaseError

    async def reported(self, id_: int, message: int | None, *, last: bool) -> bool:
        if self.read_only:
            raise NoDatabaseError
        self.noted.append((message, last))
        self.change(id_, report_message=message, reported=ROW.created if last else None)
        return True

    def change(self, id_: int = ROW.id, **values) -> None:
        self.rows[id_] = replace(self.rows[id_], **values)


class FakeBot:
    """`calls`: what was shown, with the time; each error is raised once, before anything else."""

    def __init__(self, clock: StepClock) -> None:
        self.calls: list[tuple[float, str, str]] = []
        self.errors: list[Exception] = []
        self._clock = clock
        self._is_called = False

    async def edit_message_text(self, text: str, *_, **__) -> None:
        await self._called("edit", text)

    async def send_message(self, _: int, text: str, *__, **___) -> Message:
        await self._called("send", text)
        return Message(77, ROW.created, None)

    async def _called(self, how: str, text: str) -> None:
        assert not self._is_called, "one waits for the other"
        self.calls.append((self._clock.time, how, text))
        self._is_called = True
        await asyncio.sleep(0)
        self._is_called = False
        if self.errors:
            raise self.errors.pop(0)

    @property
    def how(self) -> list[str]:
        return [how for _, how, _ in self.calls]

    @property
    def heads(self) -> list[str]:
        return [text.splitlines()[0] for _, _, text in self.calls]


class Trial:
    def __init__(self, *rows: Announcement) -> None:
        self.clock = StepClock()
        self.bot = FakeBot(self.clock)
        self.rows = Rows(*rows)
        # What sends: whether it is this process, and the announcements that it has messages of on their way.
        self.sender = SimpleNamespace(leading=True, under_way=set())
        self.sender.is_sending = lambda announcement: announcement in self.sender.under_way
        memory = SimpleNamespace(announcements=self.rows)
        settings = SimpleNamespace(broadcast_rate=25, timezone=ZoneInfo("Asia/Shanghai"))
        self.progress = Progress(self.bot, memory, settings, self.sender, self.clock)
        self._task = asyncio.create_task(self.progress.run())

    async def __aenter__(self) -> Trial:
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def steps(self, count: int) -> None:
        for _ in range(count):
            await self.clock.step()


async def test_however_many_there_are_an_admin_is_told_of_one_after_another_and_the_ends_first() -> None:
    rows = [replace(SENDING, id=id_, sent=id_ % 40) for id_ in range(1, 100)]
    async with Trial(*rows, replace(DONE, id=100)) as trial:
        await trial.steps(60)
    assert len(trial.bot.calls) > 20
    assert trial.bot.heads[0] == "Announcement 100 is done."
    assert len(set(trial.bot.heads)) == len(trial.bot.heads)


async def test_progress_is_told_every_three_seconds_at_most_and_only_what_is_new() -> None:
    async with Trial(SENDING) as trial:
        for sent in range(45, 65):
            trial.rows.change(sent=sent)
            await trial.steps(1)
        await trial.steps(10)
        count = len(trial.bot.calls)
        await trial.steps(20)
    times = [time for time, _, _ in trial.bot.calls]
    assert len(times) == count >= 3
    assert all(after - before >= 3 for before, after in pairwise(times))
    assert set(trial.bot.how) == {"edit"}
    assert trial.rows.noted == []


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_end_is_told_once_in_english_where_only_another_version_knows_the_language(language) -> None:
    async with Trial(replace(SENDING, language=language)) as trial:
        await trial.steps(1)
        trial.rows.change(state=State.DONE, sent=95, finished=ROW.created)
        await trial.steps(30)
    assert trial.bot.heads == ["Announcement 1200 is under way.", "Announcement 1200 is done."]
    assert trial.rows.noted == [(5, True)]


async def test_a_scheduled_one_gets_a_message_of_its_own_that_is_kept() -> None:
    async with Trial(ROW) as trial:
        await trial.steps(10)
        trial.rows.change(state=State.DONE, finished=ROW.created)
        await trial.steps(10)
    assert trial.bot.how == ["send", "edit"]
    assert trial.rows.noted == [(77, False), (77, True)]


async def test_a_stop_is_told_when_what_was_on_its_way_is_counted() -> None:
    trial = Trial(STOPPED)
    trial.sender.under_way.add(ROW.id)
    async with trial:
        await trial.steps(40)
        assert trial.bot.calls == []
        trial.sender.under_way.clear()
        trial.rows.change(sent=46)
        await trial.steps(10)
    assert [text.splitlines()[1] for _, _, text in trial.bot.calls] == ["Sent 46 · failed 5 · left 49"]


async def test_what_another_process_has_reported_meanwhile_is_forgotten() -> None:
    async with Trial(SENDING) as trial:
        await trial.steps(10)
        trial.rows.away = True
        trial.rows.change(state=State.DONE, reported=ROW.created)
        await trial.steps(1)
        assert list(trial.progress._shown) == [1200]  # noqa: SLF001 (what it costs is not seen from outside)
        trial.rows.away = False
        await trial.steps(1)
        assert trial.progress._shown == trial.progress._messages == {}  # noqa: SLF001


async def test_only_the_process_that_sends_tells() -> None:
    async with Trial(SENDING) as trial:
        trial.sender.leading = False
        await trial.steps(10)
        assert len(trial.bot.calls) <= 1
        trial.rows.change(sent=60)
        await trial.steps(10)
        assert len(trial.bot.calls) <= 1
        trial.sender.leading = True
        await trial.steps(10)
    assert "Sent 60" in trial.bot.calls[-1][2]


async def test_nothing_is_told_while_the_database_is_away() -> None:
    async with Trial(DONE) as trial:
        trial.rows.away = True
        await trial.steps(10)
        assert len(trial.bot.calls) <= 1
        trial.rows.away = False
        await trial.steps(10)
    assert trial.rows.noted == [(5, True)]


async def test_the_network_is_tried_again(logs) -> None:
    async with Trial(DONE) as trial:
        trial.bot.errors = [NetworkError("away"), NetworkError("away")]
        await trial.steps(30)
    assert trial.bot.how == ["edit"] * 3
    assert trial.rows.noted == [(5, True)]
    assert [log["event"] for log in logs] == [
        *["telling of an announcement is tried again"] * 2,
        "an announcement has ended",
    ]


async def test_of_a_shells_announcement_the_log_tells_the_end(logs) -> None:
    async with Trial(replace(ROW, who=0), replace(MISSED, id=7, who=0)) as trial:
        await trial.steps(10)
        trial.rows.change(state=State.DONE, finished=ROW.created)
        await trial.steps(10)
    assert trial.bot.calls == []
    assert trial.rows.noted == [(None, True)] * 2
    assert [(log["event"], log["log_level"], log["id"]) for log in logs] == [
        ("an announcement was missed", "warning", 7),
        ("an announcement has ended", "info", 1200),
    ]
    assert logs[1].items() >= {"state": "done", "sent": 45, "failed": 5, "skipped": 0}.items()


@pytest.mark.parametrize("row", [DONE, MISSED])
@pytest.mark.parametrize("error", [Forbidden("bot was blocked by the user"), BadRequest("Chat not found")])
async def test_an_admin_who_cannot_be_told_is_not_told_for_ever(row, error, logs) -> None:
    async with Trial(row) as trial:
        # A message that cannot be edited is sent anew, in vain too.
        trial.bot.errors = [error, error]
        await trial.steps(30)
    assert trial.rows.noted == [(row.report_message, True)]
    assert len(logs) == 2
    assert logs[0]["event"] == "an admin could not be told"


async def test_a_report_that_is_there_already_is_enough() -> None:
    async with Trial(DONE) as trial:
        trial.bot.errors = [BadRequest("Message is not modified: …")]
        await trial.steps(10)
    assert trial.rows.noted == [(5, True)]
    assert len(trial.bot.calls) == 1


async def test_what_was_missed_is_told_once_in_the_time_of_the_place() -> None:
    """Also where the database cannot take it down at first."""
    async with Trial(MISSED) as trial:
        trial.rows.read_only = True
        await trial.steps(20)
        trial.rows.read_only = False
        await trial.steps(20)
    assert trial.bot.how.count("send") == 1
    assert trial.bot.heads[0].startswith("Not sent: Tea &amp; cake was due 2030-05-17 08:00 Asia/Shanghai")
    assert trial.rows.noted == [(77, True)]
