"""The output of `shushuo check`, `suggest` and `eval`: what is wrong with the knowledge, and what would help it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from unicodedata import east_asian_width

from bot.answering.evaluation import Graded, ScoreRow
from bot.answering.knowledge.folder import Loaded
from bot.answering.knowledge.problem import Problem, Severity
from bot.answering.suggesting import Suggestion

from .rendering import json_line
from .streams import counted, printable

# Of the rows of `fact_rows`.
_SCORES = "{:<14}{:>9}{:>7}{:>8}"
_COLUMNS = ("id", "label", "figure", "aspect", "period", "names")


def problem_json(problem: Problem) -> str:
    """A problem as one line: its file, line, column, severity and message."""
    return json_line(asdict(problem))


def fact_json(row: tuple[str, ...]) -> str:
    """How a fact is read, a row of `fact_rows`, as one line."""
    return json_line(dict(zip(_COLUMNS, row, strict=True)))


def table_lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The rows of `fact_rows` with a tab before each column but the first, below a row of the columns' names.

    All columns but the last are padded, so that they stand in line; a Chinese character is as wide as two letters.
    """
    table = [tuple(map(printable, row)) for row in (_COLUMNS, *rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for *row, last in table:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        yield "\t".join([*padded, last])


def _width(text: str) -> int:
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


def counts_text(loaded: Loaded, problems: Sequence[Problem]) -> str:
    """The last line for people: of files that cannot be read nothing is counted but their errors, which it tells."""
    sentences = [sentence for file in loaded.files for sentence in file.sentences]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    files, reports = len(loaded.files), counted(loaded.reports, "report")
    counts = (
        counted(sum(len(sentence.facts) for sentence in sentences), "fact"),
        counted(len(sentences), "sentence"),
        reports if files == loaded.reports else f"{files} of {reports}",
        counted(errors, "error"),
        counted(len(problems) - errors, "warning"),
    )
    return ", ".join(counts)


def next_step(problems: Sequence[Problem], *, compared: bool, graded: bool) -> str:
    """What an editor does next. `compared`: with the article; `graded`: whether the folder has a question file."""
    error = next((one for one in problems if one.severity is Severity.ERROR), None)
    numbers = sum("has no fact" in one.message for one in problems)
    open_key = next((one for one in problems if "is not filled in" in one.message), None)
    if error:
        step = f"correct {error.file}:{error.line} and check again; other errors often come from the first"
    elif open_key:
        step = f"fill in what the draft has left open, from {open_key.file}:{open_key.line} on"
    elif len(problems) > numbers:
        step = "change the names above that miss their fact; `shushuo ask --explain NAME` tells how one is read"
    elif numbers:
        step = f"give {counted(numbers, 'number')} of the article a fact, or list the phrases under left_out"
    elif not compared:
        step = "compare with the printed text: `shushuo check --article FILE`"
    elif not graded:
        step = (
            "write questions as people ask them, one a line, to questions.jsonl beside the folder; then `shushuo eval`"
        )
    else:
        step = "grade the answers with `shushuo eval`, and send /reload to the running bot"
    return printable(f"Next: {step}.")


def suggestion_lines(found: Iterable[Suggestion], asked: int, days: int) -> Iterator[str]:
    """Synonyms as they are written into a lexicon, each with what it would have answered."""
    lines = [
        f"  - [{', '.join(one.group)}]  # would have answered {counted(len(one.questions), 'question')}, asked"
        f" {sum(one.questions.values())} times: {'; '.join(list(one.questions)[:3])}"
        for one in found
    ]
    whole = f"{counted(asked, 'question')} of the last {counted(days, 'day')} asked in vain"
    if lines:
        yield f"# {whole}. Write what is right into lexicon.yaml, in place of a line with the same name, and check."
        yield "synonyms:"
        yield from map(printable, lines)
    else:
        yield f"# {whole}: no synonym would have answered several."


def score_lines(*groups: Sequence[ScoreRow]) -> list[str]:
    """A heading and one line a row, the groups parted by an empty line."""
    lines = [_SCORES.format("kind", "questions", "score", "missed")]
    for group in groups:
        for row in group:
            score = "-" if row.score is None else f"{row.score:.3f}"
            lines.append(_SCORES.format(printable(row.name), row.questions, score, row.missed))
        lines.append("")
    return lines[:-1]


def missed_lines(graded: Iterable[Graded]) -> Iterator[str]:
    """Three lines for each question that was missed: the question, what was expected, what was answered."""
    for question, answer in ((one.question, one.answer) for one in graded if one.missed):
        expected = [" ".join(filter(None, (one.id, one.figure, one.sentence))) for one in question.expect]
        answered = [f"{match.fact.id} {match.fact.figure}" for match in answer.matches]
        verdict = () if answer.verdict is None else (str(answer.verdict).lower(),)
        yield printable(f"{question.kind}: {' / '.join(question.said)}")
        yield printable(f"  expected: {'; '.join(expected) or 'no answer'}")
        yield printable(f"  answered: {'; '.join((answer.outcome.value, *verdict, *answered))}")
