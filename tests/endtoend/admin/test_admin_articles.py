"""Articles that an admin sends: drafted by a process of its own, corrected, applied and asked, over real HTTP."""

import sys

import pytest

from bot.chat.admin import documents
from bot.chat.admin.documents import Drafter
from bot.drafting import worker
from bot.drafting.draft import Doubt, Draft
from tests.support.bots.admin_bot import HOME, AdminBot, admin_bot, apply, figure
from tests.support.reports.small_report import ARTICLE, YAML

pytestmark = pytest.mark.asyncio


class DrafterInProcess:
    """As `Drafter`, without a process of its own, which is sooner; the last tests here prove that it works."""

    async def draft(self, name: str, data: bytes) -> Draft | str:
        return worker.drafted(name, data)


@pytest.fixture(autouse=True)
def _no_process_to_draft(monkeypatch) -> None:
    monkeypatch.setattr("bot.serving.service.Drafter", DrafterInProcess)


async def drafted(at: AdminBot, content: bytes, name: str):
    """The draft and what is said of it."""
    await at.admin.send_document(content, name)
    document = await at.admin.next_message()
    return document, await at.admin.next_message()


async def test_an_article_is_drafted_corrected_applied_and_asked(at) -> None:
    document, offer = await drafted(at, ARTICLE.encode("gb18030"), "../公报.TXT")
    assert offer.reply_to is document
    assert offer.text.startswith("Draft: 4 facts for 4 figures; doubtful: ")
    assert "\nCorrect the file and send it back to me, or apply it as it is.\n" in offer.text
    assert at.files() == {HOME: YAML}
    text = at.server.files[document.fields["document"]["file_id"]].decode()
    name = document.fields["document"]["file_name"]
    assert "2.4万吨" in text
    corrected = text.replace("title: 山口镇2020年统计公报", "title: 山口镇公报")
    assert corrected != text
    offer = await at.offered(corrected, name)
    assert offer.text.startswith("Checked. ")
    await apply(at, offer)
    assert await figure(at, "粮食产量是多少") == "2.4万吨"
    assert at.files() == {HOME: YAML, name: corrected}


async def test_a_draft_is_applied_as_it_is_and_undone(at) -> None:
    document, offer = await drafted(at, ARTICLE.encode(), "公报.md")
    await apply(at, offer)
    assert await figure(at, "幼儿园多少所") == "12所"
    assert at.files().keys() == {HOME, document.fields["document"]["file_name"]}
    assert (await at.admin.ask("/undo")).text.startswith("Undone")
    assert at.files() == {HOME: YAML}


async def test_what_cannot_be_drafted_is_told_in_a_line(at) -> None:
    for content, name, fields in (
        ("没有数字的讲话。".encode(), "讲话.txt", {}),
        ("今天有3个人。".encode(), "<b>无年份.txt", {}),
        (b"#", "large.pdf", {"file_size": 20 * 1024 * 1024 + 1}),
    ):
        await at.admin.send_document(content, name, fields=fields)
        said = await at.admin.next_message()
        assert len(said.text.splitlines()) == 1
        assert (said.buttons, said.fields) == ((), {})
    assert at.files() == {HOME: YAML}


async def test_a_draft_that_is_refused_is_given_with_its_first_doubts(server, tmp_path, monkeypatch) -> None:
    doubts = tuple(Doubt(f"f{number}", "长" * 300, "<b>为什么</b>\n" * 100) for number in range(40))

    async def draft(*_: object) -> Draft:
        return Draft("report: [", 50, 40, doubts)

    monkeypatch.setattr(DrafterInProcess, "draft", draft)
    async with admin_bot(server, tmp_path) as at:
        document, said = await drafted(at, b"x", "x.txt")
    assert document.fields["document"]["file_name"] == "draft.yaml"
    lines = said.text.splitlines()
    assert lines[0] == "Draft: 40 facts for 50 figures; doubtful: 40"
    assert lines[9:11] == ["… and 32 more", "Correct the file and send it back to me, or apply it as it is."]
    assert "Not good yet; nothing was changed:" in lines
    assert said.buttons == ()


async def test_a_stranger_gets_no_draft(at) -> None:
    person = at.server.user(language_code="en")
    await person.send_document(ARTICLE.encode(), "公报.txt")
    assert "document" not in (await person.next_message()).fields


async def test_a_process_of_its_own_drafts() -> None:
    made = await Drafter().draft("公报.txt", ARTICLE.encode("gb18030"))
    assert (made.figures, made.facts) == (4, 4)
    assert "2.4万吨" in made.text


@pytest.mark.parametrize("script", ["exec sleep 600", "echo '{'", "kill -9 $$", "cat > /dev/null; exit 1"])
async def test_one_that_hangs_or_dies_is_ended_and_told_in_a_line(tmp_path, monkeypatch, script, logs) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(documents, "_LONGEST_DRAFT", 0.2 if "sleep" in script else 60.0)
    told = await Drafter().draft("公报.pdf", b"x" * 1_000_000)
    assert told == "公报.pdf: reading it took too long, or too much memory: give its text alone, as .txt"
    assert [record["event"] for record in logs] == ["the drafting of an article broke off"]
