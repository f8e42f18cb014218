"""`shushuo doctor`: a line for each thing that the bot needs, whatever is broken, and nothing changed by looking."""

import asyncio
import os
import re
import shutil
from collections import namedtuple
from hashlib import sha256
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from telegram import Bot

from bot.operating import doctor
from bot.settings import Settings
from bot.storage.migrating import newest
from tests.support.bots.running_bot import free_port
from tests.support.processes.bot_process import PATIENCE, SECRET, TOKEN, settings
from tests.support.reports.small_report import YAML, write_report
from tests.support.storage.databases import PostgresqlTrial, SqliteTrial
from tests.support.storage.first_release import FIRST_RELEASE, make_first_release
from tests.support.storage.opened_memory import opened_database, opened_memory
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio

Usage = namedtuple("Usage", "total used free")
MB = 1024 * 1024


def lines(done) -> dict[str, list[str]]:
    """The level and the text of each line, by what it is about."""
    found: dict[str, list[str]] = {}
    for line in done.out.splitlines():
        level, _, rest = line.partition(" ")
        subject, _, text = rest.strip().partition(": ")
        found.setdefault(subject, []).append(f"{level}: {text}")
    errors = any(line.startswith("error") for some in found.values() for line in some)
    assert (done.code, done.err) == (int(errors), "")
    return found


async def examined(shell, *arguments: str, **given_: str) -> dict[str, list[str]]:
    return lines(await shell.run("doctor", *arguments, **given_))


async def of_database(shell, url: str) -> str:
    (line,) = (await examined(shell, DATABASE_URL=url))["database"]
    return line


async def test_all_is_well(shell, database) -> None:
    database.prepare()
    async with TelegramServer(token=TOKEN, privacy=True) as server:
        found = await examined(shell, **settings(server, DATABASE_URL=database.url))
    assert {line.partition(":")[0] for some in found.values() for line in some} == {"ok"}
    subjects = ["settings", "proxy", "token", "webhook", "groups", "inline mode", "clock", "database", "knowledge"]
    assert list(found)[:9] == subjects
    assert found["token"] == ["ok: @shushuo_test_bot (id 123456)"]
    assert found["database"][0].endswith(f" answers, its tables are up to date ({newest()})")
    assert found["knowledge"] == ["ok: 2 facts of 1 report"]
    assert [request.method for request in server.requests] == ["getMe", "getWebhookInfo"]


async def test_everything_is_broken(shell, tmp_path) -> None:
    (tmp_path / ".env").write_text("PASSWORD=x\nDATABASE_URL=mysql://a:secret@b/c\n")
    shutil.rmtree(tmp_path / "knowledge")
    port = free_port()
    done = await shell.run(
        "doctor",
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=f"http://127.0.0.1:{port}",
        TELEGRAM_PROXY=f"http://name:hunter2@127.0.0.1:{port}",
        REPLY_RATE="fast",
    )
    assert done.code == 1
    assert not re.search("secret|hunter2", done.out)
    found = lines(done)
    assert [line.split(": ")[1] for line in found["settings"]] == [".env line 1", "DATABASE_URL", "REPLY_RATE"]
    unreached = f"127.0.0.1:{port} cannot be reached (Connection refused)"
    assert found["proxy"] == [f"error: {unreached}; start the proxy, or correct TELEGRAM_PROXY"]
    assert found["token"][0].startswith("error: Telegram cannot be asked (")
    assert found["clock"][0].startswith("warning")
    assert found["database"] == ["warning: not examined; put DATABASE_URL right first"]
    assert "no such folder" in found["knowledge"][0]


async def test_nothing_is_set(shell) -> None:
    found = await examined(shell)
    assert found["token"][0].startswith("error: TELEGRAM_BOT_TOKEN is not set; write the token")
    assert found["database"] == ["ok: data/shushuo.db is not there yet; the start makes it"]
    assert sorted(found) == ["database", "disk of data", "knowledge", "proxy", "settings", "token"]
    assert not (shell.folder / "data").exists()


VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.fixed_dictionaries({}, optional={name.upper(): VALUES for name in Settings.model_fields}))
async def test_any_settings_are_examined(shell, values) -> None:
    # Nothing here is reached: what is a token or a proxy by chance is not looked for.
    values.pop("TELEGRAM_PROXY", None)
    with_token = {**values, "TELEGRAM_API_URL": f"http://127.0.0.1:{free_port()}"}
    assert {"settings", "proxy", "knowledge"} <= (await examined(shell, **with_token)).keys()


