"""/reload and its like over real HTTP, with real folders and, in the first test, a real process that reads."""

import asyncio
import threading

import pytest

from bot.answering.worker import Read, Stage
from bot.serving.reloading import ReadingProcess
from tests.support.bots.admin_bot import HOME, AdminBot, ReadingInProcess, admin_bot, library_of
from tests.support.bots.running_bot import running_bot
from tests.support.reports.small_report import RICHER, YAML, write_report
from tests.support.storage.no_memory import NoMemory

pytestmark = pytest.mark.asyncio

QUESTION = "小学数量"
RELOADS = 12


async def reloaded(at: AdminBot) -> str:
    """What /reload is answered with in the end, in the message that it was answered with at once."""
    word = await at.admin.ask("/reload")
    done = await at.admin.wait_for(lambda message: message is word and "…" not in message.text.splitlines()[0])
    assert done.edits
    return done.text


async def figure(person) -> str:
    return (await person.ask(QUESTION)).text.splitlines()[0]


async def test_what_changed_is_told_in_one_message(server, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("bot.serving.reloading.ReadingProcess", ReadingProcess)
    async with admin_bot(server, tmp_path) as at:
        assert await figure(at.admin) == "5所"
        old = at.library.now.version
        assert old in (await at.admin.ask("/about")).text
        write_report(at.folder, RICHER)
        lines = (await reloaded(at)).splitlines()
        assert lines[0] == f"In force: version {at.library.now.version}, 2 facts."
        assert lines[1] == "Facts: 0 added, 0 removed, 1 changed"
        assert lines[2].startswith("~ schools 小学数量: 5所 → 6所")
        assert await figure(server.user()) == "6所"
        assert at.library.now.version in (await at.admin.ask("/about")).text
        assert at.library.now.version != old
        assert (await at.audit())[0][:2] == (at.admin.id, "reload")


async def test_errors_are_told_with_their_places_and_nothing_changes(at, server) -> None:
    old = at.library.now
    # Whose message is deleted meanwhile is told in another one.
    server.fail_next("editMessageText", 400, "Bad Request: message to edit not found")
    await at.admin.ask("/reload")
    assert "In force" in (await at.admin.next_message()).text
    write_report(at.folder, YAML.replace("figure: 5所", "figure: 7所").replace("year: 2021", "year: x"))
    lines = (await reloaded(at)).splitlines()
    assert lines[0] == f"Version {old.version} stays in force; the folder has an error:"
    assert lines[1].startswith(f"{at.folder / HOME}:5:9: 'year' must be")
    assert await figure(server.user()) == "5所"
    assert at.library.now.version == old.version
    (at.folder / HOME).unlink()
    assert "no report here" in await reloaded(at)
    at.folder.rmdir()
    assert "no such folder" in await reloaded(at)
    assert await figure(server.user()) == "5所"


async def test_reloads_under_a_stream_of_questions(server, tmp_path) -> None:
    # Without a database, which would have hundreds of questions a second to note.
    folder, admin, memory = write_report(tmp_path / "knowledge"), server.user(language_code="en"), NoMemory()
    library = library_of(folder)
    async with running_bot(server, library=library, memory=memory, admin_ids=(admin.id,), knowledge_dir=folder):
        at = AdminBot(server, admin, library, memory, folder, tmp_path)
        people = [server.user(language_code="zh") for _ in range(4)]
        right = [(await people[0].ask(QUESTION)).text]
        write_report(at.folder, RICHER)
        await reloaded(at)
        right.append((await people[0].ask(QUESTION)).text)
        assert [text.splitlines()[0] for text in right] == ["5所", "6所"]
        ended = asyncio.Event()
        streams = [asyncio.create_task(_answers(person, ended)) for person in people[1:]]
        for number in range(RELOADS):
            write_report(at.folder, (YAML, RICHER)[number % 2])
            assert "In force" in await reloaded(at)
            # Who asks now is answered by what the reload has brought.
            assert (await people[0].ask(QUESTION)).text == right[number % 2]
        ended.set()
        answers = [answer for answers in await asyncio.gather(*streams) for answer in answers]
    assert len(answers) > RELOADS
    assert set(answers) == set(right)


async def _answers(person, ended: asyncio.Event) -> list[str]:
    """What a person is answered who asks again and again."""
    answers = []
    while not ended.is_set():
        answers.append((await person.ask(QUESTION)).text)
    return answers


async def test_a_long_reload_shows_how_far_it_is_and_the_next_one_waits(server, tmp_path, monkeypatch) -> None:
    go_on = threading.Event()

    class Held(ReadingInProcess):
        def read(self, tell) -> Read:
            def slowly(stage: Stage) -> None:
                tell(stage)
                if stage is Stage.INDEXING:
                    assert go_on.wait(10)

            return super().read(slowly)

    monkeypatch.setattr("bot.serving.reloading.ReadingProcess", Held)
    monkeypatch.setattr("bot.chat.admin.status._BETWEEN_NOTICES", 0.0)
    ids = (9001, 9002)
    async with admin_bot(server, tmp_path, admin_ids=ids) as at:
        one, other = (server.user(id=id_, language_code="en") for id_ in ids)
        first = await one.ask("/reload")
        assert first.text == "Reading the knowledge …"
        await first.becomes("Read and checked")
        second = await other.ask("/reload")
        assert await figure(server.user()) == "5所"
        go_on.set()
        for notice in (first, second):
            await notice.becomes("In force")
        assert len(await at.audit()) == 2


@pytest.mark.parametrize("watch", [True, False])
async def test_files_that_change_are_read_where_that_is_wanted(server, tmp_path, watch) -> None:
    async with admin_bot(server, tmp_path, knowledge_watch=watch) as at:
        write_report(at.folder, RICHER)
        person = server.user()
        if not watch:
            assert "0 added, 0 removed, 1 changed" in await reloaded(at)
            assert (await at.audit())[-1][0] == at.admin.id
            return
        async with asyncio.timeout(10):
            while await figure(person) != "6所":
                pass
            # It is noted once it is in force.
            while not (noted := await at.audit()):
                pass
        assert noted[0][:2] == (None, "reload")
