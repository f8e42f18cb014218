import pytest
import pytest_asyncio

from tests.support.storage.opened_memory import Clock, opened_memory


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.writer.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.storage.writer.LONGEST_PAUSE", 0.01)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def memory(database, clock):
    """On the database under test, by the clock of the test."""
    async with opened_memory(database, clock) as memory:
        yield memory
