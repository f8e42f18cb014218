"""Commands as a shell starts them, while the test's own servers go on."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from tests.support.processes.bot_process import SECRET
from tests.support.storage.databases import Trial

NOT_INHERITED = ("TELEGRAM", "DATABASE", "WEBHOOK", "LOG_", "_PROXY", "_proxy")


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    def __post_init__(self) -> None:
        assert SECRET not in self.out + self.err
        assert "Traceback" not in self.out + self.err


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs commands in `folder`, with `settings` in place of what the environment says."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    async def run(self, *arguments: str, **settings: str) -> Done:
        """In a thread of this process, which is sooner."""
        self.capsys.readouterr()  # what the test itself has logged
        with self.monkeypatch.context() as patch:
            patch.chdir(self.folder)
            for name, value in settings.items():
                patch.setenv(name, value)
            code = await asyncio.to_thread(_code, arguments)
        out, err = self.capsys.readouterr()
        return Done(code, out, err)

    async def with_database(self, trial: Trial, *arguments: str) -> Done:
        return await self.run(*arguments, DATABASE_URL=trial.url)


def _code(arguments: tuple[str, ...]) -> int:
    try:
        return main(arguments)
    except SystemExit as exit_:
        return int(exit_.code or 0)
