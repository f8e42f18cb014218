"""`shushuo doctor`: a line for each thing that the bot needs, whatever is broken, and nothing changed by looking."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import namedtuple
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from bot_process import PATIENCE, SECRET, TOKEN, settings
from databases import PostgresqlTrial, SqliteTrial, Trial
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from opened_memory import opened_memory
from ports import free_port
from shell import Done, Shell
from small_report import YAML, write_report
from telegram import Bot
from telegram_server import TelegramServer

from bot.operating import local_examinations
from bot.operating.finding import Level
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrating import migrate, newest

pytestmark = pytest.mark.asyncio

Usage = namedtuple("Usage", "total used free")
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    level: str
    text: str


def lines(done: Done) -> dict[str, list[Line]]:
    """By what each line is about."""
    found: dict[str, list[Line]] = {}
    for line in done.out.splitlines():
        level, _, rest = line.partition(" ")
        subject, _, text = rest.strip().partition(": ")
        found.setdefault(subject, []).append(Line(level, text))
    errors = any(line.level == Level.ERROR for some in found.values() for line in some)
    assert (done.code, done.err) == (int(errors), "")
    return found


@asynccontextmanager
async def opened(trial: Trial) -> AsyncIterator[Database]:
    database = Database(trial.url)
    try:
        yield database
    finally:
        await database.close()


# ---- all of it


async def test_all_is_well(shell: Shell, database: Trial) -> None:
    async with opened_memory(database):
        pass
    async with TelegramServer(token=TOKEN, privacy=True) as server:
        done = await shell.run("doctor", **settings(server, DATABASE_URL=database.url))
    assert done.code == 0
    found = lines(done)
    assert {line.level for some in found.values() for line in some} == {"ok"}
    assert list(found)[:9] == [
        "settings",
        "proxy",
        "token",
        "webhook",
        "groups",
        "inline mode",
        "clock",
        "database",
        "knowledge",
    ]
    assert found["token"] == [Line("ok", "@shushuo_test_bot (id 123456)")]
    assert found["database"][0].text.endswith(f" answers, its tables are up to date ({newest()})")
    assert found["knowledge"] == [Line("ok", "2 facts of 1 report")]
    assert [request.method for request in server.requests] == ["getMe", "getWebhookInfo"]


async def test_everything_is_broken(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PASSWORD=x\nDATABASE_URL=mysql://a:secret@b/c\n")
    shutil.rmtree(tmp_path / "knowledge")
    port = free_port()
    done = await shell.start(
        "doctor",
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=f"http://127.0.0.1:{port}",
        TELEGRAM_PROXY=f"http://name:hunter2@127.0.0.1:{port}",
        REPLY_RATE="fast",
    )
    assert done.code == 1
    found = lines(done)
    assert "secret" not in done.out
    assert "hunter2" not in done.out
    assert [line.text.partition(":")[0] for line in found["settings"]] == [".env line 1", "DATABASE_URL", "REPLY_RATE"]
    assert found["proxy"] == [
        Line(
            "error",
            f"127.0.0.1:{port} cannot be reached (Connection refused); start the proxy, or correct TELEGRAM_PROXY",
        )
    ]
    assert found["token"][0].text.startswith("Telegram cannot be asked (")
    assert found["clock"][0].level == "warning"
    assert found["database"] == [Line("warning", "not examined; put DATABASE_URL right first")]
    assert "no such folder" in found["knowledge"][0].text


async def test_nothing_is_set(shell: Shell, tmp_path: Path) -> None:
    found = lines(await shell.run("doctor"))
    assert found["token"][0].level == "error"
    assert found["token"][0].text.startswith("TELEGRAM_BOT_TOKEN is not set; write the token")
    assert found["database"] == [Line("ok", "data/shushuo.db is not there yet; the start makes it")]
    assert sorted(found) == ["database", "disk of data", "knowledge", "proxy", "settings", "token"]
    assert not (shell.folder / "data").exists()


VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.fixed_dictionaries({}, optional={name.upper(): VALUES for name in Settings.model_fields}))
async def test_any_settings_are_examined(shell: Shell, values: dict[str, str]) -> None:
    # Nothing here is reached: what is a token or a proxy by chance is not looked for.
    values.pop("TELEGRAM_PROXY", None)
    with_token = {**values, "TELEGRAM_API_URL": f"http://127.0.0.1:{free_port()}"}
    assert {"settings", "proxy", "knowledge"} <= lines(await shell.run("doctor", **with_token)).keys()


async def test_a_check_that_fails_itself_does_not_keep_the_others_from_being_made(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise LookupError(SECRET)

    monkeypatch.setattr(local_examinations, "load", fail)
    found = lines(await shell.run("doctor", TELEGRAM_BOT_TOKEN_FILE="nowhere"))
    assert found["knowledge"] == [
        Line("error", "could not be examined (LookupError); look at the lines around this one")
    ]
    assert found["telegram"] == [Line("warning", "not examined; put TELEGRAM_BOT_TOKEN_FILE right first")]
    assert found["disk of data"][0].level == "ok"


# ---- Telegram


async def test_a_token_that_telegram_refuses(shell: Shell, server: TelegramServer) -> None:
    given = settings(server, TELEGRAM_BOT_TOKEN=f"654321:{SECRET}")
    found = lines(await shell.run("doctor", **given))
    assert found["token"][0].level == "error"
    assert found["token"][0].text.startswith("Telegram refuses it; copy it again from @BotFather")
    assert "webhook" not in found
    assert found["clock"][0].level == "ok"  # who refuses tells the time, too


async def test_a_page_in_between_is_not_telegram(shell: Shell, server: TelegramServer) -> None:
    server.garbage_next("getMe")
    found = lines(await shell.run("doctor", **settings(server)))
    assert found["token"][0].text.startswith(
        "Telegram cannot be asked (the reply is not Telegram's); check the network"
    )


async def test_telegram_does_not_say_how_the_webhook_is(shell: Shell, server: TelegramServer) -> None:
    server.fail_next("getWebhookInfo", 500, "Internal Server Error")
    found = lines(await shell.run("doctor", **settings(server)))
    assert found["webhook"] == [Line("warning", "Telegram does not say (Internal Server Error); try again")]


async def test_what_the_bot_may_do(shell: Shell, server: TelegramServer) -> None:
    found = lines(await shell.run("doctor", **settings(server)))
    assert found["groups"][0].level == "warning"
    assert "privacy mode is off" in found["groups"][0].text
    assert found["inline mode"] == [Line("ok", "on")]
    async with TelegramServer(token=TOKEN, inline=False, joins=False) as closed:
        found = lines(await shell.run("doctor", **settings(closed)))
    assert found["inline mode"] == [Line("warning", "off; send /setinline to @BotFather, then restart the bot")]
    assert found["groups"] == [
        Line("warning", "the bot cannot be added to groups; send /setjoingroups to @BotFather for that")
    ]


@pytest.mark.parametrize(
    ("ahead", "level", "text"),
    [
        (0, "ok", "agrees with Telegram's"),
        (30, "warning", " seconds behind Telegram's; have the system keep its time (NTP)"),
        (-30, "warning", " seconds ahead of Telegram's; have the system keep its time (NTP)"),
        (86_400, "error", " seconds behind Telegram's; have the system keep its time (NTP)"),
    ],
)
async def test_the_clock(shell: Shell, server: TelegramServer, ahead: int, level: str, text: str) -> None:
    server.ahead = ahead
    (line,) = lines(await shell.run("doctor", **settings(server)))["clock"]
    assert line.level == level
    assert line.text.endswith(text)


async def test_the_webhook(shell: Shell, server: TelegramServer) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/private-path"
    webhook = settings(server, WEBHOOK_URL=address, HTTP_LISTEN=f"127.0.0.1:{port}")
    unset = lines(await shell.run("doctor", **webhook))["webhook"]
    async with Bot(TOKEN, f"{server.url}/bot") as bot:
        await bot.set_webhook(address)
        well = lines(await shell.run("doctor", **webhook))["webhook"]
        polling = lines(await shell.run("doctor", **settings(server)))["webhook"]
        elsewhere = lines(await shell.run("doctor", **{**webhook, "WEBHOOK_URL": f"{address}/new"}))["webhook"]
        await server.user().send("小学数量")
        async with asyncio.timeout(PATIENCE):
            while not (await bot.get_webhook_info()).last_error_date:  # noqa: ASYNC110 (it happens at Telegram)
                await asyncio.sleep(0.01)
        failing = lines(await shell.run("doctor", **webhook))["webhook"]
    host = f"127.0.0.1:{port}"
    again = "the start of this bot sets it; once it runs, this must be gone"
    assert unset == [Line("warning", f"not set, WEBHOOK_URL is; {again}")]
    assert well == [Line("ok", f"set to {host}, 0 updates wait")]
    assert polling[0].level == "warning"
    assert polling[0].text.startswith(f"set to {host}, but WEBHOOK_URL is not set; the start of this bot removes it: ")
    assert elsewhere == [Line("warning", f"set to {host}, another address than WEBHOOK_URL; {again}")]
    assert failing[0].level == "warning"
    assert failing[0].text.startswith(f"Telegram could not deliver to {host} at ")
    assert failing[0].text.endswith("; check the reverse proxy and HTTP_LISTEN; 1 updates wait")
    assert not any("private-path" in line.text for line in (*unset, *well, *polling, *elsewhere))


# ---- the database


async def test_a_database_is_left_as_it_is(shell: Shell, tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path)
    async with opened(trial) as older, older.replacing() as connection:
        await connection.run_sync(migrate, "0001")
    before = sha256(trial.path.read_bytes()).digest()
    (line,) = lines(await shell.with_database(trial, "doctor"))["database"]
    assert line.level == "warning"
    assert f" has the older form 0001, this version uses {newest()}; the next start brings it up to date: " in line.text
    assert sha256(trial.path.read_bytes()).digest() == before
    assert trial.rows("SELECT version_num FROM alembic_version") == [("0001",)]


async def test_forms_of_a_database(shell: Shell, database: Trial) -> None:
    async with opened(database) as empty, empty.replacing():
        pass
    assert lines(await shell.with_database(database, "doctor"))["database"][0].text.endswith(
        " is empty; the start makes its tables"
    )
    async with opened_memory(database):
        pass
    database.rows("UPDATE alembic_version SET version_num = '9999_since_0001'")
    (line,) = lines(await shell.with_database(database, "doctor"))["database"]
    assert line.level == "warning"
    assert line.text.endswith(
        " has the newer form 9999_since_0001, which this version can use too; bring this one up to date too"
    )
    database.rows("UPDATE alembic_version SET version_num = '9999'")
    (line,) = lines(await shell.with_database(database, "doctor"))["database"]
    assert line.level == "error"
    assert line.text.endswith(
        "it was last used by a newer version of Shushuo; install that version here too; "
        "or set DATABASE_URL to another database"
    )
    async with database.away():
        (line,) = lines(await shell.with_database(database, "doctor"))["database"]
        assert line.level == "error"


async def test_a_server_that_takes_no_changes(shell: Shell, postgresql: str, short_folder: Path) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made(), trial.read_only():
        (line,) = lines(await shell.with_database(trial, "doctor"))["database"]
    assert line.level == "error"
    assert line.text.endswith(" is read-only; set DATABASE_URL to the server that takes changes")


async def test_rights_that_a_user_of_the_server_lacks(shell: Shell, postgresql: str, short_folder: Path) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    user = f"guest_{uuid4().hex}"
    url = trial.url.replace("postgres@", f"{user}@")
    async with trial.made():
        trial.administer(f"CREATE ROLE {user} LOGIN")
        (line,) = lines(await shell.run("doctor", DATABASE_URL=url))["database"]
        assert line.level == "error"
        assert line.text.endswith(f"make it the owner of the database, or GRANT CREATE ON SCHEMA public TO {user}")
        async with opened_memory(trial):
            trial.rows(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {user}")
        (line,) = lines(await shell.run("doctor", DATABASE_URL=url))["database"]
        assert line.level == "error"
        assert line.text.endswith(" has tables that this user may not write; make it their owner")
        trial.rows(f"GRANT DELETE ON ALL TABLES IN SCHEMA public TO {user}")
        (line,) = lines(await shell.run("doctor", DATABASE_URL=url))["database"]
        assert line.level == "ok"


async def test_a_file_that_is_no_database(shell: Shell, tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path)
    trial.path.parent.mkdir()
    trial.path.write_bytes(b"a letter, and no database " * 100)
    (line,) = lines(await shell.with_database(trial, "doctor"))["database"]
    assert line.level == "error"
    assert "cannot be used (file is not a database); check the path in DATABASE_URL" in line.text


async def test_what_this_user_may_not_write(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = SqliteTrial(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    found = lines(await shell.with_database(trial, "doctor"))
    assert "is not there, and cannot be made in " in found["database"][0].text
    assert found["disk of data"] == [
        Line("error", f"{tmp_path} cannot be written; give the user that the bot runs as the right to write there")
    ]
    async with opened_memory(trial):
        pass
    found = lines(await shell.with_database(trial, "doctor"))
    assert "/shushuo.db cannot be written; give this user the right" in found["database"][0].text
    assert found["database"][0].level == "error"


# ---- this machine


async def test_the_knowledge(shell: Shell, tmp_path: Path) -> None:
    write_report(tmp_path / "knowledge", YAML.replace("figure: 5所", "figure: 6所"))
    (line,) = lines(await shell.run("doctor"))["knowledge"]
    assert line.level == "error"
    assert line.text.startswith("1 error, the first: knowledge/hewan.yaml:")
    assert line.text.endswith("; run `shushuo check`, and put them right")
    write_report(tmp_path / "other", YAML.replace("小学]", "小学, 小学]"))
    (line,) = lines(await shell.run("doctor", "--knowledge", str(tmp_path / "other")))["knowledge"]
    assert line.level == "warning"
    assert "other/hewan.yaml" in line.text


@pytest.mark.parametrize(("free", "level"), [(10 * MB, "error"), (100 * MB, "warning"), (5000 * MB, "ok")])
async def test_room_on_the_disk(shell: Shell, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10_000 * MB, 0, free))
    (line,) = lines(await shell.run("doctor"))["disk of data"]
    assert line.level == level
    assert line.text.startswith(f"{free // MB:,} MB free")


async def test_the_folder_of_a_database_elsewhere_is_looked_at_too(shell: Shell, tmp_path: Path) -> None:
    found = lines(await shell.run("doctor", DATABASE_URL=f"sqlite:///{tmp_path}/else where/bot.db"))
    assert {"disk of data", f"disk of {tmp_path}/else where"} <= found.keys()


async def test_a_proxy(shell: Shell, server: TelegramServer) -> None:
    given = settings(server, TELEGRAM_PROXY=f"socks5://name:hunter2@127.0.0.1:{server.port}")
    done = await shell.run("doctor", **given)
    found = lines(done)
    assert found["proxy"] == [Line("ok", f"127.0.0.1:{server.port} can be reached")]
    assert found["token"][0].level == "error"  # it is no proxy
    assert "hunter2" not in done.out
    found = lines(await shell.run("doctor", HTTPS_PROXY="http://127.0.0.1:1"))
    assert found["proxy"] == [Line("ok", "that of the environment (https)")]
