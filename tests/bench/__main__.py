"""`make bench`: every promise about speed, measured in one run and printed as tables."""

from __future__ import annotations

import sys
from pathlib import Path

from bench_announcing import announcing
from bench_answering import generated_reports, real_report
from bench_load import load
from bench_loading import loading
from bench_rehearsal import rehearsing
from bench_reload import reloading
from bench_startup import start_up
from bench_transport import transport
from bench_unanswered import unanswered

from bot.answering.evaluation import read_questions
from bot.answering.exceptions import AnsweringError
from bot.answering.knowledge.folder import read_knowledge

_ROOT = Path(__file__).parents[2]
_KNOWLEDGE = _ROOT / "knowledge"
_QUESTIONS = _ROOT / "tests" / "questions" / "jinan-hightech-2021.jsonl"


def main(arguments: list[str]) -> str | int:
    """`arguments`: a question file, if not the repository's own."""
    try:
        asked = [question.q for question in read_questions(Path(arguments[0]) if arguments else _QUESTIONS)]
        knowledge = read_knowledge(_KNOWLEDGE)
    except AnsweringError as error:
        return str(error)
    start_up(_KNOWLEDGE)
    rehearsing()
    transport()
    load(_KNOWLEDGE, asked)
    announcing()
    unanswered()
    real_report(knowledge, asked)
    loading()
    reloading()
    generated_reports()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
