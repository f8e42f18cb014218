"""Reading the knowledge again: what comes into force, what is refused, and what becomes of the old edition."""

import asyncio
import gc
import shutil
import signal
import sys
import threading
import weakref
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.answering.worker import Candidate, Read, Stage
from bot.metrics import Metrics
from bot.serving import reloading
from bot.serving.reloading import ReadingProcess, Reloader
from tests.support.bots.admin_bot import QUESTION, ReadingInProcess, figures, samples
from tests.support.processes.other_program import install_another
from tests.support.reports.small_report import RICHER, YAML, write_report

pytestmark = pytest.mark.asyncio


class Held(ReadingInProcess):
    """A reading that goes on once it is let."""

    begun: threading.Event
    go_on: threading.Event

    def read(self, tell: Callable[[Stage], None]) -> Read:
        self.begun.set()
        assert self.go_on.wait(10)
        return super().read(tell)


@pytest.fixture
def held() -> type[Held]:
    return type("Held", (Held,), {"begun": threading.Event(), "go_on": threading.Event()})


async def begun(held: type[Held]) -> None:
    assert await asyncio.to_thread(held.begun.wait, 10)


async def test_a_process_of_its_own_reads_and_the_new_edition_answers(folder, library, logs) -> None:
    metrics, old = Metrics(), library.now
    write_report(folder, RICHER)
    result = await Reloader(folder, library, metrics).reload()
    assert [(pair.old.figure, pair.new.figure) for pair in result.changes.changed] == [("5所", "6所")]
    assert (result.snapshot.total, result.snapshot.problems) == (0, ())
    assert figures(library) == ["6所"]
    assert [match.fact.figure for match in old.answerer.answer(QUESTION).matches] == ["5所"]
    assert library.now.version == result.snapshot.version != old.version
    assert library.now.read_at > old.read_at
    now = samples(metrics)
    assert now["shushuo_knowledge_last_reload_successful"] == 1
    assert now["shushuo_knowledge_last_reload_success_timestamp_seconds"] > 0
    (line,) = logs
    assert line["event"] == "the knowledge was reloaded"
    assert (line["version"], line["changed"]) == (result.snapshot.version, 1)


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        (
            lambda folder: write_report(folder, YAML.replace("figure: 5所", "figure: 7所")),
            "hewan.yaml:28:21: the figure",
        ),
        (shutil.rmtree, "knowledge:1:1: no such folder"),
    ],
)
async def test_what_is_broken_is_refused_and_the_old_one_answers_on(folder, library, read_by, breaks, expected) -> None:
    """What else is an error in a file, those who read the files prove."""
    old, metrics = library.now, Metrics()
    read_by(ReadingInProcess)
    reloader = Reloader(folder, library, metrics)
    breaks(folder)
    with capture_logs() as logs:
        result = await reloader.reload()
    assert result.is_refused
    assert expected in str(result.snapshot.problems[0])
    assert result.snapshot.total == len(result.snapshot.problems) >= 1
    assert library.now is old
    assert figures(library) == ["5所"]
    assert samples(metrics)["shushuo_knowledge_last_reload_successful"] == 0
    assert [line["event"] for line in logs] == ["the knowledge has errors; the old one stays in force"]
    write_report(folder, RICHER)
    assert not (await reloader.reload()).is_refused
    assert figures(library) == ["6所"]
    assert samples(metrics)["shushuo_knowledge_last_reload_successful"] == 1


async def test_what_comes_next_waits_for_a_reload(folder, library, read_by, held) -> None:
    read_by(held)
    reloader = Reloader(folder, library, Metrics())
    first = asyncio.create_task(reloader.reload())
    await begun(held)
    write_report(folder, RICHER)
    second = asyncio.create_task(reloader.reload())
    check = asyncio.create_task(reloader.check(Candidate(YAML.encode(), is_tried=False)))
    held.go_on.set()
    results = await asyncio.gather(first, second)
    assert not any(result.is_refused for result in results)
    assert figures(library) == ["6所"]
    assert len((await check).changes.changed) == 1


async def test_a_check_changes_nothing(folder, library) -> None:
    old, metrics = library.now, Metrics()
    reloader = Reloader(folder, library, metrics)
    result = await reloader.check(Candidate(RICHER.encode(), is_tried=False))
    assert [(pair.old.figure, pair.new.figure) for pair in result.changes.changed] == [("5所", "6所")]
    assert (result.snapshot.name, result.snapshot.replaces) == ("hewan.yaml", True)
    refused = await reloader.check(Candidate(b"report: [", is_tried=False))
    assert str(refused.snapshot.problems[0]).startswith("document.yaml:2:1: ")
    assert library.now is old
    assert "shushuo_knowledge_last_reload_successful" in samples(metrics)
    assert (folder / "hewan.yaml").read_text(encoding="utf-8") == YAML


async def until_freed(reloader: Reloader) -> None:
    await asyncio.gather(*reloader._freeing)  # noqa: SLF001


