"""Reports of invented places, told by tables, and what they answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest

from bot.answering.answer import Answer, Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import last_answer
from bot.answering.knowledge.model import English, Fact, Knowledge, Lexicon, Report, Subject


def facts_of(report: Report, table: str) -> Iterator[Fact]:
    """The facts of a table: sections after `# `, sentences, and behind each its facts, indented.

    A fact is `id|label|figure`, and where need be `|period|keywords|English label`. Its period is `-` where none is
    told, and the report's year where it is left out. One that is not indented has a sentence of its own.
    """
    section, sentence = "概况", ""
    for line in table.splitlines():
        if line.startswith("# "):
            section = line[2:]
        elif "|" not in line:
            sentence = line
        else:
            id_, label, figure, period, names, english = (line.strip() + "|||").split("|")[:6]
            sentence = sentence if line.startswith(" ") else f"{label}{figure}。"
            keywords = (label, *filter(None, names.split(",")))
            when = None if period == "-" else period or f"{report.year}年"
            yield Fact(id_, label, figure, keywords, sentence, section, report, when, English(english))


class Told:
    """Reports that are told by tables, of which the first line has the place, other names of that, and the year."""

    def __init__(self, *tables: str) -> None:
        reports, facts = list[Report](), list[Fact]()
        for table in tables:
            head, _, rest = table.partition("\n")
            place, *aliases, year = head.split()
            subject = Subject(place, place, tuple(aliases))
            reports.append(Report(f"told-{year}", f"{place}{year}年报", f"{place}统计局", int(year), subject))
            facts += facts_of(reports[-1], rest)
        self.knowledge = Knowledge(tuple(reports), tuple(facts), Lexicon())
        self.cases: list[Case] = []

    @classmethod
    def of(cls, knowledge: Knowledge):
        """Reports that are there already."""
        made = cls()
        made.knowledge = knowledge
        return made

    def asked(self, table: str):
        """Adds what people ask: behind `# ` what the lines below prove, and a line for each expected answer.

        That is how `summary` has it, or `-` for any but an answer. Behind `: ` are wordings that come to the same, with
        `|` between them, and between the messages of a conversation ` / `.
        """
        for line in table.splitlines():
            if not line.startswith("# "):
                expected, _, wordings = line.partition(": ")
                self.cases += [Case(self, expected, wording) for wording in wordings.split("|")]
        return self

    @cached_property
    def answerer(self) -> Answerer:
        return Answerer(self.knowledge)

    def last(self, *messages: str) -> Answer:
        """The answer to the last message of a conversation."""
        return last_answer(self.answerer, messages)


@dataclass(frozen=True, slots=True)
class Case:
    """What one who asks `report` is to be answered."""

    report: Told
    expected: str
    wording: str

    def __str__(self) -> str:
        return self.wording

    def check(self) -> None:
        found = self.report.last(*self.wording.split(" / "))
        if self.expected == "-":
            assert found.outcome is not Outcome.ANSWER
        else:
            assert summary(found) == self.expected


def asked(*reports: Told) -> pytest.MarkDecorator:
    """Runs a test with each `case` of the reports."""
    return pytest.mark.parametrize("case", [case for report in reports for case in report.cases], ids=str)


def summary(answered: Answer) -> str:
    """The facts that are stated, behind `yes` or `no` to a claim, or offered, behind `?`; else the outcome alone."""
    if not answered.matches:
        return answered.outcome.value
    verdict = {True: ["yes"], False: ["no"], None: []}[answered.verdict]
    return " ".join([*verdict, *["?"][answered.outcome is Outcome.ANSWER :], *ids(answered)])


def ids(answered: Answer) -> list[str]:
    """The ids of the facts stated or offered, best first."""
    return [match.fact.id for match in answered.matches]


def stated(answered: Answer) -> list[str]:
    """The same, where they are stated; none where there are choices or a refusal."""
    return ids(answered) if answered.outcome is Outcome.ANSWER else []