async def test_a_check_that_fails_itself_does_not_keep_the_others_from_being_made(shell, monkeypatch) -> None:
    def fail(_: object) -> None:
        raise LookupError(SECRET)

    monkeypatch.setattr(doctor, "load", fail)
    found = await examined(shell, TELEGRAM_BOT_TOKEN_FILE="nowhere")
    assert found["knowledge"] == ["error: could not be examined (LookupError); look at the lines around this one"]
    assert found["telegram"] == ["warning: not examined; put TELEGRAM_BOT_TOKEN_FILE right first"]
    assert found["disk of data"][0].startswith("ok: ")


async def test_what_telegram_refuses_or_does_not_say(shell, server) -> None:
    refused = await examined(shell, **settings(server, TELEGRAM_BOT_TOKEN=f"654321:{SECRET}"))
    assert refused["token"][0].startswith("error: Telegram refuses it; copy it again from @BotFather")
    assert "webhook" not in refused
    assert refused["clock"][0].startswith("ok: ")  # who refuses tells the time, too
    server.garbage_next("getMe")  # a page in between is not Telegram
    (line,) = (await examined(shell, **settings(server)))["token"]
    assert line.startswith("error: Telegram cannot be asked (the reply is not Telegram's); check the network")
    server.fail_next("getWebhookInfo", 500, "Internal Server Error")
    (line,) = (await examined(shell, **settings(server)))["webhook"]
    assert line == "warning: Telegram does not say (Internal Server Error); try again"


async def test_what_the_bot_may_do(shell, server) -> None:
    found = await examined(shell, **settings(server))
    assert found["groups"][0].startswith("warning: privacy mode is off")
    assert found["inline mode"] == ["ok: on"]
    async with TelegramServer(token=TOKEN, inline=False, joins=False) as closed:
        found = await examined(shell, **settings(closed))
    assert found["inline mode"] == ["warning: off; send /setinline to @BotFather, then restart the bot"]
    cannot = "the bot cannot be added to groups"
    assert found["groups"] == [f"warning: {cannot}; send /setjoingroups to @BotFather for that"]


@pytest.mark.parametrize(
    ("ahead", "line"),
    [
        (0, "ok: agrees with Telegram's"),
        (30, r"warning: \d+ seconds behind Telegram's; have the system keep its time \(NTP\)"),
        (-30, r"warning: \d+ seconds ahead of Telegram's; have the system keep its time \(NTP\)"),
        (86_400, r"error: [\d,]+ seconds behind Telegram's; have the system keep its time \(NTP\)"),
    ],
)
async def test_the_clock(shell, server, ahead, line) -> None:
    server.ahead = ahead
    (found,) = (await examined(shell, **settings(server)))["clock"]
    assert re.fullmatch(line, found)


async def test_the_webhook(shell, server) -> None:
    port = free_port()
    host = f"127.0.0.1:{port}"
    address = f"http://{host}/private-path"
    webhook = settings(server, WEBHOOK_URL=address, HTTP_LISTEN=host)

    async def found(given_: dict[str, str]) -> str:
        (line,) = (await examined(shell, **given_))["webhook"]
        assert "private-path" not in line
        return line

    again = "the start of this bot sets it; once it runs, this must be gone"
    assert await found(webhook) == f"warning: not set, WEBHOOK_URL is; {again}"
    async with Bot(TOKEN, f"{server.url}/bot") as bot:
        await bot.set_webhook(address)
        assert await found(webhook) == f"ok: set to {host}, 0 updates wait"
        polling = f"warning: set to {host}, but WEBHOOK_URL is not set; the start of this bot removes it: "
        assert (await found(settings(server))).startswith(polling)
        elsewhere = await found({**webhook, "WEBHOOK_URL": f"{address}/new"})
        assert elsewhere == f"warning: set to {host}, another address than WEBHOOK_URL; {again}"
        await server.user().send("小学数量")
        async with asyncio.timeout(PATIENCE):
            while not (await bot.get_webhook_info()).last_error_date:  # noqa: ASYNC110 (it happens at Telegram)
                await asyncio.sleep(0.01)
        failing = await found(webhook)
    assert failing.startswith(f"warning: Telegram could not deliver to {host} at ")
    assert failing.endswith("; check the reverse proxy and HTTP_LISTEN; 1 updates wait")


async def test_a_database_is_left_as_it_is(shell, tmp_path) -> None:
    trial = SqliteTrial(tmp_path)
    async with opened_database(trial) as older, older.replacing() as connection:
        await connection.run_sync(make_first_release)
    before = sha256(trial.path.read_bytes()).digest()
    line = await of_database(shell, trial.url)
    assert line.startswith("warning: ")
    assert (
        f" has the older form {FIRST_RELEASE}, this version uses {newest()}; the next start brings it up to date: "
        in line
    )
    assert sha256(trial.path.read_bytes()).digest() == before
    assert trial.rows("SELECT version_num FROM alembic_version") == [(FIRST_RELEASE,)]


