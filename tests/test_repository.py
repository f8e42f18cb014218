"""What the repository promises of itself: its parts stay apart, and its versions are exact."""

import ast
import os
import re
import tomllib
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.repository import ROOT, files, text_of

LONGEST_FILE = 400  # lines


def modules() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "bot").rglob("*.py"))


# ---- the parts

# From the commands down; a part may use what stands behind it, and `answering` stands alone.
_MAY_IMPORT = """\
__init__:
__main__: cli
arguments: terminal
cli: arguments operating rehearsal serving terminal errors drafting answering settings version
operating: announcements chat storage answering errors settings http_client terminal
serving: announcements chat storage answering settings http_client clock metrics
rehearsal: terminal errors settings
terminal: answering chat charting drafting errors
drafting: answering
announcements: chat storage answering settings clock metrics
chat: storage answering charting drafting settings metrics version
charting: answering
storage:
errors:
settings: errors
http_client: metrics
clock:
metrics: version
answering:
"""
MAY_IMPORT = {part: set(used.split()) for part, used in (line.split(":") for line in _MAY_IMPORT.splitlines())}
# Whoever asks in a shell waits for no network library, and the same question gets the same answer at any time.
MOST_MODULES = 15
NOT_IN_ANSWERING = {"telegram", "aiohttp", "httpx", "sqlalchemy", "asyncio", "socket", "datetime", "time", "random"}


@cache
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


def test_imports_run_one_way() -> None:
    for module in modules():
        part = Path(module).with_suffix("").parts[1]
        used = {part_of(name) for name in imported(module) if name.startswith("bot.")}
        assert used <= MAY_IMPORT[part] | {part}, module


def test_a_relative_import_is_seen() -> None:
    assert "bot.cli.main" in imported("bot/__main__.py")
    assert "bot.answering.knowledge.model.Fact" in imported("bot/answering/answer.py")
    assert any(part_of(name) == "serving" for name in imported("bot/cli.py") if name.startswith("bot."))


@cache
def file_of(name: str) -> str | None:
    """The file that a full name is imported from: the module, or the one or the package's that the name is in."""
    while name:
        path = Path(*name.split("."))
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if (ROOT / file).is_file():
                return str(file)
        name = name.rpartition(".")[0]
    return None


def test_no_file_imports_itself_by_way_of_others() -> None:
    """Not for types alone either, nor inside a function. A package is what its `__init__` imports."""
    uses = {module: {file_of(name) for name in imported(module)} - {module, None} for module in modules()}
    assert uses["bot/__main__.py"] == {"bot/cli.py"}
    assert "bot/chat/handlers.py" in uses["bot/serving/service.py"]
    TopologicalSorter(uses).prepare()


def test_answering_knows_no_network_and_no_clock() -> None:
    used = {name.split(".")[0] for module in modules() if "answering" in module for name in imported(module)}
    assert not used & NOT_IN_ANSWERING


def test_no_folder_has_more_modules_than_one_sees_at_a_glance() -> None:
    ours = (path for part in ("bot", "tests") for path in (ROOT / part).rglob("*.py") if path.name != "__init__.py")
    modules_of = Counter(path.parent.relative_to(ROOT) for path in ours)
    assert modules_of[Path("tests/support/reports")] > 1
    assert {folder: count for folder, count in modules_of.items() if count > MOST_MODULES} == {}


def test_no_source_file_is_too_long_to_be_read() -> None:
    lines = {path.relative_to(ROOT): len(path.read_bytes().splitlines()) for path in files() if path.suffix == ".py"}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


# ---- the versions


def test_the_newest_in_the_changelog_is_this_version() -> None:
    newest = re.search(r"^## \[(.+)\] - \d{4}-\d{2}-\d{2}$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest[1] == tomllib.loads(text_of("pyproject.toml"))["project"]["version"]


def pinned() -> dict[str, str]:
    lines = [line for line in text_of("deploy/constraints.txt").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines, key=str.lower)
    pins = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) for line in lines]
    assert all(pins), "each line is NAME==VERSION"
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def needed(requirements: list[str], extras: tuple[str, ...] = ("",)):
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
