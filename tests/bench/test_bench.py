"""The benchmarks run, and what they measure on is sound; how fast it is, `make bench` tells."""

import subprocess
import sys
from pathlib import Path
from random import Random

from bot.answering.knowledge.folder import load
from tests.bench.answering.bench_answering import generated_reports, real_report
from tests.bench.answering.bench_loading import loading
from tests.bench.answering.bench_reload import reloading
from tests.bench.answering.generated_knowledge import FACTS_A_REPORT, LARGEST, generated, write
from tests.bench.answering.generated_questions import questions
from tests.bench.bench_startup import start_up
from tests.bench.serving.bench_announcing import announcing
from tests.bench.serving.bench_load import load as load_of_updates
from tests.bench.serving.bench_transport import transport
from tests.bench.serving.bench_unanswered import unanswered
from tests.support.reports.small_report import KNOWLEDGE, write_report


def test_a_generated_folder_is_read_back_without_a_complaint(tmp_path) -> None:
    knowledge = generated(2 * FACTS_A_REPORT + 3)
    write(knowledge, tmp_path / "knowledge")
    loaded = load(tmp_path / "knowledge")
    assert loaded.problems == ()
    assert loaded.knowledge == knowledge
    assert len(knowledge.reports) == 3


def test_a_generated_knowledge_is_always_the_same() -> None:
    assert generated(50).facts == generated(70).facts[:50]


def test_the_largest_knowledge_repeats_neither_ids_nor_names() -> None:
    knowledge = generated(LARGEST)
    assert len(knowledge.facts) == LARGEST
    for names in ((fact.id for fact in knowledge.facts), (fact.label for fact in knowledge.facts)):
        assert len(set(names)) == LARGEST
    assert len({report.id for report in knowledge.reports}) == LARGEST // FACTS_A_REPORT
    sample = Random(1).sample(knowledge.facts, 500)  # noqa: S311 - no secret
    assert all(4 <= len(fact.keywords) <= 8 and fact.figure in fact.sentence for fact in sample)


def test_the_questions_are_of_every_kind_and_always_the_same() -> None:
    knowledge = generated(200)
    asked = questions(knowledge, 40)
    assert asked == questions(knowledge, 40)
    assert len(set(asked)) > 35
    assert sum(question.isascii() for question in asked) == 8
    assert sum(question.startswith("1998年") for question in asked) == 4


def test_the_command_finds_all_that_it_needs() -> None:
    command = (sys.executable, str(Path(__file__).parent), "no-such-questions.jsonl")
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (the test's own)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("no-such-questions.jsonl:")


def test_every_table_is_printed(tmp_path, capsys) -> None:
    real_report(KNOWLEDGE, ["工业产值是多少", "industrial output"])
    generated_reports(sizes=(5, 10), asked=10, compared=2)
    loading(sizes=(5,))
    reloading(facts=5, reloads=1, resting=0.05)
    start_up(write_report(tmp_path / "knowledge"), rounds=1)
    transport(calls=40, rounds=1)
    announcing(chats=20, many=30, seconds=1, kinds=["SQLite"], rates=[25])
    unanswered(questions=20, more=5, looks=1, kinds=["SQLite"])
    load_of_updates(tmp_path / "knowledge", ["工业产值是多少"], updates=40, rounds=1, ways=["webhook"])
    printed = capsys.readouterr().out.splitlines()
    titles = [line.split(" (")[0] for before, line in zip(["", *printed], printed, strict=False) if not before and line]
    assert titles == [
        "Answering on the report",
        "Answering on generated reports",
        "Growth of the p99",
        "Loading",
        "Reloading",
        "Start-up",
        "Calls to Telegram",
        "Announcements",
        "Announcements at 25 messages a second",
        "Answers while announcements are sent",
        "/unanswered over 90 days",
        "Load",
    ]
    assert sum("(target" in line for line in printed) == 1 + 2 + 1 + 2 + 1 + 1 + 1 + 2
