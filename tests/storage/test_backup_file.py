"""The file of a backup: any rows come back, and no other file is taken for one."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table
from table_rows import ListedRows, any_rows, as_now

from bot.storage import backup_file
from bot.storage.backup_file import BackupError, BackupFile, write_backup
from bot.storage.schema import Row, Rows
from bot.storage.tables import METADATA

NOW = datetime(2030, 5, 17, 8, 30, tzinfo=UTC)
SOURCE = ListedRows(
    {
        "chats": [
            as_now("chats", (-8, "group", "茶", 3, "zh", NOW, None, None)),
            as_now("chats", (7, "private", "", None, "en", NOW, NOW, "blocked")),
        ],
        "feedback": [(f"fact-{number:04}", "", number, 0) for number in range(200)],
    }
)
SOME = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows_of(source: ListedRows | BackupFile) -> dict[str, list[Row]]:
    return {table.name: list(found) for table, found in source.tables()}


def written(folder: Path, source: ListedRows = SOURCE) -> Path:
    path = folder / "backup.gz"
    write_backup(path, source, NOW)
    return path


def lines_of(path: Path) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def rewrite(path: Path, change: Callable[[list[Any]], object]) -> None:
    """Changes the lines of a backup, and puts the checksum right again."""
    lines = lines_of(path)[:-1]
    change(lines)
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    checksum = json.dumps({"sha256": hashlib.sha256(data).hexdigest()})
    path.write_bytes(gzip.compress(data + checksum.encode() + b"\n"))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "backup.gz"
    counts = write_backup(path, SOURCE, NOW)
    saved = BackupFile(path)
    assert (saved.made, saved.revision, saved.counts) == (NOW, SOURCE.revision, counts)
    assert (counts["chats"], counts["feedback"], counts["audit"]) == (2, 200, 0)
    assert rows_of(saved) == rows_of(SOURCE)
    assert rows_of(saved) == rows_of(SOURCE)  # as often as one likes
    assert [file.name for file in tmp_path.iterdir()] == ["backup.gz"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@SOME
@given(any_rows())
def test_any_rows_come_back(tmp_path: Path, source: ListedRows) -> None:
    assert rows_of(BackupFile(written(tmp_path, source))) == rows_of(source)


def test_a_person_can_read_it(tmp_path: Path) -> None:
    first, *_ = lines = lines_of(written(tmp_path))
    assert first == {"shushuo-backup": 1, "revision": SOURCE.revision, "made": "2030-05-17T08:30:00+00:00"}
    chats = lines.index({"table": "chats", "columns": [column.name for column in METADATA.tables["chats"].columns]})
    assert lines[chats + 1][:8] == [-8, "group", "茶", 3, "zh", "2030-05-17T08:30:00+00:00", None, None]
    assert lines[chats + 3] == {"rows": 2}


@SOME
@given(st.data())
def test_a_part_of_a_backup_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = written(tmp_path).read_bytes()
    path = tmp_path / "part.gz"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(BackupError, match=r"part\.gz: is (damaged or not whole|no backup)"):
        BackupFile(path)


@SOME
@given(st.data())
def test_a_byte_that_is_another_one_changes_no_row(tmp_path: Path, data: st.DataObject) -> None:
    damaged = bytearray(written(tmp_path).read_bytes())
    place = data.draw(st.integers(0, len(damaged) - 1))
    damaged[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "damaged.gz"
    path.write_bytes(damaged)
    try:
        saved = BackupFile(path)
    except BackupError:
        return
    # Some bytes of gzip's own header say nothing of the content.
    assert rows_of(saved) == rows_of(SOURCE)


@SOME
@given(st.binary(max_size=300) | st.binary(max_size=300).map(gzip.compress) | st.text().map(json.dumps).map(str.encode))
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(BackupError):
        BackupFile(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines.pop(),
        lambda lines: lines.pop(1),
        lambda lines: lines.append([]),
        lambda lines: lines.insert(2, ["a", "row"]),
        lambda lines: lines[1].update(table="cups"),
        lambda lines: lines[1]["columns"].reverse(),
        lambda lines: lines[0].update(made="yesterday"),
        lambda lines: lines[0].pop("revision"),
        lambda lines: lines[0].update(revision=["0001"]),
    ],
)
def test_lines_that_do_not_fit_together_are_refused(tmp_path: Path, change: Callable[[list[Any]], object]) -> None:
    path = written(tmp_path)
    rewrite(path, change)
    with pytest.raises(BackupError, match="is damaged or not whole; restore another backup"):
        BackupFile(path)


def test_lines_that_fit_together_are_taken(tmp_path: Path) -> None:
    path = written(tmp_path)
    rewrite(path, lambda lines: lines[0].update(note="kept in a safe place"))
    assert rows_of(BackupFile(path)) == rows_of(SOURCE)


@pytest.mark.parametrize("newer", [{"shushuo-backup": 2}, {"revision": "9999"}, {"revision": "9999_since_0001"}])
def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, newer: dict[str, Any]) -> None:
    path = written(tmp_path)
    rewrite(path, lambda lines: lines[0].update(newer))
    with pytest.raises(BackupError, match="was made by a newer version of Shushuo; install that version here"):
        BackupFile(path)


def test_a_line_without_an_end_takes_no_more_memory_than_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path)
    monkeypatch.setattr(backup_file, "_LONGEST_LINE", 40)
    with pytest.raises(BackupError, match="is damaged"):
        BackupFile(path)


def test_an_older_backup_is_replaced(tmp_path: Path) -> None:
    written(tmp_path, ListedRows({}))
    assert BackupFile(written(tmp_path)).counts["chats"] == 2


@pytest.mark.parametrize(
    "content", [b"", b"precious", gzip.compress(b"precious", mtime=0), gzip.compress(b"7\n", mtime=0), b"\x1f\x8b"]
)
def test_what_is_no_backup_is_not_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "backup.gz").write_bytes(content)
    with pytest.raises(BackupError, match="is there already, and is no backup; name another file"):
        written(tmp_path)
    assert (tmp_path / "backup.gz").read_bytes() == content


def test_a_folder_and_a_link_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "backup.gz").mkdir()
    with pytest.raises(BackupError, match="name another file"):
        written(tmp_path)
    (tmp_path / "backup.gz").rmdir()
    (tmp_path / "backup.gz").symlink_to("nowhere")
    with pytest.raises(BackupError, match="name another file"):
        written(tmp_path)


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="there is no folder"):
        written(tmp_path / "nowhere")


class FailingRows(ListedRows):
    """Ends in the middle of a table."""

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        for table, found in super().tables():
            yield table, found
            if table.name == "chats":
                raise OSError(errno.ENOSPC, "No space left on device")


def test_half_a_backup_is_never_left(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"No space left on device: '.*backup\.gz'"):
        written(tmp_path, FailingRows(SOURCE.rows))
    assert list(tmp_path.iterdir()) == []
    before = written(tmp_path).read_bytes()
    with pytest.raises(OSError, match="No space"):
        written(tmp_path, FailingRows(SOURCE.rows))
    assert [file.name for file in tmp_path.iterdir()] == ["backup.gz"]
    assert (tmp_path / "backup.gz").read_bytes() == before
