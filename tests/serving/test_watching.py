"""Watching a real folder; the clock of the tests runs fast."""

import asyncio
import os
import shutil
import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.answering.knowledge.snapshot import fingerprint
from bot.serving import reloading
from bot.serving.reloading import watch
from tests.support.clocks import FastClock, JumpingClock
from tests.support.reports.small_report import RICHER, YAML, write_report

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def watched(folder: Path, read: str):
    """What is yielded has been released as often as a change was told."""
    changes = asyncio.Semaphore(0)
    task = asyncio.create_task(watch(folder, read, changes.release, FastClock()))
    try:
        async with asyncio.timeout(10):
            yield changes
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _replaced(folder: Path) -> None:
    (folder / "new.tmp").write_text(RICHER, encoding="utf-8")
    (folder / "new.tmp").rename(folder / "hewan.yaml")


def _linked(folder: Path) -> None:
    """As a mounted ConfigMap changes: the file is a link through a folder whose link moves."""
    (folder / "..2").mkdir()
    (folder / "..2" / "hewan.yaml").write_text(RICHER, encoding="utf-8")
    (folder / "..next").symlink_to("..2")
    os.replace(folder / "..next", folder / "..data")  # noqa: PTH105


def _in_its_place(folder: Path) -> None:
    other = write_report(folder.parent / "other", RICHER)
    folder.rename(folder.parent / "old")
    other.rename(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: write_report(folder, RICHER),
        _replaced,
        _linked,
        _in_its_place,
        lambda folder: (folder / "hewan.yaml").unlink(),
        lambda folder: (folder / "more.yml").write_text(RICHER, encoding="utf-8"),
        shutil.rmtree,
    ],
)
async def test_a_change_is_told_and_the_next_one_too(folder, change) -> None:
    (folder / "..1").mkdir()
    (folder / "hewan.yaml").rename(folder / "..1" / "hewan.yaml")
    (folder / "..data").symlink_to("..1")
    (folder / "hewan.yaml").symlink_to("..data/hewan.yaml")
    async with watched(folder, fingerprint(folder)) as changes:
        change(folder)
        await changes.acquire()
        write_report(folder, f"{YAML}\n")
        await changes.acquire()


async def test_what_changed_before_the_watching_is_told_and_what_is_no_knowledge_is_not(folder) -> None:
    read = fingerprint(folder)
    write_report(folder, RICHER)
    async with watched(folder, read) as changes:
        await changes.acquire()
        (folder / ".hewan.yaml.swp").write_text("x", encoding="utf-8")
        (folder / "notes.txt").write_text("x", encoding="utf-8")
        write_report(folder, YAML)
        await changes.acquire()
    assert changes.locked()


async def told_after(monkeypatch: pytest.MonkeyPatch, seen) -> float:
    """How many seconds pass until a change is told, where the looks at the folder find `seen` one after the other."""
    clock, told = JumpingClock(), asyncio.get_running_loop().create_future()
    monkeypatch.setattr(reloading, "fingerprint", lambda _: next(seen))
    began = clock.now()
    task = asyncio.create_task(watch(Path(), "read", lambda: told.set_result(clock.now()), clock))
    after = await asyncio.wait_for(told, 10) - began
    task.cancel()
    return after


async def test_files_are_to_be_quiet_for_a_second_but_not_for_ever(monkeypatch) -> None:
    assert await told_after(monkeypatch, iter(["read", "read", "a", "b", "c", *["d"] * 50])) == 6
    assert await told_after(monkeypatch, iter(["read", "read", *map(str, range(50))])) == 31


async def test_a_folder_that_hangs_holds_up_nothing_else(folder, monkeypatch) -> None:
    asked, answers = threading.Event(), threading.Event()

    def hanging(_: Path) -> str:
        asked.set()
        assert answers.wait(10)
        return "another"

    monkeypatch.setattr(reloading, "fingerprint", hanging)
    async with watched(folder, "one") as changes:
        assert await asyncio.to_thread(asked.wait, 10)
        answers.set()
        await changes.acquire()
