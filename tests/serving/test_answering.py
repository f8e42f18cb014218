"""A second process that answers while many ask: when there is one, and that nobody notices when it goes."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket
from typing import TypeAlias

import pytest
from other_program import install_another
from small_report import YAML, write_report
from structlog.testing import capture_logs

from bot.answering.answerer import Answerer
from bot.answering.matching import Matcher
from bot.answering.knowledge.reading import read_folder
from bot.serving import answering, helper
from bot.serving.answering import Answering

pytestmark = pytest.mark.asyncio

Process: TypeAlias = subprocess.Popen[bytes]

QUESTIONS = ["工业产值是多少？", "小学有几所", "industrial output", "房价多少", "茶叶增速和小学数量"]
CALLED = "many ask: a second process answers now"
LOST = "the second process has ended; questions are answered by the first one"
CHANGED = "no second process answers: the knowledge folder or the program has changed meanwhile; reload, or start again"
NONE = "no second process answers"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The helpers; there is one as soon as there is a question."""
    processes: list[Process] = []
    begin = helper._begin  # noqa: SLF001

    def noted(folder: Path, its: socket) -> Process:
        processes.append(begin(folder, its))
        return processes[-1]

    monkeypatch.setattr(helper, "_begin", noted)
    monkeypatch.setattr(answering, "_BUSY", 0.0)
    monkeypatch.setattr(answering, "_cores", lambda: 2)
    return processes


def read(folder: Path) -> tuple[Answerer, Answering]:
    """What answers from a folder, here and with a helper."""
    reading = read_folder(folder)
    assert reading.knowledge
    here = Answerer(reading.knowledge)
    return here, Answering(folder, reading.knowledge, reading.version, here.answer)


