"""How `shushuo rehearse` ends: where it cannot begin, and where it is killed."""

import socket
import sys
from subprocess import PIPE, Popen

import pytest

from bot.cli import main
from tests.support.repository import ROOT


def test_a_folder_that_is_not_there(fails, tmp_path) -> None:
    assert "there is no such folder" in fails("rehearse", "--knowledge", str(tmp_path / "nothing"))


@pytest.mark.parametrize("listen", ["8090", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_that_is_none(fails, listen) -> None:
    assert "write HOST:PORT" in fails("rehearse", "--listen", listen)


def test_an_address_that_is_taken(fails, tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        assert "write another address" in fails("rehearse", "--listen", listen, "--knowledge", str(tmp_path))


def test_knowledge_with_an_error(capfd, tmp_path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "town.yaml").write_text("report: 1\n", encoding="utf-8")
    given = ("--listen", "127.0.0.1:0", "--knowledge", str(tmp_path / "knowledge"), "--data", str(tmp_path / "data"))
    assert main(["rehearse", *given]) == 2
    assert "knowledge/town.yaml:1" in capfd.readouterr().err


def test_one_that_is_killed_takes_its_bot_along(tmp_path) -> None:
    given = ("--listen", "127.0.0.1:0", "--knowledge", str(ROOT / "knowledge"), "--data", str(tmp_path))
    with Popen([sys.executable, "-m", "bot", "rehearse", *given], stdout=PIPE) as rehearsal:  # noqa: S603
        rehearsal.stdout.readline()
        rehearsal.kill()
        # The bot has the same output, which is at its end when both have ended.
        rehearsal.communicate(timeout=60)
