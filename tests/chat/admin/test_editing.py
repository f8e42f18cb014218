"""Files of the knowledge, written, kept and put back."""

import os
from collections.abc import Coroutine
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.answering.knowledge.changes import Changes
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import fingerprint
from bot.chat.admin.edit_requests import write_atomically
from bot.chat.admin.editing import Editor
from bot.chat.admin.reloads import (
    ChangedSince,
    ClusterReloaded,
    Edited,
    Followers,
    NothingToUndo,
    Refused,
    Reloaded,
    Request,
    Unwritable,
)

pytestmark = pytest.mark.asyncio

ADMIN = 7
NUMBERS = count()
RELOADED = Reloaded(Changes(), (), 0, "12345678", 1)
REFUSED = Refused((Problem("a.yaml", 1, 1, "wrong"),), 1)


class Reloads:
    """Tells `results` one after the other, then that all is well; `seen` is what the folder held each time."""

    def __init__(self, folder: Path, *results: Reloaded | Refused) -> None:
        self.seen: list[dict[str, bytes]] = []
        self._folder = folder
        self._results = list(results)

    async def reload(self) -> ClusterReloaded:
        self.seen.append(contents(self._folder))
        return ClusterReloaded(self._results.pop(0) if self._results else RELOADED, Followers())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "knowledge"
    place.mkdir()
    (place / "a.yaml").write_bytes(b"old")
    return place


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history"


def editor(folder: Path, history: Path, *results: Reloaded | Refused) -> tuple[Editor, Reloads]:
    reloads = Reloads(folder, *results)

    async def reload(_: int) -> ClusterReloaded:
        return await reloads.reload()  # looked up anew, as a kill is put there

    return Editor(folder, reload, history), reloads


async def apply(by: Editor, folder: Path, name: str, content: bytes) -> object:
    return await by.apply(await asked(by, content, fingerprint(folder)), name)


async def asked(by: Editor, document: bytes | None = None, fingerprint: str = "") -> Request:
    """What an admin wants, kept as `by` keeps it."""
    request = Request(f"request {next(NUMBERS)}", ADMIN, 5, "en", document, fingerprint)
    await by.asked(request)
    return request


async def undo(by: Editor) -> object:
    return await by.undo(await asked(by))


async def test_what_the_reload_refuses_is_as_it_was(folder: Path, history: Path) -> None:
    by, reloads = editor(folder, history, REFUSED, REFUSED)
    assert await apply(by, folder, "a.yaml", b"new") == REFUSED
    assert await apply(by, folder, "b.yaml", b"new") == REFUSED
    assert len(reloads.seen) == 2
    assert contents(folder) == {"a.yaml": b"old"}
    assert contents(history) == {}


async def test_an_undo_that_the_reload_refuses_is_none(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history, RELOADED, REFUSED, RELOADED)
    await apply(by, folder, "a.yaml", b"new")
    assert await undo(by) == REFUSED
    assert contents(folder) == {"a.yaml": b"new"}
    assert isinstance(await undo(by), Edited)
    assert contents(folder) == {"a.yaml": b"old"}


@pytest.mark.parametrize("by_hand", [b"by hand", None])
async def test_a_file_that_somebody_has_changed_since_is_not_undone(
    folder: Path, history: Path, by_hand: bytes | None
) -> None:
    by, reloads = editor(folder, history)
    await apply(by, folder, "a.yaml", b"new")
    if by_hand is None:
        (folder / "a.yaml").unlink()
    else:
        (folder / "a.yaml").write_bytes(by_hand)
    result = await undo(by)
    assert isinstance(result, ChangedSince)
    assert list(contents(history).values()) == [b"old"]
    assert result.kept.startswith(f"{history}/20")
    assert contents(folder) == ({"a.yaml": by_hand} if by_hand else {})
    assert len(reloads.seen) == 1


class KilledError(BaseException):
    """Ends what is under way as SIGKILL does, with nothing that would be cleared away after it."""


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the process end before its `step`th change of a file, or reload."""
    left = count(step - 1, -1)

    def counted(function: Any) -> Any:
        @wraps(function)
        def work(*args: Any, **kwargs: Any) -> Any:
            if next(left) == 0:
                raise KilledError
            return function(*args, **kwargs)

        return work

    monkeypatch.setattr("bot.chat.admin.editing.write_atomically", counted(write_atomically))
    monkeypatch.setattr("bot.chat.admin.edit_requests.write_atomically", counted(write_atomically))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(Reloads, "reload", counted(Reloads.reload))


async def killed(work: Coroutine[Any, Any, object], step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether `work` was so ended."""
    with monkeypatch.context() as patched:
        kill_at(step, patched)
        try:
            await work
        except KilledError:
            return True
    return False


