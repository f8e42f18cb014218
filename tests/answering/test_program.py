import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering import program
from bot.answering.program import PACKAGE, kept, program_hash


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of the package whose hash is taken."""
    return shutil.copytree(PACKAGE, tmp_path / "answering")


def _changed(name: str) -> Callable[[Path], None]:
    def change(package: Path) -> None:
        content = bytearray((package / name).read_bytes())
        content[-2] ^= 1
        (package / name).write_bytes(content)

    return change


def test_a_copy_has_the_same_hash_whenever_and_wherever_it_was_made(package) -> None:
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "answerer.pyc").write_bytes(b"?")
    (package / "answerer.py").touch()
    assert program_hash(package) == program_hash(PACKAGE)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_changed("answerer.py"), id="changed"),
        pytest.param(_changed("knowledge/form.py"), id="changed further down"),
        pytest.param(lambda package: (package / "answer.py").unlink(), id="gone"),
        pytest.param(lambda package: (package / "words.txt").touch(), id="come"),
        pytest.param(lambda package: (package / "worker.py").rename(package / "workers.py"), id="renamed"),
        pytest.param(lambda package: (package / "gone.py").symlink_to(package / "nowhere"), id="being replaced"),
        pytest.param(shutil.rmtree, id="all gone"),
    ],
)
def test_of_other_files_the_hash_is_another_one(package, change) -> None:
    before = program_hash(package)
    change(package)
    assert program_hash(package) != before


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Where what is made is kept."""
    monkeypatch.setattr(program, "_KEPT", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__"


class Maker:
    """Counts how often its words are made; each `process` is one in which nothing has been made yet."""

    def __init__(self) -> None:
        self.made = 0

    def process(self) -> Callable[[], dict[str, int]]:
        def words() -> dict[str, int]:
            self.made += 1
            return {"made": self.made}

        return kept(words)


def test_what_one_process_has_made_another_takes_over(folder) -> None:
    maker = Maker()
    first = maker.process()
    assert first() is first()
    assert maker.process()() == {"made": 1}
    assert [path.name for path in folder.iterdir()] == [f"words.{sys.implementation.cache_tag}.pickle"]


@pytest.mark.parametrize("content", [b"", b"?", b"\x80\x05", b"cnowhere\nword\n."])
def test_what_cannot_be_read_is_made_anew(folder, content) -> None:
    maker = Maker()
    maker.process()()
    (path,) = folder.iterdir()
    path.write_bytes(content)
    assert maker.process()() == {"made": 2}
    assert maker.process()() == {"made": 2}


def test_another_program_makes_its_own(folder, monkeypatch) -> None:
    maker = Maker()
    maker.process()()
    monkeypatch.setattr(program, "_versions", lambda: ("another",))
    assert maker.process()() == {"made": 2}
    assert len([*folder.iterdir()]) == 1


def test_without_bytecode_nothing_is_kept(folder, monkeypatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert Maker().process()() == {"made": 1}
    assert not folder.exists()


def test_where_nothing_can_be_written_it_is_made_all_the_same(folder) -> None:
    folder.write_text("no folder")
    assert Maker().process()() == {"made": 1}
