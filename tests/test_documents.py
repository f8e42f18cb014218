"""The documents are complete, say the same in both languages, and their links lead somewhere."""

import io
import re
from contextlib import redirect_stdout, suppress
from datetime import timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import Secret

from bot import cli
from bot.answering.knowledge import report_file
from bot.answering.knowledge.form import Keys
from bot.chat.handlers import ADMIN_MENU, ADMINISTRATORS_MENU, PRIVATE_MENU
from bot.settings import Settings
from tests.support.repository import ROOT, files, text_of

MOST_LINES = 150  # of a README at the top
CHINESE = ".zh-CN.md"
IN_ENGLISH_ALONE = {"CHANGELOG.md", "SECURITY.md"}


def documents() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in files() if path.suffix == ".md")


def in_both(name: str) -> tuple[str, str]:
    """A page in English and in Chinese."""
    return f"{name}.md", f"{name}{CHINESE}"


def translated() -> list[str]:
    """The pages in English that are there in Chinese too, or ought to be."""
    return [name for name in documents() if name not in IN_ENGLISH_ALONE and not name.endswith(CHINESE)]


READMES = in_both("README")
SETTINGS = in_both("deploy/settings")
ADMINS = in_both("deploy/admins")
IN_TELEGRAM = in_both("bot/chat/README")
IN_SHELLS = in_both("bot/terminal/README")
GUIDES = in_both("knowledge/README")


# ---- links and languages


@cache
def prose(document: str) -> str:
    """A document without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", text_of(document), flags=re.MULTILINE | re.DOTALL)


def code(document: str) -> list[str]:
    """The blocks of code, without their comments."""
    blocks = re.findall(r"^ *```(.*?)^ *```$", text_of(document), re.MULTILINE | re.DOTALL)
    return [re.sub(r" +# .*$", "", block, flags=re.MULTILINE) for block in blocks]


def headings(document: str) -> list[tuple[str, str]]:
    """The level and the text of each heading."""
    return re.findall(r"^(#+) (.+)$", prose(document), re.MULTILINE)


def anchors(document: str) -> list[str]:
    """What the headings are called in links, as GitHub makes it."""
    texts = [re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for _, text in headings(document)]
    return [
        f"{text}-{texts[:place].count(text)}" if text in texts[:place] else text for place, text in enumerate(texts)
    ]


def links():
    """Each document with each relative link in it."""
    for document in documents():
        for link in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
            if not re.match(r"[a-z]+:", link):
                yield document, link


def leads_somewhere(document: str, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / document).parent.joinpath(path).resolve() if path else ROOT / document
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.relative_to(ROOT).as_posix())


def test_every_relative_link_leads_to_a_file_and_a_heading_that_are_there() -> None:
    found = list(links())
    assert len(found) > len(documents())
    assert [(document, link) for document, link in found if not leads_somewhere(document, link)] == []


@pytest.mark.parametrize(
    "link", ["README.zh-CN.md", "deploy/README.md#a-new-token", "deploy/README.zh-CN.md#从-sqlite-迁到-postgresql"]
)
def test_a_link_that_leads_nowhere_is_found(link) -> None:
    assert leads_somewhere("README.md", link)
    assert not leads_somewhere("README.md", f"{link}x")


def test_every_page_is_there_in_both_languages() -> None:
    ours = {name for name in documents() if name not in IN_ENGLISH_ALONE}
    assert ours == {page for name in translated() for page in in_both(name.removesuffix(".md"))}


@pytest.mark.parametrize("english", translated())
def test_both_languages_have_the_same_parts(english) -> None:
    chinese = english.removesuffix(".md") + CHINESE
    for page, other in ((english, chinese), (chinese, english)):
        assert f"]({Path(other).name})" in text_of(page).splitlines()[2]
    assert [level for level, _ in headings(english)] == [level for level, _ in headings(chinese)]
    for lines in (r"^\|.+\|$", r"^ *- ", r"^ *\d+\. "):
        counts = [len(re.findall(lines, prose(page), re.MULTILINE)) for page in (english, chinese)]
        assert counts[0] == counts[1], lines
    if english != "README.md":  # whose sessions are in two languages
        assert code(english) == code(chinese)


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_is_short(readme) -> None:
    assert len(text_of(readme).splitlines()) <= MOST_LINES


def test_the_readmes_lead_to_every_page() -> None:
    for readme, ending in zip(READMES, ("", CHINESE), strict=True):
        pages = {name for name in documents() if name in IN_ENGLISH_ALONE or name.endswith(CHINESE) == bool(ending)}
        linked = {link.partition("#")[0] for document, link in links() if document == readme}
        assert pages - linked == {readme}


# ---- what is told


def helped(*arguments: str) -> str:
    with redirect_stdout(io.StringIO()) as printed, suppress(SystemExit):
        cli.main([*arguments, "--help"])
    return printed.getvalue()


def commands() -> list[str]:
    return re.findall(r"^ {4}([a-z]+(?:-[a-z]+)*)\b", helped().partition("\ncommands:")[2], re.MULTILINE)


def options() -> set[str]:
    texts = (helped(), *map(helped, commands()))
    return {option for text in texts for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}


def targets() -> list[str]:
    """The Makefile's own steps are made by these."""
    declared = re.search(r"^\.PHONY: (.+)$", text_of("Makefile"), re.MULTILINE)
    return [target for target in declared[1].split() if target != "venv"]


