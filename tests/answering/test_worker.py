import gc
import pickle
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from bot.answering import worker
from bot.answering.evaluation import read_questions
from bot.answering.exceptions import OtherProgramError
from bot.answering.teaching import Lesson
from bot.answering.worker import Candidate, Read, Stage, hand_over, take_over
from tests.support.processes.other_program import install_another
from tests.support.reports.shipped import shipped
from tests.support.reports.town_report import REPORT, write
from tests.support.repository import ROOT

STAGES = [Stage.READING, Stage.INDEXING, Stage.TAKING_OVER]


def handed_over(folder: Path, candidate: Candidate | None = None) -> tuple[list[Stage], Read]:
    pipe = BytesIO()
    stages: list[Stage] = []
    hand_over(folder, candidate, pipe)
    pipe.seek(0)
    return stages, take_over(pipe, stages.append)


def test_what_is_taken_over_answers_as_if_it_had_been_made_here() -> None:
    stages, (snapshot, answerer, *_) = handed_over(ROOT / "knowledge")
    assert stages == STAGES
    assert snapshot.knowledge == shipped().knowledge == answerer.knowledge
    # The one is the other: a fact of an answer is a fact of the knowledge.
    assert answerer.knowledge is snapshot.knowledge
    questions = read_questions(ROOT / "tests" / "questions" / "jinan-hightech-2021.jsonl")[::12]
    assert len(questions) == 25
    for question in questions:
        assert answerer.answer(question.q) == shipped().answer(question.q)
        assert answerer.explain(question.q) == shipped().explain(question.q)


def test_errors_are_handed_over_without_an_answerer(tmp_path) -> None:
    stages, (snapshot, answerer, *_) = handed_over(write(tmp_path, r="report: ["))
    assert stages == [Stage.READING, Stage.TAKING_OVER]
    assert answerer is None
    assert snapshot.knowledge is None
    assert snapshot.total == len(snapshot.problems) == 1


def test_of_very_many_errors_the_first_are_handed_over(tmp_path) -> None:
    _, (snapshot, *_) = handed_over(write(tmp_path, r=REPORT, **{f"x{i:03}": "" for i in range(150)}))
    assert (len(snapshot.problems), snapshot.total) == (100, 150)


@pytest.mark.parametrize("candidate", [None, Candidate(Lesson("firms", ("龘铺有几家",)), is_tried=True)])
def test_a_process_of_its_own(tmp_path, candidate) -> None:
    """What it makes of a document, test_reloading.py has."""
    command = [sys.executable, "-m", worker.__name__, str(write(tmp_path, r=REPORT))]
    done = subprocess.run(command, input=pickle.dumps(candidate), capture_output=True, check=True)  # noqa: S603
    assert done.stderr == b""
    read = take_over(BytesIO(done.stdout), lambda _: None)
    assert read.snapshot.knowledge == handed_over(tmp_path, candidate)[1].snapshot.knowledge
    is_tried = candidate is not None
    assert (read.answerer is None, read.taught is not None, read.trial.asked > 0) == (is_tried,) * 3


@pytest.mark.parametrize("kept", [0, 20, 60, -40])
def test_a_process_that_dies_is_noticed(tmp_path, kept) -> None:
    pipe = BytesIO()
    hand_over(write(tmp_path, r=REPORT), None, pipe)
    with pytest.raises((EOFError, pickle.UnpicklingError)):
        take_over(BytesIO(pipe.getvalue()[:kept]), lambda _: None)
    assert gc.isenabled()


@pytest.mark.parametrize(
    "written",
    [
        b"Traceback (most recent call last):",
        pickle.dumps("x").replace(b"x", b"\xff"),
        b"cbot.answering.worker\nNo\n.",
        b"cbot.no\nNo\n.",
        b"cbuiltins\nlen\n(tR.",
    ],
)
def test_what_cannot_be_read_is_an_error_of_one_kind(written) -> None:
    with pytest.raises(pickle.UnpicklingError):
        take_over(BytesIO(written), lambda _: None)
    assert gc.isenabled()


def test_nothing_is_taken_over_from_another_program(tmp_path) -> None:
    command = [sys.executable, "-m", worker.__name__, str(write(tmp_path, r=REPORT))]
    another = install_another(tmp_path / "program")
    stages: list[Stage] = []
    with subprocess.Popen(command, cwd=another, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        process.stdin.write(pickle.dumps(None))
        process.stdin.close()
        with pytest.raises(OtherProgramError):
            take_over(process.stdout, stages.append)
        process.kill()  # it reads on, for nobody
    assert stages == []


def test_a_program_that_is_replaced_while_it_reads_is_another_one(tmp_path, monkeypatch) -> None:
    pipe = BytesIO()
    with monkeypatch.context() as context:
        context.setattr(worker, "program_hash", lambda _: "another")
        hand_over(write(tmp_path, r=REPORT), None, pipe)
    pipe.seek(0)
    stages: list[Stage] = []
    with pytest.raises(OtherProgramError):
        take_over(pipe, stages.append)
    assert stages == STAGES
