"""Answers questions in a process of its own, line by line: `python -m bot.answering.helper FOLDER`.

It writes which program it is and which knowledge it has read, and then an answer to each question, in their order. It
ends with the other side, and where the knowledge has errors.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from . import program
from .answerer import Answerer
from .reading import read_folder
from .wire import AnswerLines, greeting, read_question
from .worker import COLLECT_AFTER, collection_paused, give_way_in_want_of_memory


def answer_all(folder: Path, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Reads `folder`, and answers until there are no more questions. What it writes to `answers` is sent at once."""
    with collection_paused():
        reading = read_folder(folder)
        if reading.knowledge is None:
            return
        answerer = Answerer(reading.knowledge)
        answerer.prepare()
    gc.set_threshold(COLLECT_AFTER)
    lines = AnswerLines(reading.knowledge.facts)
    # Only now, as all that it takes is loaded.
    answers.write(f"{greeting(program.on_disk(), reading.version)}\n".encode())
    for question in questions:
        answers.write(lines.line(answerer.answer(read_question(question))))


def main(folder: str) -> None:
    give_way_in_want_of_memory()
    # Whoever stops all processes at once lets the other side finish what it has begun; this one ends with it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with suppress(ConnectionError), open(sys.stdout.fileno(), "wb", buffering=0, closefd=False) as answers:
        answer_all(Path(folder), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main(sys.argv[1])
