"""What the repository promises of itself: its documentation is complete, its parts stay apart, its versions exact."""

from __future__ import annotations

import ast
import io
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.answering.knowledge.schema import LEXICON_FILE, REPORT_FILE, Form
from bot.chat.commands import ADMIN_MENU, GROUP_MENU, PRIVATE_MENU
from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
LONGEST_FILE = 400  # lines
SKIPPED = {".git", ".venv", ".hypothesis", ".benchmarks", "data", "dist", "build", "__pycache__"}


def files() -> Iterator[Path]:
    """The files of the repository, without what git ignores."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED and not name.endswith(("_cache", ".egg-info"))]
        yield from (Path(folder) / name for name in names)


def modules() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "bot").rglob("*.py"))


def text_of(name: str) -> str:
    path = ROOT / name
    assert path.is_file(), f"{name} is missing"
    return path.read_text(encoding="utf-8")


# ---- the documentation


def helped(*arguments: str) -> str:
    with redirect_stdout(io.StringIO()) as printed, suppress(SystemExit):
        main([*arguments, "--help"])
    return printed.getvalue()


def commands() -> list[str]:
    return re.findall(r"^ {4}([a-z]+(?:-[a-z]+)*)\b", helped().partition("\ncommands:")[2], re.MULTILINE)


def options() -> list[str]:
    texts = (helped(), *map(helped, commands()))
    return sorted({option for text in texts for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)})


def targets() -> list[str]:
    """The Makefile's own steps are made by these."""
    declared = re.search(r"^\.PHONY: (.+)$", text_of("Makefile"), re.MULTILINE)
    assert declared
    return [target for target in declared[1].split() if target != "venv"]


def telegram_commands() -> list[str]:
    return sorted({key.removeprefix("command-") for key in (*PRIVATE_MENU, *GROUP_MENU, *ADMIN_MENU)})


def settings() -> list[str]:
    return [name.upper() for name in Settings.model_fields]


def fields(form: Form[Any]) -> set[str]:
    """The keys of a form and of the forms in it."""
    return {key for keys in form.keys.values() for key in keys}


def test_the_lists_below_are_not_empty() -> None:
    assert {"run", "chat", "ask", "check", "eval"} <= set(commands())
    assert {"--knowledge", "--json", "--article", "--min", "--help"} <= set(options())
    assert {"run", "test", "lint", "bench"} <= set(targets())
    assert {"ask", "topics", "help"} <= set(telegram_commands())
    assert {"TELEGRAM_BOT_TOKEN", "KNOWLEDGE_DIR"} <= set(settings())
    assert {"report", "aliases", "sentences", "figure", "keywords", "en", "left_out"} <= fields(REPORT_FILE)
    assert {"synonyms", "fillers"} <= fields(LEXICON_FILE)


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(readme: str, command: str) -> None:
    assert re.search(rf"\bshushuo {command}\b", text_of(readme))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("option", options())