async def test_forms_of_a_database(shell, database) -> None:
    async with opened_database(database) as empty, empty.replacing():
        pass
    assert (await of_database(shell, database.url)).endswith(" is empty; the start makes its tables")
    async with opened_memory(database):
        pass
    database.rows("UPDATE alembic_version SET version_num = '9999_since_0001'")
    newer = "has the newer form 9999_since_0001, which this version can use too; bring this one up to date too"
    assert re.fullmatch(f"warning: .* {newer}", await of_database(shell, database.url))
    database.rows("UPDATE alembic_version SET version_num = '9999'")
    newer = "it was last used by a newer version of Shushuo; install that version here too"
    line = await of_database(shell, database.url)
    assert re.fullmatch(f"error: .*: {newer}; or set DATABASE_URL to another database", line)
    async with database.away():
        assert (await of_database(shell, database.url)).startswith("error: ")


async def test_rights_that_a_user_of_the_server_lacks(shell, postgresql, short_folder) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    user = f"guest_{uuid4().hex}"
    async with trial.made():
        url = trial.url.replace("postgres@", f"{user}@")
        async with trial.read_only():
            line = await of_database(shell, trial.url)
        assert re.fullmatch("error: .* is read-only; set DATABASE_URL to the server that takes changes", line)
        trial.administer(f"CREATE ROLE {user} LOGIN")
        line = await of_database(shell, url)
        advice = f"make it the owner of the database, or GRANT CREATE ON SCHEMA public TO {user}"
        assert re.fullmatch(f"error: .*: this user may not make tables there; {advice}", line)
        async with opened_memory(trial):
            trial.rows(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {user}")
        line = await of_database(shell, url)
        assert re.fullmatch("error: .* has tables that this user may not write; make it their owner", line)
        trial.rows(f"GRANT DELETE ON ALL TABLES IN SCHEMA public TO {user}")
        assert (await of_database(shell, url)).startswith("ok: ")


async def test_a_file_that_is_no_database(shell, tmp_path) -> None:
    trial = SqliteTrial(tmp_path)
    trial.path.parent.mkdir()
    trial.path.write_bytes(b"a letter, and no database " * 100)
    problem = r"cannot be used \(file is not a database\); check the path in DATABASE_URL"
    assert re.match(f"error: .* {problem}", await of_database(shell, trial.url))


async def test_what_this_user_may_not_write(shell, tmp_path, monkeypatch) -> None:
    trial = SqliteTrial(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    found = await examined(shell, DATABASE_URL=trial.url)
    assert "is not there, and cannot be made in " in found["database"][0]
    advice = "give the user that the bot runs as the right to write there"
    assert found["disk of data"] == [f"error: {tmp_path} cannot be written; {advice}"]
    async with opened_memory(trial):
        pass
    line = await of_database(shell, trial.url)
    assert re.match("error: .*/shushuo.db cannot be written; give this user the right", line)


async def test_the_knowledge(shell, tmp_path) -> None:
    write_report(tmp_path / "knowledge", YAML.replace("figure: 5所", "figure: 6所"))
    (line,) = (await examined(shell))["knowledge"]
    assert line.startswith("error: 1 error, the first: knowledge/hewan.yaml:")
    assert line.endswith("; run `shushuo check`, and put them right")
    write_report(tmp_path / "other", YAML.replace("小学]", "小学, 小学]"))
    (line,) = (await examined(shell, "--knowledge", str(tmp_path / "other")))["knowledge"]
    assert re.match("warning: .*other/hewan.yaml", line)


@pytest.mark.parametrize(("free", "level"), [(10, "error"), (100, "warning"), (5000, "ok")])
async def test_room_on_the_disk(shell, monkeypatch, free, level) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10_000 * MB, 0, free * MB))
    found = await examined(shell, DATABASE_URL=f"sqlite:///{shell.folder}/else where/bot.db")
    for folder in ("data", f"{shell.folder}/else where"):
        assert found[f"disk of {folder}"][0].startswith(f"{level}: {free:,} MB free")


async def test_a_proxy(shell, server) -> None:
    done = await shell.run(
        "doctor", **settings(server, TELEGRAM_PROXY=f"socks5://name:hunter2@127.0.0.1:{server.port}")
    )
    found = lines(done)
    assert found["proxy"] == [f"ok: 127.0.0.1:{server.port} can be reached"]
    assert found["token"][0].startswith("error: ")  # it is no proxy
    assert "hunter2" not in done.out
    found = await examined(shell, HTTPS_PROXY="http://127.0.0.1:1")
    assert found["proxy"] == ["ok: that of the environment (https)"]
