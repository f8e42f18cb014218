"""Fits the numbers of bot/answering/matching/tuning.py: `python tests/bench/fit.py FOLDER FOLDER ... [--out NAME]`.

Each folder holds a report file (*.yaml) and questions.jsonl. One number after the other is moved as long as the mean
over the reports gets better; the one named by --out is left out of that, and its score is printed beside the others'.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import last_answer
from bot.answering.evaluation import Question, grade, read_questions, totals
from bot.answering.knowledge.folder import read_knowledge
from bot.answering.knowledge.model import Knowledge
from bot.answering.matching.tuning import TUNING

_WEIGHTS = {"right": 0.5, "refused": 0.25, "multi": 0.15, "ambiguous": 0.1}
_STATED_WRONGLY = 0.5  # what a wrong statement costs beside the missed answer
_STEPS = (0.8, 0.9, 1.1, 1.25)
_ROUNDS = 2
_LEAST_GAIN = 0.0005


class Report(NamedTuple):
    """A report with the questions that people ask of it."""

    name: str
    knowledge: Knowledge
    questions: Sequence[Question]


def main() -> None:
    """Prints each better setting as it is found, and the scores of the last one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", default="")
    options = parser.parse_args()
    reports = [_report(folder) for folder in options.folders]
    fitted = [report for report in reports if report.name != options.out]
    best = _mean(fitted)
    print(f"at first {best:.4f}")  # noqa: T201 - a script for people
    for _ in range(_ROUNDS):
        best = _round(fitted, best)
    for report in reports:
        print(report.name, f"{_score(report):.4f}", "left out" if report.name == options.out else "")  # noqa: T201
    print({name: round(value, 3) for name, value in asdict(TUNING).items()})  # noqa: T201


def _report(folder: Path) -> Report:
    return Report(folder.name, read_knowledge(folder), read_questions(folder / "questions.jsonl"))


def _round(reports: Sequence[Report], best: float) -> float:
    for name in asdict(TUNING):
        start = getattr(TUNING, name)
        for step in _STEPS:
            _set(name, start * step)
            score = _mean(reports)
            if score > best + _LEAST_GAIN:
                best, start = score, start * step
                print(f"{score:.4f} {name} = {start:.3f}", flush=True)  # noqa: T201
                break
        _set(name, start)
    return best


def _set(name: str, value: float) -> None:
    object.__setattr__(TUNING, name, value)  # it is frozen for everybody else


def _mean(reports: Sequence[Report]) -> float:
    return sum(map(_score, reports)) / len(reports)


def _score(report: Report) -> float:
    # Some numbers are worked into what the answerer makes of the facts.
    graded = list(grade(report.questions, partial(last_answer, Answerer(report.knowledge))))
    rows = {row.name: row.score for row in totals(graded)}
    asked = [one for one in graded if one.question.total == "right"]
    wrong = sum(one.missed and one.answer.outcome is Outcome.ANSWER for one in asked) / max(len(asked), 1)
    return sum(weight * (rows.get(name) or 0.0) for name, weight in _WEIGHTS.items()) - _STATED_WRONGLY * wrong


if __name__ == "__main__":
    main()