@asynccontextmanager
async def helped(folder: Path) -> AsyncIterator[tuple[Answerer, Answering]]:
    """The same, once a helper has come."""
    here, both = read(folder)
    try:
        await both("?")
        await until(lambda: both.is_helped)
        yield here, both
    finally:
        await both.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 (of another process's state)
            await asyncio.sleep(0.005)


async def stopped(process: Process) -> None:
    """A signal takes a while to come."""
    process.send_signal(signal.SIGSTOP)
    state = Path(f"/proc/{process.pid}/stat")
    await until(lambda: state.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T")


def oom_score(process: Process) -> int:
    return int(Path(f"/proc/{process.pid}/oom_score_adj").read_text(encoding="ascii"))


async def assert_all_are_answered(here: Answerer, both: Answering) -> None:
    assert await asyncio.gather(*map(both, QUESTIONS)) == [here.answer(question) for question in QUESTIONS]


async def test_without_a_crowd_there_is_none(
    folder: Path, begun: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "_BUSY", 30.0)
    here, both = read(folder)
    await assert_all_are_answered(here, both)
    await both.close()
    assert not begun


async def test_on_one_core_there_is_none(folder: Path, begun: list[Process], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_cores", lambda: 1)
    here, both = read(folder)
    await assert_all_are_answered(here, both)
    await both.close()
    assert not begun


async def test_it_answers_in_place_of_the_first_one(
    folder: Path, begun: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    with capture_logs() as logs:
        async with helped(folder) as (here, both):
            answers = [here.answer(question) for question in QUESTIONS]
            monkeypatch.setattr(Matcher, "rank", pytest.fail)
            assert await asyncio.gather(*map(both, QUESTIONS)) == answers
    assert [process.returncode for process in begun] == [-signal.SIGKILL]
    assert [log["event"] for log in logs] == [CALLED]


async def test_whoever_does_not_wait_for_an_answer_takes_none_of_another(folder: Path, begun: list[Process]) -> None:
    async with helped(folder) as (here, both):
        await stopped(begun[0])
        tasks = [asyncio.create_task(both(question)) for question in QUESTIONS]
        await asyncio.sleep(0)
        tasks[1].cancel()
        begun[0].send_signal(signal.SIGCONT)
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(answers.pop(1), asyncio.CancelledError)
        assert answers == [here.answer(question) for question in QUESTIONS if question != QUESTIONS[1]]


async def test_what_a_killed_one_has_not_answered_is_answered_all_the_same(folder: Path, begun: list[Process]) -> None:
    with capture_logs() as logs:
        async with helped(folder) as (here, both):
            await stopped(begun[0])
            asked = asyncio.create_task(assert_all_are_answered(here, both))
            await asyncio.sleep(0)
            begun[0].kill()
            await asked
            await until(lambda: not both.is_helped)
            await assert_all_are_answered(here, both)
    assert [log["event"] for log in logs] == [CALLED, LOST]
    assert len(begun) == 1  # the next one comes after a pause


async def test_one_that_answers_nothing_is_given_up_and_replaced(
    folder: Path, begun: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "_PAUSE", 0.0)
    async with helped(folder) as (here, both):
        await stopped(begun[0])
        with monkeypatch.context() as context:
            context.setattr(helper, "_PATIENCE", 0.05)
            await assert_all_are_answered(here, both)
        await until(lambda: begun[0].returncode is not None)
        async with asyncio.timeout(30):
            while len(begun) < 2 or not both.is_helped:
                await assert_all_are_answered(here, both)
        await assert_all_are_answered(here, both)
        assert len(begun) == 2


@pytest.mark.parametrize("text", [YAML.replace("小学5所", "小学6所").replace("5所\n", "6所\n"), "report: 5\n"])
async def test_it_must_have_read_the_same(folder: Path, begun: list[Process], text: str) -> None:
    here, both = read(folder)
    write_report(folder, text)
    with capture_logs() as logs:
        await both(QUESTIONS[0])
        await until(lambda: bool(begun) and begun[0].returncode is not None)
        assert not both.is_helped
        await assert_all_are_answered(here, both)
        await both.close()
    assert [log["event"] for log in logs] == [CHANGED]
    assert len(begun) == 1
    assert begun[0].returncode is not None


async def test_it_must_be_the_same_program(
    folder: Path, begun: list[Process], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, both = read(folder)
    monkeypatch.chdir(install_another(tmp_path / "program"))
    with capture_logs() as logs:
        await assert_all_are_answered(here, both)
        await until(lambda: bool(begun) and begun[0].returncode is not None)
        assert not both.is_helped
        await assert_all_are_answered(here, both)
        await both.close()
    assert [log["event"] for log in logs] == [CHANGED]


async def test_where_no_process_can_be_started_there_is_none(
    folder: Path, begun: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    here, both = read(folder)
    with capture_logs() as logs:
        await assert_all_are_answered(here, both)
        await until(lambda: bool(logs))
        await assert_all_are_answered(here, both)
        await both.close()
    assert [(log["event"], log["log_level"]) for log in logs] == [(NONE, "warning")]
    assert "No such file" in logs[0]["reason"]
    assert not begun


async def test_after_the_end_there_is_none(folder: Path, begun: list[Process]) -> None:
    async with helped(folder) as (here, both):
        await both.close()
        assert begun[0].returncode is not None
        await assert_all_are_answered(here, both)
    assert len(begun) == 1


async def test_the_end_waits_for_one_that_is_just_ending(
    folder: Path, begun: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, go_on = threading.Event(), threading.Event()
    async with helped(folder) as (_, both):
        wait = begun[0].wait

        def held() -> int:
            ending.set()
            assert go_on.wait(10)
            return wait()

        monkeypatch.setattr(begun[0], "wait", held)
        begun[0].kill()
        assert await asyncio.to_thread(ending.wait, 10)
        closing = [asyncio.create_task(both.close()) for _ in range(2)]
        for _ in range(20):
            await asyncio.sleep(0)
        assert not any(task.done() for task in closing)
        go_on.set()
        await asyncio.gather(*closing)
        assert begun[0].returncode == -signal.SIGKILL


async def test_it_is_ended_first_where_memory_runs_out(folder: Path, begun: list[Process]) -> None:
    async with helped(folder):
        assert oom_score(begun[0]) == 1000


async def test_it_ends_with_the_first_process_and_not_before(folder: Path, begun: list[Process]) -> None:
    """A signal to all processes of a service comes to it too, while answers are still to be given."""
    here, _ = read(folder)
    async with helper.started(folder, here.knowledge.facts) as one:
        await one.greeting()
        begun[0].terminate()
        begun[0].send_signal(signal.SIGINT)
        assert await one.answer(QUESTIONS[0]) == here.answer(QUESTIONS[0])
        one.close()
        assert await asyncio.to_thread(begun[0].wait) == 0
