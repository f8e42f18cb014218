"""The image: what goes into it, who runs in it, and how it is started, asked and stopped."""

import asyncio
import json
import os
import re
import sys
import tomllib
from asyncio.subprocess import PIPE
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pytest

from bot.settings import Settings
from tests.support.bots.running_bot import listening, running_bot
from tests.support.deploy_files import DEPLOY, image_environment, image_user, instructions, last_stage
from tests.support.repository import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RULES = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def value(name: str) -> str:
    """Of the one such instruction in the last stage."""
    (rest,) = [rest for other, rest in last_stage() if other == name]
    return rest


def copied() -> list[str]:
    """What is copied from the repository."""
    return [
        source
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]


def is_sent(path: str) -> bool:
    """Whether a file of the repository gets to the builder: the last rule that fits it, or a folder of it, decides."""
    pure = PurePosixPath(path)
    above = [str(pure), *map(str, pure.parents)][:-1]
    sent = True
    for rule in RULES:
        pattern = rule.removeprefix("!")
        anywhere = pattern.removeprefix("**/")
        fits = any(fnmatchcase(name, pattern) for name in above) or (
            anywhere != pattern and any(fnmatchcase(part, anywhere) for part in pure.parts)
        )
        sent = rule.startswith("!") if fits else sent
    return sent


def test_both_stages_begin_with_the_same_slim_image() -> None:
    assert [rest for name, rest in instructions() if name == "FROM"] == ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"]
    (argument,) = [rest for name, rest in instructions() if rest.startswith("PYTHON_IMAGE=")]
    version = re.fullmatch(r"PYTHON_IMAGE=python:3\.(\d+)-slim-\w+", argument)
    assert f"3.{version[1]}" >= PROJECT["requires-python"].removeprefix(">=")


def test_only_what_serving_needs_is_installed_and_in_exact_versions() -> None:
    (step,) = [rest for name, rest in instructions() if "pip" in rest and name == "RUN"]
    assert "python -m pip install pip && " in step
    assert step.endswith(" install .")
    environment = next(rest for name, rest in instructions() if name == "ENV")
    assert "PIP_CONSTRAINT=deploy/constraints.txt PIP_BUILD_CONSTRAINT=deploy/constraints.txt" in environment
    assert not any(word in rest for _, rest in instructions() for word in ("apt", "curl", "wget", "ADD "))


def test_the_vocabulary_is_read_when_the_image_is_built() -> None:
    (step,) = [rest for name, rest in instructions() if name == "RUN" and "python -I -c" in rest]
    exec(step.partition("-c ")[2].strip('"'))  # noqa: S102 (what the image does)


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_is_there_and_is_sent(source) -> None:
    path = ROOT / source
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.suffix in {".py", ".yaml", ".ftl"}]
    assert files
    assert [file for file in files if not is_sent(file.relative_to(ROOT).as_posix())] == []


def test_secrets_and_leftovers_are_not_sent() -> None:
    paths = """\
        .env .git/config .venv/bin/python bot/.env bot/__pycache__/cli.cpython-313.pyc bot/terminal/README.md
        data/shushuo.db deploy/.env deploy/secrets/telegram_bot_token knowledge/.hewan.yaml.swp tests/conftest.py"""
    assert [path for path in paths.split() if is_sent(path)] == []


def test_it_runs_as_a_number_that_is_not_root() -> None:
    assert value("USER") == f"{image_user()}:{image_user()}"
    assert image_user() >= 10_000
    made = " ".join(rest for name, rest in last_stage() if name == "RUN")
    assert f"--uid {image_user()} --gid {image_user()}" in made
    assert f"--owner={image_user()} --group={image_user()} /app/data" in made


def test_nothing_stands_between_the_signal_and_the_bot() -> None:
    program, arguments = json.loads(value("ENTRYPOINT")), json.loads(value("CMD"))
    assert program[0] in PROJECT["scripts"]
    assert arguments == ["run"]
    assert value("STOPSIGNAL") == "SIGTERM"


def test_health_is_asked_of_the_bot_itself() -> None:
    options, _, command = value("HEALTHCHECK").partition(" CMD ")
    *_, script = json.loads(command)
    assert f"deploy/healthcheck.py {script}" in [rest for name, rest in last_stage() if name == "COPY"]
    assert {option.partition("=")[0] for option in options.split()} == {
        "--interval",
        "--timeout",
        "--start-period",
        "--retries",
    }


def test_its_settings_are_settings_and_its_files_are_where_they_are_looked_for() -> None:
    assert f"knowledge {Settings().knowledge_dir}" in [rest for name, rest in last_stage() if name == "COPY"]
    database = Settings().database_url.get_secret_value().removeprefix("sqlite:///")
    assert json.loads(value("VOLUME")) == [str(Path(value("WORKDIR"), database).parent)]
    listen = image_environment()["HTTP_LISTEN"]
    assert Settings(http_listen=listen).http_listen == listen
    assert value("EXPOSE") == listen.rpartition(":")[2]


async def check(listen: str, **environment: str) -> tuple[int | None, str]:
    """The exit code, and what is printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        DEPLOY / "healthcheck.py",
        env={**os.environ, "HTTP_LISTEN": listen, **environment},
        stdout=PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return process.returncode, printed.decode()


@pytest.mark.asyncio
async def test_a_bot_that_serves(server) -> None:
    settings = listening()
    port = settings["http_listen"].rpartition(":")[2]
    async with running_bot(server, **settings):
        person = server.user()
        await person.ask("产值")
        # A proxy for the way to Telegram is none for the way to itself.
        for listen in (settings["http_listen"], f"0.0.0.0:{port}"):
            code, printed = await check(listen, http_proxy="http://127.0.0.1:1")
            assert (code, printed.count("\n")) == (0, 1)
            assert printed.startswith('200 {"telegram": true')


@pytest.mark.asyncio
async def test_a_bot_that_does_not_reach_telegram(server) -> None:
    settings = listening()
    server.delay_next("getMe", 60)
    async with running_bot(server, **settings):
        await server.wait_for_call("getMe")
        code, printed = await check(settings["http_listen"])
    assert code == 1
    assert printed.startswith('503 {"telegram": false')


@pytest.mark.asyncio
async def test_no_bot() -> None:
    listen = listening()["http_listen"]
    code, printed = await check(listen)
    assert (code, printed.count("\n")) == (1, 1)
    assert printed.startswith(f"nothing answers at {listen} (")
    nowhere = "HTTP_LISTEN is empty: write host:port, or nobody can tell whether the bot serves\n"
    assert await check("") == (1, nowhere)
