"""shushuo.service."""

import os
import re
import subprocess
from collections import defaultdict

from bot.cli import WRONG_USAGE
from bot.serving.service import WRONG_CONFIGURATION
from tests.support.deploy_files import DEPLOY, SETTINGS, text_of
from tests.support.repository import ROOT

HOME = "/opt/shushuo"


def options() -> dict[str, list[str]]:
    """Those of [Service], each with all its values."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in text_of("shushuo.service").partition("[Service]")[2].partition("[Install]")[0].splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


def test_it_starts_the_bot_reloads_it_and_lets_it_do_little() -> None:
    given = options()
    wanted = ("DynamicUser", "NoNewPrivileges", "PrivateDevices", "PrivateTmp", "PrivateUsers", "ProtectHome")
    expected = {
        **dict.fromkeys(wanted, "yes"),
        "ExecStart": f"{HOME}/.venv/bin/shushuo run",
        "ExecReload": 'sh -c "kill -HUP ${MAINPID}"',
        "StateDirectory": "shushuo",
        "WorkingDirectory": "%S/shushuo",
        "OOMPolicy": "continue",  # a reading that takes too much memory does not end the service
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    }
    assert {name: given[name] for name in expected} == {name: [value] for name, value in expected.items()}
    assert given["SystemCallFilter"][0] == "@system-service"


def test_the_token_is_a_credential() -> None:
    (credential,) = options()["LoadCredential"]
    name, _, file = credential.partition(":")
    assert f"TELEGRAM_BOT_TOKEN_FILE=%d/{name}" in options()["Environment"]
    assert file in text_of("README.md")


def test_its_settings_are_settings() -> None:
    names = {pair.partition("=")[0] for pair in options()["Environment"]}
    assert names - {"PYTHONDONTWRITEBYTECODE"} <= SETTINGS
    (knowledge,) = [pair for pair in options()["Environment"] if pair.startswith("KNOWLEDGE_DIR=")]
    assert (ROOT / knowledge.partition(f"={HOME}/")[2]).is_dir()


def test_it_comes_back_but_not_where_that_does_not_help() -> None:
    assert options()["Restart"] == ["on-failure"]
    assert options()["RestartPreventExitStatus"] == [str(WRONG_CONFIGURATION)] == [str(WRONG_USAGE)]
    assert int(options()["TimeoutStopSec"][0]) > 5


def test_other_commands_run_as_the_service_does(tmp_path) -> None:
    """systemd-run is a script here, which prints how it was called and then runs the command."""
    (tmp_path / "systemd-run").write_text(
        '#!/bin/sh\nuntil [ "$1" = sh ]; do echo "$1"; shift; done\nCREDENTIALS_DIRECTORY=/run/secret exec "$@"\n'
    )
    (tmp_path / "systemd-run").chmod(0o755)
    printed = subprocess.run(  # noqa: S603
        [DEPLOY / "as-service", "sh", "-c", 'echo "$TELEGRAM_BOT_TOKEN_FILE" "$0" "$1"', "a  b", "$c"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    properties = dict(re.findall(r"--property=(\w+)=(.*)", "\n".join(printed)))
    unit = {name: [value.replace("%S", "/var/lib") for value in values] for name, values in options().items()}
    assert {name: value for name, value in properties.items() if unit[name] != [value]} == {}
    assert {"User", "DynamicUser", "StateDirectory", "WorkingDirectory", "EnvironmentFile"} <= properties.keys()
    environment = re.findall(r"--setenv=(.*)", "\n".join(printed))
    assert {*environment, "TELEGRAM_BOT_TOKEN_FILE=%d/telegram-bot-token"} == set(unit["Environment"])
    assert printed[-1] == "/run/secret/telegram-bot-token a  b $c"


def test_the_guide_has_root_do_nothing_in_the_folder_that_the_service_writes() -> None:
    command = r"(?:sudo (?!/opt/shushuo/deploy/as-service)|\bcd )[^`\n]*/var/lib/shushuo"
    assert re.findall(command, text_of("README.md")) == []
