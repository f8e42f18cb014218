"""The Fluent files: complete in both languages, well formed, and used."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import BaseNode, Junk, Message

from bot.announcements.schedule_commands import ScheduleAction
from bot.answering.answer import Language, Topic
from bot.answering.worker import Stage
from bot.chat.handlers import ADMIN_MENU, PRIVATE_MENU
from bot.chat.texts import Locale, locale_for, locale_of, sources, texts
from bot.storage.announcements import Action, State

BOT = Path(__file__).parents[2] / "bot"


@cache
def entries(locale: Locale) -> list[BaseNode]:
    return [entry for source in sources(locale) for entry in FluentParser().parse(source).body]


def messages(locale: Locale):
    """Each key, with the names of the values that its text needs."""
    for entry in entries(locale):
        if isinstance(entry, Message):
            yield entry.id.name, set(re.findall(r"\$([a-z]+)", FluentSerializer().serialize_entry(entry)))


KEYS = dict(messages(Locale.ENGLISH))


def calls():
    """Each key that a call names as its first argument, with the names of the values given."""
    for path in (BOT / "chat").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(args=[ast.Constant(value=str(key))]) if key in KEYS:
                    yield key, {keyword.arg for keyword in node.keywords}


@pytest.mark.parametrize("locale", Locale)
def test_every_line_of_the_files_is_understood(locale) -> None:
    assert [entry.content for entry in entries(locale) if isinstance(entry, Junk)] == []


@pytest.mark.parametrize("locale", Locale)
def test_every_key_stands_once_in_each_language_with_the_same_variables(locale) -> None:
    listed = list(messages(locale))
    assert [key for key, times in Counter(key for key, _ in listed).items() if times > 1] == []
    assert dict(listed) == KEYS


@pytest.mark.parametrize("locale", Locale)
def test_every_text_can_be_filled_in(locale) -> None:
    for key, names in KEYS.items():
        text = texts(locale)(key, **{name: f"«{name}»" for name in names})
        assert all(f"«{name}»" in text for name in names), key


def test_every_text_is_used() -> None:
    nodes = (node for path in BOT.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = {node.value for node in nodes if isinstance(node, ast.Constant)}
    kinds = {"command": (*PRIVATE_MENU, *ADMIN_MENU), "talk": Topic, "ask": named, "reload": Stage}
    kinds |= {f"announce-{what}": Action for what in ("name", "to", "do")}
    kinds |= {f"announce-{what}": State for what in ("state", "head")}
    kinds |= {f"schedule-{what}": ScheduleAction for what in ("do", "done")}
    kinds["announce-error"] = {value.replace(" ", "-") for value in named if isinstance(value, str)}
    assert KEYS.keys() <= named | {f"{kind}-{name}" for kind, names in kinds.items() for name in names}


def test_every_call_gives_the_values_that_its_text_needs() -> None:
    assert [(key, names) for key, names in calls() if names != KEYS[key] and None not in names] == []


def test_an_unknown_key_and_a_missing_value_are_told() -> None:
    with pytest.raises(LookupError, match="no text 'nothing'"):
        texts(Locale.ENGLISH)("nothing")
    with pytest.raises(LookupError, match="'report' could not be filled in"):
        texts(Locale.ENGLISH)("report", title="A")


def test_traditional_words_around_what_the_report_says() -> None:
    text = texts(Locale.TRADITIONAL)("citation", section="经济", title="发展", publisher="报社", year="2021")
    assert text == "经济 ·《发展》，报社，2021年"
    assert texts(Locale.TRADITIONAL)("unknown") == "報告沒有說到這一點。"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["zh", "zh-hans", "ZH-CN", "zh-sg"], Locale.SIMPLIFIED),
        (["zh-hant", "zh-TW", "zh_HK", "zh-Hant-MO"], Locale.TRADITIONAL),
        (["en", "pt-br", "zhx", "", None], Locale.ENGLISH),
    ],
)
def test_the_locale_of_a_language_code(codes, expected) -> None:
    assert {locale_of(code) for code in codes} == {expected}


def test_a_reply_follows_the_language_of_the_question() -> None:
    chinese = {Locale.ENGLISH: Locale.SIMPLIFIED, **{other: other for other in Locale if other is not Locale.ENGLISH}}
    assert {reader: locale_for(Language.CHINESE, reader) for reader in Locale} == chinese
    assert {locale_for(Language.ENGLISH, reader) for reader in Locale} == {Locale.ENGLISH}
