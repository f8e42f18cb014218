"""What is looked for often, or in tables that grow for years, is found by an index."""

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import event, insert
from sqlalchemy.engine import Engine

from bot.storage.announcements import announced_by
from bot.storage.deliveries import Sending, due
from bot.storage.tables import ANNOUNCEMENTS, AUDIT, DELIVERIES, QUESTIONS, SCHEDULES
from tests.support.storage.opened_memory import START, opened_memory

pytestmark = pytest.mark.asyncio

MANY = 2_000  # so many that the planner of PostgreSQL wants an index by itself
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


@pytest_asyncio.fixture
async def memory(database):
    """One that has done much: of fifty announcements one was asked for, the others are of three schedules."""
    common = {"who": 1, "language": "en", "payload": "{}", "silent": False, "pin": False, "created": START}
    schedule = {**common, "cron": "0 9 * * *", "time_zone": "UTC", "next_at": START}
    past = dict.fromkeys(("due_at", "released", "finished", "reported"), START)
    announcement = {**common, **past, "action": "send", "state": "done", "scheduled": False}
    async with opened_memory(database) as memory:
        async with memory.database.writing() as connection:
            schedules = [{**schedule, "request_key": f"s{number}"} for number in range(3)]
            await connection.execute(insert(SCHEDULES), schedules)
            rows = [
                {
                    **announcement,
                    "request_key": f"schedule:{number}" if number % 50 else f"message:1:{number}",
                    "schedule": number % 3 + 1 if number % 50 else None,
                }
                for number in range(MANY)
            ]
            await connection.execute(insert(ANNOUNCEMENTS), rows)
            audited = [
                {"at": START + timedelta(days=number), "who": 1, "what": "reload", "result": ""}
                for number in range(MANY)
            ]
            await connection.execute(insert(AUDIT), audited)
        database.rows("ANALYZE")
        yield memory


async def plans(memory, kind: str, work) -> str:
    """How the database does each statement of `work`."""
    statements = []

    def note(_, __, statement: str, parameters, *___) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    lines: list[str] = []
    async with memory.database.reading() as connection:
        for statement, parameters in statements:
            plan = await connection.exec_driver_sql(EXPLAIN[kind] + statement, parameters)
            lines += [str(row[-1]) for row in plan]
    return "\n".join(lines)


async def test_what_is_to_be_reported(memory, kind) -> None:
    assert "announcements_unreported" in await plans(memory, kind, memory.announcements.unreported)


async def test_what_an_admin_has_asked_for(memory, kind) -> None:
    assert await memory.schedules.asked_before(1, 120) == 101
    plan = await plans(memory, kind, lambda: memory.schedules.asked_before(1, 120))
    assert "announcements_" in plan
    assert "Seq Scan" not in plan


async def test_what_schedules_have_announced(memory, kind) -> None:
    assert "announcements_schedule" in await plans(memory, kind, memory.schedules.all)
    assert [announced for _, announced in await memory.schedules.all()] == [START] * 3
    async with memory.database.reading() as connection:
        plan = await plans(memory, kind, lambda: announced_by(connection, 1))
        assert len(await announced_by(connection, 1)) > MANY // 4
    # PostgreSQL reads the whole table for a third of it.
    assert kind == "postgresql" or "announcements_schedule" in plan


async def test_what_was_asked_in_vain(memory, kind) -> None:
    async with memory.database.writing() as connection:
        answered = {"day": START.date(), "outcome": "answer", "facts": "output", "text": "", "count": 1}
        rows = [{**answered, "question": f"{number}"} for number in range(MANY)]
        await connection.execute(insert(QUESTIONS), [*rows, {**rows[0], "outcome": "none", "text": "房价"}])
        await connection.exec_driver_sql("ANALYZE")
    plan = await plans(memory, kind, lambda: memory.questions.unanswered(START.date()))
    assert "questions_outcome" in plan
    assert "Seq Scan on questions" not in plan
    assert [question.text for question in await memory.questions.unanswered(START.date())] == ["房价"]


async def test_what_is_to_be_sent_next(memory, kind) -> None:
    common = {"announcement": 1, "state": "sent", "attempts": 1, "at": START}
    pending = {**common, "state": "pending", "next_attempt_at": START}
    async with memory.database.writing() as connection:
        await connection.execute(insert(DELIVERIES), [{**common, "chat_id": number} for number in range(MANY)])
        await connection.execute(insert(DELIVERIES), [{**pending, "chat_id": -number} for number in range(1, MANY)])
        await connection.exec_driver_sql("ANALYZE")
    async with memory.database.reading() as connection:
        announcements = [Sending(1, "send", "{}", None, None, silent=False, pin=False)]
        plan = await plans(memory, kind, lambda: due(connection, announcements, (), 100, START))
        assert len(await due(connection, announcements, (), 100, START)) == 100
    assert "deliveries_due" in plan
    assert "Seq Scan on deliveries" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
