"""A rehearsal as a process of its own, and a browser to look at it with."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support.repository import ROOT

CHROMIUM = shutil.which("chromium")
# A browser of a test looks nothing up, and root may start it.
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync --disable-background-networking "
    "--disable-component-update"
).split()


@contextmanager
def rehearsal(knowledge: Path = ROOT / "knowledge") -> Iterator[str]:
    """The address of a page, as `shushuo rehearse` prints it."""
    command = [sys.executable, "-m", "bot", "rehearse", "--listen", "127.0.0.1:0", "--knowledge", str(knowledge)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:  # noqa: S603
        try:
            yield process.stdout.readline().split()[4]
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=30)
    assert code == 0


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()
