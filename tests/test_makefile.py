"""The Makefile sets up what a target needs, once. Its interpreter here is a script that writes down its calls."""

import os
import shutil
import subprocess
import time

import pytest

from tests.support.repository import ROOT

INTERPRETER = """\
#!/bin/sh
echo "$*" >>calls
case "$*" in
  *"$REFUSED"*) exit 1 ;;
  "-m venv --clear"*) rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python && cp "$0" .venv/bin/pip ;;
  *"-m pip"*) cat; echo "$PIP_CONSTRAINT $PIP_BUILD_CONSTRAINT" >>constraints; echo noise ;;
  "-m bot") cat; echo "${PYTHONDONTWRITEBYTECODE-unset}" >bytecode ;;
esac
"""

PYTEST = "-m pytest --numprocesses=auto --dist=worksteal"
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


class Checkout:
    """A folder with the Makefile, what it depends on, and an interpreter."""

    def __init__(self, folder) -> None:
        self.folder = folder
        (folder / "deploy").mkdir(parents=True)
        shutil.copy(ROOT / "Makefile", folder)
        for name in ("pyproject.toml", "deploy/constraints.txt"):
            (folder / name).touch()
        self.age("pyproject.toml", "deploy/constraints.txt", seconds=200)
        (folder / "python").write_text(INTERPRETER)
        (folder / "python").chmod(0o755)

    def make(self, *arguments: str, refused: str = "nothing", given: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))
        }
        return subprocess.run(  # noqa: S603
            ["make", "-C", str(self.folder), *arguments, "PYTHON=./python"],  # noqa: S607
            env=environment | {"REFUSED": refused},
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def calls(self) -> list[str]:
        """How the interpreter was called since the last time, without the look at its version and modules."""
        log = self.folder / "calls"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [line for line in lines if not line.startswith("-c ")]

    def age(self, *names: str, seconds: int) -> None:
        for name in names:
            os.utime(self.folder / name, times=(time.time() - seconds,) * 2)


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    return Checkout(tmp_path / "a folder")


PIP = "-m pip install --quiet --no-input --disable-pip-version-check"
RUNTIME = [f"{PIP} pip setuptools", f"{PIP} --editable ."]


def test_run_sets_up_what_it_needs_and_hands_its_input_on(checkout, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    done = checkout.make("run", given="question\n")
    assert (done.returncode, done.stdout) == (0, "question\n")
    assert checkout.calls() == ["-m venv --clear .venv", *RUNTIME, "-m bot"]
    assert (checkout.folder / "constraints").read_text() == "deploy/constraints.txt deploy/constraints.txt\n" * 2
    assert (checkout.folder / "bytecode").read_text() == "unset\n"  # kept for the processes to come


def test_nothing_is_set_up_twice(checkout) -> None:
    checkout.make("test", "ARGS=-k one")
    assert checkout.calls() == ["-m venv --clear .venv", *RUNTIME, f"{PIP} --editable .[test]", f"{PYTEST} -k one"]
    for target, call in (("run", "-m bot"), ("test", PYTEST)):
        done = checkout.make(target, given="question\n")
        assert done.stderr == ""
        assert [line.strip() for line in checkout.calls()] == [call]


@pytest.mark.parametrize("changed", ["pyproject.toml", "deploy/constraints.txt"])
def test_a_change_is_installed(checkout, changed) -> None:
    checkout.make("test")
    checkout.calls()
    checkout.age(".venv/.runtime", ".venv/.test", seconds=100)
    checkout.age(changed, seconds=50)
    checkout.make("lint")
    assert checkout.calls() == [
        *RUNTIME,
        f"{PIP} --editable .[test]",
        "-m ruff format --check",
        "-m ruff check",
        "-m mypy",
        "-m bot check",
    ]


def test_an_interpreter_that_has_gone_is_replaced(checkout) -> None:
    checkout.make("run")
    checkout.calls()
    (checkout.folder / ".venv/bin/python").unlink()
    (checkout.folder / ".venv/bin/python").symlink_to("/nowhere/python")
    assert checkout.make("run").returncode == 0
    assert checkout.calls() == ["-m venv --clear .venv", *RUNTIME, "-m bot"]


def test_what_is_missing_is_said_in_a_line(checkout) -> None:
    for refused, says in (
        ("version_info", "is not Python 3.11 or newer: install that, or name another with PYTHON=python3.12"),
        ("ensurepip", "comes without venv or pip: install them (on Debian and Ubuntu: apt install python3-venv)"),
    ):
        done = checkout.make("run", refused=refused)
        said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
        assert (done.returncode, done.stdout, said) == (2, "", [f"./python {says}"])
        assert not (checkout.folder / ".venv").exists()


def test_an_install_that_failed_is_tried_again(checkout) -> None:
    assert checkout.make("run", refused="--editable").returncode == 2
    assert checkout.calls() == ["-m venv --clear .venv", *RUNTIME]
    assert checkout.make("run").returncode == 0
    assert checkout.calls() == [*RUNTIME, "-m bot"]
