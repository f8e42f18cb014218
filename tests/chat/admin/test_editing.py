"""Files of the knowledge, written, kept and put back."""

import os
from collections.abc import Awaitable, Coroutine
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

from bot.answering.knowledge.model import Knowledge
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import Snapshot, fingerprint
from bot.answering.worker import Read
from bot.chat.admin.atomic_files import write_atomically
from bot.chat.admin.editing import Editor, digest_of
from bot.chat.admin.reloads import ClusterReloaded, Edit, Followers, KnowledgeUpdate
from bot.chat.texts import RequestError

pytestmark = pytest.mark.asyncio

ADMIN = 7
NUMBERS = count()
RELOADED = KnowledgeUpdate(Read(Snapshot(cast("Knowledge", object()), (), 0)))
DONE = ClusterReloaded(RELOADED, Followers())
REFUSED = KnowledgeUpdate(Read(Snapshot(None, (Problem("a.yaml", 1, 1, "wrong"),), 1)))


class Reloads:
    """Tells `results` one after the other, then that all is well; `seen` is what the folder held each time."""

    def __init__(self, folder: Path, *results: KnowledgeUpdate) -> None:
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


def editor(folder: Path, history: Path, *results: KnowledgeUpdate) -> tuple[Editor, Reloads]:
    reloads = Reloads(folder, *results)

    async def reload(_: int) -> ClusterReloaded:
        return await reloads.reload()  # looked up anew, as a kill is put there

    return Editor(folder, reload, history), reloads


async def apply(by: Editor, folder: Path, name: str, content: bytes) -> Edit:
    return await by.apply(ADMIN, content, (digest_of(content), fingerprint(folder)), name)


async def undo(by: Editor) -> Edit:
    return await by.undo(ADMIN, f"undo {next(NUMBERS)}")


async def refusal(work: Awaitable[object]) -> str:
    """The key of the text that says why something is not done."""
    with pytest.raises(RequestError) as caught:
        await work
    return caught.value.key


def live(history: Path) -> list[bytes]:
    """What is kept and can be put back."""
    return [path.read_bytes() for path in sorted(history.iterdir()) if ".undone-" not in path.name]


async def test_what_the_reload_refuses_is_as_it_was(folder: Path, history: Path) -> None:
    by, reloads = editor(folder, history, REFUSED, REFUSED)
    assert (await apply(by, folder, "a.yaml", b"new"))[1].here == REFUSED
    assert (await apply(by, folder, "b.yaml", b"new"))[1].here == REFUSED
    assert len(reloads.seen) == 2
    assert contents(folder) == {"a.yaml": b"old"}
    assert contents(history) == {}


async def test_an_undo_that_the_reload_refuses_is_none(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history, RELOADED, REFUSED, RELOADED)
    await apply(by, folder, "a.yaml", b"new")
    assert (await undo(by))[1].here == REFUSED
    assert contents(folder) == {"a.yaml": b"new"}
    assert (await undo(by))[1] == DONE
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
    with pytest.raises(RequestError) as caught:
        await undo(by)
    assert caught.value.key == "undo-changed"
    assert str(caught.value.values["kept"]).startswith(f"{history}/20")
    assert live(history) == [b"old"]
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
    for name in ("rename", "unlink"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
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
        document = f"new {step}".encode()
        check = digest_of(document), fingerprint(folder)
        was_killed = await killed(by.apply(ADMIN, document, check, name), step, monkeypatch)
        by, _ = editor(folder, history)
        written = await by.written(*check)
        again = by.apply(ADMIN, None if written else document, check, written or name)
        assert await again == (name, DONE)
        assert contents(folder)[name] == document
        assert (await undo(by))[1] == DONE
        assert contents(folder) == before
        assert await refusal(undo(by)) == "undo-nothing"
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
        key = f"the undo {step}"
        was_killed = await killed(by.undo(ADMIN, key), step, monkeypatch)
        by, _ = editor(folder, history)
        for _ in range(2):
            assert await by.undo(ADMIN, key) == ("a.yaml", DONE)
        assert contents(folder) == {"a.yaml": b"first"}
        assert live(history) == [b"old"]
        if not was_killed:
            assert step > 2
            return


async def test_what_was_written_is_not_called_unwritten_although_somebody_has_changed_it_since(
    folder: Path, history: Path
) -> None:
    by, _ = editor(folder, history)
    check = digest_of(b"new"), fingerprint(folder)
    await by.apply(ADMIN, b"new", check, "a.yaml")
    (folder / "a.yaml").write_bytes(b"by hand")
    by, _ = editor(folder, history)
    assert await by.apply(ADMIN, None, check, await by.written(*check)) == ("a.yaml", DONE)
    assert contents(folder) == {"a.yaml": b"by hand"}


async def test_an_undo_that_was_killed_leaves_alone_what_somebody_has_changed_since(
    folder: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, _ = editor(folder, history)
    await apply(by, folder, "a.yaml", b"new")
    assert await killed(by.undo(ADMIN, "the undo"), 2, monkeypatch)
    assert contents(folder) == {"a.yaml": b"new"}
    (folder / "a.yaml").write_bytes(b"by hand")
    assert await refusal(by.undo(ADMIN, "the undo")) == "undo-changed"
    assert contents(folder) == {"a.yaml": b"by hand"}
    assert list(contents(history).values()) == [b"old"]


async def test_what_was_undone_is_forgotten_when_telegram_brings_no_update_again(
    folder: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, _ = editor(folder, history)
    await apply(by, folder, "a.yaml", b"new")
    await undo(by)
    assert await refusal(undo(by)) == "undo-nothing"
    assert len(contents(history)) == 1
    monkeypatch.setattr("bot.chat.admin.editing._KEPT_SECONDS", -1.0)
    assert await refusal(undo(by)) == "undo-nothing"
    assert contents(history) == {}


async def test_what_a_killed_process_was_writing_is_swept_away(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history)
    await apply(by, folder, "a.yaml", b"new")
    for place in (folder, history):
        for name in (".abcd_123.tmp", ".editor.tmp", "a.tmp"):
            (place / name).write_bytes(b"half of it")
    by.clear_away()
    for place in (folder, history):
        assert {name for name in contents(place) if name.endswith(".tmp")} == {".editor.tmp", "a.tmp"}


async def test_a_folder_that_takes_no_files(folder: Path, history: Path) -> None:
    by, _ = editor(folder, history)
    assert not await by.trouble()
    # Nobody, a superuser included, can make a file there.
    nowhere = Path("/proc")
    by, reloads = editor(nowhere, history)
    assert "(/proc: " in str(await by.trouble())
    assert await refusal(apply(by, nowhere, "a.yaml", b"new")) == "document-unwritable"
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
