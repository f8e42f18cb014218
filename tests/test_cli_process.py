"""Whole commands, as a shell starts them."""

import io
import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.streams import input_lines
from tests.support.reports.small_report import write_report

TIMEOUT = 60


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory) -> Path:
    return write_report(tmp_path_factory.mktemp("process") / "knowledge")


def shushuo(knowledge: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", "--knowledge", str(knowledge), *arguments]


def run(command, given_: bytes = b"", out=PIPE) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=given_, stdout=out, stderr=PIPE, timeout=TIMEOUT, check=False)  # noqa: S603


@contextmanager
def asking(knowledge: Path):
    """A process that answers a question a line, and its input and output."""
    command = shushuo(knowledge, "ask", "--json")
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE) as process:  # noqa: S603
        yield process, process.stdin, process.stdout


def test_every_line_is_answered_in_order_before_the_next_one_comes(knowledge) -> None:
    first, last = "\ufeff工业产值是多少？\r\n".encode(), "\n小学数量\x0b\u2028\n".encode() + b"\xff\xfe\n\x00\n"
    with asking(knowledge) as (process, questions, answers):
        questions.write(first)
        questions.flush()
        answered = [json.loads(answers.readline())]
        questions.write(last + "产值".encode())
        questions.close()
        answered += map(json.loads, answers)
        assert process.wait(TIMEOUT) == 0
    asked = ["工业产值是多少？", "", "小学数量\x0b\u2028", "\udcff\udcfe", "\x00", "产值"]
    assert [answer["question"] for answer in answered] == asked
    assert [answer["outcome"] for answer in answered] == ["answer", "none", "answer", "none", "none", "answer"]


@given(st.lists(st.binary().filter(lambda line: b"\n" not in line and not line.endswith(b"\r")), max_size=200))
def test_any_lines_are_read(lines) -> None:
    given_ = io.BytesIO(b"".join(line + b"\n" for line in [b"", *lines]))
    with mock.patch("sys.stdin", io.TextIOWrapper(given_)):
        assert [*input_lines()][1:] == [line.decode("utf-8", "surrogateescape") for line in lines]


def test_a_reader_that_has_enough_is_no_traceback(knowledge) -> None:
    with asking(knowledge) as (process, questions, answers):
        answers.close()
        questions.write("工业产值\n".encode())
        questions.close()
        assert process.stderr.read() == b""
        assert process.wait(TIMEOUT) == 1


@pytest.mark.skipif(
    not Path("/dev/full").exists(),
    reason="/dev/full, which fails each write as a full disk does, is there on Linux and not on macOS",
)
def test_a_full_disk_is_one_line(knowledge) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(shushuo(knowledge, "ask", "产值"), out=full)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["shushuo: output: No space left on device"]


def test_asking_imports_neither_telegram_nor_the_database_nor_the_server(knowledge) -> None:
    script = (
        "import sys; from bot.cli import main; main(['ask', '产值']);"
        "heavy = {'telegram', 'sqlalchemy', 'aiohttp', 'httpx', 'prompt_toolkit', 'dotenv', 'asyncio'};"
        "print(sorted(heavy & sys.modules.keys()));"
        "import bot.serving.service; print('PIL' in sys.modules)"  # which few processes ever draw with
    )
    done = run([sys.executable, "-c", script.replace("'ask'", f"'--knowledge', {str(knowledge)!r}, 'ask'")])
    assert done.stdout.decode().splitlines()[-2:] == ["[]", "False"]


def test_piped_lines_are_a_conversation_without_prompt_and_colour(knowledge) -> None:
    done = run(shushuo(knowledge, "chat"), "/topics\n2\n1\n\n\x1b工业产值\x9b\n/quit\n小学\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert "\x1b" not in said
    assert not said.startswith(("数说", "shushuo"))
    *_, picked, asked, end = said.split("\n\n")
    assert picked.startswith("5所  小学数量")
    assert asked.startswith("35.2亿元  工业产值")
    assert end == ""


def test_closed_streams_are_no_traceback(knowledge) -> None:
    done = run(["/bin/sh", "-c", 'exec "$@" chat 3>&1 <&- >&- 2>&3', "sh", *shushuo(knowledge)])
    assert (done.returncode, b"Traceback" in done.stdout) == (0, False)
    done = run(["/bin/sh", "-c", 'exec "$@" talk 2>&-', "sh", *shushuo(knowledge)])
    assert (done.returncode, done.stdout) == (2, b"")
