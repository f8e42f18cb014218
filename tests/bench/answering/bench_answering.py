"""Answering against what rapidfuzz alone would take on the same knowledge: extractOne over all labels and keywords."""

from collections import Counter
from statistics import mean

from rapidfuzz import fuzz, process

from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Knowledge
from tests.bench.answering.generated_knowledge import generated
from tests.bench.answering.generated_questions import questions
from tests.bench.bench_timing import alternated, duration, percentile, table, verdict

_ROUNDS = 3
_HEAD = ("facts", "questions", "answer", "median", "p99", "extractOne", "ratio")


def real_report(knowledge: Knowledge, asked) -> None:
    """The report's own questions: at most the cost of extractOne."""
    ours, theirs = alternated((_answering(knowledge), _extract_one(knowledge)), asked, _ROUNDS)
    row = _row(knowledge, ours, theirs, most=1)
    table(f"Answering on the report (mean a question, medians of {_ROUNDS} rounds)", _HEAD, [row])


def generated_reports(sizes: tuple[int, int] = (1_000, 100_000), asked: int = 500, compared: int = 20) -> None:
    """Two sizes: at most 1/50 of extractOne's cost on the large one, where the p99 is at most 10 times the small one's.

    `asked`: how many questions are answered. `compared`: how many of them extractOne answers too, as it takes seconds.
    """
    rows, p99 = [], []
    for size, most in zip(sizes, (1, 1 / 50), strict=True):
        knowledge = generated(size)
        answer, all_asked = _answering(knowledge), questions(knowledge, asked)
        (ours,) = alternated((answer,), all_asked, _ROUNDS)
        same, theirs = alternated((answer, _extract_one(knowledge)), all_asked[:compared], _ROUNDS)
        p99.append(percentile(ours, 0.99))
        rows.append(_row(knowledge, ours, theirs, most, same))
    table(f"Answering on generated reports (extractOne on {compared} of the questions)", _HEAD, rows)
    small, large = (f"{size:,}" for size in sizes)
    table("Growth of the p99", ("from", "to", "ratio"), [(small, large, verdict(p99[1] / p99[0], 10))])


def _answering(knowledge: Knowledge):
    """Answers each question as a new one, in other words than before, of which nothing is kept yet."""
    answerer, asked = Answerer(knowledge), Counter[str]()

    def answer(question: str) -> object:
        asked[question] += 1
        return answerer.answer(question + " " * asked[question])

    return answer


def _extract_one(knowledge: Knowledge):
    texts = [
        text
        for fact in knowledge.facts
        for text in (fact.label, *fact.keywords, fact.en.label, *fact.en.keywords)
        if text
    ]
    return lambda question: process.extractOne(question, texts, scorer=fuzz.WRatio)


def _row(knowledge: Knowledge, ours, theirs, most: float, same=None) -> tuple[str, ...]:
    """`same`: our times for the questions of `theirs`, where these are not all."""
    return (
        f"{len(knowledge.facts):,}",
        f"{len(ours):,}",
        duration(mean(ours)),
        duration(percentile(ours, 0.5)),
        duration(percentile(ours, 0.99)),
        duration(mean(theirs)),
        verdict(mean(same or ours) / mean(theirs), most),
    )
