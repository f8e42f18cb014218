import pytest
import pytest_asyncio

from tests.support.announcements.announcing_admin import subscribe
from tests.support.bots.admin_bot import ReadingInProcess, admin_bot


@pytest.fixture(autouse=True)
def _no_process_to_read(monkeypatch) -> None:
    """Reading the knowledge again takes no process of its own; those that test_reload.py starts prove that it works."""
    monkeypatch.setattr("bot.serving.reloading.ReadingProcess", ReadingInProcess)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch) -> None:
    """What a bot keeps beside its knowledge lies in the folder that it runs in."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def logs(logs, caplog):
    """What the bot logs; what libraries log as an error fails the test."""
    yield logs
    assert [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


@pytest_asyncio.fixture
async def at(server, tmp_path):
    async with admin_bot(server, tmp_path) as at:
        yield at


@pytest_asyncio.fixture
async def group(at):
    """One that is subscribed to announcements."""
    group = at.server.group(title="Group 1")
    await subscribe(at, group)
    return group
