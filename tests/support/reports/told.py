"""Reports of invented places, told by tables, and what they answer."""

from collections.abc import Iterator
from functools import cached_property

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

    @cached_property
    def answerer(self) -> Answerer:
        return Answerer(self.knowledge)

    def last(self, *messages: str) -> Answer:
        """The answer to the last message of a conversation."""
        return last_answer(self.answerer, messages)


def ids(answered: Answer) -> list[str]:
    """The ids of the facts stated or offered, best first."""
    return [match.fact.id for match in answered.matches]


def stated(answered: Answer) -> list[str]:
    """The same, where they are stated; none where there are choices or a refusal."""
    return ids(answered) if answered.outcome is Outcome.ANSWER else []
