import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answer import Answer, Language, Reason
from bot.answering.answerer import Answerer
from bot.chat.browsing.contents import Contents
from bot.chat.questions.inline_search import Found, Search
from bot.chat.texts import Locale
from tests.support.reports.browsed_reports import AREA, BROWSED, EMPTY, SALES, YIELD
from tests.support.reports.small_report import answered, offered, refused
from tests.support.wordings import assert_read

CONTENTS = Contents(BROWSED)
SEARCH = Search(CONTENTS, Answerer(BROWSED).answer)


def find(query: str, answer: Answer | None = None, reader: Locale = Locale.SIMPLIFIED) -> Found:
    return Search(CONTENTS, lambda _: answer or refused()).find(query, reader)


def ids(found: Found) -> list[str]:
    return ["+".join(fact.id for fact in group) for group in found.groups]


@pytest.mark.parametrize("query", ["", "  ", "t", " 5 "])
def test_nothing_typed_brings_up_a_fact_of_each_section(query) -> None:
    assert ids(find(query)) == ["tea-area", "schools", "lake"]
    assert Search(Contents(EMPTY), lambda _: refused()).find(query, Locale.ENGLISH).groups == ()


def test_the_answer_comes_first_then_facts_of_that_name() -> None:
    assert ids(find("茶叶", answered(YIELD))) == ["tea-yield", "tea-sales"]
    assert ids(find("茶叶", offered(SALES, YIELD))) == ["tea-sales", "tea-yield"]


def test_half_a_word_is_refused_only_where_no_name_has_it() -> None:
    assert find("茶叶产", refused()).refusal is None
    assert find("茶馆", refused()).refusal
    assert find("茶", refused(AREA, reason=Reason.PLACE, asked="山口镇")).refusal


def test_names_that_have_every_word_as_far_as_it_is_typed() -> None:
    table = """\
        tea-sales: exp|TEA exp
        tea-yield: ＹＩＥＬＤ|茶葉產量
        tea-area: 茶园，面积
        : port|t e|，|茶园 湖"""
    assert_read(table, lambda query: " ".join(ids(find(query))))


def test_the_query_of_a_share_button_brings_up_its_facts() -> None:
    assert ids(find("#lake")) == ["lake"]
    assert ids(find("#lake #tea-area #gone")) == ["lake+tea-area", "lake", "tea-area"]
    assert ids(find("#gone")) == []


def test_results_speak_the_language_of_the_query() -> None:
    assert find("??", answered(AREA), Locale.TRADITIONAL).locale is Locale.TRADITIONAL
    assert find("??", answered(AREA, language=Language.ENGLISH)).locale is Locale.ENGLISH


@settings(max_examples=15)
@given(st.text())
def test_any_query_brings_up_facts_each_once(query) -> None:
    found = SEARCH.find(query, Locale.SIMPLIFIED)
    assert len(set(ids(found))) == len(found.groups)
    assert all(found.groups)
