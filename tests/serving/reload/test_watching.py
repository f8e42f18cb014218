"""Watching a real folder; the clock of the tests runs fast, and quiet is a twentieth of a second."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from clocks import FastClock
from small_report import YAML, write_report
from watchfiles._rust_notify import WatchfilesRustInternalError

from bot.answering.knowledge.snapshot import fingerprint
from bot.serving.reload import watching
from bot.serving.reload.watching import Watcher

pytestmark = pytest.mark.asyncio

RICHER = YAML.replace("小学5所", "小学6所").replace("5所\n", "6所\n")


class Changes:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.count = 0
        self._told = asyncio.Condition()

    def told(self) -> None:
        self.count += 1
        self._tasks = asyncio.get_running_loop().create_task(self._notify())

    async def _notify(self) -> None:
        async with self._told:
            self._told.notify_all()

    async def reach(self, count: int, seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds), self._told:
            await self._told.wait_for(lambda: self.count >= count)


@asynccontextmanager
async def watched(folder: Path, seen: str, looking: int = 100) -> AsyncIterator[Changes]:
    changes = Changes()
    watcher = Watcher(folder, seen, changes.told, FastClock(), quiet=50, looking=looking)
    task = asyncio.create_task(watcher.run())
    try:
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
    for name, text in (("..1", YAML), ("..2", RICHER)):
        (folder / name).mkdir()
        (folder / name / "hewan.yaml").write_text(text, encoding="utf-8")
    (folder / "hewan.yaml").unlink()
    (folder / "..data").symlink_to("..1")
    (folder / "hewan.yaml").symlink_to("..data/hewan.yaml")
    (folder / "..next").symlink_to("..2")
    os.replace(folder / "..next", folder / "..data")  # noqa: PTH105


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: write_report(folder, RICHER),
        _replaced,
        _linked,
        lambda folder: (folder / "hewan.yaml").unlink(),
        lambda folder: (folder / "more.yml").write_text(RICHER, encoding="utf-8"),
        shutil.rmtree,
    ],
)
async def test_a_change_is_told(folder: Path, change: Callable[[Path], object]) -> None:
    async with watched(folder, fingerprint(folder)) as changes:
        await _watching(folder, changes)
        change(folder)
        await changes.reach(2)


async def test_the_system_tells_of_it_long_before_anybody_looks(folder: Path) -> None:
    async with watched(folder, fingerprint(folder), looking=60_000) as changes:
        # The first may come before the system is asked to tell.
        while not changes.count:
            (folder / "more.yaml").write_text(YAML, encoding="utf-8")
            with suppress(TimeoutError):
                await changes.reach(1, 0.2)


async def _watching(folder: Path, changes: Changes) -> None:
    """Until the watching has begun."""
    (folder / "first.yaml").write_text(YAML, encoding="utf-8")
    await changes.reach(1)


async def test_what_changed_before_the_watching_is_told(folder: Path) -> None:
    seen = fingerprint(folder)
    write_report(folder, RICHER)
    async with watched(folder, seen) as changes:
        await changes.reach(1)


async def test_files_that_are_no_knowledge_are_nothing(folder: Path) -> None:
    async with watched(folder, fingerprint(folder)) as changes:
        (folder / ".hewan.yaml.swp").write_text("x", encoding="utf-8")
        (folder / "notes.txt").write_text("x", encoding="utf-8")
        await _watching(folder, changes)
        await changes.reach(1)
    assert changes.count == 1


async def test_a_folder_that_goes_and_comes_back(folder: Path) -> None:
    async with watched(folder, fingerprint(folder)) as changes:
        await _watching(folder, changes)
        shutil.rmtree(folder)
        await changes.reach(2)
        write_report(folder, RICHER)
        await changes.reach(3)
        write_report(folder, YAML)
        await changes.reach(4)


async def test_where_watchfiles_breaks_down_one_looks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise WatchfilesRustInternalError

    monkeypatch.setattr("bot.serving.reload.watching.awatch", broken)
    async with watched(folder, fingerprint(folder)) as changes:
        for count, content in enumerate((RICHER, YAML, RICHER), start=1):
            write_report(folder, content)
            await changes.reach(count)


def _change_places(folder: Path, other: Path) -> None:
    folder.rename(folder.parent / "old")
    other.rename(folder)


async def test_another_folder_in_its_place(folder: Path) -> None:
    other = write_report(folder.parent / "other", RICHER)
    async with watched(folder, fingerprint(folder)) as changes:
        await _watching(folder, changes)
        _change_places(folder, other)
        await changes.reach(2)
        write_report(folder, YAML)
        await changes.reach(3)


async def test_a_folder_that_hangs_holds_up_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answers = threading.Event(), threading.Event()

    def hanging(_: Path) -> str:
        asked.set()
        assert answers.wait(10)
        return "another"

    monkeypatch.setattr(watching, "fingerprint", hanging)
    async with watched(write_report(tmp_path), "one") as changes:
        assert await asyncio.to_thread(asked.wait, 10)
        answers.set()
        await changes.reach(1)