def test_every_option_is_in_the_readme(readme: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", text_of(readme))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("target", targets())
def test_every_make_target_is_in_the_readme(readme: str, target: str) -> None:
    assert re.search(rf"\bmake {target}\b", text_of(readme))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", telegram_commands())
def test_every_command_in_telegram_is_in_the_readme(readme: str, command: str) -> None:
    assert re.search(rf"`/{command}\b", text_of(readme))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("setting", settings())
def test_every_setting_is_in_the_readme(readme: str, setting: str) -> None:
    assert re.search(rf"\b{setting}\b", text_of(readme))


@pytest.mark.parametrize("field", sorted(fields(REPORT_FILE) | fields(LEXICON_FILE)))
def test_every_field_of_the_knowledge_is_in_the_editors_guide(field: str) -> None:
    in_yaml = rf"^[\s#-]*{field}:|[{{,]\s*{field}:"
    assert re.search(rf"`{field}:?`|{in_yaml}", text_of("knowledge/README.md"), re.MULTILINE)


def test_the_example_of_the_settings_lists_each_once_and_no_other() -> None:
    listed = re.findall(r"^#?([A-Z][A-Z_]+)=", text_of(".env.example"), re.MULTILINE)
    assert sorted(listed) == sorted(settings())


# ---- the parts

# From the commands down; a part may use what stands behind it, and `answering` stands alone.
MAY_IMPORT = {
    "__init__": set(),
    "__main__": {"cli"},
    "cli": {"operating", "serving", "announcements", "terminal", "answering", "settings", "version"},
    "operating": {"storage", "answering", "settings", "secrets", "http_client"},
    "serving": {"announcements", "chat", "storage", "answering", "settings", "secrets", "http_client", "version"},
    "terminal": {"answering"},
    "announcements": {"chat", "storage", "answering", "settings"},
    "chat": {"storage", "answering", "version"},
    "storage": set(),
    "settings": set(),
    "secrets": {"settings"},
    "http_client": set(),
    "version": set(),
    "answering": set(),
}
# Whoever asks in a shell waits for no network library, and the same question gets the same answer at any time.
MOST_MODULES = 15
NOT_IN_ANSWERING = {"telegram", "aiohttp", "httpx", "sqlalchemy", "asyncio", "socket", "datetime", "time", "random"}


def imported(module: str) -> set[str]:
    """The full names of all modules that a module names in its imports, wherever in it they stand."""
    package = Path(module).parent.parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(text_of(module))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join((*base, *filter(None, [node.module])))
            # `from bot import serving` names the part last.
            found |= {f"{source}.{alias.name}" for alias in node.names}
    return found


def part_of(name: str) -> str:
    return name.split(".")[1]


@pytest.mark.parametrize("module", modules())
def test_imports_run_one_way(module: str) -> None:
    part = Path(module).with_suffix("").parts[1]
    used = {part_of(name) for name in imported(module) if name.startswith("bot.")}
    assert used <= MAY_IMPORT[part] | {part}


def test_a_relative_import_is_seen() -> None:
    assert "bot.cli.main" in imported("bot/__main__.py")
    assert "bot.answering.knowledge.model.Fact" in imported("bot/answering/answer.py")
    assert any(part_of(name) == "serving" for name in imported("bot/cli.py") if name.startswith("bot."))


@pytest.mark.parametrize("module", [module for module in modules() if module.startswith("bot/answering/")])
def test_answering_knows_no_network_and_no_clock(module: str) -> None:
    assert not {name.split(".")[0] for name in imported(module)} & NOT_IN_ANSWERING


def test_no_folder_has_more_modules_than_one_sees_at_a_glance() -> None:
    modules_of = Counter(Path(module).parent for module in modules() if not module.endswith("__init__.py"))
    assert {folder: count for folder, count in modules_of.items() if count > MOST_MODULES} == {}


def test_no_source_file_is_too_long_to_be_read() -> None:
    lines = {path.relative_to(ROOT): len(path.read_bytes().splitlines()) for path in files() if path.suffix == ".py"}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


# ---- the versions


def this_version() -> str:
    version: str = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    return version


def test_the_newest_in_the_changelog_is_this_version() -> None:
    newest = re.search(r"^## \[(.+)\] - \d{4}-\d{2}-\d{2}$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] == this_version()


@pytest.mark.parametrize("readme", READMES)
def test_the_command_prints_this_version_as_the_readme_says(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    printed = capsys.readouterr().out
    assert printed == f"shushuo {this_version()}\n"
    assert f"`{printed.strip()}`" in text_of(readme)


def pinned() -> dict[str, str]:
    lines = [line for line in text_of("deploy/constraints.txt").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines, key=str.lower)
    pins = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) for line in lines]
    assert all(pins), "each line is NAME==VERSION"
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def needed(requirements: list[str], extras: tuple[str, ...] = ("",)) -> Iterator[Requirement]:
    for requirement in map(Requirement, requirements):
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement


def closure(requirements: list[str]) -> set[str]:
    """The names of the packages required, and of all that these require in turn."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(needed(requirements))
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in seen:
            seen.add(key)
            waiting += needed(requires(requirement.name) or [], ("", *requirement.extras))
    return {name for name, _ in seen}


def test_every_dependency_has_an_exact_version() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    declared = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["test"]]
    builds = {canonicalize_name(Requirement(text).name) for text in project["build-system"]["requires"]}
    assert closure(declared) | builds | {"pip", "setuptools"} <= pinned().keys()


def test_the_exact_versions_are_among_those_declared() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    pins = pinned()
    for text in (*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["test"]):
        requirement = Requirement(text)
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


def test_no_file_names_a_package_index() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "index" + "-url", "find" + "-links", "npm" + "js.")
    naming = [path for path in files() if any(host.encode() in path.read_bytes() for host in hosts)]
    assert naming == []


def test_the_checks_of_a_submission_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert re.findall(r"^make .+$", text_of(".ci/run"), re.MULTILINE) == ["make lint", "make test"]
