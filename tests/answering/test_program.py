"""Which program is on the disk, and which one a process has loaded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering import program

WHICH = "from bot.answering import program; print(program.on_disk())"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `on_disk` looks at."""
    folder = tmp_path / "answering"
    shutil.copytree(Path(program.__file__).parent, folder)
    monkeypatch.setattr(program, "_FOLDER", folder)
    return folder


def _changed(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[-2] ^= 1
        (folder / name).write_bytes(content)

    return change


def test_each_process_of_a_program_has_the_same() -> None:
    there = subprocess.run([sys.executable, "-c", WHICH], capture_output=True, check=True, text=True)  # noqa: S603
    assert there.stdout.strip() == program.on_disk() == program.loaded()


def test_a_copy_is_the_same_whenever_and_wherever_it_was_made(copy: Path) -> None:
    (copy / "__pycache__").mkdir(exist_ok=True)
    (copy / "__pycache__" / "answerer.pyc").write_bytes(b"?")
    (copy / "answerer.py").touch()
    assert program.on_disk() == program.loaded()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_changed("answerer.py"), id="changed"),
        pytest.param(_changed("knowledge/schema.py"), id="changed further down"),
        pytest.param(lambda folder: (folder / "answer.py").unlink(), id="gone"),
        pytest.param(lambda folder: (folder / "words.txt").touch(), id="come"),
        pytest.param(lambda folder: (folder / "worker.py").rename(folder / "workers.py"), id="renamed"),
        pytest.param(lambda folder: (folder / "gone.py").symlink_to(folder / "nowhere"), id="being replaced"),
        pytest.param(shutil.rmtree, id="all gone"),
    ],
)
def test_of_other_files_it_is_another_one(copy: Path, change: Callable[[Path], object]) -> None:
    loaded = program.loaded()
    change(copy)
    assert program.on_disk() != loaded
    assert program.loaded() == loaded
