"""Reloading: what people who ask notice of it, against the same process at rest."""

import asyncio
import tempfile
import time
from pathlib import Path

from structlog.testing import capture_logs

from bot.answering.answerer import Answerer
from bot.answering.knowledge.snapshot import read_folder
from bot.answering.worker import collection_paused
from bot.chat.library import Library
from bot.metrics import Metrics
from bot.serving.reloading import Reloader, edition_of
from tests.bench.answering.generated_knowledge import generated, write
from tests.bench.answering.generated_questions import questions
from tests.bench.bench_timing import duration, percentile, table, verdict

_HEAD = ("facts", "a reload", "questions", "p99 at rest", "p99 reloading", "ratio", "longest block of the loop, ms")
_PAUSE = 0.002


def reloading(facts: int = 10_000, reloads: int = 2, resting: float = 5.0) -> None:
    """Answers without end: `resting` seconds at rest, then during `reloads` reloads one after the other.

    The p99 of a question is to stay within 5 times, and the event loop is to be blocked for 50 ms at most.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        knowledge = generated(facts)
        write(knowledge, folder)
        with capture_logs():
            row = asyncio.run(_row(folder, questions(knowledge, 300), reloads, resting))
    table("Reloading (one process answers while another one reads)", _HEAD, [(f"{facts:,}", *row)])


async def _row(folder: Path, asked, reloads: int, resting: float) -> tuple[str, ...]:
    library = _library(folder)
    until = time.perf_counter() + resting
    at_rest, _ = await _answered(library, asked, lambda: time.perf_counter() > until)
    begun = time.perf_counter()
    reload = asyncio.create_task(_reloads(Reloader(folder, library, Metrics()), reloads))
    meanwhile, late = await _answered(library, asked, reload.done)
    await reload
    p99 = [percentile(seconds, 0.99) for seconds in (at_rest, meanwhile)]
    return (
        duration((time.perf_counter() - begun) / reloads),
        f"{len(meanwhile):,}",
        *map(duration, p99),
        verdict(p99[1] / p99[0], 5),
        verdict(max(late) * 1e3, 50),
    )


def _library(folder: Path) -> Library:
    with collection_paused():
        reading = read_folder(folder)
        if reading.knowledge is None:
            raise ValueError("the generated knowledge has errors")
        answerer = Answerer(reading.knowledge)
        answerer.prepare()
        return Library(edition_of(reading, answerer))


async def _reloads(reloader: Reloader, count: int) -> None:
    for _ in range(count):
        if (await reloader.reload()).is_refused:
            raise TypeError("the generated knowledge was refused")


async def _answered(library: Library, asked, ended) -> tuple[list[float], list[float]]:
    """Seconds that each answer took, and seconds that the event loop was late by before it."""
    answers: list[float] = []
    late: list[float] = []
    while not ended():
        paused = time.perf_counter()
        await asyncio.sleep(_PAUSE)
        begun = time.perf_counter()
        library.now.answerer.answer(asked[len(answers) % len(asked)])
        late.append(begun - paused - _PAUSE)
        answers.append(time.perf_counter() - begun)
    return answers, late