async def test_an_old_edition_goes_once_nobody_uses_it(folder, library, read_by, monkeypatch) -> None:
    monkeypatch.setattr(reloading, "_IN_USE", 0)
    used = library.now
    edition, fact = weakref.ref(used), weakref.ref(used.knowledge.facts[0])
    read_by(ReadingInProcess)
    reloader = Reloader(folder, library, Metrics())
    assert not (await reloader.reload()).is_refused
    await until_freed(reloader)
    assert edition() is used
    assert [match.fact.figure for match in used.answerer.answer(QUESTION).matches] == ["5所"]
    del used
    async with asyncio.timeout(10):
        while edition() or fact():  # noqa: ASYNC110 (the thread that compared the two may have it for a moment)
            await asyncio.sleep(0)


async def test_reloads_leave_nothing_behind(folder, library, read_by, monkeypatch) -> None:
    monkeypatch.setattr(reloading, "_IN_USE", 0)
    read_by(ReadingInProcess)
    reloader = Reloader(folder, library, Metrics())
    blocks: list[int] = []
    for number in range(60):
        write_report(folder, (YAML, RICHER)[number % 2] if number % 10 else "report: [")
        assert (await reloader.reload()).is_refused == (number % 10 == 0)
        if number % 15 == 14:
            await until_freed(reloader)
            gc.collect()
            blocks.append(sys.getallocatedblocks())
    # One edition of this small report takes some thousands of blocks.
    assert max(blocks[1:]) - blocks[0] < 3000, blocks


async def test_a_reading_that_dies_leaves_the_old_edition(folder, library, read_by) -> None:
    old = library.now

    class Killed(ReadingProcess):
        def read(self, tell: Callable[[Stage], None]) -> Read:
            self.end()
            return super().read(tell)

    read_by(Killed)
    result = await Reloader(folder, library, Metrics()).reload()
    assert result.is_refused
    assert str(result.snapshot.problems[0]) == (
        f"{folder}:1:1: the reading broke off: look into the log, and whether there is memory enough"
    )
    assert library.now is old
    read_by(ReadingInProcess)
    assert not (await Reloader(folder, library, Metrics()).reload()).is_refused


async def test_a_reading_that_hangs_is_broken_off(folder, library, read_by, monkeypatch) -> None:
    old, metrics, ended = library.now, Metrics(), threading.Event()
    begun = threading.Event()

    class Stopped(ReadingProcess):
        def __init__(self, folder, document: bytes | None) -> None:
            super().__init__(folder, document)
            self._process.send_signal(signal.SIGSTOP)

        def read(self, tell: Callable[[Stage], None]) -> Read:
            begun.set()
            try:
                return super().read(tell)
            finally:
                ended.set()

    loop = asyncio.get_running_loop()
    now = loop.time()
    monkeypatch.setattr(loop, "time", lambda: now)
    read_by(Stopped)
    reload = asyncio.create_task(Reloader(folder, library, metrics).reload())
    assert await asyncio.to_thread(begun.wait, 10)
    monkeypatch.setattr(loop, "time", lambda: now + 599)
    await asyncio.sleep(0)
    assert not reload.done()
    monkeypatch.setattr(loop, "time", lambda: now + 600)
    result = await reload
    assert result.is_refused
    assert str(result.snapshot.problems[0]) == (
        f"{folder}:1:1: reading took longer than 10 minutes and was broken off: "
        "see whether the disk that it is on answers"
    )
    assert library.now is old
    assert samples(metrics)["shushuo_knowledge_last_reload_successful"] == 0
    assert await asyncio.to_thread(ended.wait, 10)
    read_by(ReadingInProcess)
    assert not (await Reloader(folder, library, metrics).reload()).is_refused


async def test_what_another_program_has_read_is_refused(folder, library, tmp_path, monkeypatch, logs) -> None:
    old, metrics = library.now, Metrics()
    reloader = Reloader(folder, library, metrics)
    write_report(folder, RICHER)
    with monkeypatch.context() as context:
        context.chdir(install_another(tmp_path / "program"))
        result, checked = await reloader.reload(), await reloader.check(RICHER.encode())
    assert result.is_refused
    told = "the program on disk has changed since this process was started: restart it"
    assert [problem.message for problem in result.snapshot.problems] == [told]
    assert checked == result
    assert library.now is old
    assert figures(library) == ["5所"]
    assert samples(metrics)["shushuo_knowledge_last_reload_successful"] == 0
    assert logs[0]["reason"] == told
    # It is the one that was started again.
    assert not (await reloader.reload()).is_refused
    assert figures(library) == ["6所"]


async def test_no_process_can_be_started(folder, library, read_by) -> None:
    def refuse(_, __: bytes | None) -> ReadingInProcess:
        raise OSError(11, "Resource temporarily unavailable")

    read_by(refuse)
    assert (await Reloader(folder, library, Metrics()).reload()).is_refused
    assert figures(library) == ["5所"]


async def test_a_stop_ends_the_process_that_reads(folder, library, read_by) -> None:
    loop, reading, ended = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    class Noted(ReadingProcess):
        def read(self, tell: Callable[[Stage], None]) -> Read:
            loop.call_soon_threadsafe(reading.set)
            try:
                return super().read(tell)
            finally:
                # It comes to its end with the process, whose exit it waits for.
                ended.set()

    read_by(Noted)
    reloader = Reloader(folder, library, Metrics())
    reload = asyncio.create_task(reloader.reload())
    await asyncio.wait_for(reading.wait(), 10)
    reload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reload
    assert figures(library) == ["5所"]
    assert await asyncio.to_thread(ended.wait, 10)
