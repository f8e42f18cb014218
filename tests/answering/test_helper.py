"""What the process does that answers for another one; tests/serving/test_answering.py has it as a process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from small_report import write_report

from bot.answering import program
from bot.answering.answerer import Answerer
from bot.answering.helper import answer_all
from bot.answering.knowledge.reading import read_folder
from bot.answering.wire import greeting, question_line, read_answer

QUESTIONS = ["工业产值是多少？", "industrial output\n?", "房价", ""]


@pytest.fixture(autouse=True)
def _this_process_collects_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_it_says_what_it_has_read_and_answers_in_their_order(tmp_path: Path) -> None:
    reading = read_folder(write_report(tmp_path))
    assert reading.knowledge
    answers = BytesIO()
    answer_all(tmp_path, BytesIO(b"".join(map(question_line, QUESTIONS))), answers)
    first, *lines = answers.getvalue().splitlines()
    assert first.decode() == greeting(program.loaded(), reading.version)
    facts, here = reading.knowledge.facts, Answerer(reading.knowledge)
    found = [read_answer(line, question, facts) for line, question in zip(lines, QUESTIONS, strict=True)]
    assert found == [here.answer(question) for question in QUESTIONS]


def test_of_knowledge_with_errors_it_says_nothing(tmp_path: Path) -> None:
    answers = BytesIO()
    answer_all(write_report(tmp_path, "report: 5\n"), BytesIO(question_line("?")), answers)
    assert not answers.getvalue()
