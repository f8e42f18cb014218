"""What the page's server gives to whom, and what it makes of requests that no page of its own sends."""

import json
import re
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.rehearsal import page_server
from bot.rehearsal.actions import Actions, Participants
from bot.rehearsal.bot_process import BotProcess
from bot.rehearsal.feed import Feed
from bot.rehearsal.page_server import PageServer, is_loopback

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(params=["", "key"])
async def address(request, tmp_path, server):
    """Of a page without a bot. With "key", as for other machines."""
    stage = Participants(server, 1003)
    feed = Feed(server, stage)
    actions = Actions(server, stage, BotProcess(tmp_path, {}), feed)
    server.files["FILE-1"] = b"<script>"
    page = PageServer(feed, actions, server.files, request.param)
    yield await page.start("127.0.0.1", 0)
    await page.stop()


async def asked(session: aiohttp.ClientSession, address: str, action: str, **given):
    """The reply to what the page asks for."""
    async with session.post(f"{address}do/{action}", data={"given": json.dumps(given)}) as response:
        return dict(await response.json())


async def test_the_page_loads_nothing_from_elsewhere(address, session) -> None:
    async with session.get(address) as response:
        assert response.status == 200
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "//" not in (await response.text()).replace("<!doctype", "")
    async with session.get(f"{address}page.js") as response:
        assert response.content_type.endswith("/javascript")


async def test_what_the_page_says_is_said_in_chinese_too() -> None:
    page = Path(page_server.__file__).parent / "page"
    source = "".join(path.read_text(encoding="utf-8") for path in page.iterdir() if path.name != "words.js")
    said = {said for pair in re.findall(r'\bt\("(.+?)"\)|data-t="(.+?)"', source) for said in pair if said}
    said |= set(re.findall(r'\["([A-Z].+?)", "', source)) | {"Network away for 10 seconds", "network away"}
    words = re.findall(
        r'^  "?(.+?)"?: \["(.+)", "(.+)"\],$', (page / "words.js").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert said <= {word for word, *_ in words}
    assert not [word for word in words if re.search("[a-z]", "".join(word[1:]))]


async def test_without_the_key_there_is_nothing(address, session) -> None:
    root = address.removesuffix("key/")
    for path in ("", "socket", "page.js", "stored/FILE-1/a"):
        async with session.get(f"{root}{path}") as response:
            assert (response.status == 404) == (root != address)
    async with session.get(f"{address}../actions.py") as response:
        assert response.status == 404


async def test_another_site_cannot_use_it(address, session) -> None:
    for path in ("socket", "do/send"):
        headers = {"Origin": "http://example.org"}
        async with session.request("GET" if path == "socket" else "POST", address + path, headers=headers) as response:
            assert response.status == 403
    async with session.get(address, headers={"Host": "example.org"}) as response:  # a name that leads to this machine
        assert response.status == (200 if "key" in address else 403)


async def test_nothing_that_was_sent_is_opened_as_a_page(address, session) -> None:
    async with session.get(f"{address}stored/FILE-1/a.html") as response:
        assert response.headers["Content-Disposition"] == "attachment"
        assert await response.read() == b"<script>"
    async with session.get(f"{address}stored/FILE-9/a.html") as response:
        assert response.status == 404


async def test_what_cannot_be_done_is_told(address, session) -> None:
    async with session.ws_connect(f"{address}socket") as socket:
        state = await socket.receive_json()
        person = state["people"][0]["id"]
        assert [state["status"], state["messages"]] == ["starting", []]
    here = {"as": person, "chat": person}
    assert "no action" in (await asked(session, address, "_person"))["problem"]
    assert "4096" in (await asked(session, address, "send", **here, text="a" * 4097))["problem"]
    assert (await asked(session, address, "send", **here | {"chat": 1}, text="a"))["problem"]
    assert (await asked(session, address, "send", **here, text="a"))["result"] is None


async def test_files_are_sent_as_an_album(address, session, server) -> None:
    person = next(iter(server.backend.people))
    form = aiohttp.FormData({"given": json.dumps({"as": person, "chat": person, "text": "两个"})})
    for name in ("a.csv", "b.csv"):
        form.add_field("file", b"1", filename=name, content_type="text/csv")
    async with session.post(f"{address}do/send", data=form) as response:
        assert await response.json() == {"result": None}
    first, second = server.backend.people[person].chat.messages.values()
    assert [message.fields["document"]["file_name"] for message in (first, second)] == ["a.csv", "b.csv"]
    assert first.fields["media_group_id"] == second.fields["media_group_id"]
    assert [first.text, second.text] == ["两个", ""]


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("[::1]", True), ("localhost", True), ("192.0.2.1", False), ("a", False)],
)
async def test_which_hosts_are_this_machine_alone(host, loopback) -> None:
    assert is_loopback(host) == loopback
