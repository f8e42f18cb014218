"""What is asked, what comes of it, and how people vote on the answers; nothing of who asks."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Executable, Integer, Select, bindparam, case, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Values, insert_into
from .tables import FEEDBACK, QUESTIONS, SET_ASIDE, VOTES
from .writer import Repository, Rows, Writer

# What nobody could read on a page; an export has as many.
MOST_QUESTIONS = 3_000
# Different ones, of which the texts are kept: nobody fills the database by asking.
QUESTIONS_A_DAY = 5_000
_ANSWER, _CHOICES, _NONE = "answer", "choices", "none"


class Vote(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question in its normalised form, its outcome (none or choices), and how often and when it was asked."""

    text: str  # empty for all those together that a day had no more room for
    outcome: str
    count: int
    first: date
    last: date
    # Where the outcome is an answer: the ids of its facts, with spaces between; `count` is of the votes against it.
    disliked: str = ""


class Popular(NamedTuple):
    """How often each fact was stated since a day, and its votes of all time; all by the fact's id."""

    asked: Mapping[str, int]
    up: Mapping[str, int]
    down: Mapping[str, int]


class Questions(Repository):
    """Questions and votes. All that asks the database raises NoDatabaseError."""

    def __init__(self, writer: Writer, keep_days: int, clock: Callable[[], datetime]) -> None:
        """`keep_days`: for how long questions are kept; 0 means that none is noted."""
        super().__init__(writer, clock)
        self._keep_days = keep_days

    async def asked(self, text: str, outcome: str, facts: Iterable[str], day: date) -> None:
        """Counts a question on a day, in its normalised form, and not who asks. `facts`: the ids stated or offered."""
        if self._keep_days > 0:
            values = {"day": day, "text": text, "question": question_hash(text), "outcome": str(outcome), "count": 1}
            self._writer.put(Rows(_count_question, [{**values, "facts": " ".join(facts)}]))

    async def voted(self, facts: Iterable[str], question_hash: str, vote: Vote, message: tuple[int, int]) -> None:
        """Counts a vote on an answer that stated `facts`; a later one on the same `message` of the chat replaces it."""
        question = question_hash if self._keep_days > 0 else ""
        stated = list(dict.fromkeys(facts))
        # What is not of a question is kept for ever, and so there are no more such rows than facts.
        counted = [" ".join(stated)] if question else stated
        # Stands for an answer in a message, so that neither is noted.
        ballot = blake2b(repr((message, question_hash, stated)).encode(), digest_size=16).hexdigest()
        cast = {"vote": vote, "day": self._clock().date()}

        async def change(connection: AsyncConnection) -> None:
            first = insert_into(connection, VOTES).values(ballot=ballot, **cast).on_conflict_do_nothing()
            is_first = (await connection.execute(first.returning(VOTES.c.ballot))).first() is not None
            again = update(VOTES).where(VOTES.c.ballot == ballot, VOTES.c.vote != vote).values(cast)
            if not is_first and not (await connection.execute(again)).rowcount:
                return
            taken_back = 0 if is_first else -1
            counts = {f"more_{side}": 1 if side is vote else taken_back for side in Vote}
            rows = [{"facts": facts, "question": question, **counts} for facts in counted]
            await connection.execute(_count_vote(connection), rows)

        self._writer.put(change)

    async def outcomes(self, day: date) -> dict[str, int]:
        asked = func.sum(QUESTIONS.c.count).label("asked")
        counts = select(QUESTIONS.c.outcome, asked).where(QUESTIONS.c.day == day).group_by(QUESTIONS.c.outcome)
        return dict(await self._rows(counts, lambda row: (str(row.outcome), int(row.asked))))

    async def unanswered(self, since: date) -> list[Unanswered]:
        """The questions since a day that were refused, got choices or a disliked answer; the first 3,000 of each."""

        async def query(connection: AsyncConnection) -> list[Unanswered]:
            found = await connection.execute(_most_unanswered(since))
            questions = [Unanswered(text, outcome, int(sum_), *days) for text, outcome, sum_, *days in found]
            for text, votes, *rest in await connection.execute(_most_disliked(since)):
                questions.append(Unanswered(text, _ANSWER, int(votes), *rest))
            return sorted(questions, key=lambda question: (-question.count, question.text, question.outcome))

        return await self._writer.read(query, 10.0)

    async def set_aside(self, cluster: Sequence[str]) -> None:
        """Leaves questions, by their hashes, out of those asked in vain: no report says what they ask for."""
        rows = [{"question": name, "cluster": cluster[0], "day": self._clock().date()} for name in cluster]
        await self._writer.confirm(
            lambda connection: connection.execute(insert_into(connection, SET_ASIDE).on_conflict_do_nothing(), rows)
        )

    async def take_back(self, first: str) -> bool:
        """Lists those again that were set aside together, if any were; `first`: the hash of the first of them."""
        return await self._changed(lambda _: delete(SET_ASIDE).where(SET_ASIDE.c.cluster == first))

    async def popular(self, since: date) -> Popular:
        """The facts that were stated since a day, and those that were voted on."""
        stated = (QUESTIONS.c.day >= since) & (QUESTIONS.c.outcome == _ANSWER)

        async def query(connection: AsyncConnection) -> Popular:
            asked, up, down = Counter[str](), Counter[str](), Counter[str]()
            counts = select(QUESTIONS.c.facts, func.sum(QUESTIONS.c.count)).where(stated).group_by(QUESTIONS.c.facts)
            for facts, count in await connection.execute(counts):
                asked.update(dict.fromkeys(facts.split(), int(count)))
            votes = (func.sum(FEEDBACK.c.up), func.sum(FEEDBACK.c.down))
            for facts, ups, downs in await connection.execute(
                select(FEEDBACK.c.facts, *votes).group_by(FEEDBACK.c.facts)
            ):
                up.update(dict.fromkeys(facts.split(), int(ups)))
                down.update(dict.fromkeys(facts.split(), int(downs)))
            return Popular(asked, up, down)

        return await self._writer.read(query)


