"""The conversation at a real (pseudo) terminal."""

import os
import pty
import select
import stat
import subprocess
import sys
import termios
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.history import FileHistory, InMemoryHistory

from bot.terminal.prompting import open_history, state_folder
from tests.support.reports.small_report import write_report

TIMEOUT = 60
CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


class Terminal:
    """A person's screen and keyboard."""

    def __init__(self, process: subprocess.Popen[bytes], descriptor: int) -> None:
        self._process = process
        self._descriptor = descriptor
        self.screen = ""

    def type(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def wait_for(self, text: str) -> str:
        """What is shown up to and with the text."""
        deadline = time.monotonic() + TIMEOUT
        while text not in self.screen:
            ready, _, _ = select.select([self._descriptor], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"{text!r} did not appear in {self.screen!r}"
            self.screen += os.read(self._descriptor, 65536).decode(errors="replace")
        shown, _, self.screen = self.screen.partition(text)
        return shown + text

    def ask(self, text: str, reply: str) -> str:
        self.type(f"{text}\r")
        shown = self.wait_for(reply)
        self.wait_for(">")
        return shown

    def left(self) -> int:
        """The exit code, once the program has ended."""
        return self._process.wait(TIMEOUT)


@contextmanager
def chat(tmp_path: Path, **environment: str):
    outer, inner = pty.openpty()
    termios.tcsetwinsize(inner, (50, 400))
    variables = {"TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1", "XDG_STATE_HOME": str(tmp_path)}
    inherited = {key: value for key, value in os.environ.items() if key not in ("LC_ALL", "LC_MESSAGES", "NO_COLOR")}
    folder = write_report(tmp_path / "knowledge")
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bot", "chat", "--knowledge", str(folder)],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**inherited, **variables, **environment},
        start_new_session=True,
    )
    os.close(inner)
    try:
        yield Terminal(process, outer)
    finally:
        process.kill()
        process.wait(TIMEOUT)
        os.close(outer)


def test_a_conversation_and_its_history_which_is_private_and_comes_back(tmp_path) -> None:
    with chat(tmp_path) as terminal:
        greeting = terminal.wait_for("数说>")
        assert "河湾镇年报" in greeting
        assert "工业产值是多少？" in greeting
        reply = terminal.ask("工业产值", "产业")
        assert "\x1b[1;36m35.2亿元\x1b[0m" in reply
        assert "达到\x1b[1;4m35.2亿元\x1b[0m。" in reply
        terminal.ask("/topics 2", "小学数量")
        terminal.ask("1", "各类学校15所")
        terminal.ask("/lang en", "English from now on.")
        terminal.type("/quit\r")
        assert terminal.left() == 0
    with chat(tmp_path) as terminal:
        terminal.wait_for("数说>")
        terminal.type(UP)
        terminal.wait_for("/quit")
        terminal.type(CTRL_C)
        assert terminal.left() == 0
    history = tmp_path / "shushuo" / "history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700
    assert "工业产值" in history.read_text(encoding="utf-8")


def test_menus_in_english_without_colours(tmp_path) -> None:
    with chat(tmp_path, LANG="en_GB.UTF-8", NO_COLOR="1") as terminal:
        assert "Type a question" in terminal.wait_for("shushuo>")
        assert "\x1b[1;36m" not in terminal.ask("工业产值", "年报")
        terminal.type(CTRL_D)
        assert terminal.left() == 0


def test_a_history_that_cannot_be_written_is_kept_in_memory(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    assert isinstance(open_history(tmp_path / "file" / "history"), InMemoryHistory)
    assert isinstance(open_history(tmp_path / "shushuo" / "history"), FileHistory)


def test_a_line_that_cannot_be_stored_is_remembered(tmp_path) -> None:
    path = tmp_path / "shushuo" / "history"
    history = open_history(path)
    history.append_string("\udcff产值")
    assert "?产值" in path.read_text(encoding="utf-8")
    path.unlink()
    path.mkdir()
    history.append_string("小学")
    assert history.get_strings() == ["\udcff产值", "小学"]


@pytest.mark.parametrize("configured", ["/var/state", "", "state"])
def test_where_the_history_is(monkeypatch, configured) -> None:
    monkeypatch.setenv("HOME", "/home/x")
    monkeypatch.setenv("XDG_STATE_HOME", configured)
    folder = "/var/state" if configured == "/var/state" else "/home/x/.local/state"
    assert state_folder() == Path(folder, "shushuo")
