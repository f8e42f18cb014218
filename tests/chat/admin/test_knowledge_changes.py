from dataclasses import replace

import pytest

from bot.answering.knowledge.changes import Changes, changes
from bot.answering.knowledge.problem import Problem, Severity
from bot.chat.admin.knowledge_changes import changed, refused, warned
from bot.chat.rendering import units
from bot.chat.texts import Locale, texts
from tests.support.reports.small_report import KNOWLEDGE, OUTPUT, SCHOOLS

EN = texts(Locale.ENGLISH)


def test_nothing() -> None:
    assert list(changed(Changes(), EN)) == ["Nothing is different."]
    assert list(warned((), 0, EN)) == []


def test_what_was_added_removed_and_changed() -> None:
    more = replace(OUTPUT, id="more", label="更多产值")
    other = replace(SCHOOLS, figure="6所", label="小学校数", keywords=("小学",))
    new = replace(KNOWLEDGE, facts=(OUTPUT, other, more))
    found = changes(KNOWLEDGE, new)
    assert list(changed(found, EN)) == [
        "Facts: 1 added, 1 removed, 1 changed",
        "+ more 更多产值 = 35.2亿元",
        "− growth 茶叶销量增速 = 8.4%",
        "~ schools 小学校数: 5所 → 6所 (label, keywords)",
    ]


def test_a_change_without_a_figure_names_the_fields() -> None:
    new = replace(KNOWLEDGE, facts=(replace(OUTPUT, period=None), *KNOWLEDGE.facts[1:]))
    assert list(changed(changes(KNOWLEDGE, new), EN))[1:] == ["~ output 工业产值: (period)"]


def test_a_change_elsewhere_is_told() -> None:
    lexicon = replace(KNOWLEDGE.lexicon, fillers=("请问",))
    head, elsewhere = changed(changes(KNOWLEDGE, replace(KNOWLEDGE, lexicon=lexicon)), EN)
    assert head == "Facts: 0 added, 0 removed, 0 changed"
    assert "lexicon" in elsewhere


@pytest.mark.parametrize("locale", list(Locale))
def test_all_of_it_fits_into_a_message(locale) -> None:
    long = [replace(OUTPUT, id=f"{'x' * 36}-{number}", label="长" * 300, figure="1" * 200) for number in range(100)]
    short = [replace(fact, figure="2" * 200, label="短" * 300, keywords=()) for fact in long]
    old, new = replace(KNOWLEDGE, facts=(*long[:80],)), replace(KNOWLEDGE, facts=(*short[40:],))
    warnings = tuple(Problem("f" * 100, 1, 1, "m" * 1000, Severity.WARNING) for _ in range(100))
    found = changes(old, new)
    lines = [*changed(found, texts(locale)), *warned(warnings, 100, texts(locale))]
    assert units("\n".join(lines)) < 4096
    assert (len(found.added), len(found.removed), len(found.changed)) == (20, 40, 40)


def test_the_first_errors_and_how_many_more() -> None:
    problems = tuple(Problem("a.yaml", line, 2, "wrong\nword") for line in range(1, 101))
    *first, more = refused(problems, 250, EN)
    assert first == [f"a.yaml:{line}:2: wrong word" for line in range(1, 9)]
    assert more == "… and 242 more"
    assert list(refused(problems[:1], 1, EN)) == ["a.yaml:1:2: wrong word"]
