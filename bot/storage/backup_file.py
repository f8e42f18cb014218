"""The file of a backup: JSON, one line a row, packed by gzip.

The first line says what the file is. Each table follows with a line of its name and columns, a line a row in the order
of its key, and a line with the number of its rows. The last line is a checksum of all lines before it. So either
database can read what the other one has written, and a person can too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from .migrating import is_known
from .schema import Row, Rows, tables_at
from .values import kind_of

if TYPE_CHECKING:
    from sqlalchemy import Table

    from .copying import Counts, Source

FORMAT: Final = 1
_LONGEST_LINE: Final = 16 * 1024 * 1024
_MARK: Final = "shushuo-backup"

Converters: TypeAlias = list[Callable[[Any], Any]]


class BackupError(Exception):
    """A file is no backup, or none that can be used here; the text is one line for people."""


def write_backup(path: Path, source: Source, made: datetime) -> Counts:
    """Writes all of `source` to `path`, which nobody but this user may read, and which is there only once it is whole.

    `made`: now. Raises BackupError for a file that is there already and is no backup, OSError, and whatever `source`
    raises.
    """
    _check_place(path)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6) as packed:
                counts = _Writing(packed).write(source, made)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        part.unlink(missing_ok=True)
    _keep_name(path.parent)
    return counts


class BackupFile:
    """A backup that was read to its end once, and is whole. Raises BackupError, and OSError where there is no file.

    `made`: when, UTC.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._reading() as reading:
            header = self._header(reading.object())
            self.revision: str = header["revision"]
            self.made = datetime.fromisoformat(header["made"])
            self._tables = {table.name: table for table in tables_at(self.revision)}
            self.counts = {table.name: sum(1 for _ in found) for table, found in self._sections(reading)}
            reading.end()

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        """As `Source` says."""
        with self._reading() as reading:
            reading.line()
            yield from self._sections(reading)

    def _sections(self, reading: _Reading) -> Iterator[tuple[Table, Rows]]:
        for _ in self._tables:
            section = reading.object()
            table = self._tables[section["table"]]
            if section["columns"] != [column.name for column in table.columns]:
                raise ValueError("the columns are others")
            yield table, reading.rows(table)

    def _header(self, header: dict[str, Any]) -> dict[str, Any]:
        if _MARK not in header:
            raise BackupError(f"{self._path}: is no backup of Shushuo")
        if header[_MARK] != FORMAT or not is_known(header["revision"]):
            raise BackupError(
                f"{self._path}: was made by a newer version of Shushuo; install that version here, then restore"
            )
        return header

    @contextmanager
    def _reading(self) -> Iterator[_Reading]:
        """Whatever odd bytes lead to is a BackupError."""
        try:
            with self._path.open("rb") as file, gzip.GzipFile(fileobj=file) as packed:
                yield _Reading(packed)
        except gzip.BadGzipFile:
            raise BackupError(f"{self._path}: is no backup of Shushuo, or a damaged one") from None
        except (EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BackupError(f"{self._path}: is damaged or not whole; restore another backup") from None


class _Writing:
    """The lines of a backup on their way into a file."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def write(self, source: Source, made: datetime) -> Counts:
        counts: Counts = {}
        self._line({_MARK: FORMAT, "revision": source.revision, "made": made.isoformat(timespec="seconds")})
        for table, found in source.tables():
            self._line({"table": table.name, "columns": [column.name for column in table.columns]})
            converters: Converters = [kind_of(column.type).to_json for column in table.columns]
            count = 0
            with closing(found):
                for count, row in enumerate(found, start=1):  # noqa: B007 (how many there were)
                    self._line(_converted(row, converters))
            self._line({"rows": count})
            counts[table.name] = count
        self._line({"sha256": self._hash.hexdigest()})
        return counts

    def _line(self, value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._hash.update(line)
        self._file.write(line)


class _Reading:
    """The lines of a backup on their way out of a file. Raises ValueError and the like for lines that are none."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def line(self) -> Any:  # noqa: ANN401 (any JSON)
        line = self._file.readline(_LONGEST_LINE)
        self._hash.update(line)
        return json.loads(line)

    def object(self) -> dict[str, Any]:
        value = self.line()
        if not isinstance(value, dict):
            raise ValueError("not an object")  # noqa: TRY004 (what is wrong is the file, no argument)
        return value

    def rows(self, table: Table) -> Rows:
        converters: Converters = [kind_of(column.type).from_json for column in table.columns]
        count = 0
        while isinstance(row := self.line(), list):
            count += 1
            yield tuple(_converted(row, converters))
        if row["rows"] != count:
            raise ValueError("some rows are missing")

    def end(self) -> None:
        """Checks the last line, and that it is the last."""
        sum_ = self._hash.hexdigest()
        if self.line() != {"sha256": sum_} or self._file.read(1):
            raise ValueError("another checksum")


def _converted(row: Row | list[Any], converters: Converters) -> list[Any]:
    return [None if value is None else convert(value) for convert, value in zip(converters, row, strict=True)]


def _check_place(path: Path) -> None:
    """Something that is there may be precious; an older backup is to be replaced."""
    if not path.parent.is_dir():
        raise BackupError(f"{path}: there is no folder {path.parent}; make it first")
    if os.path.lexists(path) and not _is_backup(path):
        raise BackupError(f"{path}: is there already, and is no backup; name another file")


def _is_backup(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with gzip.open(path) as file:
            return _MARK in json.loads(file.readline(_LONGEST_LINE))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, RecursionError):
        return False


def _keep_name(folder: Path) -> None:
    """The name lasts only once the folder is written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
