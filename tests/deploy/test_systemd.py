"""shushuo.service."""

from __future__ import annotations

import re
from collections import defaultdict

from deployed import ROOT, SETTINGS, text_of

from bot.cli import WRONG_USAGE
from bot.serving.run import WRONG_CONFIGURATION

HOME = "/opt/shushuo"


def options() -> dict[str, list[str]]:
    """Those of [Service], each with all its values."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in text_of("shushuo.service").partition("[Service]")[2].partition("[Install]")[0].splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


def test_it_starts_the_bot_in_the_folder_that_it_may_write() -> None:
    (command,) = options()["ExecStart"]
    assert command == f"{HOME}/.venv/bin/shushuo run"
    assert options()["StateDirectory"] == ["shushuo"]
    assert options()["WorkingDirectory"] == ["%S/shushuo"]


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


def test_a_helper_that_takes_too_much_memory_does_not_end_the_service() -> None:
    assert options()["OOMPolicy"] == ["continue"]


def test_a_reload_reads_the_knowledge_again() -> None:
    assert options()["ExecReload"] == ['sh -c "kill -HUP ${MAINPID}"']


def test_it_may_do_little() -> None:
    given = options()
    wanted = ("DynamicUser", "NoNewPrivileges", "PrivateDevices", "PrivateTmp", "PrivateUsers", "ProtectHome")
    assert [name for name in wanted if given[name] != ["yes"]] == []
    assert given["ProtectSystem"] == ["strict"]
    assert given["CapabilityBoundingSet"] == [""]
    assert given["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX"]
    assert given["SystemCallFilter"][0] == "@system-service"


def test_the_exposure_is_told() -> None:
    assert re.search(r"exposure level of \d\.\d", text_of("shushuo.service"))
