from dataclasses import replace

from bot.answering.knowledge.changes import Changed, Difference, changes
from bot.answering.knowledge.model import Knowledge, Lexicon
from tests.support.reports.small_report import GROWTH, KNOWLEDGE, OUTPUT, REPORT, SCHOOLS


def knowledge(*facts: object) -> Knowledge:
    return Knowledge((REPORT,), facts, Lexicon())


def test_the_same_again() -> None:
    found = changes(KNOWLEDGE, replace(KNOWLEDGE))
    assert not found
    assert (found.added, found.removed, found.changed, found.elsewhere) == ((), (), (), False)


def test_facts_come_and_go() -> None:
    found = changes(knowledge(OUTPUT, GROWTH), knowledge(SCHOOLS, OUTPUT))
    assert found
    assert (found.added, found.removed, found.changed, found.elsewhere) == ((SCHOOLS,), (GROWTH,), (), False)


def test_of_a_changed_fact_the_figure_comes_first() -> None:
    new = replace(SCHOOLS, label="小学总数", figure="6所", period="2021年", en=replace(SCHOOLS.en, keywords=("a", "b")))
    (changed,) = changes(KNOWLEDGE, knowledge(OUTPUT, GROWTH, new)).changed
    assert changed == Changed(
        SCHOOLS,
        new,
        (
            Difference("figure", "5所", "6所"),
            Difference("label", "小学数量", "小学总数"),
            Difference("period", "", "2021年"),
            Difference("en.keywords", "", "a, b"),
        ),
    )


def test_a_fact_that_moves_to_another_section_and_report() -> None:
    new = replace(SCHOOLS, section="教育", sentence="全镇有小学5所。", report=replace(REPORT, id="other"))
    (changed,) = changes(knowledge(SCHOOLS), knowledge(new)).changed
    assert [difference.field for difference in changed.differences] == ["text", "section", "report"]


def test_what_differs_beside_the_facts() -> None:
    head = replace(REPORT, title="另一个标题")
    renamed = Knowledge((head,), tuple(replace(fact, report=head) for fact in KNOWLEDGE.facts), Lexicon())
    lexicon = replace(KNOWLEDGE, lexicon=Lexicon(fillers=("吗",)))
    order = replace(KNOWLEDGE, facts=KNOWLEDGE.facts[::-1])
    for other in (renamed, lexicon, order):
        found = changes(KNOWLEDGE, other)
        assert found
        assert found.elsewhere
        assert (found.added, found.removed, found.changed) == ((), (), ())
