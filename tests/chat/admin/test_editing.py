"""Files of the knowledge, written, kept and put back."""

import os
from functools import wraps
from itertools import count
from pathlib import Path

import pytest

from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import Snapshot, fingerprint
from bot.answering.worker import Read
from bot.chat.admin.editing import Editor, digest_of, write_atomically
from bot.chat.admin.knowledge_changes import ClusterReloaded, Edit
from bot.chat.texts import RequestError

pytestmark = pytest.mark.asyncio

ADMIN = 7
NUMBERS = count()
RELOADED = Read(Snapshot(object(), (), 0))
DONE = ClusterReloaded(RELOADED, (0, 0))
REFUSED = Read(Snapshot(None, (Problem("a.yaml", 1, 1, "wrong"),), 1))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Place:
    """A folder with one file, what is kept of it, and whoever edits it.

    A reload tells `results` one after the other, then that all is well; `seen` is what the folder held each time.
    """

    def __init__(self, root: Path) -> None:
        self.folder, self.history = root / "knowledge", root / "data" / "history"
        self.folder.mkdir()
        (self.folder / "a.yaml").write_bytes(b"old")
        self.seen: list[dict[str, bytes]] = []
        self.results: list[Read] = []
        self.editor = self.another()

    def another(self) -> Editor:
        """The editor of another process."""

        async def reload(_: int) -> ClusterReloaded:
            return await self.reload()  # looked up anew, as a kill is put there

        return Editor(self.folder, reload, self.history)

    async def reload(self) -> ClusterReloaded:
        self.seen.append(contents(self.folder))
        return ClusterReloaded(self.results.pop(0) if self.results else RELOADED, (0, 0))

    def check(self, document: bytes) -> tuple[str, str]:
        return digest_of(document), fingerprint(self.folder)

    async def apply(self, name: str, document: bytes) -> Edit:
        return await self.editor.apply(ADMIN, document, self.check(document), name)

    async def undo(self, key: str = "") -> Edit:
        return await self.editor.undo(ADMIN, key or f"undo {next(NUMBERS)}")

    @property
    def now(self) -> dict[str, bytes]:
        return contents(self.folder)

    @property
    def live(self) -> list[bytes]:
        """What is kept and can be put back."""
        return [path.read_bytes() for path in sorted(self.history.iterdir()) if ".undone-" not in path.name]


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(tmp_path)


async def refusal(work) -> str:
    """The key of the text that says why something is not done."""
    with pytest.raises(RequestError) as caught:
        await work
    return caught.value.key


async def test_what_the_reload_refuses_is_as_it_was(place) -> None:
    place.results = [REFUSED, REFUSED]
    for name in ("a.yaml", "b.yaml"):
        assert (await place.apply(name, b"new"))[1].here == REFUSED
    assert len(place.seen) == 2
    assert place.now == {"a.yaml": b"old"}
    assert contents(place.history) == {}


async def test_an_undo_that_the_reload_refuses_is_none(place) -> None:
    place.results = [RELOADED, REFUSED, RELOADED]
    await place.apply("a.yaml", b"new")
    assert (await place.undo())[1].here == REFUSED
    assert place.now == {"a.yaml": b"new"}
    assert (await place.undo())[1] == DONE
    assert place.now == {"a.yaml": b"old"}


@pytest.mark.parametrize("by_hand", [b"by hand", None])
async def test_a_file_that_somebody_has_changed_since_is_not_undone(place, by_hand) -> None:
    await place.apply("a.yaml", b"new")
    if by_hand is None:
        (place.folder / "a.yaml").unlink()
    else:
        (place.folder / "a.yaml").write_bytes(by_hand)
    with pytest.raises(RequestError) as caught:
        await place.undo()
    assert caught.value.key == "undo-changed"
    assert str(caught.value.values["kept"]).startswith(f"{place.history}/20")
    assert place.live == [b"old"]
    assert place.now == ({"a.yaml": by_hand} if by_hand else {})
    assert len(place.seen) == 1


class KilledError(BaseException):
    """Ends what is under way as SIGKILL does, with nothing that would be cleared away after it."""