@pytest.mark.parametrize("name", ["a.yaml", "b.yaml"])
async def test_wherever_a_process_is_killed_the_next_one_applies_the_document_once(
    folder: Path, history: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = contents(folder)
    for step in count(1):
        by, _ = editor(folder, history)
        request = await asked(by, f"new {step}".encode(), fingerprint(folder))
        was_killed = await killed(by.apply(request, name), step, monkeypatch)
        by, _ = editor(folder, history)
        (left,) = await by.unfinished()
        assert left.key == request.key
        assert not await by.asked(request)
        assert await by.apply(left, await by.written(left) or name) == Edited(name, RELOADED, Followers())
        await by.reported(left)
        assert contents(folder)[name] == f"new {step}".encode()
        assert await by.unfinished() == []
        assert not await by.asked(request)
        assert isinstance(await undo(by), Edited)
        assert contents(folder) == before
        assert await undo(by) == NothingToUndo()
        for request in await by.unfinished():
            await by.reported(request)
        if not was_killed:
            assert step > 3
            return


async def test_wherever_a_process_is_killed_the_next_one_undoes_one_document(
    folder: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, _ = editor(folder, history)
    await apply(by, folder, "a.yaml", b"first")
    for step in count(1):
        by, _ = editor(folder, history)
        await apply(by, folder, "a.yaml", b"second")
        for request in await by.unfinished():
            await by.reported(request)
        request = await asked(by)
        was_killed = await killed(by.undo(request), step, monkeypatch)
        by, _ = editor(folder, history)
        (left,) = await by.unfinished()
        assert not await by.asked(request)
        assert await by.undo(left) == Edited("a.yaml", RELOADED, Followers())
        assert contents(folder) == {"a.yaml": b"first"}
        assert list(contents(history).values()) == [b"old"]
        await by.reported(left)
        assert not await by.asked(request)
        if not was_killed:
            assert step > 3
            return


async def test_what_was_written_is_not_called_unwritten_although_somebody_has_changed_it_since(
    folder: Path, history: Path
) -> None:
    by, _ = editor(folder, history)
    request = await asked(by, b"new", fingerprint(folder))
    await by.apply(request, "a.yaml")
    (folder / "a.yaml").write_bytes(b"by hand")
    by, _ = editor(folder, history)
    (left,) = await by.unfinished()
    assert await by.apply(left, await by.written(left)) == Edited("a.yaml", RELOADED, Followers())
    assert contents(folder) == {"a.yaml": b"by hand"}


async def test_an_undo_that_was_killed_leaves_alone_what_somebody_has_changed_since(
    folder: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, _ = editor(folder, history)
    request = await asked(by, b"new", fingerprint(folder))
    await by.apply(request, "a.yaml")
    await by.reported(request)
    request = await asked(by)
    assert await killed(by.undo(request), 2, monkeypatch)
    assert contents(folder) == {"a.yaml": b"new"}
    (folder / "a.yaml").write_bytes(b"by hand")
    (left,) = await by.unfinished()
    assert isinstance(await by.undo(left), ChangedSince)
    assert contents(folder) == {"a.yaml": b"by hand"}
    assert list(contents(history).values()) == [b"old"]


async def test_requests_are_forgotten_when_telegram_brings_them_no_more(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history)
    request = await asked(by)
    (path,) = history.with_name("knowledge-requests").iterdir()
    os.utime(path, (0, 0))
    assert await by.unfinished() == [request]
    await by.reported(request)
    assert await by.unfinished() == []
    assert await by.knows(request.key)
    os.utime(path, (0, 0))
    assert await by.unfinished() == []
    assert not await by.knows(request.key)


async def test_what_a_killed_process_was_writing_is_swept_away(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history)
    await apply(by, folder, "a.yaml", b"new")
    places = (folder, history, history.with_name("knowledge-requests"))
    for place in places:
        for name in (".abcd_123.tmp", ".editor.tmp", "a.tmp"):
            (place / name).write_bytes(b"half of it")
    await by.unfinished()
    for place in places:
        assert {name for name in contents(place) if name.endswith(".tmp")} == {".editor.tmp", "a.tmp"}


async def test_a_folder_that_takes_no_files(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history)
    assert not await by.trouble()
    # Nobody, a superuser included, can make a file there.
    nowhere = Path("/proc")
    by, reloads = editor(nowhere, history)
    assert (await by.trouble()).startswith("/proc: ")
    result = await by.apply(await asked(by, b"new", fingerprint(nowhere)), "a.yaml")
    assert isinstance(result, Unwritable)
    assert result.reason.startswith("/proc: ")
    assert reloads.seen == []


async def test_a_failed_write_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(folder / "a.yaml", b"new")
    assert contents(folder) == {"a.yaml": b"old"}


async def test_the_file_and_then_its_folder_reach_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    write_atomically(folder / "a.yaml", b"new")
    assert synced[0].endswith(".tmp")
    assert synced[1:] == ["knowledge"]


async def test_permissions_stay(folder: Path) -> None:
    (folder / "a.yaml").chmod(0o640)
    for name in ("a.yaml", "b.yaml"):
        write_atomically(folder / name, b"new")
    assert [(folder / name).stat().st_mode & 0o777 for name in ("a.yaml", "b.yaml")] == [0o640, 0o644]


async def test_a_link_is_replaced_and_what_it_leads_to_is_not(folder: Path, history: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_bytes(b"old")
    (folder / "b.yaml").symlink_to(elsewhere)
    by, _ = editor(folder, history)
    await apply(by, folder, "b.yaml", b"new")
    assert elsewhere.read_bytes() == b"old"
    assert contents(folder)["b.yaml"] == b"new"