def question_hash(text: str) -> str:
    """16 hexadecimal digits that stand for a normalised question, short enough for the data of a button."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


async def _count_question(connection: AsyncConnection, rows: list[Values]) -> None:
    """Counts questions; those new on a day that has QUESTIONS_A_DAY without their texts, in a row for each outcome."""
    bounded = [row for day in {row["day"]: None for row in rows} for row in await _bounded(connection, day, rows)]
    key = [column.name for column in QUESTIONS.primary_key]
    again = {"count": QUESTIONS.c.count + 1}
    row = insert_into(connection, QUESTIONS).on_conflict_do_update(index_elements=key, set_=again)
    await connection.execute(row, bounded)


async def _bounded(connection: AsyncConnection, day: date, rows: list[Values]) -> list[Values]:
    """The rows of the day, without the texts of those that are too many."""
    columns = QUESTIONS.c
    mine = [row for row in rows if row["day"] == day]
    kept = select(func.count()).where(columns.day == day, columns.question != "")
    room = QUESTIONS_A_DAY - (await connection.execute(kept)).scalar_one()
    if len(mine) <= room:
        return mine
    asked = columns.question.in_({row["question"] for row in mine})
    found = select(columns.question, columns.outcome, columns.facts).where(columns.day == day, asked)
    known = {tuple(row) for row in await connection.execute(found)}
    bounded = []
    for row in mine:
        key = (row["question"], row["outcome"], row["facts"])
        if key not in known and room > 0:
            known.add(key)
            room -= 1
        bounded.append(row if key in known else {**row, "question": "", "text": "", "facts": ""})
    return bounded


def _count_vote(connection: AsyncConnection) -> Executable:
    more = {side: bindparam(f"more_{side}", type_=Integer) for side in Vote}
    row = insert_into(connection, FEEDBACK).values({side: _not_below_zero(more[side]) for side in Vote})
    # A vote that is taken back may have been given while nothing was written.
    sums = {side: _not_below_zero(FEEDBACK.c[side] + more[side]) for side in Vote}
    return row.on_conflict_do_update(index_elements=list(FEEDBACK.primary_key), set_=sums)


def _not_below_zero(sum_: ColumnElement[int]) -> ColumnElement[int]:
    return case((sum_ < 0, 0), else_=sum_)


def _most_unanswered(since: date) -> Select[Any]:
    columns = QUESTIONS.c
    first, last = func.min(columns.day).label("first"), func.max(columns.day).label("last")
    most = (
        select(columns.question, columns.outcome, func.sum(columns.count).label("sum"), first, last)
        .where(columns.day >= since, columns.outcome.in_([_NONE, _CHOICES]), _listed())
        .group_by(columns.outcome, columns.question)
        .order_by(func.sum(columns.count).desc(), columns.question, columns.outcome)
        .limit(MOST_QUESTIONS)
        .subquery()
    )
    # One of the rows that were counted; they have the same text.
    counted = (columns.day == most.c.last, columns.question == most.c.question, columns.outcome == most.c.outcome)
    text = select(columns.text).where(*counted).limit(1).scalar_subquery()
    return select(text, most.c.outcome, most.c.sum, most.c.first, most.c.last)


def _most_disliked(since: date) -> Select[Any]:
    columns, votes = QUESTIONS.c, FEEDBACK.c
    against = (votes.question != "") & (votes.down > votes.up)
    days = func.min(columns.day), func.max(columns.day)
    return (
        select(func.min(columns.text), func.max(votes.down), *days, votes.facts)
        .join_from(FEEDBACK, QUESTIONS, columns.question == votes.question)
        .where(against, columns.day >= since, columns.outcome == _ANSWER, _listed())
        .group_by(votes.question, votes.facts)
        .order_by(func.max(votes.down).desc(), votes.question)
        .limit(MOST_QUESTIONS)
    )


def _listed() -> ColumnElement[bool]:
    """Whether a question is not set aside."""
    return ~exists().where(SET_ASIDE.c.question == QUESTIONS.c.question)
