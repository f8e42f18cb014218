"""Lines that a person types at a terminal, with editing and a history."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory


def typed_lines(prompt: Callable[[], str]) -> Iterator[str]:
    """Each line that is typed, until Ctrl-D or Ctrl-C at an empty or unfinished one."""
    session: PromptSession[str] = PromptSession(history=open_history(state_folder() / "history"))
    while True:
        try:
            yield session.prompt(prompt)
        except (EOFError, KeyboardInterrupt):
            return


def typed_line(prompt: str, default: str) -> str:
    """A single line, which begins as `default`. Raises EOFError at Ctrl-D, and KeyboardInterrupt at Ctrl-C."""
    session: PromptSession[str] = PromptSession()
    return session.prompt(prompt, default=default)


def state_folder() -> Path:
    """Where the XDG base directory specification keeps what a program remembers."""
    configured = os.environ.get("XDG_STATE_HOME", "")
    base = Path(configured) if Path(configured).is_absolute() else Path("~/.local/state").expanduser()
    return base / "shushuo"


def open_history(path: Path) -> History:
    """A history in a file that only its owner reads; in memory where that cannot be written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    except OSError:
        return InMemoryHistory()
    return _History(path)


class _History(FileHistory):
    """A line that cannot be stored is no reason to end the conversation."""

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string.encode("utf-8", "replace").decode())
        except OSError:
            return
