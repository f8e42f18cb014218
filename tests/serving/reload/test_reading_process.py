"""The process that reads the knowledge for a reload: whatever becomes of it, the old edition answers on."""

import asyncio
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.answering.worker import Read, Stage
from bot.chat.library import Library
from bot.metrics import Metrics
from bot.serving.reload.reloading import ReadingProcess, Reloader
from tests.support.bots.admin_bot import RICHER, figures, samples
from tests.support.bots.reading_in_process import ReadingInProcess
from tests.support.processes.other_program import install_another
from tests.support.reports.small_report import write_report

pytestmark = pytest.mark.asyncio

ReadBy = Callable[[object], None]


async def test_a_reading_that_dies_leaves_the_old_edition(folder: Path, library: Library, read_by: ReadBy) -> None:
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


async def test_a_reading_that_hangs_is_broken_off(
    folder: Path, library: Library, read_by: ReadBy, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, metrics, ended = library.now, Metrics(), threading.Event()
    begun = threading.Event()

    class Stopped(ReadingProcess):
        def __init__(self, folder: Path, document: bytes | None) -> None:
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


async def test_what_another_program_has_read_is_refused(
    folder: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, metrics = library.now, Metrics()
    reloader = Reloader(folder, library, metrics)
    write_report(folder, RICHER)
    with monkeypatch.context() as context, capture_logs() as logs:
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


async def test_no_process_can_be_started(folder: Path, library: Library, read_by: ReadBy) -> None:
    def refuse(_: Path, __: bytes | None) -> ReadingInProcess:
        raise OSError(11, "Resource temporarily unavailable")

    read_by(refuse)
    assert (await Reloader(folder, library, Metrics()).reload()).is_refused
    assert figures(library) == ["5所"]


async def test_a_stop_ends_the_process_that_reads(folder: Path, library: Library, read_by: ReadBy) -> None:
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