async def killed(work, step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether `work` was ended, by a process that ends before its `step`th change of a file, or reload."""
    left = count(step - 1, -1)

    def counted(function):
        @wraps(function)
        def work(*args, **kwargs):
            if next(left) == 0:
                raise KilledError
            return function(*args, **kwargs)

        return work

    with monkeypatch.context() as patched:
        patched.setattr("bot.chat.admin.editing.write_atomically", counted(write_atomically))
        for name in ("rename", "unlink"):
            patched.setattr(Path, name, counted(getattr(Path, name)))
        patched.setattr(Place, "reload", counted(Place.reload))
        try:
            await work
        except KilledError:
            return True
    return False


@pytest.mark.parametrize("name", ["a.yaml", "b.yaml"])
async def test_wherever_a_process_is_killed_the_next_one_applies_the_document_once(place, monkeypatch, name) -> None:
    before = place.now
    for step in count(1):
        document = f"new {step}".encode()
        check = place.check(document)
        was_killed = await killed(place.apply(name, document), step, monkeypatch)
        place.editor = place.another()
        written = await place.editor.written(*check)
        again = place.editor.apply(ADMIN, None if written else document, check, written or name)
        assert await again == (name, DONE)
        assert place.now[name] == document
        assert (await place.undo())[1] == DONE
        assert place.now == before
        assert await refusal(place.undo()) == "undo-nothing"
        if not was_killed:
            assert step > 3
            return


async def test_wherever_a_process_is_killed_the_next_one_undoes_one_document(place, monkeypatch) -> None:
    await place.apply("a.yaml", b"first")
    for step in count(1):
        await place.apply("a.yaml", b"second")
        key = f"the undo {step}"
        was_killed = await killed(place.undo(key), step, monkeypatch)
        place.editor = place.another()
        for _ in range(2):
            assert await place.undo(key) == ("a.yaml", DONE)
        assert place.now == {"a.yaml": b"first"}
        assert place.live == [b"old"]
        if not was_killed:
            assert step > 2
            return


async def test_what_was_written_is_not_called_unwritten_although_somebody_has_changed_it_since(place) -> None:
    check = place.check(b"new")
    await place.apply("a.yaml", b"new")
    (place.folder / "a.yaml").write_bytes(b"by hand")
    by = place.another()
    assert await by.apply(ADMIN, None, check, await by.written(*check)) == ("a.yaml", DONE)
    assert place.now == {"a.yaml": b"by hand"}


async def test_an_undo_that_was_killed_leaves_alone_what_somebody_has_changed_since(place, monkeypatch) -> None:
    await place.apply("a.yaml", b"new")
    assert await killed(place.undo("the undo"), 2, monkeypatch)
    assert place.now == {"a.yaml": b"new"}
    (place.folder / "a.yaml").write_bytes(b"by hand")
    assert await refusal(place.undo("the undo")) == "undo-changed"
    assert place.now == {"a.yaml": b"by hand"}
    assert list(contents(place.history).values()) == [b"old"]


async def test_what_was_undone_is_forgotten_when_telegram_brings_no_update_again(place, monkeypatch) -> None:
    await place.apply("a.yaml", b"new")
    await place.undo()
    assert await refusal(place.undo()) == "undo-nothing"
    assert len(contents(place.history)) == 1
    monkeypatch.setattr("bot.chat.admin.editing._KEPT_SECONDS", -1.0)
    assert await refusal(place.undo()) == "undo-nothing"
    assert contents(place.history) == {}


async def test_what_a_killed_process_was_writing_is_swept_away(place) -> None:
    await place.apply("a.yaml", b"new")
    for folder in (place.folder, place.history):
        for name in (".abcd_123.tmp", ".editor.tmp", "a.tmp"):
            (folder / name).write_bytes(b"half of it")
    place.editor.clear_away()
    for folder in (place.folder, place.history):
        assert {name for name in contents(folder) if name.endswith(".tmp")} == {".editor.tmp", "a.tmp"}


async def test_a_folder_that_takes_no_files(place) -> None:
    assert not await place.editor.trouble()
    # Nobody, a superuser included, can make a file there.
    place.folder = Path("/proc")
    place.editor = place.another()
    assert "(/proc: " in str(await place.editor.trouble())
    assert await refusal(place.apply("a.yaml", b"new")) == "document-unwritable"
    assert place.seen == []


async def test_a_failed_write_leaves_nothing_behind(place, monkeypatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(place.folder / "a.yaml", b"new")
    assert place.now == {"a.yaml": b"old"}


async def test_the_file_and_then_its_folder_reach_the_disk(place, monkeypatch) -> None:
    synced: list[str] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    write_atomically(place.folder / "a.yaml", b"new")
    assert synced[0].endswith(".tmp")
    assert synced[1:] == ["knowledge"]


async def test_permissions_stay_and_a_link_is_replaced_and_what_it_leads_to_is_not(place) -> None:
    old, new, link, elsewhere = (place.folder / name for name in ("a.yaml", "b.yaml", "c.yaml", "elsewhere"))
    old.chmod(0o640)
    elsewhere.write_bytes(b"old")
    link.symlink_to(elsewhere)
    for path in (old, new, link):
        await place.apply(path.name, b"new")
    assert [path.stat().st_mode & 0o777 for path in (old, new)] == [0o640, 0o644]
    assert (link.read_bytes(), elsewhere.read_bytes()) == (b"new", b"old")
