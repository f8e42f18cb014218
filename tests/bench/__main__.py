"""`make bench`: every promise about speed, measured in one run and printed as tables."""

import sys
from pathlib import Path

from bot.answering.exceptions import AnsweringError
from bot.answering.knowledge.folder import read_knowledge
from tests.bench.answering.bench_answering import generated_reports, real_report
from tests.bench.answering.bench_loading import loading
from tests.bench.answering.bench_reload import reloading
from tests.bench.bench_rehearsal import rehearsing
from tests.bench.bench_startup import start_up
from tests.bench.bench_timing import asked
from tests.bench.serving.bench_announcing import announcing
from tests.bench.serving.bench_load import load
from tests.bench.serving.bench_transport import transport
from tests.bench.serving.bench_unanswered import unanswered
from tests.support.repository import ROOT

_KNOWLEDGE = ROOT / "knowledge"


def main(arguments: list[str]) -> str | int:
    """`arguments`: a question file, if not the repository's own."""
    try:
        questions = asked(*map(Path, arguments))
        knowledge = read_knowledge(_KNOWLEDGE)
    except AnsweringError as error:
        return str(error)
    start_up(_KNOWLEDGE)
    rehearsing()
    transport()
    load(_KNOWLEDGE, questions)
    announcing()
    unanswered()
    real_report(knowledge, questions)
    loading()
    reloading()
    generated_reports()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