def in_menu(*menus: tuple[str, ...]) -> set[str]:
    return {name for menu in menus for name in menu}


def settings() -> list[str]:
    return [name.upper() for name in Settings.model_fields]


def fields() -> set[str]:
    """The keys of a report file and of a lexicon."""
    return {key for keys in vars(report_file).values() if isinstance(keys, Keys) for key in keys.allowed}


def rows(page: str, first: str) -> list[list[str]]:
    """The cells of the rows of tables whose first cell is such code."""
    found = re.findall(rf"^\| (`{first}`.*) \|$", text_of(page), re.MULTILINE)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in found]


def test_the_lists_below_are_not_empty() -> None:
    assert {"run", "chat", "ask", "check", "eval"} <= set(commands())
    assert {"--knowledge", "--json", "--article", "--min", "--help"} <= options()
    assert {"run", "test", "lint", "bench"} <= set(targets())
    assert {"ask", "topics", "help", "subscribe"} <= in_menu(PRIVATE_MENU)
    assert {"TELEGRAM_BOT_TOKEN", "KNOWLEDGE_DIR"} <= set(settings())
    assert {"report", "aliases", "sentences", "figure", "keywords", "en", "left_out"} <= fields()
    assert {"synonyms", "fillers"} <= fields()


@pytest.mark.parametrize("page", IN_SHELLS)
def test_every_command_option_and_exit_code_is_told(page) -> None:
    text = text_of(page)
    assert [command for command in commands() if not rows(page, rf"shushuo {command}\b[^`]*")] == []
    assert [option for option in options() if not re.search(rf"(?<![\w-]){option}(?![\w-])", text)] == []
    assert {row[0].strip("`") for row in rows(page, r"\d+")} == {
        str(code) for code in (cli.DONE, cli.NOT_SO, cli.WRONG_USAGE, cli.INTERRUPTED)
    }


@pytest.mark.parametrize("page", IN_SHELLS)
def test_the_version_is_printed_as_is_told(page, capsys) -> None:
    assert cli.main(["--version"]) == 0
    assert f"`{capsys.readouterr().out.strip()}`" in text_of(page)


@pytest.mark.parametrize("readme", READMES)
def test_every_make_target_is_told(readme) -> None:
    assert {target.partition(" ")[2] for [target, *_] in rows(readme, r"make \w+")} == {f"{t}`" for t in targets()}


@pytest.mark.parametrize("page", IN_TELEGRAM)
def test_every_command_in_telegram_is_told(page) -> None:
    told = set(re.findall(r"`/(\w+)", text_of(page)))
    assert told - {"setinline"} == in_menu(PRIVATE_MENU, ADMINISTRATORS_MENU)  # that one is @BotFather's


@pytest.mark.parametrize("page", ADMINS)
def test_every_command_of_admins_is_told(page) -> None:
    told = {name for [cell, *_] in rows(page, "/[^`]+") for name in re.findall(r"`/(\w+)", cell)}
    assert told == in_menu(ADMIN_MENU)


def written(default: object) -> str:
    """A default as people write the setting; nothing for one that is not set."""
    match default:
        case None | ():
            return ""
        case Secret():
            return str(default.get_secret_value())
        case ZoneInfo():
            return default.key
        case Enum():
            return str(default.value)
        case timedelta():
            return f"{default // timedelta(hours=1)}h"
    return str(default).lower() if isinstance(default, bool) else str(default)


@pytest.mark.parametrize("page", SETTINGS)
def test_every_setting_is_told_with_its_default(page) -> None:
    told = {row[0].strip("`"): row[1].strip("`") for row in rows(page, r"[A-Z][A-Z_]+")}
    told["WEBHOOK_SECRET"] = ""  # made from the token
    defaults = {name.upper(): written(field.default) for name, field in Settings.model_fields.items()}
    assert told == defaults


def test_the_example_of_the_settings_lists_each_once_and_no_other() -> None:
    listed = re.findall(r"^#?([A-Z][A-Z_]+)=", text_of(".env.example"), re.MULTILINE)
    assert sorted(listed) == sorted(settings())


@pytest.mark.parametrize("guide", GUIDES)
def test_every_field_of_the_knowledge_is_in_the_editors_guide(guide) -> None:
    text = text_of(guide)
    in_text = r"`{0}:?`|^[\s#-]*{0}:|[{{,]\s*{0}:"
    assert [field for field in fields() if not re.search(in_text.format(field), text, re.MULTILINE)] == []
